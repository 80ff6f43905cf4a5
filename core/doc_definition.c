/* Link reference definitions: CommonMark 0.30, section 4.7. Footnotes: as cmark-gfm has them. */
#include "core/doc_parse.h"

#include <string.h>

enum { LABEL_BYTES = 1000, PARENTHESES = 32 };

/* Lines of a paragraph, which is never blank between two line ends. */
struct reader {
	struct str text;
	size_t at;
};

static char peek(const struct reader *reader)
{
	return reader->at < reader->text.len ? reader->text.at[reader->at] : '\n';
}

static bool is_at_end(const struct reader *reader)
{
	return reader->at >= reader->text.len;
}

static void skip_blanks(struct reader *reader)
{
	while (peek(reader) == ' ' || peek(reader) == '\t')
		reader->at++;
}

/* Blanks and what ends the line, the end of the text too. */
static bool skip_line_end(struct reader *reader)
{
	skip_blanks(reader);
	if (peek(reader) == '\r' && reader->at + 1 < reader->text.len &&
	    reader->text.at[reader->at + 1] == '\n')
		reader->at++;
	if (peek(reader) != '\n')
		return false;
	reader->at += !is_at_end(reader);
	return true;
}

/* Blanks with at most one line end among them. */
static void skip_gap(struct reader *reader)
{
	if (skip_line_end(reader))
		skip_blanks(reader);
}

/* Steps over a character, or over a backslash and the punctuation it escapes. */
static void skip_escaped(struct reader *reader)
{
	if (reader->text.at[reader->at++] == '\\' && byte_is_punctuation(peek(reader)))
		reader->at++;
}

static bool skip_label(struct reader *reader)
{
	size_t from = ++reader->at;

	while (!is_at_end(reader) && peek(reader) != '[' && peek(reader) != ']') {
		skip_escaped(reader);
		if (reader->at - from > LABEL_BYTES)
			return false;
	}
	if (is_at_end(reader) || peek(reader) != ']' ||
	    str_is_blank(str_slice(reader->text, from, reader->at)))
		return false;
	reader->at++;
	return true;
}

static bool skip_bracketed_target(struct reader *reader)
{
	for (reader->at++; !is_at_end(reader); skip_escaped(reader)) {
		if (peek(reader) == '>') {
			reader->at++;
			return true;
		}
		if (peek(reader) == '\n' || peek(reader) == '<')
			return false;
	}
	return false;
}

static bool skip_target(struct reader *reader)
{
	size_t from = reader->at;
	int open = 0;

	if (peek(reader) == '<')
		return skip_bracketed_target(reader);
	for (; !is_at_end(reader); skip_escaped(reader)) {
		char byte = peek(reader);

		if (byte == ' ' || (byte >= '\t' && byte <= '\r') || (byte == ')' && open == 0))
			break;
		open += (byte == '(') - (byte == ')');
		if (open > PARENTHESES)
			return false;
	}
	return reader->at > from && open == 0;
}

static bool skip_title(struct reader *reader)
{
	char opens = peek(reader), closes = opens == '(' ? ')' : opens;

	if (opens != '"' && opens != '\'' && opens != '(')
		return false;
	for (reader->at++; !is_at_end(reader); skip_escaped(reader)) {
		if (peek(reader) == closes) {
			reader->at++;
			return true;
		}
		if (opens == '(' && peek(reader) == '(')
			return false;
	}
	return false;
}

size_t definition_bytes(struct str paragraph)
{
	struct reader reader = {.text = paragraph};

	skip_blanks(&reader);
	if (peek(&reader) != '[' || !skip_label(&reader) || is_at_end(&reader) ||
	    peek(&reader) != ':')
		return 0;
	reader.at++;
	skip_gap(&reader);
	if (!skip_target(&reader))
		return 0;

	struct reader title = reader;
	skip_gap(&title);
	if (title.at > reader.at && skip_title(&title) && skip_line_end(&title))
		return title.at;
	return skip_line_end(&reader) ? reader.at : 0;
}

bool begins_footnote(struct str text)
{
	size_t at = 2;

	if (!str_starts(text, STR("[^")))
		return false;
	while (at < text.len && text.at[at] != ']' && text.at[at] != '[' &&
	       !strchr(" \t\r\n", text.at[at]))
		at++;
	return at > 2 && str_starts(str_slice(text, at, text.len), STR("]:"));
}

bool block_is_footnote(const struct block *block)
{
	return (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_DEFINITION) &&
	       begins_footnote(block->text);
}
