/* How long it takes to read a note of 60 KB, and one of 1 MB with 20,000 points. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/doc.h"

enum { ROUNDS = 101 };

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Prose in French: a heading, points with wrapped lines, a paragraph, again and again. */
static struct str prose(struct arena *arena, size_t bytes)
{
	struct buf out = {.arena = arena};

	for (unsigned i = 1; out.len < bytes; i++)
		buf_printf(&out,
			   "## Séance %u : les idées à creuser\n\n"
			   "- Aymeric : l’atelier doit rester ouvert à tous, même aux absents,\n"
			   "  et chacun peut relire ce qui a été dit à la séance %u\n"
			   "- [ ] Budget voté : 12 000 € pour l'année, à revoir en mars\n"
			   "  - Anne : prévoir aussi la location de la salle\n\n"
			   "Le groupe se retrouve dans deux semaines pour en parler.\n\n",
			   i, i);
	return str_slice(buf_str(&out), 0, bytes);
}

static struct str points(struct arena *arena, unsigned count)
{
	struct buf out = {.arena = arena};

	for (unsigned i = 0; i < count; i++)
		buf_printf(&out, "- Point %05u : ce qui a été proposé par le groupe\n", i);
	return buf_str(&out);
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static void bench(const char *name, struct str text, double goal)
{
	double times[ROUNDS];
	size_t blocks = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct arena arena = {0};
		double start = seconds_now();
		struct doc doc = doc_read(&arena, text);

		times[i] = seconds_now() - start;
		blocks = doc.count;
		arena_free(&arena);
	}
	qsort(times, ROUNDS, sizeof *times, compare);
	printf("%-32s %8zu bytes %6zu blocks %8.3f ms (goal %.1f ms)\n", name, text.len, blocks,
	       1e3 * times[ROUNDS / 2], 1e3 * goal);
}

int main(void)
{
	struct arena arena = {0};

	bench("read a note", prose(&arena, 60000), 0.1e-3);
	bench("read 20,000 points", points(&arena, 20000), 10e-3);
	arena_free(&arena);
	return 0;
}
