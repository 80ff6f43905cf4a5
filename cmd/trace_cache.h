/*
 * What the last trace of this clone found, kept beside git's own files.
 *
 * A file of records, one for each commit in the order of history_graph.h: about
 * the commit, the numbers of the texts it brought, what the trace did. Each has a
 * key that covers it and all before it; what stands behind a bad one is not used.
 * Invariant: a wrong, torn or missing file costs time, never an answer. Nothing
 * is kept of a history that is not whole.
 */
#ifndef CMD_TRACE_CACHE_H
#define CMD_TRACE_CACHE_H

#include "cmd/history_graph.h"
#include "core/hash.h"
#include "core/lock.h"

struct trace_cache {
	const char *path;
	struct lock lock; /* of who may write; another run reads only */
	struct str bytes; /* of the file, as far as it holds */
	bool torn;	  /* the file goes on behind them */
	struct history_graph graph;
	struct id_table blobs; /* of all commits in `graph` */
	/* By commit: */
	struct str *records;  /* for trace_input.records */
	uint32_t *blob_count; /* how many blobs there are, up to it */
	size_t *ends;	      /* where it ends in `bytes` */
	struct key *keys;
};

/* Reads what is kept, and takes the lock for writing if it is free. To be closed. */
void trace_cache_open(struct arena *arena, const struct repo *repo, struct trace_cache *out);

/* What a trace found that is to be kept. */
struct trace_found {
	struct history_graph graph;
	uint32_t known; /* so many of its commits are in the cache */
	const struct id_table *blobs;
	/* By commit: */
	const uint32_t *blob_count; /* how many of `blobs` there are, up to it */
	const struct str *records;  /* of those that are not known */
};

/*
 * Keeps the commits that are known and adds the others behind them. What goes wrong is
 * passed over: the next run takes longer.
 */
void trace_cache_write(struct arena *arena, struct trace_cache *cache,
		       const struct trace_found *found);
void trace_cache_close(struct trace_cache *cache);

#endif
