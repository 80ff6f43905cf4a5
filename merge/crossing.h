/*
 * The notes of a workshop in three versions (BASE, OURS, THEIRS), read side by side, and
 * which piece stands in another note now.
 *
 * Invariant: a piece has a partner in its own note, or one in another, or none.
 */
#ifndef MERGE_CROSSING_H
#define MERGE_CROSSING_H

#include "merge/match.h"
#include "merge/relocate.h"

enum { NOWHERE = -1 };

struct place {
	int note, piece; /* note NOWHERE: none */
};

/* One note in three versions, read. */
struct crossing_note {
	bool there[TEXTS];
	struct doc docs[TEXTS];
	struct side pieces[TEXTS];
	struct matching match[SIDES];
	/* Between notes only: */
	struct place *went[SIDES]; /* by base piece: where the side has it now */
	struct place *came[SIDES]; /* by the side's piece: where base had it */
};

struct crossing {
	struct arena *arena;
	struct dictionary words, ids;
	struct crossing_note *notes;
	int count;
};

/*
 * Reads the notes and matches each within itself; of the crossing only the arena is
 * needed before. out: false where a note is no text
 */
bool crossing_read(struct crossing *crossing, const struct note_versions *notes, size_t count);

/* Whether a piece is of a kind that goes anywhere: no row, and nothing that is shared. */
bool piece_is_movable(const struct crossing *crossing, int version, struct place at);

/*
 * The side's piece `to` is what became of base's `from`, in another note: this
 * undoes what joined them with others within their notes.
 */
void crossing_join(struct crossing *crossing, int side, struct place from, struct place to);

#endif
