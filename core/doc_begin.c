/*
 * What a line begins, once the containers that are open have taken their part.
 */
#include "core/doc_parse.h"

#include "core/limits.h"

static bool open_quote(struct parser *parser, struct line *line)
{
	/* A quote is not taken apart: what is deeper in it is its text. */
	if (is_quoted(parser) && parser->depth >= LIMIT_DEPTH)
		return false;
	leave_unmatched(parser);
	bool outermost = !is_quoted(parser);
	block_begin(parser, BLOCK_QUOTE, line);
	container_open(parser, (struct container){.block = (int)parser->doc->count - 1});
	if (outermost)
		parser->quote = (int)parser->depth - 1;
	line_take_quote_mark(line);
	return true;
}

static bool open_item(struct parser *parser, struct line *line)
{
	struct list_mark mark = line_list_mark(line_rest(line));
	bool in_paragraph = parser->leaf.kind == LEAF_PARAGRAPH && parser->matched == parser->depth;

	if (mark.bytes == 0 ||
	    (in_paragraph && (mark.bare || (mark.numbered && mark.number != 1))) ||
	    (is_quoted(parser) && parser->depth >= LIMIT_DEPTH))
		return false;
	leave_unmatched(parser);
	struct block *block = block_begin(parser, BLOCK_POINT, line);
	uint32_t indent = line_indent(line), padding;

	line_take_mark(line, mark.bytes);
	padding = line_indent(line);
	/* Five columns and more: one belongs to the mark, the others to indented code. */
	if (padding > CODE_INDENT || mark.bare)
		padding = 1;
	line_take_columns(line, padding);
	if (block) {
		block->glyph = mark.glyph;
		block->numbered = mark.numbered;
		block->number = mark.number;
		block->content = block->indent + mark.bytes + padding;
		line->from = mark.bare ? line->next : line->at;
		block->text.at = mark.bare ? line->end : line->at;
		block_end(block, line->from, line->number);
	}
	container_open(parser, (struct container){
				       .block = (int)parser->doc->count - 1,
				       .width = indent + mark.bytes + padding,
			       });
	return true;
}

static bool begin_heading(struct parser *parser, const struct line *line)
{
	uint32_t level = line_heading_level(line_rest(line));

	if (level == 0)
		return false;
	leave_unmatched(parser);
	struct block *block = block_begin(parser, BLOCK_HEADING, line);
	if (block) {
		block->text = line_heading_text(line_rest(line));
		block_set_heading(parser, level);
	}
	return true;
}

static bool begin_code(struct parser *parser, const struct line *line)
{
	if (parser->leaf.kind == LEAF_PARAGRAPH)
		return false;
	leave_unmatched(parser);
	block_begin(parser, BLOCK_FENCE, line);
	parser->leaf = (struct leaf){.kind = LEAF_CODE};
	return true;
}

static bool begin_fence(struct parser *parser, const struct line *line)
{
	uint32_t length = line_fence_length(line_rest(line));

	if (length == 0)
		return false;
	leave_unmatched(parser);
	block_begin(parser, BLOCK_FENCE, line);
	parser->leaf =
		(struct leaf){.kind = LEAF_FENCE, .fence = *line->text, .fence_length = length};
	return true;
}

static bool begin_html(struct parser *parser, const struct line *line)
{
	enum html_kind kind = line_html_kind(line_rest(line));

	if (kind == HTML_NONE || (kind == HTML_ANY_TAG && parser->leaf.kind == LEAF_PARAGRAPH))
		return false;
	leave_unmatched(parser);
	block_begin(parser, BLOCK_HTML, line);
	if (!line_ends_html(line_rest(line), kind))
		parser->leaf = (struct leaf){.kind = LEAF_HTML, .html = kind};
	return true;
}

static bool begin_setext(struct parser *parser, const struct line *line)
{
	uint32_t level = line_underline_level(line_rest(line));

	if (level == 0)
		return false;
	if (!paragraph_underline(parser, line, level))
		paragraph_extend(parser, line);
	return true;
}

/*
 * Whether a rule of so many cells may stand below a header. One that has others than there are
 * names is left from before a column came or went: no table to GitHub, but to those who wrote
 * it. One cell alone underlines many things.
 */
static bool is_rule_below(uint32_t cells, struct str header)
{
	uint32_t names = line_cells(header);

	return str_find_byte(header, '|', 0) < header.len &&
	       (cells == names || (cells > 1 && names > 1));
}

static bool begin_table(struct parser *parser, const struct line *line)
{
	const struct leaf *leaf = &parser->leaf;
	uint32_t cells = line_table_rule(line_rest(line));

	if (cells == 0 || is_quoted(parser) || leaf->last_text == NULL)
		return false;
	struct str header = {leaf->last_text, (size_t)(leaf->to - leaf->last_text)};
	if (!is_rule_below(cells, str_chomp(header)))
		return false;
	paragraph_to_table(parser, line);
	return true;
}

static enum beginning begin_rule_or_item(struct parser *parser, struct line *line)
{
	if (line->text >= line->no_rule && line_is_rule(line_rest(line), &line->no_rule)) {
		leave_unmatched(parser);
		block_begin(parser, BLOCK_RULE, line);
		return BEGINS_LEAF;
	}
	return open_item(parser, line) ? BEGINS_CONTAINER : BEGINS_NOTHING;
}

enum beginning begin_with(struct parser *parser, struct line *line)
{
	bool in_paragraph = parser->leaf.kind == LEAF_PARAGRAPH && parser->matched == parser->depth;

	if (line_is_blank(line))
		return BEGINS_NOTHING;
	if (line_indent(line) >= CODE_INDENT)
		return begin_code(parser, line) ? BEGINS_LEAF : BEGINS_NOTHING;
	switch (*line->text) {
	case '>':
		return open_quote(parser, line) ? BEGINS_CONTAINER : BEGINS_NOTHING;
	case '#':
		return begin_heading(parser, line) ? BEGINS_LEAF : BEGINS_NOTHING;
	case '`':
	case '~':
		return begin_fence(parser, line) ? BEGINS_LEAF : BEGINS_NOTHING;
	case '<':
		return begin_html(parser, line) ? BEGINS_LEAF : BEGINS_NOTHING;
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
		if (!byte_is_digit(*line->text))
			return BEGINS_NOTHING;
		return open_item(parser, line) ? BEGINS_CONTAINER : BEGINS_NOTHING;
	}
}
