/*
 * Who wrote which point of the notes as they are now: the trace (merge/trace.h)
 * of everything that was recorded, and of what is saved and not recorded yet.
 *
 * Invariant: what cannot be told, since older versions are missing, is credited
 * to nobody.
 */
#ifndef CMD_HISTORY_TRACE_H
#define CMD_HISTORY_TRACE_H

#include "cmd/history_graph.h"
#include "core/workshop.h"
#include "merge/trace.h"

struct history_trace {
	struct trace trace;
	/* By the commit numbers in the trace. The last one may be what is saved and not recorded:
	 * its id is none, and its author empty. */
	const struct history_commit *commits;
	uint32_t commit_count;
	uint32_t unrecorded; /* the number of that last one, TRACE_NONE: all is recorded */
	/* What makes an answer less sure; each worth a warning. */
	bool shallow;	       /* the history was shortened */
	uint32_t missing;      /* commits that others name and that are not here */
	uint32_t unreadable;   /* versions of notes that cannot be read */
	uint32_t many_parents; /* merges of more than two versions at once */
	uint32_t criss_cross;  /* merges of versions that had been merged with each other before */
};

/*
 * Traces the history of the repository up to the notes as they are in the work
 * tree, which the caller has read (workshops_read); NULL: as they are recorded.
 * out: lives in the arena; so must `workshops`.
 * cost: what the trace costs; next to nothing where it was done before.
 */
err history_trace(struct arena *arena, const struct repo *repo, const struct workshops *workshops,
		  struct history_trace *out) ERR_MUST_CHECK;

/*
 * The points of a file as they are now: one entry for each block of doc_read(),
 * in order. NULL: the file was not traced.
 */
const struct trace_file *history_file(const struct history_trace *history, struct str path);
/* The point of block `index` of a file, NULL: a rule or a block without words. */
const struct trace_point *history_point(const struct history_trace *history,
					const struct trace_file *file, size_t index);

/* The commit whose author is credited with a number of the trace, NULL: nobody is. */
const struct history_commit *history_commit(const struct history_trace *history, uint32_t commit);

#endif
