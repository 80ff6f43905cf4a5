#include "merge/verify_words.h"

#include "merge/verify_split.h"

struct reader {
	struct reading *reading;
	struct view *view;
	enum text_of of;
	bool yaml;
	char fence; /* its byte while inside one */
	uint32_t fence_length;
	uint32_t section;    /* as in struct passage */
	uint32_t table;	     /* the same of the line read last, while that is in a table */
	uint32_t own_table;  /* of the passage that is open */
	uint32_t indent;     /* of `next`; of the other wordings of YAML, that of the first */
	struct passage next; /* under construction, once it is begun */
	size_t from, to;     /* its lines */
	bool open, begun, changed, in_fence, in_table, in_quote, heads;
	bool skipped; /* the passage before was not taken apart */
};

static void read_passage_line(struct reader *reader, uint32_t number)
{
	struct line_place place = {reader->of, reader->next.yaml, reader->in_fence};
	const struct line_look *look = &reader->reading->lines.looks[number];
	uint32_t label;

	if (look->rule) {
		reader->next.heads = true;
		return;
	}
	if (look->marker)
		return;
	label = split_line(reader->reading, number, place);
	if (label)
		reader->next.wording = label == 1 ? 1 : OTHER_WORDING;
}

/* Whether a line of YAML belongs to the list of a variant's other wordings above it. */
static bool lists_others(const struct reader *reader, const struct line_look *look)
{
	const struct passage *above = &reader->next;

	return above->yaml && above->wording &&
	       (look->indent > reader->indent ||
		(look->indent == reader->indent && look->mark == '-'));
}

/* What the first line tells of a passage. */
static void look_at_passage(struct reader *reader, const struct line_numbers *lines)
{
	uint32_t line = lines->numbers[reader->from];
	const struct line_look *look = &reader->reading->lines.looks[line];
	bool others = reader->yaml && lists_others(reader, look);

	reader->begun = true;
	if (!others)
		reader->indent = look->indent;
	reader->next = (struct passage){
		.wording = others ? OTHER_WORDING : 0,
		.section = reader->section,
		.line = line,
		.table = reader->own_table,
		.heads = reader->heads,
		.yaml = reader->yaml,
	};
}

static void end_passage(struct reader *reader, const struct line_numbers *lines)
{
	struct view *view = reader->view;
	struct passage *next = &reader->next;

	if (!reader->open)
		return;
	reader->open = false;
	if (!reader->changed) {
		reader->skipped = true;
		return;
	}
	if (!reader->begun)
		look_at_passage(reader, lines);
	next->first = (uint32_t)view->word_count;
	for (size_t i = reader->from; i < reader->to; i++)
		read_passage_line(reader, lines->numbers[i]);
	next->count = (uint32_t)view->word_count - next->first;
	next->adjoins = !reader->skipped;
	reader->skipped = false;
	if (next->count == 0)
		return;
	view_put(view, PASSAGE_END, 0);
	view->labels = view->labels || next->wording > 0;
	arena_push(view->arena, view->passages, view->passage_count, view->passage_room);
	view->passages[view->passage_count++] = *next;
}

/* --- passages --------------------------------------------------------------- */

static void begin_passage(struct reader *reader, const struct line_numbers *lines, size_t at)
{
	end_passage(reader, lines);
	reader->from = at;
	reader->own_table = reader->in_table ? reader->table : NO_TABLE;
	reader->open = true;
	reader->begun = reader->changed = reader->in_fence = reader->heads = false;
	/* What stands in YAML depends on the passage above; of the others most are passed over. */
	if (reader->yaml)
		look_at_passage(reader, lines);
}

/* A line beside its neighbours; beyond the ends of the text they are blank. */
struct place {
	const struct line_look *first; /* of the passage that is open */
	const struct line_look *before, *look, *behind;
};

static struct place place_of(const struct reader *reader, const struct line_numbers *lines,
			     size_t at)
{
	static const struct line_look none = {.blank = true};
	const struct line_look *looks = reader->reading->lines.looks;

	return (struct place){
		.first = reader->open ? &looks[lines->numbers[reader->from]] : &none,
		.before = at > 0 ? &looks[lines->numbers[at - 1]] : &none,
		.look = &looks[lines->numbers[at]],
		.behind = at + 1 < lines->count ? &looks[lines->numbers[at + 1]] : &none,
	};
}

/* Whether a line begins a passage although no blank line stands before it. */
static bool begins(const struct reader *reader, const struct place *place)
{
	const struct line_look *look = place->look;

	if (look->bare_mark)
		return place->first->begins || place->first->bare_mark || reader->in_quote;
	return !look->rule &&
	       (look->begins || place->before->rule || (look->quoted && !reader->in_quote) ||
		reader->in_table || (look->barred && place->behind->delimits));
}

/* Whether a line outside of fences stands in a passage of its own, or opens one. */
static bool opens(const struct reader *reader, const struct place *place)
{
	return !reader->open || reader->yaml ||
	       (!place->look->bare_label && (reader->in_fence || begins(reader, place)));
}

/* Rows follow the rule under a header up to a blank line or what begins with a mark. */
static bool is_in_table(const struct reader *reader, const struct place *place)
{
	return (reader->in_table || (place->look->delimits && place->before->barred)) &&
	       !place->look->begins && !place->look->blank;
}

/* The table whose header and rule end at this line. Where it is in all texts, nothing of it is. */
static uint32_t number_table(struct reader *reader, const struct line_numbers *lines, size_t at)
{
	struct reading *reading = reader->reading;
	const uint32_t header = lines->numbers[at - 1], rule = lines->numbers[at];
	const uint32_t parts[] = {reader->section, header, rule};

	if (is_still(reading, header) && is_still(reading, rule))
		return NO_TABLE;
	struct str key =
		str_copy(reader->view->arena, (struct str){(const char *)parts, sizeof parts});
	uint32_t number = index_add(&reading->tables, key);
	reading->tables.entries[number].counts[reader->of]++;
	return number;
}

/* What stands behind a line of a quote without a mark of its own goes on with it. */
static bool is_in_quote(const struct reader *reader, const struct line_look *look)
{
	return look->quoted || (reader->in_quote && !look->begins && !look->blank);
}

/* Places a line that depends on what stands around it. */
static void place_among_others(struct reader *reader, const struct line_numbers *lines, size_t at)
{
	struct place place = place_of(reader, lines, at);
	const struct line_look *look = place.look;

	if (reader->fence) {
		if (look->bare_fence && look->fence == reader->fence &&
		    look->fence_length >= reader->fence_length)
			reader->fence = '\0';
	} else if (look->blank) {
		end_passage(reader, lines);
	} else if (!reader->yaml && look->fence_length) {
		begin_passage(reader, lines, at);
		reader->fence = look->fence;
		reader->fence_length = look->fence_length;
		reader->in_fence = true;
		reader->own_table = NO_TABLE;
	} else if (opens(reader, &place)) {
		begin_passage(reader, lines, at);
	}
	bool in_table = !reader->fence && is_in_table(reader, &place);
	if (in_table && !reader->in_table)
		reader->own_table = reader->table = number_table(reader, lines, at);
	reader->in_table = in_table;
	reader->in_quote = !reader->fence && is_in_quote(reader, look);
}

static void place_line(struct reader *reader, const struct line_numbers *lines, size_t at)
{
	const struct line_look *look = &reader->reading->lines.looks[lines->numbers[at]];

	/* Most lines are items: each begins a passage, wherever it stands. */
	if (look->begins && !reader->fence && !reader->yaml) {
		reader->in_table = reader->in_quote = false;
		begin_passage(reader, lines, at);
	} else {
		place_among_others(reader, lines, at);
	}
	reader->to = at + 1;
	reader->changed = reader->changed || look->stirred;
}

/* The line behind the front matter, 0: there is none. */
static size_t front_end(const struct reading *reading, const struct line_numbers *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		bool bar = str_equal(line_bytes(reading, lines->numbers[i]), STR("---"));
		if (i == 0 && !bar)
			return 0;
		if (i > 0 && bar)
			return i + 1;
	}
	return 0;
}

/* The first `front` lines are YAML. */
static void read_text(struct reader *reader, const struct line_numbers *lines, size_t front)
{
	reader->section = NO_SECTION;
	for (size_t i = 0; i < lines->count; i++) {
		reader->yaml = i < front;
		if (i == front)
			end_passage(reader, lines);
		place_line(reader, lines, i);
		if (reader->reading->lines.looks[lines->numbers[i]].titles && !reader->yaml &&
		    !reader->fence) {
			reader->heads = true;
			end_passage(reader, lines);
			reader->section = lines->numbers[i];
		}
	}
	end_passage(reader, lines);
}

/* Once all of it is read, the words stay where they are and are the keys themselves. */
static void number_passages(struct reading *reading, enum text_of of)
{
	const struct view *view = &reading->views[of];

	for (size_t i = 0; i < view->passage_count; i++) {
		struct passage *passage = &view->passages[i];
		struct str bytes = {(const char *)(view->words + passage->first),
				    passage->count * sizeof *view->words};

		passage->number = index_add(&reading->passages, bytes);
		reading->passages.entries[passage->number].counts[of]++;
	}
}

/* Room for the words and passages of a text, as far as its lines tell; the first are YAML. */
static void make_room(const struct reading *reading, const struct line_numbers *lines, size_t yaml,
		      struct view *view)
{
	enum { BYTES_OF_WORD = 6 };
	bool behind_blank = true;
	size_t bytes = 0;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line_look *look = &reading->lines.looks[lines->numbers[i]];

		if (look->stirred) {
			/* The rule under a header of a table goes with that. */
			view->passage_room +=
				!look->blank && (i < yaml || behind_blank || look->begins ||
						 (look->barred && !look->delimits));
			bytes += line_bytes(reading, lines->numbers[i]).len;
		}
		behind_blank = look->blank;
	}
	view->passages = arena_array(view->arena, struct passage, view->passage_room);
	view->word_room = bytes / BYTES_OF_WORD + 2 * view->passage_room;
	view->words = arena_array(view->arena, uint32_t, view->word_room);
	view->flags = arena_array(view->arena, uint8_t, view->word_room);
}

static void read_view(struct reading *reading, enum text_of of)
{
	const struct line_numbers *lines = &reading->lines.of[of];
	struct reader reader = {
		.reading = reading,
		.view = &reading->views[of],
		.of = of,
		.yaml = reading->yaml,
	};

	size_t front = reading->yaml ? lines->count : front_end(reading, lines);

	reader.view->arena = of == OF_RESULT ? &reading->of_result : reading->arena;
	make_room(reading, lines, front, reader.view);
	read_text(&reader, lines, front);
}

/* Reads the result, once the lines of all are numbered; then no line is split any more. */
static void read_result(struct reading *reading)
{
	read_view(reading, OF_RESULT);
	split_end(reading);
	index_rest(&reading->words);
	index_rest(&reading->tables);
}

static void number_result(struct reading *reading)
{
	number_passages(reading, OF_RESULT);
	index_rest(&reading->passages);
}

struct reading *read_texts(struct arena *arena, const struct str texts[TEXT_COUNT], bool yaml)
{
	struct reading *reading = arena_new(arena, struct reading);

	reading->arena = arena;
	reading->yaml = yaml;
	index_add(&reading->words, (struct str){0}); /* PASSAGE_END */
	for (enum text_of of = 0; of < TEXT_COUNT; of++) {
		reading->of_inputs.lines = reading->lines.index.count;
		lines_number(of == OF_RESULT ? &reading->of_result : arena, &reading->lines,
			     texts[of], of);
	}
	lines_look_at(arena, &reading->lines);
	lines_rest(&reading->lines);
	split_begin(reading);
	for (enum text_of of = 0; of < OF_RESULT; of++)
		read_view(reading, of);
	reading->of_inputs.words = reading->words.count;
	reading->of_inputs.tables = reading->tables.count;
	read_result(reading);
	for (enum text_of of = 0; of < OF_RESULT; of++)
		number_passages(reading, of);
	reading->of_inputs.passages = reading->passages.count;
	number_result(reading);
	return reading;
}

static void forget_result(struct reading *reading)
{
	struct view *view = &reading->views[OF_RESULT];

	for (size_t i = 0; i < view->word_count; i++)
		reading->words.entries[view->words[i]].counts[OF_RESULT] = 0;
	for (size_t i = 0; i < view->passage_count; i++)
		reading->passages.entries[view->passages[i].number].counts[OF_RESULT] = 0;
	for (size_t i = 0; i < reading->tables.count; i++)
		reading->tables.entries[i].counts[OF_RESULT] = 0;
	index_cut(&reading->words, reading->of_inputs.words);
	index_cut(&reading->tables, reading->of_inputs.tables);
	index_cut(&reading->passages, reading->of_inputs.passages);
	lines_forget(&reading->lines, OF_RESULT, reading->of_inputs.lines);
	*view = (struct view){0};
	arena_free(&reading->of_result);
}

bool read_next_result(struct reading *reading, struct str result)
{
	forget_result(reading);
	lines_number(&reading->of_result, &reading->lines, result, OF_RESULT);
	if (!lines_look_at(reading->arena, &reading->lines))
		return false;
	lines_rest(&reading->lines);
	split_begin(reading);
	read_result(reading);
	number_result(reading);
	return true;
}

void reading_free(struct reading *reading)
{
	if (!reading)
		return;
	arena_free(&reading->of_result);
	lines_rest(&reading->lines);
	index_free(&reading->lines.index);
	index_free(&reading->words);
	index_free(&reading->passages);
	index_free(&reading->tables);
}
