#include "merge/collection.h"

#include <stdlib.h>
#include <string.h>

#include "core/ascending.h"
#include "core/parallel.h"
#include "merge/collection_inside.h"
#include "merge/collection_keys.h"

enum {
	MOST_PARTS = 4,	     /* that reading is done in; each has a lexicon of its own */
	PART_TEXTS = 1500,   /* of one part; fewer are not worth a lexicon */
	FEW = 4096,	     /* keys; not worth a second thread */
	LONGEST_TEXT = 2048, /* words of a text that are read */
	MOST_SORT_BITS = 16,
};

/* The key of a text, with its number among those that were given. */
struct keyed {
	struct key key;
	uint32_t number;
};

/* The words of a text, to be renumbered. */
struct own_text {
	uint32_t *words;
	size_t count;
};

/* What one part of the reading has for itself. */
struct reader {
	struct lexicon *lexicon;
	struct word_list words;
	struct buf scratch;
	uint32_t *numbers; /* of its lexicon's words in the collection's */
};

struct reading {
	struct collection *to;
	const struct str *texts;
	size_t count;
	enum language otherwise;
	struct own_text *words; /* by text */
	struct keyed *keys;
	struct reader *readers;
	const uint64_t *hashes;
};

static size_t part_begin(const struct reading *reading, size_t part)
{
	return reading->count * part / reading->to->part_count;
}

static void read_part(void *context, size_t part)
{
	struct reading *reading = context;
	struct reader *reader = &reading->readers[part];
	struct arena *arena = &reading->to->parts[part];

	reader->lexicon = part == 0 ? reading->to->lexicon : lexicon_open(arena);
	reader->words.arena = arena;
	for (size_t i = part_begin(reading, part); i < part_begin(reading, part + 1); i++) {
		reader->words.count = 0;
		lexicon_read(reader->lexicon, reading->texts[i], reading->otherwise,
			     &reader->words);
		size_t count =
			reader->words.count < LONGEST_TEXT ? reader->words.count : LONGEST_TEXT;
		uint32_t *kept = arena_array(arena, uint32_t, count);
		if (count)
			memcpy(kept, reader->words.at, count * sizeof *kept);
		reading->words[i] = (struct own_text){kept, count};
	}
}

static void key_part(void *context, size_t part)
{
	struct reading *reading = context;
	struct reader *reader = &reading->readers[part];

	reader->scratch.arena = &reading->to->parts[part];
	for (size_t i = part_begin(reading, part); i < part_begin(reading, part + 1); i++) {
		struct own_text text = reading->words[i];

		for (size_t j = 0; j < text.count && part; j++)
			text.words[j] = reader->numbers[text.words[j]];
		reading->keys[i] = (struct keyed){
			key_of_words(reading->to->lexicon,
				     (struct alike_text){text.words, text.count}, &reader->scratch),
			(uint32_t)i};
	}
}

static int by_key(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;
	int order = key_compare(a->key, b->key);

	return order ? order : (a->number > b->number) - (a->number < b->number);
}

/*
 * Sorting in parts: by the first bits of the keys, then each part by itself. Keys are
 * hashes, so that parts as many as the keys hold about one each.
 */
struct sorting {
	struct keyed *keys;
	size_t *ends; /* of each part */
};

static void sort_part(void *context, size_t part)
{
	struct sorting *sorting = context;
	size_t start = part ? sorting->ends[part - 1] : 0, end = sorting->ends[part];

	if (end - start > 1)
		qsort(sorting->keys + start, end - start, sizeof *sorting->keys, by_key);
}

/* out: the keys in order, in `arena`. */
static struct keyed *sort_keys(struct arena *arena, const struct keyed *keys, size_t count)
{
	struct sorting sorting = {.keys = arena_array(arena, struct keyed, count)};
	unsigned bits = 1;

	while (bits < MOST_SORT_BITS && (size_t)1 << bits < count)
		bits++;
	size_t parts = (size_t)1 << bits, *starts = arena_array(arena, size_t, parts + 1);
	for (size_t i = 0; i < count; i++)
		starts[(keys[i].key.high >> (64 - bits)) + 1]++;
	for (size_t part = 0; part < parts; part++)
		starts[part + 1] += starts[part];
	for (size_t i = 0; i < count; i++)
		sorting.keys[starts[keys[i].key.high >> (64 - bits)]++] = keys[i];
	/* Each start has come to the part's end. */
	sorting.ends = starts;
	if (count >= FEW)
		parallel_run(parts, sort_part, &sorting);
	for (size_t part = 0; count < FEW && part < parts; part++)
		sort_part(&sorting, part);
	return sorting.keys;
}

/* Keeps every wording once. */
static void collect(struct reading *reading)
{
	struct arena scratch = {0};
	struct collection *to = reading->to;
	const struct keyed *keys = sort_keys(&scratch, reading->keys, reading->count);

	for (size_t i = 0; i < reading->count; i++)
		to->count += i == 0 || key_compare(keys[i - 1].key, keys[i].key) != 0;
	to->wordings = arena_array(&to->arena, struct collected, to->count);
	to->wording_of = arena_array(&to->arena, uint32_t, reading->count);
	to->count = 0;
	for (size_t i = 0; i < reading->count; i++) {
		struct own_text text = reading->words[keys[i].number];

		to->wording_of[keys[i].number] = NO_WORDING;
		if (keys[i].key.high == 0 && keys[i].key.low == 0)
			continue;
		if (to->count == 0 || !key_equal(to->wordings[to->count - 1].key, keys[i].key))
			to->wordings[to->count++] =
				(struct collected){.key = keys[i].key,
						   .words = text.words,
						   .word_count = (uint32_t)text.count};
		to->wording_of[keys[i].number] = to->count - 1;
	}
	arena_free(&scratch);
}

struct ranked {
	uint64_t hash;
	uint32_t stem;
	uint16_t weight;
};

static struct stem_weights weigh_wordings(struct collection *to, struct arena *scratch)
{
	struct alike_text *texts = arena_array(scratch, struct alike_text, to->count);

	for (uint32_t i = 0; i < to->count; i++)
		texts[i] = collected_text(&to->wordings[i]);
	return alike_weigh(&to->arena, to->lexicon, texts, to->count);
}

static int by_rarity(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->hash > b->hash) - (a->hash < b->hash);
}

static void rank_stems(struct collection *to, const uint64_t *hashes)
{
	uint32_t count = (uint32_t)to->lexicon->stem_count;
	struct arena scratch = {0};
	struct ranked *ranked = arena_array(&scratch, struct ranked, count);

	to->rank_count = count;
	to->rank_of = arena_array(&to->arena, uint32_t, count);
	to->rank_weight = arena_array(&to->arena, uint16_t, count);
	to->holding = arena_array(&to->arena, uint32_t, count);
	for (uint32_t i = 0; i < count; i++)
		ranked[i] = (struct ranked){hashes[i], i, to->weights.of[i]};
	qsort(ranked, count, sizeof *ranked, by_rarity);
	for (uint32_t i = 0; i < count; i++) {
		to->rank_of[ranked[i].stem] = i;
		to->rank_weight[i] = ranked[i].weight;
	}
	arena_free(&scratch);
}

uint32_t collected_stems(const struct collection *collection, struct alike_text text,
			 uint32_t *stems)
{
	uint32_t count = 0, kept = 0;

	for (size_t i = 0; i < text.count; i++) {
		const struct word *word = lexicon_word(collection->lexicon, text.words[i]);

		if (text.words[i] && word_is_matter(word->kind) &&
		    word->stem < collection->rank_count)
			stems[count++] = collection->rank_of[word->stem];
	}
	if (count > 1)
		qsort(stems, count, sizeof *stems, ascending_u32);
	for (uint32_t i = 0; i < count; i++)
		if (i == 0 || stems[i] != stems[kept - 1])
			stems[kept++] = stems[i];
	return kept;
}

/* The stems and the bag of the wordings of one part. */
static void fill_part(void *context, size_t part)
{
	struct reading *reading = context;
	struct collection *to = reading->to;
	struct arena *arena = &to->parts[part];
	uint32_t stems[LONGEST_TEXT];

	for (size_t i = to->count * part / to->part_count;
	     i < to->count * (part + 1) / to->part_count; i++) {
		struct collected *wording = &to->wordings[i];

		wording->stem_count = collected_stems(to, collected_text(wording), stems);
		wording->stems = arena_array(arena, uint32_t, wording->stem_count);
		if (wording->stem_count)
			memcpy(wording->stems, stems, wording->stem_count * sizeof *stems);
		for (uint32_t j = 0; j < wording->stem_count; j++)
			wording->weight += to->rank_weight[stems[j]];
		if (!key_of_bag(to->lexicon, reading->hashes, collected_text(wording),
				&reading->readers[part].scratch, &wording->bag))
			wording->bag = wording->key;
	}
}

static void find_heads(struct collection *to)
{
	struct arena scratch = {0};
	struct keyed *bags = arena_array(&scratch, struct keyed, to->count);

	for (uint32_t i = 0; i < to->count; i++)
		bags[i] = (struct keyed){to->wordings[i].bag, i};
	bags = sort_keys(&scratch, bags, to->count);
	for (uint32_t i = 0, head = 0; i < to->count; i++) {
		if (i == 0 || !key_equal(bags[i].key, bags[i - 1].key))
			head = bags[i].number;
		to->wordings[bags[i].number].head = head;
		if (head != bags[i].number)
			continue;
		for (uint32_t j = 0; j < to->wordings[head].stem_count; j++)
			to->holding[to->wordings[head].stems[j]]++;
	}
	arena_free(&scratch);
}

/* Brings the lexicons of all parts together; the words are renumbered by key_part(). */
static void unite_lexicons(struct reading *reading, struct arena *scratch)
{
	for (size_t part = 1; part < reading->to->part_count; part++) {
		struct reader *reader = &reading->readers[part];

		reader->numbers = lexicon_unite(scratch, reading->to->lexicon, reader->lexicon);
		lexicon_close(reader->lexicon);
	}
}

static size_t part_count_for(size_t count)
{
	size_t parts = count / PART_TEXTS;

	if (parts > MOST_PARTS)
		return MOST_PARTS;
	return parts ? parts : 1;
}

struct collection *collection_read(const struct str *texts, size_t count, enum language otherwise)
{
	struct arena first = {0}, scratch = {0};
	struct collection *to = arena_new(&first, struct collection);
	struct reading reading = {.to = to, .texts = texts, .count = count, .otherwise = otherwise};

	to->arena = first;
	to->part_count = part_count_for(count);
	to->parts = arena_array(&to->arena, struct arena, to->part_count);
	to->lexicon = lexicon_open(&to->arena);
	reading.words = arena_array(&scratch, struct own_text, count);
	reading.keys = arena_array(&scratch, struct keyed, count);
	reading.readers = arena_array(&scratch, struct reader, to->part_count);
	parallel_run(to->part_count, read_part, &reading);
	unite_lexicons(&reading, &scratch);
	parallel_run(to->part_count, key_part, &reading);
	collect(&reading);
	reading.hashes = stem_hashes(&scratch, to->lexicon);
	to->weights = weigh_wordings(to, &scratch);
	rank_stems(to, reading.hashes);
	parallel_run(to->part_count, fill_part, &reading);
	find_heads(to);
	arena_free(&scratch);
	return to;
}

struct key *weighed_keys(struct arena *arena, const struct collection *collection)
{
	struct arena scratch = {0};
	struct key *keys = arena_array(arena, struct key, collection->count);
	uint64_t *hashes = stem_hashes(&scratch, collection->lexicon);
	struct buf bytes = {.arena = &scratch};

	for (uint32_t i = 0; i < collection->count; i++) {
		const struct collected *wording = &collection->wordings[i];

		bytes.len = 0;
		for (uint32_t j = 0; j < wording->word_count; j++) {
			uint32_t stem = lexicon_word(collection->lexicon, wording->words[j])->stem;
			uint64_t parts[2] = {hashes[stem], collection->weights.of[stem]};

			buf_add(&bytes, (struct str){(const char *)parts, sizeof parts});
		}
		keys[i] = key_chain(wording->key, key_of(buf_str(&bytes)));
	}
	arena_free(&scratch);
	return keys;
}

void collection_close(struct collection *collection)
{
	if (!collection)
		return;
	lexicon_close(collection->lexicon);
	for (size_t part = 0; part < collection->part_count; part++)
		arena_free(&collection->parts[part]);
	/* The collection stands in its own arena. */
	struct arena last = collection->arena;
	arena_free(&last);
}

struct alike_text collected_text(const struct collected *wording)
{
	return (struct alike_text){wording->words, wording->word_count};
}

struct key collection_key(struct lexicon *lexicon, struct str text, enum language otherwise)
{
	struct arena scratch = {0};
	struct word_list words = {.arena = &scratch};
	struct buf bytes = {.arena = &scratch};

	lexicon_read(lexicon, text, otherwise, &words);
	struct key key = key_of_words(lexicon, (struct alike_text){words.at, words.count}, &bytes);
	arena_free(&scratch);
	return key;
}
