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
	char mark; /* it begins with: - of a point, 1 of a numbered one, # or |; 0: a word */
	bool blank : 1, rule : 1, quoted : 1;
	bool titles : 1;     /* begins with #, as the headings of sections do */
	bool begins : 1;     /* a passage, whatever stands before it */
	bool bare_mark : 1;  /* a bullet and no more: an item, or the rule under a heading */
	bool barred : 1;     /* has a bar: a row, where a table stands */
	bool delimits : 1;   /* the rule under the header of a table */
	bool bare_fence : 1; /* nothing stands behind the fence */
	bool marker : 1;     /* git puts it around what it could not merge */
	bool bare_label : 1; /* nothing but the label of a variant */
	bool still : 1;	     /* all four texts have it equally often */
	bool stirred : 1;    /* some text has it in one stretch with a line that is not still */
};

struct line_numbers {
	uint32_t *numbers; /* of each line of the text, in order */
	size_t count, room;
};

/* The lines of all four texts, each once, and which of them each text has. */
struct line_index {
	struct index index;	 /* by their bytes, white space at their end aside */
	struct line_look *looks; /* by number */
	size_t look_count, look_room;
	uint32_t *next; /* by number: the one behind it when it was last seen, NO_LINE: none */
	size_t next_room;
	struct arena of_next;
	struct line_numbers of[TEXT_COUNT];
};

/* Numbers the lines of a text; which they are goes into the arena. cost: linear */
void lines_number(struct arena *arena, struct line_index *lines, struct str text, enum text_of of);

/* Forgets a text, and all but the first `count` lines, which the others have. */
void lines_forget(struct line_index *lines, enum text_of of, size_t count);

/* Lets go what it takes to number lines, until there is another text. */
void lines_rest(struct line_index *lines);

/*
 * Looks at what is new, and at all whether they are still once all texts are numbered.
 * out: whether those that were looked at before are as they were
 */
bool lines_look_at(struct arena *arena, struct line_index *lines);

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
