#include "merge/verify_lines.h"

#include <string.h>

#include "core/label.h"

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

	if (text.len && (text.at[0] == '-' || text.at[0] == '*' || text.at[0] == '+'))
		length = 1;
	else if (text.len && text.at[0] == '#')
		while (length < text.len && text.at[length] == '#')
			length++;
	else {
		while (length < text.len && length < 9 && byte_is_digit(text.at[length]))
			length++;
		if (length == 0 || length == text.len ||
		    (text.at[length] != '.' && text.at[length] != ')'))
			return 0;
		length++;
	}
	return length == text.len || text.at[length] == ' ' || text.at[length] == '\t' ? length : 0;
}

/* The kind of mark of `length` that a line begins with, as in struct line_look. */
static char kind_of_mark(struct str text, size_t length)
{
	if (text.at[0] != '|' && length == 0)
		return '\0';
	if (text.at[0] == '#' || text.at[0] == '|')
		return text.at[0];
	return byte_is_digit(text.at[0]) ? '1' : '-';
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
	static const bool of_rules[256] = {
		['-'] = true, ['='] = true, ['*'] = true, ['_'] = true,	 [':'] = true,
		['|'] = true, ['+'] = true, [' '] = true, ['\t'] = true,
	};

	for (size_t i = 0; i < line.len; i++)
		if (!of_rules[(unsigned char)line.at[i]])
			return false;
	return line.len > 0;
}

struct str line_without_marks(struct str line)
{
	for (;;) {
		line = str_slice(line, blanks_at(line, 0), line.len);
		size_t length = str_starts(line, STR(">")) ? 1 : mark_length(line);
		if (length == 0)
			return is_checkbox(line) ? str_slice(line, 3, line.len) : line;
		line = str_slice(line, length, line.len);
	}
}

/* What stands between words, and between those of YAML. */
enum { BETWEEN = 1, BETWEEN_YAML = 2 };

static const uint8_t separators[256] = {
	[' '] = BETWEEN | BETWEEN_YAML,
	['\t'] = BETWEEN | BETWEEN_YAML,
	['\r'] = BETWEEN | BETWEEN_YAML,
	['\n'] = BETWEEN | BETWEEN_YAML,
	['\f'] = BETWEEN | BETWEEN_YAML,
	['\v'] = BETWEEN | BETWEEN_YAML,
	['|'] = BETWEEN | BETWEEN_YAML,
	[','] = BETWEEN_YAML,
	['['] = BETWEEN_YAML,
	[']'] = BETWEEN_YAML,
	['{'] = BETWEEN_YAML,
	['}'] = BETWEEN_YAML,
	['"'] = BETWEEN_YAML,
	['\''] = BETWEEN_YAML,
};

bool take_word(struct str *rest, bool yaml, struct str *word, bool *cell)
{
	uint8_t between = yaml ? BETWEEN_YAML : BETWEEN;
	size_t from = 0, to;

	*cell = false;
	for (; from < rest->len && (separators[(unsigned char)rest->at[from]] & between); from++)
		*cell = *cell || rest->at[from] == '|';
	for (to = from; to < rest->len && !(separators[(unsigned char)rest->at[to]] & between);)
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->len);
	return word->len > 0;
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

/* The length of a fence's backticks or tildes at the head of `text`; 0: none. */
static uint32_t fence_length(struct str text)
{
	size_t length = 0;

	while (length < text.len && (text.at[0] == '`' || text.at[0] == '~') &&
	       text.at[length] == text.at[0])
		length++;
	return length >= 3 ? (uint32_t)length : 0;
}

/* A footnote, or what a link stands for: a target, perhaps a title, no prose. */
static bool is_definition(struct str text)
{
	struct str rest, word;

	if (!str_starts(text, STR("[")))
		return false;
	size_t label = str_find(text, STR("]:"), 0);
	if (label == text.len || str_starts(text, STR("[^")))
		return label < text.len;
	rest = str_slice(text, label + 2, text.len);
	str_next_word(&rest, &word);
	return !str_next_word(&rest, &word) || strchr("\"'(", word.at[0]);
}

static bool has_byte(struct str text, char byte)
{
	return str_find_byte(text, byte, 0) < text.len;
}

static struct line_look look_at(struct str line)
{
	struct line_look look = {.indent = (uint32_t)blanks_at(line, 0)};
	struct str text = str_slice(line, look.indent, line.len), before;

	look.blank = text.len == 0;
	if (look.blank)
		return look;
	size_t mark = mark_length(text);
	look.mark = kind_of_mark(text, mark);
	look.rule = is_rule(text);
	look.titles = line.at[0] == '#';
	look.quoted = text.at[0] == '>';
	look.begins = !look.rule && (mark > 0 || is_definition(text));
	look.bare_mark = look.rule && mark == text.len;
	look.barred = has_byte(text, '|');
	look.delimits = look.rule && look.barred && has_byte(text, '-');
	look.marker = is_conflict_marker(line);
	look.fence = text.at[0];
	look.fence_length = fence_length(text);
	look.bare_fence = look.fence_length == text.len;
	look.bare_label =
		str_ends(text, STR("⟩")) && label_read(text, &before) && str_is_blank(before);
	return look;
}

/* --- numbers ---------------------------------------------------------------- */

#define NO_LINE UINT32_MAX

/* Whether `rest` goes on with these bytes and the end of a line; takes them. */
static bool take_line(struct str *rest, struct str bytes)
{
	if (rest->len <= bytes.len || rest->at[bytes.len] != '\n' ||
	    memcmp(rest->at, bytes.at, bytes.len) != 0)
		return false;
	*rest = str_slice(*rest, bytes.len + 1, rest->len);
	return true;
}

/* The number of the next line: nearly always of the one that followed the last before. */
static uint32_t next_number(struct line_index *lines, struct str *rest, uint32_t last)
{
	struct index *index = &lines->index;
	uint32_t likely = last == NO_LINE ? NO_LINE : lines->next[last], number;
	struct str line = {0};

	if (likely < index->count && take_line(rest, indexed_bytes(&index->entries[likely])))
		return likely;
	str_next_line(rest, &line);
	number = index_add(index, str_trim_right(line));
	if (index->count > lines->next_room) {
		size_t room = lines->next_room;

		lines->next = arena_resize(&lines->of_next, lines->next, room, index->room,
					   sizeof *lines->next);
		lines->next_room = index->room;
		memset(lines->next + room, 0xff, (index->room - room) * sizeof *lines->next);
	}
	if (last != NO_LINE)
		lines->next[last] = number;
	return number;
}

void lines_number(struct arena *arena, struct line_index *lines, struct str text, enum text_of of)
{
	enum { MORE_LINES = 256 };
	struct line_numbers *all = &lines->of[of];
	uint32_t last = NO_LINE;

	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_slice(text, 3, text.len);
	while (text.len) {
		last = next_number(lines, &text, last);
		if (all->count == all->room) {
			size_t room = all->room + all->room / 2 + MORE_LINES;

			all->numbers = arena_resize(arena, all->numbers, all->room, room,
						    sizeof *all->numbers);
			all->room = room;
		}
		all->numbers[all->count++] = last;
		lines->index.entries[last].counts[of]++;
	}
}

void lines_forget(struct line_index *lines, enum text_of of, size_t count)
{
	for (size_t i = 0; i < lines->of[of].count; i++)
		lines->index.entries[lines->of[of].numbers[i]].counts[of] = 0;
	lines->of[of] = (struct line_numbers){0};
	lines->look_count = count;
	index_cut(&lines->index, count);
}

void lines_rest(struct line_index *lines)
{
	index_rest(&lines->index);
	arena_free(&lines->of_next);
	lines->next = NULL;
	lines->next_room = 0;
}

/* --- what belongs together ------------------------------------------------------ */

/* Whether a line may stand in one passage with the one before it; rows stand by themselves. */
static bool goes_on(const struct line_look *before, const struct line_look *look)
{
	return !before->blank && !look->blank && !look->begins && !look->titles &&
	       !(before->barred && look->barred);
}

/* Marks what stands in one stretch with a line, up to the next that is not still. */
static void stir_around(const struct line_numbers *lines, size_t line, struct line_look *looks)
{
	const uint32_t *numbers = lines->numbers;

	looks[numbers[line]].stirred = true;
	for (size_t at = line; at > 0; at--) {
		struct line_look *above = &looks[numbers[at - 1]];

		if (!above->still || !goes_on(above, &looks[numbers[at]]))
			break;
		above->stirred = true;
	}
	for (size_t at = line + 1; at < lines->count; at++) {
		struct line_look *below = &looks[numbers[at]];

		if (!below->still || !goes_on(&looks[numbers[at - 1]], below))
			break;
		below->stirred = true;
	}
}

/* Marks what the text has in one stretch with a line that is not still. */
static void stir(const struct line_numbers *lines, struct line_look *looks)
{
	for (size_t i = 0; i < lines->count; i++)
		if (!looks[lines->numbers[i]].still)
			stir_around(lines, i, looks);
}

/* Looks at what is new. out: whether those that were looked at before are as still as they were */
static bool look_whether_still(struct line_index *lines)
{
	bool as_before = true;

	for (size_t i = 0; i < lines->index.count; i++) {
		const struct indexed *line = &lines->index.entries[i];
		const int32_t *counts = line->counts;
		bool still = counts[OF_BASE] == counts[OF_OURS] &&
			     counts[OF_BASE] == counts[OF_THEIRS] &&
			     counts[OF_BASE] == counts[OF_RESULT];

		if (i >= lines->look_count)
			lines->looks[i] = look_at(indexed_bytes(line));
		else if (lines->looks[i].still != still)
			as_before = false;
		lines->looks[i].still = still;
	}
	return as_before;
}

/* The same of what is stirred, once it is known what is still. */
static bool look_whether_stirred(struct line_index *lines)
{
	struct arena scratch = {0};
	bool *before = arena_array(&scratch, bool, lines->look_count), as_before = true;

	for (size_t i = 0; i < lines->index.count; i++) {
		if (i < lines->look_count)
			before[i] = lines->looks[i].stirred;
		lines->looks[i].stirred = false;
	}
	for (enum text_of of = 0; of < TEXT_COUNT; of++)
		stir(&lines->of[of], lines->looks);
	for (size_t i = 0; i < lines->look_count; i++)
		as_before = as_before && lines->looks[i].stirred == before[i];
	arena_free(&scratch);
	return as_before;
}

bool lines_look_at(struct arena *arena, struct line_index *lines)
{
	if (lines->index.count > lines->look_room) {
		lines->looks = arena_resize(arena, lines->looks, lines->look_room,
					    lines->index.count, sizeof *lines->looks);
		lines->look_room = lines->index.count;
	}

	bool as_before = look_whether_still(lines);

	as_before = look_whether_stirred(lines) && as_before;
	lines->look_count = lines->index.count;
	return as_before;
}
