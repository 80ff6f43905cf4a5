/*
 * The bytes of a commit as git keeps it, and what they say.
 *
 * Invariant: whatever git itself takes for a commit can be read. Tools that write
 * commits badly exist, and once one is shared it stays in everybody's history:
 * who wrote it and when may then be missing, what it holds is not.
 */
#ifndef CORE_COMMIT_TEXT_H
#define CORE_COMMIT_TEXT_H

#include "core/repo_object.h"

/*
 * Reads `bytes`, which the texts of `out` borrow; sets all but its id. A signature
 * that is not there or makes no sense is empty, a time that no number holds is 0.
 * out: false: it names no tree: this is no commit
 */
bool commit_text_read(struct arena *arena, struct str bytes, struct commit *out);
/* What git would not accept in names is left out. */
struct str commit_text_write(struct arena *arena, const struct commit *commit);
/*
 * When, as git writes it: "SECONDS ZONE", 1700000000 +0130. What is read and makes no sense
 * leaves `out` as it is.
 */
void signature_time_write(struct buf *out, const struct signature *from);
void signature_time_read(struct str text, struct signature *out);

/* The value of a line "NAME value" above the message, its first line; empty: none. */
struct str commit_text_header(struct str bytes, struct str name);

#endif
