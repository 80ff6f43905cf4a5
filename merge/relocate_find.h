/*
 * Which points a side moved from one note to another.
 *
 * Invariant: a piece has one partner: in the same note (`match`), or in another
 * (`went`, `came`), never in both.
 */
#ifndef MERGE_RELOCATE_FIND_H
#define MERGE_RELOCATE_FIND_H

#include "merge/match.h"
#include "merge/relocate.h"

enum { SIDES_OF_BASE = 2, NOWHERE = -1 };

struct place {
	int note, piece; /* note NOWHERE: none */
};

/* One note in three versions, read. */
struct crossing_note {
	bool there[VERSIONS];
	struct doc docs[VERSIONS];
	struct side pieces[VERSIONS];
	struct matching match[SIDES_OF_BASE];
	struct place *went[SIDES_OF_BASE]; /* by base piece: where the side has it now */
	struct place *came[SIDES_OF_BASE]; /* by the side's piece: where base had it */
};

struct crossing {
	struct arena *arena;
	struct dictionary words, ids;
	struct crossing_note *notes;
	int count;
};

/* The version that a side is. */
static inline enum note_version version_of_side(int side)
{
	return side == 0 ? VERSION_OURS : VERSION_THEIRS;
}

/* Reads and matches the notes, then finds the moves. out: false where a note is no text. */
bool crossing_read(struct crossing *crossing, const struct note_versions *notes, size_t count);

#endif
