/*
 * Three texts merged in one way: the finest, or one of the coarser ones that are
 * taken where a finer one was refused.
 */
#ifndef MERGE_RUNG_H
#define MERGE_RUNG_H

#include "core/doc.h"
#include "merge/merge.h"
#include "merge/plan.h"
#include "merge/words.h"

/* The three texts, sides in order of their bytes. */
struct texts {
	struct str raw[TEXTS];
	enum text_format format;
	struct doc doc[TEXTS];
	struct partners *partners; /* of all rungs; NULL: not read */
	bool as_cut;		   /* they are not to be cut otherwise: see recut.h */
	bool was_cut[TEXTS];	   /* as in struct plan */
	bool by_place;		   /* as in struct plan_rules */
};

/* The texts of an input, not read yet. */
struct texts texts_in_order(struct merge_input input);

/* The same as an input, the sides of which are in order now, too. */
static inline struct merge_input texts_input(const struct texts *texts)
{
	return (struct merge_input){texts->raw[BASE], texts->raw[OURS], texts->raw[THEIRS],
				    texts->format};
}

/* Fills the rest from `raw`. out: false where one of them is no text, or too much of it */
bool texts_read(struct arena *arena, struct texts *texts);

/*
 * The texts without the front matter that both sides have: one of lines of both would say
 * a key twice. out: `front`: that, merged by key; empty: not both have one
 */
struct texts texts_below_front(struct arena *arena, const struct texts *texts, struct str *front);

/* The bytes of the texts, to be merged by lines. */
struct text_merge texts_by_lines(const struct texts *texts, struct dictionary *words);

/*
 * Merges what was read. Where blocks cannot be told at all (DEGRADED_KEEP_BOTH)
 * by lines: what both changed stands one behind the other.
 * out: lives in the arena, but for a side that holds everything
 */
struct merged merge_on(struct arena *arena, const struct texts *texts, enum degradation rung);

/* Side `s` is the result. out: with the decisions that the other should hear of */
struct merged take_side(struct arena *arena, const struct texts *texts, int s);

#endif
