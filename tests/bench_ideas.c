/*
 * How long it takes to find what is said twice among very many points, how well
 * that works, and the same by a threshold on trigrams, as databases do it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "core/ascending.h"
#include "merge/collection.h"
#include "tests/support_points.h"

enum { SAMPLE = 20000, ASKED = 2000, GRAM_BITS = 18, GRAMS = 1 << GRAM_BITS };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double peak_megabytes(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

/* The first point of each wording. */
static uint32_t *first_points(struct arena *arena, const struct collection *collection,
			      size_t count)
{
	uint32_t *first = arena_array(arena, uint32_t, collection->count);

	for (size_t i = count; i > 0; i--)
		if (collection->wording_of[i - 1] != NO_WORDING)
			first[collection->wording_of[i - 1]] = (uint32_t)(i - 1);
	return first;
}

static int by_wordings(const void *left, const void *right)
{
	const struct alike_pair *a = left, *b = right;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static void judge(struct arena *arena, const struct made_points *made,
		  const struct collection *collection, struct alike_pairs pairs)
{
	uint32_t *first = first_points(arena, collection, made->count);
	size_t right = 0, found = 0;

	for (size_t i = 0; i < pairs.count; i++) {
		uint32_t a = first[pairs.at[i].a], b = first[pairs.at[i].b];
		right += made->origin[a] == made->origin[b];
	}
	for (size_t i = 0; i < made->count; i++) {
		uint32_t a = collection->wording_of[i], b = collection->wording_of[made->origin[i]];

		if (made->origin[i] == i || a == NO_WORDING || b == NO_WORDING)
			continue;
		a = collection->wordings[a].head, b = collection->wordings[b].head;
		struct alike_pair wanted = {.a = a < b ? a : b, .b = a < b ? b : a};
		found += a == b || (pairs.count && bsearch(&wanted, pairs.at, pairs.count,
							   sizeof wanted, by_wordings));
	}
	printf("  precision %.4f  recall %.4f  (%zu planted, %zu pairs)\n",
	       pairs.count ? (double)right / (double)pairs.count : 1,
	       made->planted ? (double)found / (double)made->planted : 1, made->planted,
	       pairs.count);
}

static void ask(const struct made_points *made, struct collection *collection)
{
	struct alike_pair found[4];
	size_t hits = 0;
	double worst = 0, start, all;

	collection_find(collection, made->texts[0], LANGUAGE_FRENCH, ALIKE_NEAR, found, 4);
	all = now();
	for (size_t i = 0; i < ASKED; i++) {
		start = now();
		hits += collection_find(collection, made->texts[i * 37 % made->count],
					LANGUAGE_FRENCH, ALIKE_NEAR, found, 4) > 0;
		worst = now() - start > worst ? now() - start : worst;
	}
	printf("  one point against them: %.2f ms, at worst %.2f ms (%zu of %d found)\n",
	       (now() - all) * 1000 / ASKED, worst * 1000, hits, ASKED);
}

static double time_near(struct arena *arena, const struct str *texts, size_t count,
			struct collection **collection, struct alike_pairs *pairs, size_t *cut)
{
	double start = now();

	*cut = 0;
	*collection = collection_read(texts, count, LANGUAGE_FRENCH);
	*pairs = collection_pairs(arena, *collection, ALIKE_NEAR, NULL, cut);
	return now() - start;
}

static void bench_planted(size_t count)
{
	struct arena arena = {0};
	struct made_points made = points_made(&arena, count, 20, 7);
	struct collection *collection;
	struct alike_pairs pairs;
	size_t cut;
	double seconds = time_near(&arena, made.texts, count, &collection, &pairs, &cut);

	printf("near duplicates among %zu points: %.2f s, %.0f MB, %zu long lists cut\n", count,
	       seconds, peak_megabytes(), cut);
	judge(&arena, &made, collection, pairs);
	ask(&made, collection);
	collection_close(collection);
	arena_free(&arena);
}

static void bench_hard(const char *what, size_t count, bool identical)
{
	struct arena arena = {0};
	struct made_points made = points_made(&arena, count, 0, 11);
	struct collection *collection;
	struct alike_pairs pairs;
	size_t cut;

	for (size_t i = 0; i < count; i++)
		made.texts[i] =
			identical ? STR("la coopération renforce la confiance en soi")
				  : str_printf(&arena, "coopération %.*s", STR_ARGS(made.texts[i]));
	double seconds = time_near(&arena, made.texts, count, &collection, &pairs, &cut);
	printf("%zu points, %s: %.2f s, %zu pairs\n", count, what, seconds, pairs.count);
	collection_close(collection);
	arena_free(&arena);
}

/* --- the trigram threshold ------------------------------------------------------- */

struct grams {
	uint32_t *at;
	size_t count;
};

/* The sets of three letters of each word, two blanks before it and one behind. */
static struct grams grams_of(struct arena *arena, struct str text)
{
	struct grams grams = {.at = arena_array(arena, uint32_t, text.len * 2 + 8)};
	struct str word;
	size_t kept = 0;

	while (str_next_word(&text, &word)) {
		uint32_t window = (' ' << 8) | ' ';

		for (size_t i = 0; i <= word.len; i++) {
			window = (window << 8 | (i < word.len ? (unsigned char)word.at[i] : ' ')) &
				 0xFFFFFF;
			grams.at[grams.count++] = window * 2654435761U >> (32 - GRAM_BITS);
		}
	}
	qsort(grams.at, grams.count, sizeof *grams.at, ascending_u32);
	for (size_t i = 0; i < grams.count; i++)
		if (i == 0 || grams.at[i] != grams.at[kept - 1])
			grams.at[kept++] = grams.at[i];
	grams.count = kept;
	return grams;
}

/* Joins by similarity >= 0.25 over lists of points by trigram, as an inverted index does. */
static void bench_trigrams(size_t count)
{
	struct arena arena = {0};
	struct made_points made = points_made(&arena, count, 20, 7);
	double start = now();
	struct grams *all = arena_array(&arena, struct grams, count);
	uint32_t **lists = arena_array(&arena, uint32_t *, GRAMS);
	uint32_t *held = arena_array(&arena, uint32_t, GRAMS);
	uint32_t *room = arena_array(&arena, uint32_t, GRAMS);
	uint16_t *met = arena_array(&arena, uint16_t, count);
	size_t pairs = 0, right = 0, found = 0;

	for (size_t i = 0; i < count; i++) {
		all[i] = grams_of(&arena, made.texts[i]);
		memset(met, 0, i * sizeof *met);
		for (size_t g = 0; g < all[i].count; g++) {
			uint32_t gram = all[i].at[g];

			for (uint32_t n = 0; n < held[gram]; n++)
				met[lists[gram][n]]++;
			arena_push(&arena, lists[gram], held[gram], room[gram]);
			lists[gram][held[gram]++] = (uint32_t)i;
		}
		for (size_t j = 0; j < i; j++) {
			size_t either = all[i].count + all[j].count - met[j];

			if (4U * met[j] < either)
				continue;
			pairs++;
			right += made.origin[i] == made.origin[j];
			found += made.origin[i] == j;
		}
	}
	double seconds = now() - start, times = 1e6 / (double)count;
	printf("trigram similarity >= 0.25 among %zu points: %.2f s, one core; its work grows with "
	       "the square: about %.0f s for a million\n",
	       count, seconds, seconds * times * times);
	printf("  precision %.4f  recall %.4f\n", pairs ? (double)right / (double)pairs : 1,
	       made.planted ? (double)found / (double)made.planted : 1);
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;

	bench_planted(count);
	bench_planted(SAMPLE);
	bench_trigrams(SAMPLE);
	bench_hard("all with one frequent word", 100000, false);
	bench_hard("all identical", 100000, true);
	return 0;
}
