#include "cmd/page_text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

#include "cmd/print.h"
#include "core/text.h"

/* Where in the normal text the words of the tree have been found so far. */
struct cursor {
	struct arena *arena;
	struct str normal;
	size_t offset;	/* in `normal`, behind the last word found */
	size_t counted; /* how far spaces have been counted */
	uint32_t word;	/* number of the word at `counted` */
	const struct page_span *spans;
	size_t span_count, span;
	uint32_t span_end; /* number of the first word behind `span` */
};

/* A word of markup may have no place in the normal text; it is looked for only so far ahead. */
enum { AHEAD = 512 };

enum {
	LEAST_HEADING = 6,
	/* Longer text is shown as it is: some Markdown takes quadratic time to read. */
	MARKDOWN_BYTES = 32 * 1024,
};

void page_add_text(struct buf *out, struct str text)
{
	text = printable(out->arena, text);
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '&':
			buf_add_c(out, "&amp;");
			break;
		case '<':
			buf_add_c(out, "&lt;");
			break;
		case '>':
			buf_add_c(out, "&gt;");
			break;
		case '"':
			buf_add_c(out, "&quot;");
			break;
		case '\'':
			buf_add_c(out, "&#39;");
			break;
		default:
			buf_add_byte(out, text.at[i]);
		}
	}
}

static bool address_is_safe(struct str url)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:"};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (url.len > strlen(schemes[i]) &&
		    strncasecmp(url.at, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

static cmark_node *text_node(struct arena *arena, struct str text)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_literal(node, str_c(arena, text));
	return node;
}

static void move_children(cmark_node *from, cmark_node *to)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(from)))
		cmark_node_append_child(to, child);
}

/* HTML of the note is shown as it is written. */
static void show_html(struct arena *arena, cmark_node *node)
{
	bool block = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK;
	struct str literal = str_of(cmark_node_get_literal(node));
	cmark_node *shown = block ? cmark_node_new(CMARK_NODE_CODE_BLOCK) : NULL;

	if (block)
		cmark_node_set_literal(shown, str_c(arena, literal));
	else
		shown = text_node(arena, literal);
	cmark_node_replace(node, shown);
	cmark_node_free(node);
}

/* A link that may not be followed: its text, then its address in parentheses. */
static void show_link(struct arena *arena, cmark_node *node, struct str url)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)))
		cmark_node_insert_before(node, child);
	if (url.len)
		cmark_node_insert_before(
			node, text_node(arena, str_printf(arena, " (%.*s)", STR_ARGS(url))));
	cmark_node_free(node);
}

static void show_picture(struct arena *arena, cmark_node *node, struct str url)
{
	cmark_node *link = cmark_node_new(CMARK_NODE_LINK);

	cmark_node_set_url(link, str_c(arena, url));
	cmark_node_replace(node, link);
	move_children(node, link);
	if (!cmark_node_first_child(link))
		cmark_node_append_child(link, text_node(arena, url));
	cmark_node_free(node);
}

static bool is_within_link(cmark_node *node)
{
	while ((node = cmark_node_parent(node)))
		if (cmark_node_get_type(node) == CMARK_NODE_LINK)
			return true;
	return false;
}

static void disarm_link(struct arena *arena, cmark_node *node)
{
	struct str url = str_copy(arena, str_of(cmark_node_get_url(node)));

	if (!address_is_safe(url) || is_within_link(node))
		show_link(arena, node, url);
	else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE)
		show_picture(arena, node, url);
	else if (!cmark_node_first_child(node))
		cmark_node_append_child(node, text_node(arena, url));
}

static void disarm(struct arena *arena, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
		show_html(arena, node);
	else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
		disarm_link(arena, node);
	else if (type == CMARK_NODE_HEADING)
		/* The page has headings of its own. */
		cmark_node_set_heading_level(node, LEAST_HEADING);
}

/* The class of the word at `offset` of the normal text. Offsets only grow. */
static const char *look_at(struct cursor *cursor, size_t offset)
{
	for (; cursor->counted < offset; cursor->counted++)
		cursor->word += cursor->normal.at[cursor->counted] == ' ';
	while (cursor->span < cursor->span_count && cursor->word >= cursor->span_end)
		if (++cursor->span < cursor->span_count)
			cursor->span_end += cursor->spans[cursor->span].words;
	return cursor->span < cursor->span_count ? cursor->spans[cursor->span].look : NULL;
}

static const char *look_of(struct cursor *cursor, struct str word, const char *before)
{
	struct str wanted = text_normal(cursor->arena, word);
	struct str ahead = str_slice(cursor->normal, 0, cursor->offset + wanted.len + AHEAD);
	size_t found = str_find(ahead, wanted, cursor->offset);

	if (found >= ahead.len)
		return before;
	cursor->offset = found + wanted.len;
	return look_at(cursor, found);
}

static void add_span(struct arena *arena, cmark_node *before, struct str text, const char *look)
{
	cmark_node *piece, *span;

	if (text.len == 0)
		return;
	piece = span = text_node(arena, text);
	if (look) {
		span = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
		cmark_node_set_on_enter(
			span, str_c(arena, str_printf(arena, "<span class=\"w %s\">", look)));
		cmark_node_set_on_exit(span, "</span>");
		cmark_node_append_child(span, piece);
	}
	if (cmark_node_insert_before(before, span) || span == piece)
		return;
	/* The cells of a table take no spans. */
	cmark_node_insert_before(before, piece);
	cmark_node_free(span);
}

/* The blanks behind the words of one person are nobody's. */
static void add_piece(struct arena *arena, cmark_node *before, struct str text, const char *look)
{
	size_t words = str_trim_right(text).len;

	add_span(arena, before, str_slice(text, 0, words), look);
	add_span(arena, before, str_slice(text, words, text.len), NULL);
}

/* Cuts a text node where the look of its words changes. */
static void dress(struct cursor *cursor, cmark_node *node)
{
	struct str text = str_copy(cursor->arena, str_of(cmark_node_get_literal(node)));
	struct str rest = text, word;
	const char *look = look_at(cursor, cursor->counted);
	size_t begin = 0;

	while (str_next_word(&rest, &word)) {
		const char *next = look_of(cursor, word, look);
		size_t at = (size_t)(word.at - text.at);

		if (next != look) {
			add_piece(cursor->arena, node, str_slice(text, begin, at), look);
			begin = at;
			look = next;
		}
	}
	add_piece(cursor->arena, node, str_slice(text, begin, text.len), look);
	cmark_node_free(node);
}

/* What is done to a node may free it, so that all are collected first. */
struct nodes {
	cmark_node **all;
	size_t count, room;
};

static struct nodes nodes_of(struct arena *arena, cmark_node *root, bool texts)
{
	cmark_iter *iterator = cmark_iter_new(root);
	cmark_event_type event;
	struct nodes found = {0};

	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iterator);

		if (event != CMARK_EVENT_ENTER ||
		    texts != (cmark_node_get_type(node) == CMARK_NODE_TEXT))
			continue;
		arena_push(arena, found.all, found.count, found.room);
		found.all[found.count++] = node;
	}
	cmark_iter_free(iterator);
	return found;
}

static cmark_node *parse(struct str markdown)
{
	static const char *const extensions[] = {"autolink", "strikethrough", "table"};
	cmark_parser *parser;
	cmark_node *root;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		cmark_parser_attach_syntax_extension(parser,
						     cmark_find_syntax_extension(extensions[i]));
	cmark_parser_feed(parser, markdown.at ? markdown.at : "", markdown.len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

void page_add_markdown(struct buf *out, struct str markdown, struct str normal,
		       const struct page_span *spans, size_t span_count)
{
	struct arena work = {0};

	if (markdown.len > MARKDOWN_BYTES) {
		buf_add_c(out, "<pre>");
		page_add_text(out, markdown);
		buf_add_c(out, "</pre>\n");
		return;
	}
	struct cursor cursor = {
		.arena = &work,
		.normal = normal,
		.spans = spans,
		.span_count = span_count,
		.span_end = span_count ? spans[0].words : 0,
	};
	cmark_node *root = parse(printable(&work, markdown));
	struct nodes nodes = nodes_of(&work, root, false);
	char *html;

	for (size_t i = 0; i < nodes.count; i++)
		disarm(&work, nodes.all[i]);
	nodes = nodes_of(&work, root, true);
	for (size_t i = 0; span_count && i < nodes.count; i++)
		dress(&cursor, nodes.all[i]);
	html = cmark_render_html(root, CMARK_OPT_DEFAULT, NULL);
	buf_add_c(out, html);
	/* The library's default allocator is malloc(). */
	cmark_get_default_mem_allocator()->free(html);
	cmark_node_free(root);
	arena_free(&work);
}
