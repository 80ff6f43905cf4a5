/*
 * Times of the merge itself, without a process around it, and the memory that it
 * takes at its height, in times of the three texts: a row for each input.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

/* The most memory that this process has had since the last call, in bytes. */
static double peak(void)
{
	struct rusage usage;
	FILE *reset = fopen("/proc/self/clear_refs", "w");

	getrusage(RUSAGE_SELF, &usage);
	if (reset && fputs("5", reset) >= 0)
		fclose(reset);
	return 1024.0 * (double)usage.ru_maxrss;
}

/* In a process of its own, so that no other input's memory counts. out: bytes beyond the texts' */
static double measure_memory(struct merge_input input)
{
	int ends[2];
	double bytes = 0;

	if (pipe(ends) != 0)
		return 0;
	pid_t child = fork();
	if (child == 0) {
		struct arena arena = {0};

		/* A small one first: a process maps the code it runs, however little it merges. */
		merge_texts(&arena, (struct merge_input){STR("- a b c d\n"), STR("- a b x d\n"),
							 STR("- y b c d\n- e\n"), FORMAT_NOTE});
		arena_free(&arena);
		malloc_trim(0);
		peak();
		bytes = -peak();
		merge_texts(&arena, input);
		bytes += peak();
		_Exit(write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
	}
	close(ends[1]);
	if (child < 0 || read(ends[0], &bytes, sizeof bytes) != sizeof bytes)
		bytes = 0;
	close(ends[0]);
	if (child > 0)
		waitpid(child, NULL, 0);
	return bytes;
}

static void measure(const char *what, struct merge_input input)
{
	double times[RUNS];
	double size = (double)(input.base.len + input.ours.len + input.theirs.len);
	double memory = measure_memory(input);

	for (int i = 0; i < RUNS; i++) {
		struct arena arena = {0};
		double begin = now_ms();

		merge_texts(&arena, input);
		times[i] = now_ms() - begin;
		arena_free(&arena);
	}
	qsort(times, RUNS, sizeof *times, by_size);
	printf("%-58s %9.2f ms %6.1f x\n", what, times[RUNS / 2], memory / size);
}

/* A point of a dozen words; every `step`th has `word` in it. */
static void point(struct buf *out, int i, int step, const char *word)
{
	buf_printf(out, "- point %d says %x and %x of the %s%d others\n", i,
		   (unsigned)i * 2654435761u, (unsigned)i * 40503u,
		   step && i % step == 0 ? word : "", i % 97);
}

static struct str points(struct arena *arena, int count, int step, const char *word)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "# Notes\n\n");
	for (int i = 0; i < count; i++)
		point(&out, i, step, word);
	return buf_str(&out);
}

/* The same points, every `far`th of them moved half as far down. */
static struct str moved(struct arena *arena, int count, int far, int step, const char *word)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "# Notes\n\n");
	for (int i = 0; i < count; i++) {
		if (i % far != 0)
			point(&out, i, step, word);
		if (i % far == far / 2)
			point(&out, i - far / 2, step, word);
	}
	return buf_str(&out);
}

/* Points out of a few words, so that each is like many others. */
static struct str alike(struct arena *arena, int count, unsigned seed)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++) {
		buf_add_c(&out, "-");
		for (int word = 0; word < 6; word++) {
			seed = seed * 1664525u + 1013904223u;
			buf_printf(&out, " word%u", (seed >> 16) % 12);
		}
		buf_add_c(&out, "\n");
	}
	return buf_str(&out);
}

static struct str repeated(struct arena *arena, const char *text, int count)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++)
		buf_add_c(&out, text);
	return buf_str(&out);
}

/* `count` points, those from `from` on first: the others moved below them. */
static struct str turned(struct arena *arena, int count, int from)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++) {
		int number = (i + from) % count;

		buf_printf(&out, "- point %d says %x and %x\n", number,
			   (unsigned)number * 2654435761u, (unsigned)number * 40503u);
	}
	return buf_str(&out);
}

/* The points in an order that has nothing to do with the first one. */
static struct str shuffled(struct arena *arena, int count, unsigned seed)
{
	int *order = arena_array(arena, int, (size_t)count);
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++) {
		seed = seed * 1664525u + 1013904223u;
		int at = (int)(seed % (unsigned)(i + 1));

		order[i] = order[at];
		order[at] = i;
	}
	for (int i = 0; i < count; i++)
		buf_printf(&out, "- point %d says %x and %x\n", order[i],
			   (unsigned)order[i] * 2654435761u, (unsigned)order[i] * 40503u);
	return buf_str(&out);
}

static struct str nested(struct arena *arena, int count, const char *word)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++)
		buf_printf(&out, "%*s- level %d %s\n", 2 * (i % 60), "", i, i % 50 ? "" : word);
	return buf_str(&out);
}

static struct str one_line(struct arena *arena, int count, int step, const char *word)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++)
		buf_printf(&out, "%s%d ", step && i % step == 0 ? word : "w", i * 7919 % 5003);
	buf_add_byte(&out, '\n');
	return buf_str(&out);
}

/* One paragraph of `count` lines; of every `step`th line (0: none) the words are others. */
static struct str paragraph(struct arena *arena, int count, int step, const char *word)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++)
		buf_printf(&out, "line %d says %s%x and %s%x of it\n", i,
			   step && i % step == 0 ? word : "", (unsigned)i * 2654435761u,
			   step && i % step == 0 ? word : "", (unsigned)i * 40503u);
	return buf_str(&out);
}

/* Points of fifty lines of eight words out of twelve. */
static struct str long_points(struct arena *arena, int count, unsigned seed)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count * 50; i++) {
		buf_add_c(&out, i % 50 ? " " : "-");
		for (int word = 0; word < 8; word++) {
			seed = seed * 1664525u + 1013904223u;
			buf_printf(&out, " w%u", (seed >> 16) % 12);
		}
		buf_add_c(&out, "\n");
	}
	return buf_str(&out);
}

/* A table under a header of its own; every `step`th row has `word` in it. */
static struct str table(struct arena *arena, int count, int step, const char *word)
{
	struct buf out = {.arena = arena};

	buf_printf(&out, "| %s | says | and |\n|---|---|---|\n", word);
	for (int i = 0; i < count; i++)
		buf_printf(&out, "| row %d | says %d %s | and %d |\n", i, i * 7919 % 5003,
			   i % step == 0 ? word : "", i * 31 % 977);
	return buf_str(&out);
}

/* A map of YAML. */
static struct str values(struct arena *arena, int count, const char *word)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++)
		buf_printf(&out, "key%x: value %s %d of it\n", (unsigned)i * 2654435761u, word, i);
	return buf_str(&out);
}

/* A list of YAML, or, with a word in front of it, one long text. */
static struct str listed(struct arena *arena, int count, const char *word)
{
	struct buf out = {.arena = arena};

	buf_printf(&out, "list:%s\n", word);
	for (int i = 0; i < count; i++)
		buf_printf(&out, "  - [a%d, b%d, [c, d%d]]\n", i, i, i);
	return buf_str(&out);
}

/* One text of YAML over many lines; in every `step`th the last word is another. */
static struct str text_block(struct arena *arena, int count, int step, const char *word)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "text: |\n");
	for (int i = 0; i < count; i++)
		buf_printf(&out, "  line %d says%s\n", i, i % step == 1 ? word : "");
	return buf_str(&out);
}

/* A list of YAML: a map of many keys, then items that have none of them. */
static struct str below_a_map(struct arena *arena, int keys, int items, const char *word)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "-");
	for (int i = 0; i < keys; i++)
		buf_printf(&out, "%s k%d: v%d\n", i ? " " : "", i, i);
	for (int i = 0; i < items; i++)
		buf_printf(&out, "- x%d: a%d%s\n", i, i, i % 40 ? "" : word);
	return buf_str(&out);
}

/* A megabyte of a few letters, blanks and line ends at random. */
static struct str letters(struct arena *arena, unsigned seed)
{
	static const char kinds[] = {'a', 'b', 'c', '-', ' ', '\n'};
	struct buf out = {.arena = arena};

	for (int i = 0; i < 1000000; i++) {
		seed = seed * 1664525u + 1013904223u;
		buf_add_byte(&out, kinds[(seed >> 16) % sizeof kinds]);
	}
	return buf_str(&out);
}

/* Points of `marks` accents on one letter, no two neighbours of one kind. */
static struct str accented(struct arena *arena, int count, int marks, const char *word)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < count; i++) {
		buf_printf(&out, "- %s%d a", i % 40 ? "" : word, i);
		for (int mark = 0; mark < marks; mark++)
			buf_add_c(&out, mark % 2 ? "\u0323" : "\u0301");
		buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

static void measure_notes(struct arena *arena)
{
	measure("a 60 KB note, 1 point in 40 changed by each",
		(struct merge_input){points(arena, 1200, 0, ""), points(arena, 1200, 40, "our "),
				     points(arena, 1200, 37, "their "), FORMAT_NOTE});
	measure("1 MB, 20,000 points, 1 in 40 changed by each",
		(struct merge_input){points(arena, 20000, 0, ""), points(arena, 20000, 40, "our "),
				     points(arena, 20000, 37, "their "), FORMAT_NOTE});
	measure("1 MB, 20,000 points, 200 moved, 1 in 40 changed by each",
		(struct merge_input){points(arena, 20000, 0, ""),
				     moved(arena, 20000, 100, 40, "our "),
				     moved(arena, 20000, 110, 37, "their "), FORMAT_NOTE});
}

static void measure_adversaries(struct arena *arena)
{
	static const char equal[] = "- OK, as agreed before\n";

	measure("1 MB of equal lines, two gone and one more",
		(struct merge_input){repeated(arena, equal, 45000), repeated(arena, equal, 44998),
				     repeated(arena, equal, 45001), FORMAT_NOTE});
	measure("1 MB of blank lines, two gone and one more",
		(struct merge_input){repeated(arena, "\n", 1000000), repeated(arena, "\n", 999998),
				     repeated(arena, "\n", 1000001), FORMAT_NOTE});
	measure("20,000 points moved",
		(struct merge_input){turned(arena, 20000, 0), turned(arena, 20000, 7000),
				     turned(arena, 20000, 13000), FORMAT_NOTE});
	measure("20,000 points shuffled by each",
		(struct merge_input){turned(arena, 20000, 0), shuffled(arena, 20000, 1),
				     shuffled(arena, 20000, 2), FORMAT_NOTE});
	measure("20,000 points out of twelve words, all three unlike",
		(struct merge_input){alike(arena, 20000, 1), alike(arena, 20000, 2),
				     alike(arena, 20000, 3), FORMAT_NOTE});
	measure("12,000 points, sixty levels deep",
		(struct merge_input){nested(arena, 12000, ""), nested(arena, 12000, "ours"),
				     nested(arena, 12000, "theirs"), FORMAT_NOTE});
	measure("one line of 60 KB, a word in 40 changed by each",
		(struct merge_input){one_line(arena, 10000, 0, ""), one_line(arena, 10000, 40, "o"),
				     one_line(arena, 10000, 37, "t"), FORMAT_NOTE});
	measure("a paragraph of 1 MB, 1 line in 40 changed by each",
		(struct merge_input){paragraph(arena, 24000, 0, ""),
				     paragraph(arena, 24000, 40, "our "),
				     paragraph(arena, 24000, 37, "their "), FORMAT_NOTE});
	measure("a paragraph of 1 MB that each wrote anew",
		(struct merge_input){paragraph(arena, 24000, 0, ""),
				     paragraph(arena, 24000, 1, "our"),
				     paragraph(arena, 24000, 1, "their"), FORMAT_NOTE});
	measure("700 points of 400 words out of twelve, all three unlike",
		(struct merge_input){long_points(arena, 700, 1), long_points(arena, 700, 2),
				     long_points(arena, 700, 3), FORMAT_NOTE});
	measure("1 MB, all that each wrote new",
		(struct merge_input){points(arena, 20000, 1, "old "),
				     points(arena, 20000, 1, "our new "),
				     points(arena, 20000, 1, "their other "), FORMAT_NOTE});
	measure("1 MB of letters at random, each text anew",
		(struct merge_input){letters(arena, 1), letters(arena, 2), letters(arena, 3),
				     FORMAT_NOTE});
	measure("600 points, 800 accents on one letter each",
		(struct merge_input){accented(arena, 600, 800, ""),
				     accented(arena, 600, 800, "our "),
				     accented(arena, 600, 800, "their "), FORMAT_NOTE});
	measure("a table of 30,000 rows, new in both",
		(struct merge_input){STR(""), table(arena, 30000, 40, "our"),
				     table(arena, 30000, 37, "their"), FORMAT_NOTE});
}

static void measure_yaml(struct arena *arena)
{
	measure("YAML, 30,000 values, all changed by each",
		(struct merge_input){values(arena, 30000, ""), values(arena, 30000, "our"),
				     values(arena, 30000, "their"), FORMAT_YAML});
	measure("YAML, a text of 45,000 lines, 1 in 40 changed by each",
		(struct merge_input){text_block(arena, 45000, 40, ""),
				     text_block(arena, 45000, 40, " our"),
				     text_block(arena, 45000, 37, " their"), FORMAT_YAML});
	measure("YAML, 40,000 items below a map of 30,000 keys",
		(struct merge_input){below_a_map(arena, 30000, 40000, ""),
				     below_a_map(arena, 30000, 40000, " our"),
				     below_a_map(arena, 30000, 40000, " their"), FORMAT_YAML});
	measure("YAML, a list of 1 MB that each made a text",
		(struct merge_input){listed(arena, 30000, ""), listed(arena, 30000, " our"),
				     listed(arena, 30000, " their"), FORMAT_YAML});
}

int main(void)
{
	struct arena arena = {0};

	arena_keep_released();
	measure_notes(&arena);
	measure_adversaries(&arena);
	measure_yaml(&arena);
	arena_free(&arena);
	return 0;
}
