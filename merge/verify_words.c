#include "merge/verify_words.h"

#include <string.h>

#include "core/hash.h"
#include "core/label.h"
#include "core/text.h"

static void index_place(struct index *index, uint32_t number)
{
	size_t slot = index->entries[number].hash & (index->slot_count - 1);

	while (index->slots[slot])
		slot = (slot + 1) & (index->slot_count - 1);
	index->slots[slot] = number + 1;
}

static void index_widen(struct arena *arena, struct index *index)
{
	index->slot_count = index->slot_count ? 2 * index->slot_count : 64;
	index->slots = arena_array(arena, uint32_t, index->slot_count);
	for (uint32_t i = 0; i < index->count; i++)
		index_place(index, i);
}

uint32_t index_add(struct arena *arena, struct index *index, struct str bytes)
{
	uint64_t hash = key_of(bytes).low;

	if (2 * index->count >= index->slot_count)
		index_widen(arena, index);
	size_t slot = hash & (index->slot_count - 1);
	for (; index->slots[slot]; slot = (slot + 1) & (index->slot_count - 1)) {
		const struct entry *entry = &index->entries[index->slots[slot] - 1];
		if (entry->hash == hash && str_equal(entry->bytes, bytes))
			return index->slots[slot] - 1;
	}
	arena_push(arena, index->entries, index->count, index->room);
	index->entries[index->count] = (struct entry){.bytes = bytes, .hash = hash};
	index->slots[slot] = (uint32_t)++index->count;
	return (uint32_t)index->count - 1;
}

bool is_conflict_marker(struct str line)
{
	static const char marks[] = "<>|";

	for (const char *mark = marks; *mark; mark++) {
		size_t run = 0;
		while (run < line.len && line.at[run] == *mark)
			run++;
		if (run == 7 && (line.len == 7 || line.at[7] == ' ') &&
		    str_find_byte(line, '|', run) == line.len)
			return true;
	}
	return false;
}

/* --- lines ------------------------------------------------------------------ */

/* Stands for the label of the other wordings of a YAML value; the first has none. */
enum { YAML_OTHERS = 2 };

struct lines {
	uint32_t *numbers;
	size_t count, room;
};

static struct lines number_lines(struct arena *arena, struct reading *reading, struct str text,
				 enum text_of of)
{
	struct lines lines = {0};
	struct str line;

	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_slice(text, 3, text.len);
	while (str_next_line(&text, &line)) {
		uint32_t number = index_add(arena, &reading->lines, str_trim_right(line));
		arena_push(arena, lines.numbers, lines.count, lines.room);
		lines.numbers[lines.count++] = number;
		reading->lines.entries[number].counts[of]++;
	}
	return lines;
}

bool is_still(const struct reading *reading, uint32_t line)
{
	const int32_t *counts = reading->lines.entries[line].counts;

	return counts[OF_BASE] == counts[OF_OURS] && counts[OF_BASE] == counts[OF_THEIRS] &&
	       counts[OF_BASE] == counts[OF_RESULT];
}

static size_t blanks_at(struct str line, size_t from)
{
	size_t at = from;

	while (at < line.len && (line.at[at] == ' ' || line.at[at] == '\t'))
		at++;
	return at - from;
}

/* The length of a bullet, list number or heading mark that a blank follows; 0: none. */
static size_t mark_length(struct str text)
{
	size_t length = 0;

	if (text.len && strchr("-*+", text.at[0]) && text.at[0])
		length = 1;
	else if (text.len && text.at[0] == '#')
		while (length < text.len && text.at[length] == '#')
			length++;
	else {
		while (length < text.len && length < 9 && text.at[length] >= '0' &&
		       text.at[length] <= '9')
			length++;
		if (length == 0 || length == text.len ||
		    (text.at[length] != '.' && text.at[length] != ')'))
			return 0;
		length++;
	}
	return length == text.len || text.at[length] == ' ' || text.at[length] == '\t' ? length : 0;
}

/* The kind of mark that a line begins with, as in struct passage. */
static char kind_of_mark(struct str text)
{
	if (text.len == 0 || (text.at[0] != '|' && mark_length(text) == 0))
		return '\0';
	if (text.at[0] == '#' || text.at[0] == '|')
		return text.at[0];
	return text.at[0] >= '0' && text.at[0] <= '9' ? '1' : '-';
}

static bool is_checkbox(struct str text)
{
	return text.len >= 3 && text.at[0] == '[' && text.at[2] == ']' &&
	       (text.at[1] == ' ' || text.at[1] == 'x' || text.at[1] == 'X') &&
	       (text.len == 3 || text.at[3] == ' ' || text.at[3] == '\t');
}

/* Nothing but what rules, underlines and the second line of a table are made of. */
static bool is_rule(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (!line.at[i] || !strchr("-=*_:|+ \t", line.at[i]))
			return false;
	return line.len > 0;
}

/* The line without what stands before its words. */
static struct str without_marks(struct str line)
{
	for (;;) {
		line = str_slice(line, blanks_at(line, 0), line.len);
		size_t length = str_starts(line, STR(">")) ? 1 : mark_length(line);
		if (length == 0)
			return is_checkbox(line) ? str_slice(line, 3, line.len) : line;
		line = str_slice(line, length, line.len);
	}
}

/* --- words ------------------------------------------------------------------ */

static bool separates(char byte, bool yaml)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '\f' ||
	       byte == '\v' || byte == '|' || (yaml && byte && strchr(",[]{}\"'", byte));
}

/* Takes the next word off `rest`; `cell`: a bar stood before it. */
static bool next_word(struct str *rest, bool yaml, struct str *word, bool *cell)
{
	size_t from = 0, to;

	*cell = false;
	for (; from < rest->len && separates(rest->at[from], yaml); from++)
		*cell = *cell || rest->at[from] == '|';
	for (to = from; to < rest->len && !separates(rest->at[to], yaml);)
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->len);
	return word->len > 0;
}

struct reader {
	struct arena *arena;
	struct reading *reading;
	struct view *view;
	enum text_of of;
	bool yaml;
	char fence; /* its byte while inside one */
	size_t fence_length;
	struct passage next; /* under construction */
	size_t from, to;     /* its lines */
	bool open, changed, in_fence;
	bool skipped; /* the passage before was not taken apart */
};

static void put_word(struct reader *reader, uint32_t number, uint8_t flags)
{
	struct view *view = reader->view;

	arena_push(reader->arena, view->words, view->word_count, view->word_room);
	if (view->flag_room < view->word_room) {
		view->flags =
			arena_grow(reader->arena, view->flags, view->flag_room, view->word_room, 1);
		view->flag_room = view->word_room;
	}
	view->words[view->word_count] = number;
	view->flags[view->word_count++] = flags;
}

/* Takes the "⟨version⟩:" off that makes the word before it the key of other wordings. */
static bool repeats_key(struct str *rest)
{
	struct str behind = *rest, word;
	bool cell;

	if (!next_word(&behind, true, &word, &cell) || !str_equal(word, STR("⟨version⟩:")))
		return false;
	*rest = behind;
	return true;
}

static void read_words(struct reader *reader, struct str line, bool counted, bool breaks)
{
	struct str rest = without_marks(line), word;
	bool cell;
	uint8_t flags = counted ? WORD_COUNTED : 0;

	while (next_word(&rest, reader->next.yaml, &word, &cell)) {
		if (reader->next.yaml && repeats_key(&rest)) {
			reader->next.label = YAML_OTHERS;
			continue;
		}
		/* Typographic and typewriter quotes are one word, as they are one key. */
		uint32_t number =
			index_add(reader->arena, &reader->reading->words,
				  text_is_normal(word) ? word : text_normal(reader->arena, word));
		if (counted)
			reader->reading->words.entries[number].counts[reader->of]++;
		put_word(reader, number, (uint8_t)(flags | (cell || breaks ? WORD_BREAKS : 0)));
		breaks = false;
	}
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

static void read_passage_line(struct reader *reader, uint32_t number)
{
	struct str line = reader->reading->lines.entries[number].bytes;
	uint32_t label;

	if (is_rule(line)) {
		reader->next.heads = true;
		return;
	}
	if (is_conflict_marker(line))
		return;
	line = take_label(line, &label);
	if (label)
		reader->next.label = label;
	read_words(reader, line, !is_still(reader->reading, number), reader->in_fence);
}

static void end_passage(struct reader *reader, const struct lines *lines)
{
	struct view *view = reader->view;
	struct passage *next = &reader->next;

	if (!reader->open)
		return;
	reader->open = false;
	next->first = (uint32_t)view->word_count;
	for (size_t i = reader->from; reader->changed && i < reader->to; i++)
		read_passage_line(reader, lines->numbers[i]);
	next->count = (uint32_t)view->word_count - next->first;
	next->adjoins = !reader->skipped;
	reader->skipped = next->count == 0 && !reader->changed;
	if (next->count == 0)
		return;
	put_word(reader, PASSAGE_END, 0);
	struct str bytes = {(const char *)(view->words + next->first),
			    next->count * sizeof *view->words};
	/* The words may still move in memory as they grow, so the key is a copy. */
	struct index *passages = &reader->reading->passages;
	size_t known = passages->count;
	next->number = index_add(reader->arena, passages, bytes);
	if (passages->count > known)
		passages->entries[known].bytes = str_copy(reader->arena, bytes);
	passages->entries[next->number].counts[reader->of]++;
	view->labels = view->labels || next->label > 0;
	arena_push(reader->arena, view->passages, view->passage_count, view->passage_room);
	view->passages[view->passage_count++] = *next;
}

/* --- passages --------------------------------------------------------------- */

/* Whether a line of YAML belongs to the list of a variant's other wordings above it. */
static bool lists_others(const struct passage *above, struct str line)
{
	size_t indent = blanks_at(line, 0);

	return above->yaml && above->label &&
	       (indent > above->indent ||
		(indent == above->indent && str_starts(str_trim(line), STR("- "))));
}

static void begin_passage(struct reader *reader, const struct lines *lines, size_t at,
			  struct str line)
{
	end_passage(reader, lines);
	bool others = reader->yaml && lists_others(&reader->next, line);
	reader->next = (struct passage){
		.indent = others ? reader->next.indent : (uint32_t)blanks_at(line, 0),
		.label = others ? YAML_OTHERS : 0,
		.mark = kind_of_mark(str_slice(line, blanks_at(line, 0), line.len)),
		.section = reader->next.section,
		.line = lines->numbers[at],
		.yaml = reader->yaml,
	};
	reader->from = at;
	reader->open = true;
	reader->changed = reader->in_fence = false;
}

/* The length of a fence's backticks or tildes at the head of `text`; 0: none. */
static size_t fence_length(struct str text)
{
	size_t length = 0;

	while (length < text.len && (text.at[0] == '`' || text.at[0] == '~') &&
	       text.at[length] == text.at[0])
		length++;
	return length >= 3 ? length : 0;
}

/* Whether a line begins a passage although no blank line stands before it. */
static bool begins(struct str text, struct str before)
{
	if (is_rule(text))
		return false;
	return mark_length(text) > 0 || is_rule(before) || str_find_byte(text, '|', 0) < text.len ||
	       (str_starts(text, STR(">")) && !str_starts(before, STR(">"))) ||
	       (str_starts(text, STR("[")) && str_contains(text, STR("]:")));
}

/* Inside a fence: ends it where this line closes it. */
static void read_fence_line(struct reader *reader, struct str text)
{
	size_t length = fence_length(text);

	if (length >= reader->fence_length && text.at[0] == reader->fence &&
	    blanks_at(text, length) == text.len - length)
		reader->fence = '\0';
}

static void place_line(struct reader *reader, const struct lines *lines, size_t at)
{
	struct str line = reader->reading->lines.entries[lines->numbers[at]].bytes;
	struct str text = str_slice(line, blanks_at(line, 0), line.len);
	struct str before = {0}, label_before = {0};
	bool alone_label = label_read(text, &label_before) && str_is_blank(label_before);

	if (at > 0)
		before = str_trim(reader->reading->lines.entries[lines->numbers[at - 1]].bytes);
	if (reader->fence) {
		read_fence_line(reader, text);
	} else if (text.len == 0) {
		end_passage(reader, lines);
		return;
	} else if (!reader->yaml && fence_length(text)) {
		begin_passage(reader, lines, at, line);
		reader->fence = text.at[0];
		reader->fence_length = fence_length(text);
		reader->in_fence = true;
	} else if (!reader->open || reader->yaml ||
		   (!alone_label && (reader->in_fence || begins(text, before)))) {
		begin_passage(reader, lines, at, line);
	}
	reader->to = at + 1;
	reader->changed = reader->changed || !is_still(reader->reading, lines->numbers[at]);
}

/* The line behind the front matter, 0: there is none. */
static size_t front_end(const struct reading *reading, const struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		bool bar = str_equal(reading->lines.entries[lines->numbers[i]].bytes, STR("---"));
		if (i == 0 && !bar)
			return 0;
		if (i > 0 && bar)
			return i + 1;
	}
	return 0;
}

static void read_text(struct reader *reader, const struct lines *lines)
{
	size_t front = reader->yaml ? lines->count : front_end(reader->reading, lines);

	reader->next.section = NO_SECTION;
	for (size_t i = 0; i < lines->count; i++) {
		struct str line = reader->reading->lines.entries[lines->numbers[i]].bytes;

		reader->yaml = i < front;
		if (i == front)
			end_passage(reader, lines);
		place_line(reader, lines, i);
		if (!reader->yaml && !reader->fence && str_starts(line, STR("#"))) {
			reader->next.heads = true;
			end_passage(reader, lines);
			reader->next.section = lines->numbers[i];
		}
	}
	end_passage(reader, lines);
}

struct reading read_texts(struct arena *arena, const struct str texts[TEXT_COUNT], bool yaml)
{
	struct reading reading = {0};
	struct lines lines[TEXT_COUNT];

	index_add(arena, &reading.words, (struct str){0}); /* PASSAGE_END */
	for (enum text_of of = 0; of < TEXT_COUNT; of++)
		lines[of] = number_lines(arena, &reading, texts[of], of);
	for (enum text_of of = 0; of < TEXT_COUNT; of++) {
		struct reader reader = {
			.arena = arena,
			.reading = &reading,
			.view = &reading.views[of],
			.of = of,
			.yaml = yaml,
		};
		read_text(&reader, &lines[of]);
	}
	for (uint32_t i = 0; i < reading.lines.count; i++) {
		struct str line = reading.lines.entries[i].bytes;
		if (!is_still(&reading, i) && is_rule(line) &&
		    str_find_byte(line, '|', 0) < line.len)
			reading.tables_differ = true;
	}
	return reading;
}
