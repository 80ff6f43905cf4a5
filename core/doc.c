#include "core/doc.h"

#include "core/doc_parse.h"
#include "core/limits.h"
#include "core/utf8.h"

static enum line_end line_end_of(struct str text)
{
	size_t feeds = 0, returns = 0;
	struct str line;

	if (str_find_byte(text, '\r', 0) == text.len)
		return LINE_END_LF;
	while (str_next_line(&text, &line)) {
		returns += str_ends(line, STR("\r\n"));
		feeds += str_ends(line, STR("\n"));
	}
	if (returns == 0)
		return LINE_END_LF;
	return returns == feeds ? LINE_END_CRLF : LINE_END_MIXED;
}

static bool is_dashes(struct str line, bool closing)
{
	struct str bare = str_trim_right(line);

	return str_equal(bare, STR("---")) || (closing && str_equal(bare, STR("...")));
}

/* From a first line "---" to the next such line or "..."; empty where there is none. */
static struct str front_matter(struct str body, uint32_t *lines)
{
	struct str rest = body, line;

	*lines = 0;
	if (!str_starts(body, STR("---")) || !str_next_line(&rest, &line) ||
	    !is_dashes(line, false))
		return (struct str){0};
	for (*lines = 1; str_next_line(&rest, &line) && line.len <= LIMIT_LINE_BYTES;) {
		++*lines;
		if (is_dashes(line, true))
			return str_slice(body, 0, body.len - rest.len);
	}
	*lines = 0;
	return (struct str){0};
}

static bool is_opaque(struct str source)
{
	return source.len > LIMIT_FILE_BYTES || str_find_byte(source, '\0', 0) < source.len ||
	       !utf8_valid(source);
}

struct doc doc_read_beside(struct arena *arena, struct str source, const struct doc *known)
{
	struct doc doc = {.source = source, .beside = known ? known->blocks : NULL};
	uint32_t lines;

	if (source.len == 0)
		return doc;
	doc.bom = str_starts(source, BYTE_ORDER_MARK);
	doc.line_end = line_end_of(source);
	doc.ends_without_line_end = source.at[source.len - 1] != '\n';
	doc.opaque = is_opaque(source);
	if (doc.opaque)
		return doc;

	size_t from = doc.bom ? BYTE_ORDER_MARK.len : 0;
	doc.front = front_matter(str_slice(source, from, source.len), &lines);
	from += doc.front.len;
	if (doc_parse(arena, &doc, from, lines + 1, known))
		doc_finish(&doc, from, known);
	else
		doc = (struct doc){
			.source = source,
			.bom = doc.bom,
			.line_end = doc.line_end,
			.ends_without_line_end = doc.ends_without_line_end,
			.opaque = true,
		};
	return doc;
}

struct doc doc_read(struct arena *arena, struct str source)
{
	return doc_read_beside(arena, source, NULL);
}

struct str doc_write(struct arena *arena, const struct doc *doc)
{
	struct buf out = {.arena = arena};

	if (doc->opaque)
		return doc->source;
	if (doc->bom)
		buf_add(&out, BYTE_ORDER_MARK);
	buf_add(&out, doc->front);
	for (size_t i = 0; i < doc->count; i++) {
		buf_add(&out, doc->blocks[i].gap);
		buf_add(&out, doc->blocks[i].raw);
	}
	buf_add(&out, doc->tail);
	return buf_str(&out);
}

struct str doc_line_end(const struct doc *doc)
{
	return doc->line_end == LINE_END_CRLF ? STR("\r\n") : STR("\n");
}

bool doc_holds(const struct doc *doc, struct key normal)
{
	for (size_t i = 0; doc && i < doc->count; i++)
		if (key_equal(doc->blocks[i].normal, normal))
			return true;
	return false;
}

struct str doc_front_inner(struct str front)
{
	struct str line, inner = front;

	str_next_line(&inner, &line);
	inner.len = str_line_start(inner, str_trim_right(inner).len);
	return inner;
}

int doc_section_of(const struct doc *doc, size_t index)
{
	int above = doc->blocks[index].parent;

	while (above != NO_PARENT && doc->blocks[above].kind != BLOCK_HEADING)
		above = doc->blocks[above].parent;
	return above;
}
