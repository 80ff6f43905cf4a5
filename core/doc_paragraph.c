/*
 * What becomes of a paragraph when it ends: link definitions at its beginning,
 * the text of the item it opens, a heading, a table's header, or a paragraph and
 * the footnotes that follow it line by line.
 */
#include "core/doc_parse.h"
#include "core/label.h"

static const char *skip_blanks(const char *from, const char *to)
{
	while (from < to && (*from == ' ' || *from == '\t'))
		from++;
	return from;
}

void paragraph_begin(struct parser *parser, const struct line *line)
{
	parser->leaf = (struct leaf){
		.kind = LEAF_PARAGRAPH,
		.from = line->from,
		.to = line->from,
		.line = line->number,
		.column = line->text_column,
	};
	if (parser->depth)
		parser->open[parser->depth - 1].children++;
}

void paragraph_extend(struct parser *parser, const struct line *line)
{
	struct leaf *leaf = &parser->leaf;

	if (leaf->to == leaf->from) { /* all of it so far was link definitions */
		leaf->line = line->number;
		leaf->column = line->text_column;
	}
	leaf->last = leaf->to;
	leaf->last_text = line->text;
	leaf->last_column = line->text_column;
	leaf->to = line->next;
	leaf->lines = line->number - leaf->line + 1;
}

/* The columns before the paragraph's text, once its first lines are split off. */
static uint32_t column_of_line(const char *start, const char *text)
{
	uint32_t column = 0;

	for (; start < text; start++)
		column += *start == '\t' ? TAB_COLUMNS - column % TAB_COLUMNS : 1;
	return column;
}

/* Takes off the open paragraph what stands before `end`. */
static void take_off(struct leaf *leaf, const char *end)
{
	struct str taken = {leaf->from, (size_t)(end - leaf->from)};
	uint32_t lines = (uint32_t)str_line_count(taken);

	leaf->from = end;
	leaf->line += lines;
	leaf->lines -= lines;
	leaf->column = column_of_line(end, skip_blanks(end, leaf->to));
}

/* Adds the link definitions that the open paragraph begins with as blocks of their own. */
static void split_definitions(struct parser *parser)
{
	struct leaf *leaf = &parser->leaf;

	while (leaf->from < leaf->to && parser->quote == NO_QUOTE) {
		const char *text = skip_blanks(leaf->from, leaf->to);
		struct str rest = {text, (size_t)(leaf->to - text)};
		size_t bytes = *text == '[' ? definition_bytes(rest) : 0;

		if (bytes == 0)
			return;
		struct block *block =
			block_add(parser, BLOCK_DEFINITION, leaf->from, leaf->line, leaf->column);
		block->text.at = text;
		take_off(leaf, text + bytes);
		block_end(block, leaf->from, leaf->line - 1);
	}
}

/* The item whose mark stands right before the paragraph; NULL: another block does, or none. */
static struct block *item_opened_by(const struct parser *parser)
{
	struct doc *doc = parser->doc;
	struct block *last = doc->count ? &doc->blocks[doc->count - 1] : NULL;

	if (!last || last->kind != BLOCK_POINT || parser->depth == 0 ||
	    parser->open[parser->depth - 1].block != (int)doc->count - 1 ||
	    last->raw.at + last->raw.len != parser->leaf.from)
		return NULL;
	return last;
}

static void read_checkbox(struct block *block, struct str text)
{
	block->text.at = text.at;
	if (text.len < 3 || text.at[0] != '[' || text.at[2] != ']' ||
	    (text.at[1] != ' ' && text.at[1] != 'x' && text.at[1] != 'X') ||
	    (text.len > 3 && !str_is_blank(str_slice(text, 3, 4))))
		return;
	block->checkbox = text.at[1];
	block->text.at = skip_blanks(text.at + 3, text.at + text.len);
}

/*
 * A variant label on a line of its own right behind a fence, quote or html is
 * part of it. out: that block; NULL: the paragraph is something else
 */
static struct block *block_labelled_by(const struct parser *parser)
{
	const struct leaf *leaf = &parser->leaf;
	struct doc *doc = parser->doc;
	struct block *last = doc->count ? &doc->blocks[doc->count - 1] : NULL;
	struct str before;

	if (!last || leaf->lines != 1 ||
	    (last->kind != BLOCK_FENCE && last->kind != BLOCK_HTML && last->kind != BLOCK_QUOTE) ||
	    last->raw.at + last->raw.len != leaf->from || last->parent != block_parent(parser) ||
	    label_read((struct str){leaf->from, (size_t)(leaf->to - leaf->from)}, &before) == 0 ||
	    before.len)
		return NULL;
	return last;
}

/* The next line of a paragraph, behind its first, that begins a footnote; its end: none does. */
static const char *next_footnote(const struct leaf *leaf)
{
	const struct str text = {leaf->from, (size_t)(leaf->to - leaf->from)};

	if (leaf->lines == 1)
		return leaf->to;
	for (size_t hat = str_find_byte(text, '^', 1); hat < text.len;
	     hat = str_find_byte(text, '^', hat + 1)) {
		size_t mark = hat - 1, start = mark;

		while (start > 0 && (text.at[start - 1] == ' ' || text.at[start - 1] == '\t'))
			start--;
		if (start > 0 && text.at[start - 1] == '\n' &&
		    begins_footnote(str_slice(text, mark, text.len)))
			return leaf->from + start;
	}
	return leaf->to;
}

/* Adds the open paragraph; each footnote begins one of its own, as readers of Markdown have it. */
static void add_paragraphs(struct parser *parser)
{
	struct leaf *leaf = &parser->leaf;

	while (leaf->from < leaf->to) {
		struct block *block =
			block_add(parser, BLOCK_PARAGRAPH, leaf->from, leaf->line, leaf->column);

		block->text.at = skip_blanks(leaf->from, leaf->to);
		take_off(leaf, next_footnote(leaf));
		block_end(block, leaf->from, leaf->line - 1);
		split_definitions(parser);
	}
}

void paragraph_end(struct parser *parser)
{
	struct leaf *leaf = &parser->leaf;

	split_definitions(parser);
	leaf->kind = LEAF_NONE;
	if (leaf->from == leaf->to) {
		/* CommonMark drops the paragraph: the item is as empty as before. */
		if (parser->depth)
			parser->open[parser->depth - 1].children--;
		return;
	}
	if (parser->quote != NO_QUOTE)
		return;

	const char *text = skip_blanks(leaf->from, leaf->to);
	struct block *block = block_labelled_by(parser);
	if (block) {
		block_end(block, leaf->to, leaf->line);
		return;
	}
	block = item_opened_by(parser);
	if (block) {
		read_checkbox(block, (struct str){text, (size_t)(leaf->to - text)});
		block_end(block, leaf->to, leaf->line + leaf->lines - 1);
	} else {
		add_paragraphs(parser);
	}
}

bool paragraph_underline(struct parser *parser, const struct line *line, uint32_t level)
{
	struct leaf *leaf = &parser->leaf;

	split_definitions(parser);
	if (leaf->from == leaf->to)
		return false;
	leaf->kind = LEAF_NONE;
	if (parser->quote != NO_QUOTE)
		return true;

	struct block *block =
		block_add(parser, BLOCK_HEADING, leaf->from, leaf->line, leaf->column);
	block_end(block, line->next, line->number);
	block->underlined = true;
	block->text = str_trim((struct str){leaf->from, (size_t)(leaf->to - leaf->from)});
	block_set_heading(parser, level);
	return true;
}

struct block *paragraph_to_table(struct parser *parser, const struct line *line)
{
	struct leaf header = parser->leaf;
	uint32_t number = line->number - 1;

	if (header.last > header.from) {
		parser->leaf.to = header.last;
		parser->leaf.lines--;
		paragraph_end(parser);
	}
	struct block *table =
		block_add(parser, BLOCK_TABLE, header.last, number, header.last_column);
	table->text.at = header.last_text;
	block_end(table, line->next, line->number);
	parser->leaf = (struct leaf){.kind = LEAF_TABLE, .table = (int)parser->doc->count - 1};
	return table;
}
