/*
 * The algorithm of CommonMark's appendix: each line first meets the containers
 * (items and quotes) that are open, then may begin blocks, and what remains of
 * it goes to the leaf (paragraph, fence…) that is open, or begins a paragraph.
 * Inside a quote the same happens, to know where it ends, but no block is kept.
 */
#include "core/doc_parse.h"

#include <string.h>

#include "core/limits.h"

enum { TAB_COLUMNS = 4, CODE_INDENT = 4 };

/* --- a line ------------------------------------------------------------------ */

static void find_text(struct line *line)
{
	line->text = line->at;
	line->text_column = line->column;
	for (; line->text < line->end; line->text++) {
		if (*line->text == ' ')
			line->text_column++;
		else if (*line->text == '\t')
			line->text_column += TAB_COLUMNS - line->text_column % TAB_COLUMNS;
		else
			break;
	}
}

/* Takes `columns` of blanks. */
static void take_columns(struct line *line, uint32_t columns)
{
	uint32_t goal = line->column + columns;

	while (line->column < goal && line->at < line->text) {
		uint32_t width = *line->at == '\t' ? TAB_COLUMNS - line->column % TAB_COLUMNS : 1;
		if (line->column + width > goal) {
			line->column = goal;
			return;
		}
		line->column += width;
		line->at++;
	}
}

/* Takes the blanks before the text and a mark of `bytes` there. */
static void take_mark(struct line *line, size_t bytes)
{
	line->at = line->text + bytes;
	line->column = line->text_column + (uint32_t)bytes;
	find_text(line);
}

static void take_quote_mark(struct line *line)
{
	take_mark(line, 1);
	take_columns(line, 1);
}

static uint32_t indent_of(const struct line *line)
{
	return line->text_column - line->column;
}

static bool is_blank(const struct line *line)
{
	return line->text == line->end;
}

static struct str rest_of(const struct line *line)
{
	return (struct str){line->text, (size_t)(line->end - line->text)};
}

/* --- blocks ------------------------------------------------------------------ */

static bool is_quoted(const struct parser *parser)
{
	return parser->quote != NO_QUOTE;
}

int block_parent(const struct parser *parser)
{
	if (parser->depth == 0)
		return parser->section;
	return parser->open[(parser->depth < LIMIT_DEPTH ? parser->depth : LIMIT_DEPTH) - 1].block;
}

struct block *block_add(struct parser *parser, enum block_kind kind, const char *from,
			uint32_t line, uint32_t column)
{
	struct doc *doc = parser->doc;

	if (doc->count == LIMIT_FILE_POINTS) {
		parser->over = true;
		doc->count--;
	}
	arena_push(parser->arena, doc->blocks, doc->count, parser->room);
	struct block *block = &doc->blocks[doc->count++];
	*block = (struct block){
		.kind = kind,
		.parent = block_parent(parser),
		.line = line,
		.indent = column,
		.content = column,
		.joined = from > parser->body && from[-1] != '\n',
		.raw.at = from,
	};
	return block;
}

void block_end(struct block *block, const char *end, uint32_t last_line)
{
	block->raw.len = (size_t)(end - block->raw.at);
	block->lines = last_line - block->line + 1;
}

void block_set_heading(struct parser *parser, uint32_t level)
{
	struct block *blocks = parser->doc->blocks;
	int index = (int)parser->doc->count - 1;

	blocks[index].level = (uint8_t)level;
	if (parser->depth)
		return;
	while (blocks[index].parent != NO_PARENT && blocks[blocks[index].parent].level >= level)
		blocks[index].parent = blocks[blocks[index].parent].parent;
	parser->section = index;
}

static struct block *last_block(const struct parser *parser)
{
	return &parser->doc->blocks[parser->doc->count - 1];
}

/* A block that begins with this line's text; NULL inside a quote. */
static struct block *begin_block(struct parser *parser, enum block_kind kind,
				 const struct line *line)
{
	if (parser->depth)
		parser->open[parser->depth - 1].children++;
	if (is_quoted(parser))
		return NULL;
	struct block *block = block_add(parser, kind, line->from, line->number, line->text_column);
	block->text.at = line->text;
	block_end(block, line->next, line->number);
	return block;
}

/* --- containers -------------------------------------------------------------- */

static void end_leaf(struct parser *parser)
{
	if (parser->leaf.kind == LEAF_PARAGRAPH)
		paragraph_end(parser);
	parser->leaf.kind = LEAF_NONE;
}

/* Ends the leaf, and the containers that the line does not belong to. */
static void end_unmatched(struct parser *parser)
{
	end_leaf(parser);
	parser->depth = parser->matched;
	if (parser->quote >= (int)parser->depth)
		parser->quote = NO_QUOTE;
}

static void open_container(struct parser *parser, struct container container)
{
	arena_push(parser->arena, parser->open, parser->depth, parser->depth_room);
	parser->open[parser->depth++] = container;
	parser->matched = parser->depth;
}

/*
 * All items hold on over a blank line, but for one that begins with it; so
 * deep lists cost nothing there. Quotes end.
 */
static size_t match_blank(const struct parser *parser, const struct line *line)
{
	if (is_quoted(parser))
		return (size_t)parser->quote;
	if (parser->depth == 0 || parser->open[parser->depth - 1].children)
		return parser->depth;
	const struct container *item = &parser->open[parser->depth - 1];
	bool reaches = line->text_column >= parser->doc->blocks[item->block].content;
	return parser->depth - !reaches;
}

/* How many of the open containers the line belongs to. Takes their marks and indents. */
static size_t match_containers(const struct parser *parser, struct line *line)
{
	size_t matched = 0;

	if (is_blank(line))
		return match_blank(parser, line);
	for (; matched < parser->depth; matched++) {
		const struct container *container = &parser->open[matched];

		if (container->width == 0) {
			if (indent_of(line) >= CODE_INDENT || is_blank(line) || *line->text != '>')
				break;
			take_quote_mark(line);
		} else if (indent_of(line) >= container->width) {
			take_columns(line, container->width);
		} else if (!is_blank(line) || container->children == 0) {
			break;
		}
	}
	return matched;
}

/* --- what begins a block ----------------------------------------------------- */

static bool open_quote(struct parser *parser, struct line *line)
{
	/* A quote is not taken apart: what is deeper in it is its text. */
	if (is_quoted(parser) && parser->depth >= LIMIT_DEPTH)
		return false;
	end_unmatched(parser);
	bool outermost = !is_quoted(parser);
	begin_block(parser, BLOCK_QUOTE, line);
	open_container(parser, (struct container){.block = (int)parser->doc->count - 1});
	if (outermost)
		parser->quote = (int)parser->depth - 1;
	take_quote_mark(line);
	return true;
}

static bool open_item(struct parser *parser, struct line *line)
{
	struct list_mark mark = line_list_mark(rest_of(line));
	bool in_paragraph = parser->leaf.kind == LEAF_PARAGRAPH && parser->matched == parser->depth;

	if (mark.bytes == 0 ||
	    (in_paragraph && (mark.bare || (mark.numbered && mark.number != 1))) ||
	    (is_quoted(parser) && parser->depth >= LIMIT_DEPTH))
		return false;
	end_unmatched(parser);
	struct block *block = begin_block(parser, BLOCK_POINT, line);
	uint32_t indent = indent_of(line), padding;

	take_mark(line, mark.bytes);
	padding = indent_of(line);
	/* Five columns and more: one belongs to the mark, the others to indented code. */
	if (padding > CODE_INDENT || mark.bare)
		padding = 1;
	take_columns(line, padding);
	if (block) {
		block->glyph = mark.glyph;
		block->numbered = mark.numbered;
		block->number = mark.number;
		block->content = block->indent + mark.bytes + padding;
		line->from = mark.bare ? line->next : line->at;
		block->text.at = mark.bare ? line->end : line->at;
		block_end(block, line->from, line->number);
	}
	open_container(parser, (struct container){
				       .block = (int)parser->doc->count - 1,
				       .width = indent + mark.bytes + padding,
			       });
	return true;
}

static void begin_heading(struct parser *parser, const struct line *line, uint32_t level)
{
	end_unmatched(parser);
	struct block *block = begin_block(parser, BLOCK_HEADING, line);
	if (!block)
		return;
	block->text = line_heading_text(rest_of(line));
	block_set_heading(parser, level);
}

static void begin_fence(struct parser *parser, const struct line *line, uint32_t length)
{
	end_unmatched(parser);
	begin_block(parser, BLOCK_FENCE, line);
	parser->leaf =
		(struct leaf){.kind = LEAF_FENCE, .fence = *line->text, .fence_length = length};
}

static void begin_html(struct parser *parser, const struct line *line, enum html_kind kind)
{
	end_unmatched(parser);
	begin_block(parser, BLOCK_HTML, line);
	if (!line_ends_html(rest_of(line), kind))
		parser->leaf = (struct leaf){.kind = LEAF_HTML, .html = kind};
}

static bool begin_setext(struct parser *parser, const struct line *line)
{
	uint32_t level = line_underline_level(rest_of(line));

	if (level == 0)
		return false;
	if (!paragraph_underline(parser, line, level))
		paragraph_extend(parser, line);
	return true;
}

static bool begin_table(struct parser *parser, const struct line *line)
{
	const struct leaf *leaf = &parser->leaf;
	uint32_t cells = line_table_rule(rest_of(line));

	if (cells == 0 || is_quoted(parser) || leaf->last_text == NULL)
		return false;
	struct str header = {leaf->last_text, (size_t)(leaf->to - leaf->last_text)};
	header = str_chomp(header);
	if (str_find_byte(header, '|', 0) == header.len || line_cells(header) != cells)
		return false;
	paragraph_to_table(parser, line);
	return true;
}

/* What the rest of a line turned out to begin. */
enum beginning { BEGINS_NOTHING, BEGINS_CONTAINER, BEGINS_LEAF };

static enum beginning begin_rule_or_item(struct parser *parser, struct line *line)
{
	if (line->text >= line->no_rule && line_is_rule(rest_of(line), &line->no_rule)) {
		end_unmatched(parser);
		begin_block(parser, BLOCK_RULE, line);
		return BEGINS_LEAF;
	}
	return open_item(parser, line) ? BEGINS_CONTAINER : BEGINS_NOTHING;
}

static enum beginning begin(struct parser *parser, struct line *line)
{
	bool in_paragraph = parser->leaf.kind == LEAF_PARAGRAPH && parser->matched == parser->depth;
	uint32_t length;
	enum html_kind html;

	if (is_blank(line))
		return BEGINS_NOTHING;
	if (indent_of(line) >= CODE_INDENT) {
		if (parser->leaf.kind == LEAF_PARAGRAPH)
			return BEGINS_NOTHING;
		end_unmatched(parser);
		begin_block(parser, BLOCK_FENCE, line);
		parser->leaf = (struct leaf){.kind = LEAF_CODE};
		return BEGINS_LEAF;
	}
	switch (*line->text) {
	case '>':
		return open_quote(parser, line) ? BEGINS_CONTAINER : BEGINS_NOTHING;
	case '#':
		if ((length = line_heading_level(rest_of(line))) == 0)
			return BEGINS_NOTHING;
		begin_heading(parser, line, length);
		return BEGINS_LEAF;
	case '`':
	case '~':
		if ((length = line_fence_length(rest_of(line))) == 0)
			return BEGINS_NOTHING;
		begin_fence(parser, line, length);
		return BEGINS_LEAF;
	case '<':
		html = line_html_kind(rest_of(line));
		if (html == HTML_NONE ||
		    (html == HTML_ANY_TAG && parser->leaf.kind == LEAF_PARAGRAPH))
			return BEGINS_NOTHING;
		begin_html(parser, line, html);
		return BEGINS_LEAF;
	case '=':
		return in_paragraph && begin_setext(parser, line) ? BEGINS_LEAF : BEGINS_NOTHING;
	case '|':
	case ':':
		return in_paragraph && begin_table(parser, line) ? BEGINS_LEAF : BEGINS_NOTHING;
	case '-':
		if (in_paragraph && (begin_setext(parser, line) || begin_table(parser, line)))
			return BEGINS_LEAF;
		return begin_rule_or_item(parser, line);
	case '_':
	case '*':
	case '+':
		return begin_rule_or_item(parser, line);
	default:
		if (*line->text < '0' || *line->text > '9')
			return BEGINS_NOTHING;
		return open_item(parser, line) ? BEGINS_CONTAINER : BEGINS_NOTHING;
	}
}

/* --- lines ------------------------------------------------------------------- */

/* Adds the line to a fence, code or html that is open. out: false: it does not belong there */
static bool extend_verbatim(struct parser *parser, const struct line *line)
{
	struct leaf *leaf = &parser->leaf;
	bool blank = is_blank(line), ends = false;

	if (leaf->kind == LEAF_FENCE) {
		ends = indent_of(line) < CODE_INDENT &&
		       line_closes_fence(rest_of(line), leaf->fence, leaf->fence_length);
	} else if (leaf->kind == LEAF_CODE) {
		if (blank)
			return true;
		if (indent_of(line) < CODE_INDENT)
			return false;
	} else if (leaf->kind == LEAF_HTML) {
		if (blank && leaf->html >= HTML_BLOCK_TAG)
			return false;
		ends = line_ends_html(rest_of(line), leaf->html);
	} else {
		return false;
	}
	if (!is_quoted(parser))
		block_end(last_block(parser), line->next, line->number);
	if (ends)
		leaf->kind = LEAF_NONE;
	return true;
}

static void add_row(struct parser *parser, const struct line *line)
{
	struct block *row = begin_block(parser, BLOCK_ROW, line);

	row->parent = parser->leaf.table;
}

static void read_line(struct parser *parser, struct line *line)
{
	enum beginning beginning;

	parser->matched = match_containers(parser, line);
	bool lazy = parser->matched < parser->depth && parser->leaf.kind == LEAF_PARAGRAPH &&
		    !is_blank(line);
	if (parser->matched < parser->depth && !lazy)
		end_unmatched(parser);
	if (!lazy && extend_verbatim(parser, line))
		return;
	if (parser->leaf.kind != LEAF_PARAGRAPH && parser->leaf.kind != LEAF_TABLE)
		end_leaf(parser);
	do
		beginning = begin(parser, line);
	while (beginning == BEGINS_CONTAINER);
	if (beginning == BEGINS_LEAF)
		return;
	if (is_blank(line)) {
		end_leaf(parser);
	} else if (parser->leaf.kind == LEAF_TABLE) {
		add_row(parser, line);
	} else {
		if (parser->leaf.kind != LEAF_PARAGRAPH)
			paragraph_begin(parser, line);
		paragraph_extend(parser, line);
	}
}

static struct line line_at(const char *at, const char *end, uint32_t number)
{
	const char *feed = memchr(at, '\n', (size_t)(end - at));
	struct line line = {
		.start = at,
		.end = feed ? feed : end,
		.next = feed ? feed + 1 : end,
		.number = number,
		.from = at,
		.at = at,
		.no_rule = at,
	};

	if (feed && feed > at && feed[-1] == '\r')
		line.end--;
	find_text(&line);
	return line;
}

/* Room for a block a line: what is left over is never touched, so costs nothing. */
static void reserve(struct parser *parser)
{
	enum { MORE_BLOCKS = 16 };
	struct str rest = {parser->body, (size_t)(parser->end - parser->body)}, line;
	const struct doc *known = parser->known.doc;

	if (known && known->count)
		parser->room = known->count + known->count / 8 + MORE_BLOCKS;
	else
		while (parser->room < LIMIT_FILE_POINTS && str_next_line(&rest, &line))
			parser->room++;
	parser->doc->blocks = arena_array(parser->arena, struct block, parser->room);
}

bool doc_parse(struct arena *arena, struct doc *doc, size_t from, uint32_t number,
	       const struct doc *known)
{
	struct parser parser = {
		.arena = arena,
		.doc = doc,
		.body = doc->source.at + from,
		.end = doc->source.at + doc->source.len,
		.quote = NO_QUOTE,
		.section = NO_PARENT,
		.known.doc = known,
	};

	reserve(&parser);
	for (const char *at = parser.body; at < parser.end; number++) {
		struct line line = line_at(at, parser.end, number);

		parser.known.section = parser.section;
		read_line(&parser, &line);
		if (line.next - line.start > LIMIT_LINE_BYTES)
			parser.over = true;
		if (parser.over)
			return false;
		if (is_quoted(&parser))
			block_end(last_block(&parser), line.next, line.number);
		else if (copy_beside(&parser, &line))
			number = line.number;
		at = line.next;
	}
	parser.matched = 0;
	end_unmatched(&parser);
	return !parser.over;
}
