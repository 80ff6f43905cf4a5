/*
 * The verifier's own view of the four texts of a merge: passages (about a
 * paragraph, an item, a row, a fence, a line of YAML) of numbered words.
 *
 * Only passages with a line that the four texts do not hold equally often are
 * taken apart, and those of which such a one was made by adding lines; the others
 * account for themselves. Marks, numbers, checkboxes,
 * padding, table rules, conflict markers and variant labels are not words.
 */
#ifndef MERGE_VERIFY_WORDS_H
#define MERGE_VERIFY_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "merge/verify_lines.h"

enum word_flag {
	WORD_COUNTED = 1, /* its line is not held equally often by all */
	WORD_BREAKS = 2,  /* it begins a cell, or a line of a fence: a run ends before it */
};

/* There may be one for each line, so what its line tells is asked there. */
struct passage {
	uint32_t number;       /* in `passages` of struct reading */
	uint32_t first, count; /* its words in the view */
	uint32_t section;      /* the line number of the heading above, or NO_SECTION */
	uint32_t line;	       /* the number of its first line */
	uint32_t table;	       /* in `tables` of struct reading, or NO_TABLE */
	uint8_t wording;       /* of a variant: 1 the first, OTHER_WORDING; 0: of none */
	bool adjoins; /* the passage right before it in the text is the one before it here */
	bool heads;   /* a heading, or the header of a table */
	bool yaml;    /* a line of YAML */
};

#define NO_SECTION UINT32_MAX
#define NO_TABLE   UINT32_MAX
enum { PASSAGE_END = 0, OTHER_WORDING = 2 };

/* One text. */
struct view {
	struct arena *arena;
	uint32_t *words; /* numbers; PASSAGE_END stands behind each passage */
	uint8_t *flags;	 /* of each word */
	size_t word_count, word_room;
	struct passage *passages;
	size_t passage_count, passage_room;
	bool labels; /* some passage is a wording of a variant */
};

struct reading {
	struct arena *arena, of_result; /* the second one holds its view alone */
	struct arena splitting;		/* while words are read: holds `split` */
	struct line_index lines;
	struct line_words *split; /* by number of line: see split_line() */
	struct index words, passages;
	struct index tables; /* whose header or its rule is not still; by these and section */
	struct view views[TEXT_COUNT];
	struct {
		size_t lines, words, passages, tables;
	} of_inputs; /* so many have base and sides */
	bool yaml;
};

/* cost: linear. */
struct reading *read_texts(struct arena *arena, const struct str texts[TEXT_COUNT], bool yaml);

/*
 * Reads another result beside the same base and sides.
 * out: false: other of their lines are still than were before, so all has to be read anew
 */
bool read_next_result(struct reading *reading, struct str result);

void reading_free(struct reading *reading);

/* Whether a passage stands in a table that has other columns in some text, or is new. */
static inline bool is_in_changed_table(const struct reading *reading, const struct passage *passage)
{
	const int32_t *counts =
		passage->table == NO_TABLE ? NULL : reading->tables.entries[passage->table].counts;

	return counts &&
	       !(counts[OF_BASE] == counts[OF_OURS] && counts[OF_BASE] == counts[OF_THEIRS] &&
		 counts[OF_BASE] == counts[OF_RESULT]);
}

/* Whether all four texts hold the line of that number equally often. */
static inline bool is_still(const struct reading *reading, uint32_t line)
{
	return reading->lines.looks[line].still;
}

/* What its first line looks like. */
static inline const struct line_look *passage_look(const struct reading *reading,
						   const struct passage *passage)
{
	return &reading->lines.looks[passage->line];
}

static inline struct str line_bytes(const struct reading *reading, uint32_t line)
{
	return indexed_bytes(&reading->lines.index.entries[line]);
}

#endif
