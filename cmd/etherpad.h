/*
 * The full export of a pad (".etherpad"): its text, its lists, its chat, and who
 * wrote which character.
 * source: https://etherpad.org/doc/ (atext, attribute pool, changesets)
 */
#ifndef CMD_ETHERPAD_H
#define CMD_ETHERPAD_H

#include "cmd/document.h"

/*
 * Reads the export `bytes` into `out`: text, writers, written_by; `path` is for
 * messages. Lists and headings become Markdown; letters' looks are left out. Who
 * has no name in the pad is called after the pad's id of him.
 * errors: STATUS_BAD_INPUT: it is no export of a pad, or contradicts itself.
 */
err etherpad_read(struct arena *arena, struct str bytes, enum language language,
		  struct document *out) ERR_MUST_CHECK;

#endif
