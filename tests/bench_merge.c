/* Times of the merge itself, without a process around it: a row for each input. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "merge/merge.h"

enum { RUNS = 9 };

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static void measure(const char *what, struct merge_input input)
{
	double times[RUNS];

	for (int i = 0; i < RUNS; i++) {
		struct arena arena = {0};
		double begin = now_ms();

		merge_texts(&arena, input);
		times[i] = now_ms() - begin;
		arena_free(&arena);
	}
	qsort(times, RUNS, sizeof *times, by_size);
	printf("%-58s %9.2f ms\n", what, times[RUNS / 2]);
}

/* Points of a dozen words; every `step`th is changed, with `word` in it. */
static struct str points(struct arena *arena, int count, int step, const char *word)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "# Notes\n\n");
	for (int i = 0; i < count; i++)
		buf_printf(&out, "- point %d says %x and %x of the %s%d others\n", i,
			   (unsigned)i * 2654435761u, (unsigned)i * 40503u,
			   step && i % step == 0 ? word : "", i % 97);
	return buf_str(&out);
}

static struct str lines(struct arena *arena, const char *line, int count, int dropped)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++)
		if (i != dropped)
			buf_add_c(&out, line);
	return buf_str(&out);
}

int main(void)
{
	struct arena arena = {0};

	measure("a 60 KB note, 1 point in 40 changed by each",
		(struct merge_input){points(&arena, 1200, 0, ""), points(&arena, 1200, 40, "our "),
				     points(&arena, 1200, 37, "their "), FORMAT_NOTE});
	measure("1 MB, 20,000 points, 1 in 40 changed by each",
		(struct merge_input){points(&arena, 20000, 0, ""),
				     points(&arena, 20000, 40, "our "),
				     points(&arena, 20000, 37, "their "), FORMAT_NOTE});
	measure("1 MB of equal lines, one gone on each side",
		(struct merge_input){lines(&arena, "- OK, as agreed before\n", 45000, -1),
				     lines(&arena, "- OK, as agreed before\n", 45000, 10),
				     lines(&arena, "- OK, as agreed before\n", 45000, 30000),
				     FORMAT_NOTE});
	arena_free(&arena);
	return 0;
}
