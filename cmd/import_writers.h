/*
 * A document whose text tells who wrote what, as a series of saves, each in the
 * name of the person whose words it adds: so audit finds them like any others.
 *
 * First, for every writer, the lines of which most words are hers, with her words
 * only; then, for every writer, her words in lines of others. Lines keep their
 * order; headings, and words that are nobody's, are there from the start, in the
 * name of whoever imports.
 */
#ifndef CMD_IMPORT_WRITERS_H
#define CMD_IMPORT_WRITERS_H

#include "cmd/document.h"
#include "core/note_import.h"

/* One save: the files' bytes after it. */
struct writer_save {
	uint32_t writer;      /* NOBODY: whoever imports */
	struct imported note; /* the last save's: all of the note */
};

/*
 * The saves that lead from `before` (what an earlier import made of the
 * document; count 0: nothing) to `note`; none of them changes nothing.
 * out: at least one, unless `note` is `before`.
 * cost: writers times the note's length.
 */
struct writer_save *writer_saves(struct arena *arena, const struct document *document,
				 const struct imported *note, const struct imported *before,
				 size_t *count);

#endif
