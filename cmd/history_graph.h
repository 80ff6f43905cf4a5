/*
 * The commits that a state was made of, as arrays with numbers.
 *
 * Invariant: parents have smaller numbers than their children, and the numbers
 * depend on the graph alone: all of a commit's first parent come before what is
 * only its second parent's. So what is recorded on top changes no number.
 */
#ifndef CMD_HISTORY_GRAPH_H
#define CMD_HISTORY_GRAPH_H

#include "core/id_table.h"
#include "core/repo_object.h"

struct history_commit {
	struct object_id id; /* none: what is saved and not recorded */
	struct object_id tree;
	const uint32_t *parents; /* numbers; those that are missing are left out */
	uint32_t parent_count;
	struct signature author, committer;
	bool automatic; /* a merge made by the program */
	/*
	 * What is older, or what it was compared with, is not here: which of its words
	 * it brought in cannot be told, and nobody is credited with them.
	 */
	bool boundary;
};

struct history_graph {
	struct history_commit *commits;
	uint32_t count, room;
	struct id_table numbers; /* of the commits */
	uint32_t missing;	 /* commits that others name and that are not here */
};

/*
 * Reads all commits that `tip` is made of (none: no commit).
 * `known`: commits that need not be read again, NULL: none. They are copied as
 * they are, and get other numbers where the order has changed.
 * errors: none for what is missing: see `boundary`.
 */
err history_graph_read(struct arena *arena, const struct repo *repo, struct object_id tip,
		       const struct history_graph *known, struct history_graph *out) ERR_MUST_CHECK;

/* So many commits are those of `before`, in the same order. */
uint32_t history_count_known(const struct history_graph *graph, const struct history_graph *before);

/*
 * How many merges have more than one best common version, since their sides had
 * been merged with each other both ways. cost: what the sides of each differ by
 */
uint32_t history_count_criss_cross(const struct history_graph *graph);

#endif
