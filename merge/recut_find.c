#include "merge/recut_find.h"

enum {
	TELLING_WORDS = 3, /* in a row, that two blocks do not share by chance */
	/* Of 100 words of what was cut so many are in both: of the shorter, and of the longer. */
	SHARED_OF_SHORTER = 80,
	SHARED_OF_LONGER = 60,
	SHARED_WITH_OTHER = 50,
};

/* What of the words of a block of the base is in one of the side. */
struct shared {
	int base, side;	 /* the blocks */
	int first, last; /* words of the base */
	int count;	 /* of the words that are shared */
	int in_a_row;	 /* most of them */
};

/* What the words from `i` on share that are in one block in both. */
static struct shared share_from(const struct zone *zone, int s, int i)
{
	const struct laid_text *base = &zone->text[BASE], *side = &zone->text[OURS + s];
	const int *to = zone->to_side[s].to;
	struct shared shared = {base->piece[i], side->piece[to[i]], i, i, 0, 0};
	int row = 0;

	for (; i < base->count && base->piece[i] == shared.base; i++) {
		if (to[i] < 0) {
			row = 0;
			continue;
		}
		if (side->piece[to[i]] != shared.side)
			break;
		row = row > 0 && to[i] == to[i - 1] + 1 ? row + 1 : 1;
		shared.last = i;
		shared.count++;
		if (row > shared.in_a_row)
			shared.in_a_row = row;
	}
	return shared;
}

/* out: how many there are, in order */
static int find_shared(struct arena *arena, const struct zone *zone, int s, struct shared **out)
{
	const struct way *way = &zone->to_side[s];
	int all = zone->text[BASE].count, count = 0;
	size_t room = 0;

	*out = NULL;
	for (int i = way->behind[0]; i < all; i = way->behind[(*out)[count++].last + 1]) {
		arena_push(arena, *out, (size_t)count, room);
		(*out)[count] = share_from(zone, s, i);
	}
	return count;
}

/* Whether nothing stands between the words of two neighbours in the base, or in the side. */
static bool go_on(const struct zone *zone, int s, const struct shared *a, const struct shared *b)
{
	const int *to = zone->to_side[s].to;

	return b->first == a->last + 1 || to[b->first] == to[a->last] + 1;
}

/*
 * Whether two blocks do not share words by chance: so many in a row, or one is small and
 * what it has of the other goes on in a neighbour.
 */
static bool is_telling(const struct zone *zone, int s, const struct shared *all, int count, int i)
{
	int base = words_in(&zone->text[BASE], all[i].base);
	int side = words_in(&zone->text[OURS + s], all[i].side);

	return all[i].in_a_row >= TELLING_WORDS ||
	       (2 * all[i].count >= (base < side ? base : side) &&
		((i > 0 && go_on(zone, s, &all[i - 1], &all[i])) ||
		 (i + 1 < count && go_on(zone, s, &all[i], &all[i + 1]))));
}

/* Blocks of both that share words, one with the next. */
struct chain {
	struct shared first, last;
	int links, shared;
	int base_words, side_words; /* of the blocks that are linked */
};

static void begin_chain(const struct zone *zone, int s, const struct shared *shared,
			struct chain *chain)
{
	*chain = (struct chain){.first = *shared,
				.last = *shared,
				.links = 1,
				.shared = shared->count,
				.base_words = words_in(&zone->text[BASE], shared->base),
				.side_words = words_in(&zone->text[OURS + s], shared->side)};
}

static void add_link(const struct zone *zone, int s, const struct shared *shared,
		     struct chain *chain)
{
	if (shared->base != chain->last.base)
		chain->base_words += words_in(&zone->text[BASE], shared->base);
	if (shared->side != chain->last.side)
		chain->side_words += words_in(&zone->text[OURS + s], shared->side);
	chain->last = *shared;
	chain->links++;
	chain->shared += shared->count;
}

static bool says_the_same(const struct chain *chain)
{
	int least = chain->base_words, most = chain->side_words;

	if (least > most) {
		least = most;
		most = chain->base_words;
	}
	return chain->shared >= SHORT_WORDS &&
	       100 * (int64_t)chain->shared >= SHARED_OF_SHORTER * (int64_t)least &&
	       100 * (int64_t)chain->shared >= SHARED_OF_LONGER * (int64_t)most;
}

/* Whether the other side changed something in the blocks, and has much of them. */
static bool is_met(const struct plan *plan, const struct zone *zone, const struct recut *recut)
{
	const struct laid_text *base = &zone->text[BASE];
	int shared = 0;
	bool changed = false;

	for (int i = base->piece[recut->base]; i <= base->piece[recut->base_end - 1]; i++) {
		int piece = plan->match[1 - recut->s].side_of[i];

		changed |= piece < 0 || plan->side[1 - recut->s].ids[piece] != plan->base.ids[i];
	}
	for (int i = recut->base; i < recut->base_end; i++)
		shared += zone->to_side[1 - recut->s].to[i] >= 0;
	return changed && 100 * (int64_t)shared >=
				  SHARED_WITH_OTHER * (int64_t)(recut->base_end - recut->base);
}

static int first_word(const struct laid_text *text, int piece)
{
	return text->first[piece - text->run.from];
}

static void add_chain(struct arena *arena, const struct plan *plan, const struct zone *zone,
		      const struct chain *chain, struct recuts *recuts)
{
	const struct laid_text *base = &zone->text[BASE], *side = &zone->text[OURS + recuts->s];
	struct recut recut = {.s = recuts->s};

	if (chain->links < 2 || !says_the_same(chain))
		return;
	recut.base = first_word(base, chain->first.base);
	recut.base_end = first_word(base, chain->last.base + 1);
	recut.side = first_word(side, chain->first.side);
	recut.side_end = first_word(side, chain->last.side + 1);
	if (!is_met(plan, zone, &recut))
		return;
	arena_push(arena, recuts->at, (size_t)recuts->count, recuts->room);
	recuts->at[recuts->count++] = recut;
}

struct recuts recuts_find(struct arena *arena, const struct plan *plan, const struct zone *zone,
			  int s)
{
	struct recuts recuts = {.s = s};
	struct shared *all;
	struct chain chain = {0};
	int count = find_shared(arena, zone, s, &all);

	for (int i = 0; i < count; i++) {
		if (!is_telling(zone, s, all, count, i))
			continue;
		if (chain.links &&
		    (all[i].base == chain.last.base || all[i].side == chain.last.side)) {
			add_link(zone, s, &all[i], &chain);
			continue;
		}
		add_chain(arena, plan, zone, &chain, &recuts);
		begin_chain(zone, s, &all[i], &chain);
	}
	add_chain(arena, plan, zone, &chain, &recuts);
	return recuts;
}
