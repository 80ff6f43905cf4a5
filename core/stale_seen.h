/*
 * Which version of a file its writer saw when a save was made: the one that an
 * editor most likely still showed, of those that syncs wrote there and of
 * earlier saves that no union has taken in yet.
 *
 * Invariant: a version is taken only where the recorded history, what was kept of
 * one that was rewritten, or a save that waits beside it, still holds that text;
 * where two are as near the save, the older one is taken: it costs a question, and
 * never a line of others.
 */
#ifndef CORE_STALE_SEEN_H
#define CORE_STALE_SEEN_H

#include "core/stale_lines.h"
#include "core/stale_log.h"
#include "core/worktree.h"

/* A version that the writer may have seen. */
struct stale_seen {
	struct object_id commit, blob;
	struct str text;
	bool waiting;		  /* it is an earlier save that no union has taken in */
	size_t first_step;	  /* syncs from this one on came after it */
	size_t lines_apart, cost; /* how far the save is from it: pieces_cost() */
};

/* The judging of one save, and the versions that it is held against. */
struct stale_judging {
	struct arena *arena;
	const struct repo *repo;
	const struct stale_log *log;
	struct object_id head;
	struct str path;
	const struct stale_step *steps[STALE_VERSIONS]; /* of this path, the latest last */
	size_t step_count;
	/* What each of them replaced, and by what; empty: no longer to be had. */
	struct str replaced[STALE_VERSIONS];
	struct pieces before[STALE_VERSIONS], after[STALE_VERSIONS];
	struct str present, saved;
	struct pieces saved_lines, present_lines;
	size_t present_cost;   /* how far the save is from what is present: pieces_cost() */
	struct pieces written; /* lines of the save that no version has */
};

/*
 * Finds the version that `save` (from: what is present, to: as saved) was made from.
 * `judging` comes with its arena, repository, log, head and path.
 * out: `found`: it is another than what is present; and then `out`, and all of `judging`.
 * errors: a text of `save` cannot be read; a version that cannot is passed over.
 * cost: near-linear in the texts of up to STALE_VERSIONS versions.
 */
err stale_seen_find(struct stale_judging *judging, const struct file_change *save,
		    struct stale_seen *out, bool *found) ERR_MUST_CHECK;

#endif
