#include "merge/verify_split.h"

#include <string.h>

#include "core/eight.h"
#include "core/label.h"
#include "core/text.h"

/* The words of a line where it was split into them; every other place repeats those. */
struct line_words {
	uint32_t first, count; /* in the view of text `of` */
	uint32_t label;	       /* that stands behind them */
	uint8_t of;
	bool split, yaml; /* as a line of YAML or not */
	bool in_cell;	  /* a bar stands before the first */
};

void split_begin(struct reading *reading)
{
	reading->split =
		arena_array(&reading->splitting, struct line_words, reading->lines.index.count);
}

void split_end(struct reading *reading)
{
	arena_free(&reading->splitting);
	reading->split = NULL;
}

/* Nothing in it that the normal text could spell otherwise, the blanks between words aside. */
static bool is_ascii(struct str text)
{
	uint64_t all = 0;
	size_t at = 0;

	for (; text.len - at >= sizeof all; at += sizeof all)
		all |= eight_read(text.at + at);
	for (; at < text.len; at++)
		all |= (unsigned char)text.at[at];
	return (all & EIGHT_HIGH) == 0;
}

/* Room for so many words more, and for half as many again as there are. */
static void widen(struct view *view, size_t more)
{
	enum { MORE_WORDS = 64 };
	size_t before = view->word_room, room = before + before / 2 + more + MORE_WORDS;

	view->words = arena_resize(view->arena, view->words, before, room, sizeof *view->words);
	view->flags = arena_resize(view->arena, view->flags, before, room, sizeof *view->flags);
	view->word_room = room;
}

void view_put(struct view *view, uint32_t word, uint8_t flags)
{
	if (view->word_count == view->word_room)
		widen(view, 1);
	view->words[view->word_count] = word;
	view->flags[view->word_count++] = flags;
}

/* Takes the "⟨version⟩:" off that makes the word before it the key of other wordings. */
static bool repeats_key(struct str *rest)
{
	struct str behind = *rest, word;
	bool cell;

	if (!take_word(&behind, true, &word, &cell) || !str_equal(word, STR("⟨version⟩:")))
		return false;
	*rest = behind;
	return true;
}

/* Takes a label off the line, also off the last cell of a row. */
static struct str take_label(struct str line, uint32_t *label)
{
	struct str rest = str_trim_right(line), before;

	if (str_ends(rest, STR("|")))
		rest = str_trim_right(str_slice(rest, 0, rest.len - 1));
	*label = label_read(rest, &before);
	return *label ? before : line;
}

/* What opens an item, a comment or a block of text, which may be written otherwise. */
static bool is_yaml_sign(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!strchr("#>+-", word.at[i]))
			return false;
	return true;
}

/* Takes a line apart. out: its words, which the view has now */
static struct line_words read_line(struct reading *reading, struct str line,
				   struct line_place place)
{
	struct view *view = &reading->views[place.of];
	struct line_words words = {.of = (uint8_t)place.of, .split = true, .yaml = place.yaml};
	struct str bare = take_label(line, &words.label), word;
	struct str rest = place.yaml ? bare : line_without_marks(bare);
	bool cell, ascii = is_ascii(rest);

	words.first = (uint32_t)view->word_count;
	while (take_word(&rest, place.yaml, &word, &cell)) {
		if (place.yaml && is_yaml_sign(word))
			continue;
		if (place.yaml && repeats_key(&rest)) {
			words.label = LABEL_OF_YAML_OTHERS;
			continue;
		}
		if (word.len > 1 && str_ends(word, STR(","))) /* which the last of a list lacks */
			word.len--;
		/* Typographic and typewriter quotes are one word, as they are one key. */
		uint32_t number = index_add(
			&reading->words,
			ascii || is_ascii(word) ? word : text_normal(reading->arena, word));
		words.in_cell = words.in_cell || (words.count == 0 && cell);
		words.count++;
		view_put(view, number, cell ? WORD_BREAKS : 0);
	}
	return words;
}

/* Puts the words of a line that was taken apart before into the view, which may be the same. */
static void repeat_line(const struct view *from, const struct line_words *line, struct view *view)
{
	size_t count = line->count;

	if (view->word_room - view->word_count < count)
		widen(view, count);
	memcpy(view->words + view->word_count, from->words + line->first,
	       count * sizeof *view->words);
	memcpy(view->flags + view->word_count, from->flags + line->first,
	       count * sizeof *view->flags);
	view->word_count += count;
}

/* Counts what stands in a line that not all texts hold equally often. */
static void count_words(struct reading *reading, enum text_of of, size_t first)
{
	struct view *view = &reading->views[of];
	struct indexed *words = reading->words.entries;

	for (size_t i = first; i < view->word_count; i++) {
		view->flags[i] |= WORD_COUNTED;
		words[view->words[i]].counts[of]++;
	}
}

uint32_t split_line(struct reading *reading, uint32_t number, struct line_place place)
{
	struct view *view = &reading->views[place.of];
	struct line_words *line = &reading->split[number];
	size_t first = view->word_count;

	if (line->split && line->yaml == place.yaml)
		repeat_line(&reading->views[line->of], line, view);
	else
		*line = read_line(reading, line_bytes(reading, number), place);
	if (!is_still(reading, number))
		count_words(reading, place.of, first);
	if (line->count) {
		view->flags[first] &= (uint8_t)~WORD_BREAKS;
		view->flags[first] |= line->in_cell || place.in_fence ? WORD_BREAKS : 0;
	}
	return line->label;
}
