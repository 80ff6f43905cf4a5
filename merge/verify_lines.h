/*
 * The lines of the four texts of a merge, as the verifier reads them: numbered,
 * and each looked at once, however often and in whichever text it stands.
 */
#ifndef MERGE_VERIFY_LINES_H
#define MERGE_VERIFY_LINES_H

#include "merge/verify_index.h"

/* What a line is by itself, white space at its end aside. */
struct line_look {
	uint32_t indent;       /* blanks in front of its text */
	uint32_t fence_length; /* of the backticks or tildes it begins with; 0: under three */
	char fence;	       /* which of them */
	char mark;	       /* as in struct passage */
	bool blank, rule, quoted;
	bool titles;	 /* begins with #, as the headings of sections do */
	bool begins;	 /* a passage, whatever stands before it */
	bool bare_mark;	 /* a bullet and nothing behind it: an item, or the rule under a heading */
	bool barred;	 /* has a bar: a row, where a table stands */
	bool delimits;	 /* the rule under the header of a table */
	bool bare_fence; /* nothing stands behind the fence */
	bool bare_label; /* nothing but the label of a variant */
	bool still;	 /* all four texts have it equally often */
	bool stirred;	 /* some text has it in one stretch with a line that is not still */
};

struct line_numbers {
	uint32_t *numbers; /* of each line of the text, in order */
	size_t count, room;
};

/*
 * Numbers the lines of all texts into `index`, empty before.
 * out: the looks of all lines, by number; `lines` live in the second arena
 * cost: linear
 */
struct line_look *number_lines(struct arena *arena, struct arena *of_lines, struct index *index,
			       const struct str texts[TEXT_COUNT],
			       struct line_numbers lines[TEXT_COUNT]);

/* The line without what stands before its words: blanks, marks, checkbox. */
struct str line_without_marks(struct str line);

/*
 * Takes the next word off `rest`, of YAML without quotes and brackets; `cell`: a
 * bar stood before it. out: false once no word is left
 */
bool take_word(struct str *rest, bool yaml, struct str *word, bool *cell);

/* A line that git puts around what it could not merge. */
bool is_conflict_marker(struct str line);

#endif
