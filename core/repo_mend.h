/*
 * What a run of ours, or a git that it had started, leaves when it is killed or the
 * power fails: locks that nobody holds, references to what never reached the disk, a
 * torn index.
 *
 * Invariant: nothing is taken away that a running program may hold or that is recorded;
 * the lock of the clone is held.
 */
#ifndef CORE_REPO_MEND_H
#define CORE_REPO_MEND_H

#include "core/repo.h"

/*
 * Takes away the locks on what is our own (refs/atelier/, an index in the making), and on
 * other references those that are so old that no git can be at work behind them.
 */
void repo_mend_locks(const struct repo *repo);
/* The lock on a branch that a run of ours was moving to `to`; that of a plain git stays. */
void repo_mend_branch_lock(const struct repo *repo, const char *branch, struct object_id to);
/* Old locks of another repository on this machine. */
void repo_mend_other_locks(const char *folder);
/*
 * Ends a merge of plain git that never began: it came while a killed run of ours held the
 * index, said that it was merging, and could write neither the index nor a file.
 */
void repo_mend_merge(const struct repo *repo);
/* Forgets what remotes held where the disk does not have it: it is fetched again. */
void repo_mend_references(struct repo *repo);
/*
 * Makes a new index in the place of one that is damaged.
 * errors: STATUS_BUSY: git holds it; as of repo_index_check().
 */
err repo_mend_index(struct arena *arena, struct repo *repo) ERR_MUST_CHECK;

#endif
