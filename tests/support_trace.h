/*
 * Histories of one note, a letter each version, and what the trace tells of them in words.
 */
#ifndef TESTS_SUPPORT_TRACE_H
#define TESTS_SUPPORT_TRACE_H

#include "core/str.h"
#include "merge/trace.h"

enum { MOST_VERSIONS = 40, FEW_VERSIONS = 7 };

/* One note through its versions; a version's parents are the letters of others. */
struct version {
	const char *parents; /* "" the empty tree, "a" the first version, "bc" two */
	const char *text;    /* NULL: it cannot be read */
};

/* Begins as {0}; its arena is to be freed. */
struct history {
	struct arena arena;
	const char *clock;     /* a digit a version, of its author's clock; NULL: all at once */
	const char *automatic; /* letters of the versions that the program merged, or NULL */
	struct str texts[MOST_VERSIONS];
	struct str records[MOST_VERSIONS];
	struct trace_input input;
	struct trace trace;
};

void trace_versions(struct history *history, const struct version *versions, uint32_t count);

/* "word/b word/a | …": every word of the tip with the letter of its version. */
struct str describe_words(struct history *history);
/* "add a, reword b | …": every point there ever was, headings aside. */
struct str describe_events(struct history *history);
/* "word word/b | …": what was deleted and does not stand again in these words, with who did it. */
struct str describe_ends(struct history *history);

/* Any number of commits from their records gives what tracing all of them gave. */
void check_records(struct history *history, const char *why);

/* A history, and what is to be told of it. */
struct traced {
	const char *why;
	struct version versions[FEW_VERSIONS];
	/* As described above; NULL: whatever it is. */
	const char *words, *events, *ends;
	const char *clock, *automatic; /* of the history */
};

/* The same from its records too. */
void check_traced(const struct traced *traced);

#endif
