/* Block structure is CommonMark's: the same outline as cmark gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cmark.h>

#include "core/doc.h"
#include "tests/support_markdown.h"

static void add_row(struct buf *out, int line, const char *kind, int number)
{
	buf_printf(out, "%d %s %d\n", line, kind, number);
}

static int depth_of(cmark_node *node)
{
	int depth = 0;

	for (; node; node = cmark_node_parent(node))
		depth += cmark_node_get_type(node) == CMARK_NODE_ITEM;
	return depth;
}

/*
 * Where cmark sees headings, items, code, html, rules and quotes, one a line.
 * It also names a list's first line for an item that begins with a blank one.
 */
static struct str outline_of_cmark(struct arena *arena, struct str markdown)
{
	struct buf out = {.arena = arena};
	cmark_node *root = cmark_parse_document(markdown.at, markdown.len, CMARK_OPT_DEFAULT);
	cmark_iter *walk = cmark_iter_new(root);
	cmark_event_type event;

	while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(walk);
		int line = cmark_node_get_start_line(node);

		if (event != CMARK_EVENT_ENTER)
			continue;
		switch ((int)cmark_node_get_type(node)) {
		case CMARK_NODE_HEADING:
			add_row(&out, line, "heading", cmark_node_get_heading_level(node));
			break;
		case CMARK_NODE_ITEM:
			add_row(&out, line, "item", depth_of(node));
			break;
		case CMARK_NODE_CODE_BLOCK:
			add_row(&out, line, "code", depth_of(node));
			break;
		case CMARK_NODE_HTML_BLOCK:
			add_row(&out, line, "html", depth_of(node));
			break;
		case CMARK_NODE_THEMATIC_BREAK:
			add_row(&out, line, "rule", depth_of(node));
			break;
		case CMARK_NODE_BLOCK_QUOTE:
			add_row(&out, line, "quote", depth_of(node));
			/* What stands in a quote is left out. */
			cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(walk);
	cmark_node_free(root);
	return buf_str(&out);
}

static struct str outline_of_doc(struct arena *arena, const struct doc *doc)
{
	static const char *const kinds[] = {
		[BLOCK_HEADING] = "heading", [BLOCK_POINT] = "item", [BLOCK_FENCE] = "code",
		[BLOCK_HTML] = "html",	     [BLOCK_RULE] = "rule",  [BLOCK_QUOTE] = "quote",
	};
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];
		int depth = block->kind == BLOCK_POINT;

		for (int at = block->parent; at != NO_PARENT; at = doc->blocks[at].parent)
			depth += doc->blocks[at].kind == BLOCK_POINT;
		if ((size_t)block->kind < sizeof kinds / sizeof *kinds && kinds[block->kind])
			add_row(&out, (int)block->line, kinds[block->kind],
				block->kind == BLOCK_HEADING ? block->level : depth);
	}
	return buf_str(&out);
}

/* The text with its front matter made blank lines, which cmark knows nothing of. */
static struct str without_front(struct arena *arena, const struct doc *doc)
{
	struct buf out = {.arena = arena};
	size_t from = (doc->bom ? 3 : 0) + doc->front.len;

	for (size_t i = 0; i < doc->front.len; i++)
		if (doc->front.at[i] == '\n')
			buf_add_byte(&out, '\n');
	buf_add(&out, str_slice(doc->source, from, doc->source.len));
	return buf_str(&out);
}

static bool agrees(const char *name, struct str markdown)
{
	struct arena arena = {0};
	struct doc doc = doc_read(&arena, markdown);
	struct str ours = outline_of_doc(&arena, &doc);
	struct str theirs = outline_of_cmark(&arena, without_front(&arena, &doc));
	bool same = doc.opaque || str_equal(ours, theirs);
	struct str our_row = {0}, their_row = {0};

	while (!same && str_equal(our_row, their_row)) {
		our_row = their_row = (struct str){0};
		str_next_line(&ours, &our_row);
		str_next_line(&theirs, &their_row);
	}
	if (!same)
		print_message("%s: here %.*s  cmark %.*s\n", name, STR_ARGS(our_row),
			      STR_ARGS(their_row));
	arena_free(&arena);
	return same;
}

static void examples_agree(void **state)
{
	int differing = 0;
	(void)state;

	for (const struct example *example = markdown_examples; example->why; example++)
		differing += !agrees(example->why, str_of(example->markdown));
	assert_int_equal(differing, 0);
}

static void count_differing(const char *path, struct str bytes, void *into)
{
	*(int *)into += !agrees(path, bytes);
}

static void corpus_agrees(void **state)
{
	int differing = 0;
	(void)state;

	if (corpus_each(".md", count_differing, &differing) == 0) {
		print_message("the corpus is not there\n");
		skip();
	}
	assert_int_equal(differing, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_agree),
		cmocka_unit_test(corpus_agrees),
	};

	return cmocka_run_group_tests_name("doc and cmark", tests, NULL, NULL);
}
