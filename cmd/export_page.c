#include "cmd/export_page.h"

#include "cmd/page_definitions.h"
#include "cmd/page_frame.h"
#include "cmd/page_text.h"
#include "cmd/print.h"

/* So much Markdown is rendered at once, whole blocks. */
enum { PART_BYTES = 16 * 1024 };

/* A section under way: blocks that are rendered together, and what all of them may refer to. */
struct part {
	struct buf *out;
	struct buf markdown;
	struct definitions definitions;
};

static void add_markdown(const struct part *part, struct buf *out, struct str markdown)
{
	page_add_markdown(out, definitions_before(out->arena, &part->definitions, markdown),
			  (struct str){0}, NULL, 0);
}

static void end_part(struct part *part)
{
	if (part->markdown.len == 0)
		return;
	add_markdown(part, part->out, buf_str(&part->markdown));
	part->markdown.len = 0;
}

/* A heading one level down: above it stands the workshop's title. */
static void add_heading(struct part *part, const struct block *block)
{
	struct buf html = {.arena = part->out->arena};
	int level = block->level < DEEPEST_HEADING ? block->level + 1 : DEEPEST_HEADING;
	struct str opening = STR("<p>"), closing = STR("</p>\n");

	end_part(part);
	add_markdown(part, &html, block->text);
	struct str inside = buf_str(&html);
	bool one = str_starts(inside, opening) && str_ends(inside, closing);
	if (one)
		inside = str_slice(inside, opening.len, inside.len - closing.len);
	/* What is no line of text ("# - x") is shown as it is. */
	buf_printf(part->out, "<h%d>", level);
	if (one)
		buf_add(part->out, inside);
	else
		page_add_text(part->out, block->text);
	buf_printf(part->out, "</h%d>\n", level);
}

static bool begins_anew(const struct doc *doc, const struct block *block)
{
	return block->parent == NO_PARENT || doc->blocks[block->parent].kind == BLOCK_HEADING;
}

static void add_section(struct app *app, struct buf *out, const struct section *section)
{
	const struct doc *doc = &section->doc;
	struct part part = {.out = out,
			    .markdown = {.arena = &app->arena},
			    .definitions = definitions_of(&app->arena, doc)};

	if (doc->opaque) {
		buf_add_c(out, "<pre>");
		page_add_text(out, doc->source);
		buf_add_c(out, "</pre>\n");
		return;
	}
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];

		if (block->kind == BLOCK_HEADING && !block->joined && begins_anew(doc, block)) {
			add_heading(&part, block);
			continue;
		}
		if (part.markdown.len > PART_BYTES && begins_anew(doc, block))
			end_part(&part);
		buf_add(&part.markdown, block->gap);
		buf_add(&part.markdown, block->raw);
	}
	end_part(&part);
}

/* What a reader's tab and history call it: all that it holds. */
static struct str titles_of(struct arena *arena, const struct workshop *const *workshops,
			    size_t count)
{
	struct buf titles = {.arena = arena};

	for (size_t i = 0; i < count; i++) {
		buf_add_c(&titles, i ? ", " : "");
		buf_add(&titles, workshops[i]->title);
	}
	return buf_str(&titles);
}

void export_page(struct app *app, const struct workshop *const *workshops, size_t count)
{
	struct buf out = {.arena = &app->arena};

	page_begin(&out, titles_of(&app->arena, workshops, count), PAGE_WITHOUT_SCRIPT);
	buf_add_c(&out, "<main class=\"plain\">\n");
	for (size_t i = 0; i < count; i++) {
		struct buf about = {.arena = &app->arena};
		struct str title = workshops[i]->title;

		export_about(app, &about, workshops[i]);
		buf_add_c(&out, "<article class=\"paper\">\n<h1>");
		page_add_text(&out, title);
		buf_add_c(&out, "</h1>\n");
		page_add_markdown(&out, buf_str(&about), (struct str){0}, NULL, 0);
		for (size_t j = 0; j < workshops[i]->count; j++)
			add_section(app, &out, &workshops[i]->sections[j]);
		buf_add_c(&out, "</article>\n");
	}
	buf_add_c(&out, "</main>\n");
	page_end(&out, PAGE_WITHOUT_SCRIPT);
	print_result(app, buf_str(&out));
}
