#include "tests/support_notes.h"

enum { NOTE_LINES = 9, LINE_WORDS = 7, EDITS = 3, RANDOM_PIECES = 24, MOST_LINES = 64 };

static const char *const vocabulary[] = {
	"le",	"garden", "point",  "été",   "water", "roof", "ouvert", "list",
	"key",	"seeds",  "demain", "music", "Anne",  "jars", "œuvre",	"market",
	"bois", "table",  "rain",   "salle", "OK",    "vote", "budget", "tools",
};
enum { VOCABULARY = sizeof vocabulary / sizeof *vocabulary };

/* Points stand for most of what notes are made of. */
static const char *const marks[] = {"- ", "- ",	 "- ",	   "- ",     "  - ", "",   "",
				    "# ", "## ", "- [ ] ", "- [x] ", "1. ",  "| ", "> "};
enum { MARKS = sizeof marks / sizeof *marks };

struct lines {
	struct str at[MOST_LINES];
	size_t count;
};

static void add_line(struct lines *lines, size_t place, struct str line)
{
	if (lines->count == MOST_LINES)
		return;
	for (size_t i = lines->count++; i > place; i--)
		lines->at[i] = lines->at[i - 1];
	lines->at[place] = line;
}

static struct str take_line(struct lines *lines, size_t place)
{
	struct str line = lines->at[place];

	lines->count--;
	for (size_t i = place; i < lines->count; i++)
		lines->at[i] = lines->at[i + 1];
	return line;
}

static struct str join(struct arena *arena, const struct lines *lines)
{
	struct buf text = {.arena = arena};

	for (size_t i = 0; i < lines->count; i++)
		buf_add(&text, lines->at[i]);
	return buf_str(&text);
}

struct str seeded_note(struct seeded *seeded)
{
	struct buf text = {.arena = seeded->arena};

	for (uint32_t i = 0, count = 1 + seeded_next(seeded, NOTE_LINES); i < count; i++) {
		const char *mark = marks[seeded_next(seeded, MARKS)];
		bool row = mark[0] == '|';

		buf_add_c(&text, mark);
		for (uint32_t j = 0, words = 1 + seeded_next(seeded, LINE_WORDS); j < words; j++) {
			buf_add_c(&text, j == 0 ? "" : row ? " | " : " ");
			buf_add_c(&text, vocabulary[seeded_next(seeded, VOCABULARY)]);
		}
		buf_add_c(&text, row ? " |\n" : "\n");
		if (seeded_next(seeded, 4) == 0)
			buf_add_byte(&text, '\n');
	}
	return buf_str(&text);
}

/* One in four is a word that the other person may add too. */
static struct str new_word(struct seeded *seeded, char person)
{
	char who = seeded_next(seeded, 4) == 0 ? 'b' : person;

	return str_printf(seeded->arena, "%c%u", who, seeded_next(seeded, who == 'b' ? 4 : 90));
}

static struct str new_line(struct seeded *seeded, char person)
{
	struct buf line = {.arena = seeded->arena};

	buf_add_c(&line, marks[seeded_next(seeded, MARKS)]);
	for (uint32_t i = 0, words = 1 + seeded_next(seeded, LINE_WORDS); i < words; i++) {
		buf_add_c(&line, i ? " " : "");
		buf_add(&line, new_word(seeded, person));
	}
	buf_add_byte(&line, '\n');
	return buf_str(&line);
}

/* Deletes, replaces or adds one word of the line; its mark may be that word. */
static struct str edit_words(struct seeded *seeded, struct str line, char person)
{
	size_t end = str_chomp(line).len, from = seeded_next(seeded, (uint32_t)end + 1), to;
	struct buf out = {.arena = seeded->arena};

	while (from > 0 && line.at[from - 1] != ' ')
		from--;
	to = str_find_byte(str_slice(line, 0, end), ' ', from);
	uint32_t what = seeded_next(seeded, 3);

	buf_add(&out, str_slice(line, 0, from));
	if (what != 0)
		buf_add(&out, new_word(seeded, person));
	if (what == 1)
		buf_add_byte(&out, ' ');
	buf_add(&out, str_slice(line, what == 1 ? from : to, line.len));
	return buf_str(&out);
}

static void edit_once(struct seeded *seeded, struct lines *lines, char person)
{
	uint32_t what = seeded_next(seeded, 8);
	size_t place = seeded_next(seeded, (uint32_t)lines->count + 1);

	if (what < 2 || place == lines->count) {
		add_line(lines, place, new_line(seeded, person));
	} else if (what == 2) {
		take_line(lines, place);
	} else if (what == 3) {
		struct str line = take_line(lines, place);

		add_line(lines, seeded_next(seeded, (uint32_t)lines->count + 1), line);
	} else {
		lines->at[place] = edit_words(seeded, lines->at[place], person);
	}
}

struct str seeded_edit(struct seeded *seeded, struct str note, char person)
{
	struct lines lines = {.count = 0};

	while (lines.count < MOST_LINES && str_next_line(&note, &lines.at[lines.count]))
		lines.count++;
	for (uint32_t i = 0, edits = 1 + seeded_next(seeded, EDITS); i < edits; i++)
		edit_once(seeded, &lines, person);
	return join(seeded->arena, &lines);
}

struct str seeded_bytes(struct seeded *seeded)
{
	static const char *const pieces[] = {
		"\n",  "\r\n",	"\n\n",	    " ",       "- ",	   "* ",	  "  - ",
		"# ",  "---\n", "a: ",	    "```\n",   "| a |\n",  "|---|\n",	  "> ",
		"<b>", "x",	"word ",    "\xff",    "é",	   "1. ",	  "[x] ",
		"\t",  "===\n", "<<<<<<< ", "=======", ">>>>>>> ", "⟨version 1⟩", "\xEF\xBB\xBF",
	};
	struct buf text = {.arena = seeded->arena};

	for (uint32_t i = seeded_next(seeded, RANDOM_PIECES); i > 0; i--)
		if (seeded_next(seeded, 8) == 0)
			buf_add_byte(&text, (char)seeded_next(seeded, 256));
		else
			buf_add_c(&text,
				  pieces[seeded_next(seeded, sizeof pieces / sizeof *pieces)]);
	return buf_str(&text);
}

struct seeded_versions seeded_versions_of(struct arena *arena, uint64_t seed)
{
	struct seeded seeded = {arena, seed * 0x9E3779B97F4A7C15u};
	struct seeded_versions versions = {.base = seeded_note(&seeded)};

	versions.ours = seeded_edit(&seeded, versions.base, 'o');
	versions.theirs = seeded_edit(&seeded, versions.base, 't');
	return versions;
}
