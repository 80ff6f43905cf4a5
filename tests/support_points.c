#include "tests/support_points.h"

#include <string.h>

enum { VOCABULARY = 60000, LEAST_WORDS = 8, MORE_WORDS = 11, LONGEST_SENTENCE = 32 };

struct sentence {
	uint32_t words[LONGEST_SENTENCE];
	size_t count;
};

struct maker {
	struct arena *arena;
	struct str *words;
	double *sums; /* of the frequencies up to each word */
	struct sentence *sentences;
	uint64_t state;
};

/* source: the generator SplitMix64 */
uint64_t next_random(uint64_t *state)
{
	uint64_t value = *state += 0x9E3779B97F4A7C15U;

	value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
	value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
	return value ^ (value >> 31);
}

static size_t below(struct maker *maker, size_t limit)
{
	return (size_t)(next_random(&maker->state) % limit);
}

/* The most frequent are those of every text; the others are spelled at random. */
static void make_vocabulary(struct maker *maker)
{
	static const char common[] =
		"de la le et les des en un du une que est pour qui dans a par plus au sur se ce il "
		"avec sont cette mais comme on tout nous sa aussi leur bien peut ces y si fait été "
		"aux elle entre sans ses très deux même autres dont";
	static const char *const begins[] = {"b",  "c",	 "d",  "f",  "g",  "j",	 "l",  "m",
					     "n",  "p",	 "r",  "s",  "t",  "v",	 "br", "cl",
					     "dr", "fr", "gr", "pl", "tr", "ch", "vr", "st"};
	static const char *const middles[] = {"a",  "e",  "i",	"o",  "u", "ai",
					      "ou", "eu", "on", "an", "in"};
	struct str rest = str_of(common), word;
	double sum = 0;

	maker->words = arena_array(maker->arena, struct str, VOCABULARY);
	maker->sums = arena_array(maker->arena, double, VOCABULARY);
	for (size_t i = 0; i < VOCABULARY; i++) {
		struct buf made = {.arena = maker->arena};

		sum += 1 / ((double)i + 2.7);
		maker->sums[i] = sum;
		if (str_next_word(&rest, &word)) {
			maker->words[i] = word;
			continue;
		}
		for (size_t syllables = 2 + below(maker, 3); syllables; syllables--) {
			buf_add_c(&made, begins[below(maker, sizeof begins / sizeof *begins)]);
			buf_add_c(&made, middles[below(maker, sizeof middles / sizeof *middles)]);
		}
		buf_add_byte(&made, "rtlns"[below(maker, 5)]);
		maker->words[i] = buf_str(&made);
	}
}

static uint32_t draw_word(struct maker *maker)
{
	double at = (double)(next_random(&maker->state) >> 11) / 9007199254740992.0 *
		    maker->sums[VOCABULARY - 1];
	size_t from = 0, to = VOCABULARY - 1;

	while (from < to) {
		size_t middle = (from + to) / 2;
		if (maker->sums[middle] < at)
			from = middle + 1;
		else
			to = middle;
	}
	return (uint32_t)from;
}

static struct str write_sentence(struct maker *maker, const struct sentence *sentence)
{
	struct buf text = {.arena = maker->arena};
	size_t bytes = 0;

	for (size_t i = 0; i < sentence->count; i++)
		bytes += maker->words[sentence->words[i]].len + 1;
	text.at = arena_alloc(maker->arena, bytes + 8, 1);
	text.room = bytes + 8;
	for (size_t i = 0; i < sentence->count; i++) {
		if (i)
			buf_add_byte(&text, ' ');
		buf_add(&text, maker->words[sentence->words[i]]);
	}
	return buf_str(&text);
}

/* Swaps two letters, leaves one out or doubles one, in one of the longer words. */
static struct str with_slip(struct maker *maker, struct str text)
{
	char *at = arena_alloc(maker->arena, text.len + 2, 1);
	size_t place = 0;

	for (int attempt = 0; attempt < 100; attempt++) {
		place = 2 + below(maker, text.len - 4);
		if (!memchr(text.at + place - 2, ' ', 5) && (text.at[place] & 0x80) == 0)
			break;
	}
	memcpy(at, text.at, place);
	switch (below(maker, 3)) {
	case 0:
		memcpy(at + place, text.at + place + 1, text.len - place - 1);
		return (struct str){at, text.len - 1};
	case 1:
		at[place] = text.at[place];
		memcpy(at + place + 1, text.at + place, text.len - place);
		return (struct str){at, text.len + 1};
	default:
		memcpy(at, text.at, text.len);
		at[place] = text.at[place + 1];
		at[place + 1] = text.at[place];
		return (struct str){at, text.len};
	}
}

static struct str changed(struct maker *maker, struct sentence sentence, struct str text)
{
	struct sentence other = sentence;
	size_t place = 1 + below(maker, sentence.count - 2);

	switch (below(maker, 5)) {
	case 0:
		return with_slip(maker, with_slip(maker, text));
	case 1: /* a word less */
		memmove(other.words + place, other.words + place + 1,
			(other.count - place - 1) * sizeof *other.words);
		other.count--;
		break;
	case 2: /* a word more */
		memmove(other.words + place + 1, other.words + place,
			(other.count - place) * sizeof *other.words);
		other.words[place] = draw_word(maker);
		other.count++;
		break;
	case 3: /* the end first */
		memcpy(other.words, sentence.words + place,
		       (sentence.count - place) * sizeof *other.words);
		memcpy(other.words + sentence.count - place, sentence.words,
		       place * sizeof *other.words);
		return with_slip(maker, write_sentence(maker, &other));
	default: /* a common word for another */
		other.words[place] = (uint32_t)below(maker, 20);
		break;
	}
	return write_sentence(maker, &other);
}

struct made_points points_made(struct arena *arena, size_t count, size_t one_in, uint64_t seed)
{
	struct arena scratch = {0};
	struct maker maker = {.arena = arena, .state = seed};
	struct made_points made = {.texts = arena_array(arena, struct str, count),
				   .origin = arena_array(arena, uint32_t, count),
				   .count = count};

	make_vocabulary(&maker);
	maker.sentences = arena_array(&scratch, struct sentence, count);
	for (size_t i = 0; i < count; i++) {
		struct sentence *sentence = &maker.sentences[i];

		made.origin[i] = (uint32_t)i;
		if (one_in && i > 0 && below(&maker, one_in) == 0) {
			size_t from = below(&maker, i);

			if (made.origin[from] == from) {
				*sentence = maker.sentences[from];
				made.origin[i] = (uint32_t)from;
				made.texts[i] = changed(&maker, *sentence, made.texts[from]);
				made.planted++;
				continue;
			}
		}
		sentence->count = LEAST_WORDS + below(&maker, MORE_WORDS);
		for (size_t j = 0; j < sentence->count; j++)
			sentence->words[j] = draw_word(&maker);
		made.texts[i] = write_sentence(&maker, sentence);
	}
	arena_free(&scratch);
	return made;
}
