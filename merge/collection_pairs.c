/*
 * The join of a collection with itself. Every head has a few keys: its rarest
 * stems two by two, and each stem that hardly any other text has. Heads with a
 * key in common stand in one bucket and are candidates; what they share is
 * weighed before they are compared.
 *
 * source: the prefix filter of Chaudhuri, Ganti, Kaushik, A primitive operator
 * for similarity joins (2006), with pairs of stems for single ones
 */
#include <stdlib.h>
#include <string.h>

#include "core/ascending.h"
#include "core/parallel.h"
#include "merge/collection_inside.h"

enum {
	SHARDS = 16,
	SLOT_BITS = 16,
	SLOTS = 1 << SLOT_BITS,
	NEAR_STEMS = 7,	  /* rarest stems that pairs are made of */
	PART_STEMS = 16,  /* the same where one text may be a part of the other */
	FEW_HEADS = 24,	  /* a stem that so many share is a key by itself */
	FULL_BUCKET = 64, /* above, each is compared with the next few only */
	NEIGHBOURS = 6,
	COMPARED_AT_ONCE = 512,
	SURE_SHARE = 300, /* of the heavier text's weight, per mille */
	PART_SHARE = 250, /* of the lighter one's */
};

bool may_be_alike(const struct collection *collection, const struct collected *a,
		  const struct collected *b, enum alike_level least)
{
	uint64_t shared = 0;
	uint32_t lighter = a->weight < b->weight ? a->weight : b->weight;
	uint32_t heavier = a->weight + b->weight - lighter;

	for (uint32_t i = 0, j = 0; i < a->stem_count && j < b->stem_count;) {
		if (a->stems[i] == b->stems[j])
			shared += collection->rank_weight[a->stems[i++]], j++;
		else if (a->stems[i] < b->stems[j])
			i++;
		else
			j++;
	}
	return least >= ALIKE_NEAR ? shared * PER_MILLE >= (uint64_t)heavier * SURE_SHARE
				   : shared * PER_MILLE >= (uint64_t)lighter * PART_SHARE;
}

struct posting {
	uint64_t key;
	uint32_t head;
};

struct candidates {
	uint64_t *at; /* the smaller number in the upper half */
	size_t count, room;
};

/* The candidates whose keys fall into one shard. */
struct shard {
	struct arena arena;
	struct candidates found;
	size_t cut;
};

struct join {
	const struct collection *collection;
	struct alike_memory *memory;
	enum alike_level least;
	uint32_t stems; /* that pairs are made of */
	struct shard *shards;
	struct candidates all;
	struct alike_pair *compared; /* one for each of `all` */
	const struct key *weighed;   /* see alike_memory; by wording */
};

/* Spreads the bits of a number evenly. source: the finalizer of SplitMix64 */
static uint64_t mix(uint64_t value)
{
	value += 0x9E3779B97F4A7C15U;
	value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
	value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
	return value ^ (value >> 31);
}

/* One pass over the keys of a shard: counts by slot, or puts where the counts say. */
struct pass {
	const struct join *join;
	size_t shard;
	size_t *slots;
	struct posting *postings; /* NULL: counting */
};

static void put(struct pass *pass, uint64_t key, uint32_t head)
{
	size_t *slot = &pass->slots[key >> (64 - SLOT_BITS)];

	if (pass->postings)
		pass->postings[*slot] = (struct posting){key, head};
	++*slot;
}

static void put_keys(struct pass *pass, uint32_t head)
{
	const struct collection *collection = pass->join->collection;
	const struct collected *wording = &collection->wordings[head];
	bool thorough = pass->join->least < ALIKE_NEAR;
	uint32_t rare[PART_STEMS], count = 0;

	for (uint32_t i = 0; i < wording->stem_count; i++) {
		uint32_t stem = wording->stems[i], holding = collection->holding[stem];

		/* Where no other text has a stem, as a misspelt one, nothing is found by it. */
		if (holding < 2 || (count == pass->join->stems && !thorough))
			continue;
		if (count < pass->join->stems)
			rare[count++] = stem;
		if (holding <= FEW_HEADS && stem % SHARDS == pass->shard)
			put(pass, mix(stem), head);
	}
	for (uint32_t i = 0; i < count; i++) {
		if (rare[i] % SHARDS != pass->shard || collection->holding[rare[i]] <= FEW_HEADS)
			continue;
		for (uint32_t j = i + 1; j < count; j++)
			put(pass, mix((uint64_t)rare[j] << 32 | rare[i]), head);
	}
}

static size_t walk_heads(struct pass *pass)
{
	const struct collection *collection = pass->join->collection;
	size_t sum = 0;

	for (uint32_t i = 0; i < collection->count; i++)
		if (collection->wordings[i].head == i)
			put_keys(pass, i);
	for (size_t i = 0; i < SLOTS && !pass->postings; i++) {
		size_t count = pass->slots[i];

		pass->slots[i] = sum;
		sum += count;
	}
	return sum;
}

static int by_posting(const void *left, const void *right)
{
	const struct posting *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->head > b->head) - (a->head < b->head);
}

static void propose(const struct join *join, struct shard *shard, uint32_t a, uint32_t b)
{
	const struct collected *wordings = join->collection->wordings;

	if (a == b || !may_be_alike(join->collection, &wordings[a], &wordings[b], join->least))
		return;
	arena_push(&shard->arena, shard->found.at, shard->found.count, shard->found.room);
	shard->found.at[shard->found.count++] = (uint64_t)a << 32 | b;
}

static void propose_bucket(const struct join *join, struct shard *shard,
			   const struct posting *bucket, size_t count)
{
	shard->cut += count > FULL_BUCKET;
	for (size_t i = 0; i < count; i++) {
		size_t behind = count > FULL_BUCKET ? i + 1 + NEIGHBOURS : count;

		for (size_t j = i + 1; j < behind && j < count; j++)
			propose(join, shard, bucket[i].head, bucket[j].head);
	}
}

static void sort_once(struct candidates *candidates)
{
	size_t kept = 0;

	if (candidates->count > 1)
		qsort(candidates->at, candidates->count, sizeof *candidates->at, ascending_u64);
	for (size_t i = 0; i < candidates->count; i++)
		if (i == 0 || candidates->at[i] != candidates->at[kept - 1])
			candidates->at[kept++] = candidates->at[i];
	candidates->count = kept;
}

static void join_shard(void *context, size_t number)
{
	struct join *join = context;
	struct arena scratch = {0};
	struct pass pass = {.join = join, .shard = number};
	size_t start = 0;

	pass.slots = arena_array(&scratch, size_t, SLOTS);
	size_t count = walk_heads(&pass);
	pass.postings = arena_array(&scratch, struct posting, count);
	walk_heads(&pass);
	/* Each slot now ends where the next one begins. */
	for (size_t slot = 0; slot < SLOTS; start = pass.slots[slot++]) {
		struct posting *postings = pass.postings + start;
		size_t held = pass.slots[slot] - start;

		if (held > 1)
			qsort(postings, held, sizeof *postings, by_posting);
		for (size_t i = 0, end; i < held; i = end) {
			for (end = i + 1; end < held && postings[end].key == postings[i].key;)
				end++;
			propose_bucket(join, &join->shards[number], postings + i, end - i);
		}
	}
	sort_once(&join->shards[number].found);
	arena_free(&scratch);
}

static void compare_some(void *context, size_t part)
{
	struct join *join = context;
	const struct collection *collection = join->collection;
	size_t end = (part + 1) * COMPARED_AT_ONCE;

	for (size_t i = part * COMPARED_AT_ONCE; i < end && i < join->all.count; i++) {
		uint32_t a = (uint32_t)(join->all.at[i] >> 32), b = (uint32_t)join->all.at[i];
		struct alikeness found;

		if (join->memory)
			join->memory->used[i].key = key_chain(join->weighed[a], join->weighed[b]);
		if (!join->memory || !alike_recall(join->memory, join->memory->used[i].key, &found))
			found = alike_compare(collection->lexicon, collection->weights,
					      collected_text(&collection->wordings[a]),
					      collected_text(&collection->wordings[b]));
		join->compared[i] = (struct alike_pair){a, b, found.score, found.level};
		if (join->memory)
			join->memory->used[i].found = found;
	}
}

/* Brings the shards' candidates together, each once. */
static void gather(struct arena *arena, struct join *join)
{
	size_t count = 0;

	for (size_t i = 0; i < SHARDS; i++)
		count += join->shards[i].found.count;
	join->all.at = arena_array(arena, uint64_t, count);
	for (size_t i = 0; i < SHARDS; i++) {
		struct candidates *found = &join->shards[i].found;

		if (found->count)
			memcpy(join->all.at + join->all.count, found->at,
			       found->count * sizeof *found->at);
		join->all.count += found->count;
		arena_free(&join->shards[i].arena);
	}
	sort_once(&join->all);
}

struct alike_pairs collection_pairs(struct arena *arena, const struct collection *collection,
				    enum alike_level least, struct alike_memory *memory,
				    size_t *cut)
{
	struct arena scratch = {0};
	struct join join = {.collection = collection, .memory = memory, .least = least};
	struct alike_pairs pairs = {0};

	join.stems = least >= ALIKE_NEAR ? NEAR_STEMS : PART_STEMS;
	join.shards = arena_array(&scratch, struct shard, SHARDS);
	parallel_run(SHARDS, join_shard, &join);
	for (size_t i = 0; cut && i < SHARDS; i++)
		*cut += join.shards[i].cut;
	gather(&scratch, &join);
	join.compared = arena_array(&scratch, struct alike_pair, join.all.count);
	if (memory) {
		join.weighed = weighed_keys(&scratch, collection);
		memory->used = arena_array(memory->arena, struct remembered, join.all.count);
		memory->used_count = join.all.count;
	}
	parallel_run((join.all.count + COMPARED_AT_ONCE - 1) / COMPARED_AT_ONCE, compare_some,
		     &join);
	for (size_t i = 0; i < join.all.count; i++) {
		if (join.compared[i].level < least)
			continue;
		arena_push(arena, pairs.at, pairs.count, pairs.room);
		pairs.at[pairs.count++] = join.compared[i];
	}
	arena_free(&scratch);
	return pairs;
}
