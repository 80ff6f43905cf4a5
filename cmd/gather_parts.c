#include "cmd/gather_parts.h"

enum {
	MOST_COMPARED = 8,
	LEAST_SHARE = 250, /* of the lighter wording's weight, per mille */
	MILLE = 1000,
};

/* A stem of one of the others. */
struct part_posting {
	uint32_t other; /* index into others */
	uint32_t next;	/* posting of the same stem + 1, 0: none */
};

struct part_candidate {
	uint32_t other;
	uint64_t share; /* per mille of the lighter wording's weight */
};

static void list_stems(struct arena *arena, struct parts_work *work,
		       const struct collection *collection,
		       const struct workshop_wordings *wordings)
{
	work->posting_count = 0;
	for (size_t i = 0; i < wordings->other_count; i++) {
		const struct collected *other = &collection->wordings[wordings->others[i]];

		for (uint32_t n = 0; n < other->stem_count; n++) {
			uint32_t stem = other->stems[n];

			arena_push(arena, work->postings, work->posting_count, work->posting_room);
			work->postings[work->posting_count++] =
				(struct part_posting){(uint32_t)i, work->first[stem]};
			work->first[stem] = (uint32_t)work->posting_count;
		}
	}
}

/* Leaves the lists empty for the next workshop. */
static void forget_stems(struct parts_work *work, const struct collection *collection,
			 const struct workshop_wordings *wordings)
{
	for (size_t i = 0; i < wordings->other_count; i++) {
		const struct collected *other = &collection->wordings[wordings->others[i]];

		for (uint32_t n = 0; n < other->stem_count; n++)
			work->first[other->stems[n]] = 0;
	}
}

static void weigh_shared(struct parts_work *work, const struct collection *collection,
			 const struct collected *wording)
{
	for (uint32_t n = 0; n < wording->stem_count; n++) {
		uint32_t stem = wording->stems[n];

		for (uint32_t at = work->first[stem]; at; at = work->postings[at - 1].next)
			work->shared[work->postings[at - 1].other] += collection->rank_weight[stem];
	}
}

/* Keeps the best, the earlier first among equals. */
static size_t keep_best(struct part_candidate *best, size_t count, struct part_candidate candidate)
{
	size_t at = count;

	if (count == MOST_COMPARED && best[count - 1].share >= candidate.share)
		return count;
	if (count == MOST_COMPARED)
		at--;
	for (; at > 0 && best[at - 1].share < candidate.share; at--)
		if (at < MOST_COMPARED)
			best[at] = best[at - 1];
	best[at] = candidate;
	return count < MOST_COMPARED ? count + 1 : count;
}

/* Takes the weights down, for the next wording. */
static size_t choose_best(struct parts_work *work, const struct collection *collection,
			  const struct workshop_wordings *wordings, const struct collected *wording,
			  struct part_candidate *best)
{
	size_t count = 0;

	for (size_t i = 0; i < wordings->other_count; i++) {
		uint64_t shared = work->shared[i];
		uint64_t weight = collection->wordings[wordings->others[i]].weight;
		uint64_t lighter = weight < wording->weight ? weight : wording->weight;

		work->shared[i] = 0;
		if (lighter && shared * MILLE >= lighter * LEAST_SHARE)
			count = keep_best(
				best, count,
				(struct part_candidate){(uint32_t)i, shared * MILLE / lighter});
	}
	return count;
}

void gather_parts(struct arena *arena, struct parts_work *work, const struct collection *collection,
		  const struct workshop_wordings *wordings, struct alike_pairs *pairs)
{
	struct part_candidate best[MOST_COMPARED];

	if (!work->first)
		work->first = arena_array(arena, uint32_t, collection->rank_count);
	if (work->shared_room < wordings->other_count) {
		work->shared_room = 2 * wordings->other_count;
		work->shared = arena_array(arena, uint64_t, work->shared_room);
	}
	list_stems(arena, work, collection, wordings);
	for (size_t i = 0; i < wordings->discussed_count; i++) {
		uint32_t number = wordings->discussed[i];
		const struct collected *wording = &collection->wordings[number];

		weigh_shared(work, collection, wording);
		size_t count = choose_best(work, collection, wordings, wording, best);
		for (size_t n = 0; n < count; n++) {
			uint32_t other = wordings->others[best[n].other];
			struct alikeness found = alike_compare(
				collection->lexicon, collection->weights, collected_text(wording),
				collected_text(&collection->wordings[other]));

			if (found.level < ALIKE_PART_OF)
				continue;
			arena_push(arena, pairs->at, pairs->count, pairs->room);
			pairs->at[pairs->count++] =
				(struct alike_pair){number, other, found.score, found.level};
		}
	}
	forget_stems(work, collection, wordings);
}
