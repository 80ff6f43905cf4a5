/*
 * The independent judge of a merge: it shares no code with what made it.
 *
 * It looks only at the four texts, and says the first reason why the result
 * may have lost, doubled, invented or brought back something.
 *
 * Invariant: exchanging `ours` and `theirs` gives the same finding.
 */
#ifndef MERGE_VERIFY_H
#define MERGE_VERIFY_H

#include "merge/merge.h"

enum merge_verdict {
	VERDICT_GOOD,
	VERDICT_WORD_LOST,     /* a count below what the sides account for */
	VERDICT_WORD_EXTRA,    /* a count above it, variant sets aside */
	VERDICT_WORD_INVENTED, /* a word that no input has */
	VERDICT_RUN_BROKEN,    /* an inserted run stands in no block, nor in order beside an old
				  neighbour */
	VERDICT_DELETED_BACK,  /* a block that one side deleted and the other left is back */
	VERDICT_DOUBLED,       /* a block stands twice without cause */
	VERDICT_MARKER,	       /* a conflict marker that no input has */
};

struct finding {
	enum merge_verdict verdict;
	struct str text; /* the word or block that it is about */
};

/* cost: near-linear. */
struct finding verify_merge(struct arena *arena, struct merge_input input, struct str result);

/* For one result after the other of one merge: what the inputs say is read for the first. */
struct verifier {
	struct merge_input input;
	struct arena arena;
	struct reading *reading; /* of the last result; NULL: none yet */
};

/* verify_merge(), for the input that the verifier was made with. */
struct finding verify_next(struct arena *arena, struct verifier *verifier, struct str result);

void verifier_free(struct verifier *verifier);

#endif
