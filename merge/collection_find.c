/*
 * Finding what one more text repeats: the lists of its rarest stems are walked,
 * and what stands in enough of them is compared.
 */
#include <stdlib.h>
#include <string.h>

#include "merge/collection_inside.h"

enum {
	ASKED_STEMS = 12,  /* rarest stems whose lists are walked */
	LONG_LIST = 20000, /* heads; a longer one is walked only where nothing shorter tells */
	MOST_WALKED = 30000,
	MOST_COMPARED = 200,
	MOST_WORDS = 1024,
};

struct postings {
	uint32_t *starts; /* by rank; one more than there are ranks */
	uint32_t *heads;
	uint16_t *marks; /* by wording: weight met in the lists of the text that is asked for */
};

static void make_postings(struct collection *collection)
{
	struct arena *arena = &collection->arena;
	struct postings *made = arena_new(arena, struct postings);
	uint32_t sum = 0;

	made->starts = arena_array(arena, uint32_t, collection->rank_count + 1);
	made->marks = arena_array(arena, uint16_t, collection->count);
	/* Each list is filled through the start of the next one, which so comes to its place. */
	for (uint32_t rank = 0; rank < collection->rank_count; rank++) {
		made->starts[rank + 1] = sum;
		sum += collection->holding[rank];
	}
	made->heads = arena_array(arena, uint32_t, sum);
	for (uint32_t i = 0; i < collection->count; i++) {
		const struct collected *wording = &collection->wordings[i];

		for (uint32_t j = 0; j < wording->stem_count && wording->head == i; j++)
			made->heads[made->starts[wording->stems[j] + 1]++] = i;
	}
	collection->postings = made;
}

struct hit {
	uint32_t wording, weight;
};

static int by_weight(const void *left, const void *right)
{
	const struct hit *a = left, *b = right;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->wording > b->wording) - (a->wording < b->wording);
}

/* Walks the lists of the stems. out: the wordings in them, in no order. */
static size_t walk_lists(struct arena *scratch, struct collection *collection,
			 const struct collected *asked, struct hit **out)
{
	const struct postings *postings = collection->postings;
	struct hit *hits = NULL;
	size_t count = 0, room = 0, walked = 0;

	for (uint32_t i = 0, lists = 0; i < asked->stem_count && lists < ASKED_STEMS; i++) {
		uint32_t stem = asked->stems[i], holding = collection->holding[stem];

		if (holding == 0 || (walked && (holding > LONG_LIST || walked > MOST_WALKED)))
			continue;
		lists++;
		for (uint32_t at = 0; at < holding && walked < 2 * MOST_WALKED; at++, walked++) {
			uint32_t head = postings->heads[postings->starts[stem] + at];

			if (postings->marks[head] == 0) {
				arena_push(scratch, hits, count, room);
				hits[count++].wording = head;
			}
			uint32_t met = postings->marks[head] + collection->rank_weight[stem] / 8U;
			postings->marks[head] = (uint16_t)(met < UINT16_MAX ? met + 1 : UINT16_MAX);
		}
	}
	for (size_t i = 0; i < count; i++) {
		hits[i].weight = postings->marks[hits[i].wording];
		postings->marks[hits[i].wording] = 0;
	}
	*out = hits;
	return count;
}

static int by_likeness(const void *left, const void *right)
{
	const struct alike_pair *a = left, *b = right;

	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static size_t compare_hits(struct collection *collection, const struct collected *asked,
			   const struct hit *hits, size_t count, enum alike_level least,
			   struct alike_pair *found)
{
	size_t kept = 0;

	for (size_t i = 0; i < count && i < MOST_COMPARED; i++) {
		const struct collected *wording = &collection->wordings[hits[i].wording];

		if (!may_be_alike(collection, asked, wording, least))
			continue;
		struct alikeness alike =
			alike_compare(collection->lexicon, collection->weights,
				      collected_text(asked), collected_text(wording));
		if (alike.level >= least)
			found[kept++] = (struct alike_pair){NO_WORDING, hits[i].wording,
							    alike.score, alike.level};
	}
	if (kept > 1)
		qsort(found, kept, sizeof *found, by_likeness);
	return kept;
}

size_t collection_find(struct collection *collection, struct str text, enum language otherwise,
		       enum alike_level least, struct alike_pair *out, size_t room)
{
	struct arena scratch = {0};
	struct word_list words = {.arena = &scratch};
	struct alike_pair found[MOST_COMPARED];
	uint32_t stems[MOST_WORDS];
	struct hit *hits = NULL;

	if (!collection->postings)
		make_postings(collection);
	lexicon_read(collection->lexicon, text, otherwise, &words);
	struct collected asked = {.words = words.at, .stems = stems};
	asked.word_count = (uint32_t)(words.count < MOST_WORDS ? words.count : MOST_WORDS);
	asked.stem_count = collected_stems(collection, collected_text(&asked), stems);
	for (uint32_t i = 0; i < asked.stem_count; i++)
		asked.weight += collection->rank_weight[stems[i]];
	size_t count = walk_lists(&scratch, collection, &asked, &hits);
	if (count > 1)
		qsort(hits, count, sizeof *hits, by_weight);
	count = compare_hits(collection, &asked, hits, count, least, found);
	count = count < room ? count : room;
	if (count)
		memcpy(out, found, count * sizeof *found);
	arena_free(&scratch);
	return count;
}
