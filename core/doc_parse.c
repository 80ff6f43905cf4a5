/*
 * The algorithm of CommonMark's appendix: each line first meets the containers
 * (items and quotes) that are open, then may begin blocks (core/doc_begin.c), and what remains of
 * it goes to the leaf (paragraph, fence…) that is open, or begins a paragraph.
 * Inside a quote the same happens, to know where it ends, but no block is kept.
 */
#include "core/doc_parse.h"

#include "core/limits.h"

/* --- blocks ------------------------------------------------------------------ */

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
		/* Where the last block's place is taken again, what is open may be itself. */
		.parent = parser->over ? NO_PARENT : block_parent(parser),
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

struct block *block_begin(struct parser *parser, enum block_kind kind, const struct line *line)
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

void leave_unmatched(struct parser *parser)
{
	end_leaf(parser);
	parser->depth = parser->matched;
	if (parser->quote >= (int)parser->depth)
		parser->quote = NO_QUOTE;
}

void container_open(struct parser *parser, struct container container)
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

	if (line_is_blank(line))
		return match_blank(parser, line);
	for (; matched < parser->depth; matched++) {
		const struct container *container = &parser->open[matched];

		if (container->width == 0) {
			if (line_indent(line) >= CODE_INDENT || line_is_blank(line) ||
			    *line->text != '>')
				break;
			line_take_quote_mark(line);
		} else if (line_indent(line) >= container->width) {
			line_take_columns(line, container->width);
		} else if (!line_is_blank(line) || container->children == 0) {
			break;
		}
	}
	return matched;
}

/* --- lines ------------------------------------------------------------------- */

/* Adds the line to a fence, code or html that is open. out: false: it does not belong there */
static bool extend_verbatim(struct parser *parser, const struct line *line)
{
	struct leaf *leaf = &parser->leaf;
	bool blank = line_is_blank(line), ends = false;

	if (leaf->kind == LEAF_FENCE) {
		ends = line_indent(line) < CODE_INDENT &&
		       line_closes_fence(line_rest(line), leaf->fence, leaf->fence_length);
	} else if (leaf->kind == LEAF_CODE) {
		if (blank)
			return true;
		if (line_indent(line) < CODE_INDENT)
			return false;
	} else if (leaf->kind == LEAF_HTML) {
		if (blank && leaf->html >= HTML_BLOCK_TAG)
			return false;
		ends = line_ends_html(line_rest(line), leaf->html);
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
	struct block *row = block_begin(parser, BLOCK_ROW, line);

	row->parent = parser->leaf.table;
}

static void read_line(struct parser *parser, struct line *line)
{
	enum beginning beginning;

	parser->matched = match_containers(parser, line);
	bool lazy = parser->matched < parser->depth && parser->leaf.kind == LEAF_PARAGRAPH &&
		    !line_is_blank(line);
	if (parser->matched < parser->depth && !lazy)
		leave_unmatched(parser);
	if (!lazy && extend_verbatim(parser, line))
		return;
	if (parser->leaf.kind != LEAF_PARAGRAPH && parser->leaf.kind != LEAF_TABLE)
		end_leaf(parser);
	do
		beginning = begin_with(parser, line);
	while (beginning == BEGINS_CONTAINER);
	if (beginning == BEGINS_LEAF)
		return;
	if (line_is_blank(line)) {
		end_leaf(parser);
	} else if (parser->leaf.kind == LEAF_TABLE) {
		add_row(parser, line);
	} else {
		if (parser->leaf.kind != LEAF_PARAGRAPH)
			paragraph_begin(parser, line);
		paragraph_extend(parser, line);
	}
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
	leave_unmatched(&parser);
	return !parser.over;
}
