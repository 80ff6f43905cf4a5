#include "cmd/commands.h"
#include "cmd/export_page.h"
#include "cmd/export_table.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "cmd/result.h"
#include "core/message.h"

enum { FORMAT_MARKDOWN, FORMAT_PAGE, FORMAT_CSV, FORMAT_JSON };

static const char *const formats[] = {"md", "html", "csv", "json", NULL};

/* The workshops that are exported, of those in `notes`. */
struct chosen {
	const struct workshop **workshops;
	size_t count;
};

/* --- Markdown --------------------------------------------------------------------------- */

/* Headings go one level down: above them stands the workshop's title. */
static void add_block(struct buf *out, const struct block *block)
{
	bool own_line = block->kind == BLOCK_HEADING && !block->joined && block->indent == 0;

	if (own_line && block->underlined && str_find_byte(block->text, '\n', 0) == block->text.len)
		buf_printf(out, "%.*s %.*s\n", block->level + 1, "###", STR_ARGS(block->text));
	else if (own_line && !block->underlined && block->level < DEEPEST_HEADING)
		buf_printf(out, "#%.*s", STR_ARGS(block->raw));
	else
		buf_add(out, block->raw);
}

static void add_section(struct buf *out, const struct section *section)
{
	const struct doc *doc = &section->doc;

	buf_add_byte(out, '\n');
	if (doc->opaque)
		buf_add(out, doc->source);
	for (size_t i = 0; !doc->opaque && i < doc->count; i++) {
		if (i)
			buf_add(out, doc->blocks[i].gap);
		add_block(out, &doc->blocks[i]);
	}
	buf_end_line(out, STR("\n"));
}

static void export_markdown(struct app *app, const struct chosen *chosen)
{
	struct buf out = {.arena = &app->arena};

	/* So that nobody, this program first, takes it for notes. */
	buf_add_c(&out, "---\ngenerated: atelier\n---\n");
	for (size_t i = 0; i < chosen->count; i++) {
		buf_printf(&out, "\n# %.*s\n\n", STR_ARGS(chosen->workshops[i]->title));
		export_about(app, &out, chosen->workshops[i]);
		for (size_t j = 0; j < chosen->workshops[i]->count; j++)
			add_section(&out, &chosen->workshops[i]->sections[j]);
	}
	print_result(app, buf_str(&out));
}

/* --- the command ------------------------------------------------------------------------ */

static err choose(struct app *app, const struct notes *notes, int argc, char **argv,
		  struct chosen *chosen)
{
	chosen->workshops = arena_array(&app->arena, const struct workshop *, (size_t)argc + 1);
	do {
		const struct workshop **next = &chosen->workshops[chosen->count++];
		const char *wanted = argc > 1 ? argv[chosen->count] : NULL;
		err e = workshop_choose(&app->arena, &notes->workshops, wanted, notes->place, next);

		if (e)
			return e;
	} while ((int)chosen->count + 1 < argc);
	return NULL;
}

static err export(struct app *app, size_t format, const struct chosen *chosen)
{
	if (format == FORMAT_MARKDOWN)
		export_markdown(app, chosen);
	else if (format == FORMAT_PAGE)
		export_page(app, chosen->workshops, chosen->count);
	else
		return export_table(app, chosen->workshops, chosen->count, format == FORMAT_JSON);
	return NULL;
}

static int run(struct app *app, int argc, char **argv)
{
	struct chosen chosen = {0};
	struct notes notes = {0};
	struct result result = {0};
	size_t format;
	err e = result_format(app, formats, &format);

	if (e || (e = notes_open(app, &notes)) || (e = choose(app, &notes, argc, argv, &chosen)) ||
	    (e = result_begin(app, notes.repo, &result)))
		goto done;
	e = export(app, format, &chosen);
	err unwritten = result_end(app, &result, e != NULL);
	if (e)
		err_free(unwritten);
	else
		e = unwritten;
	for (size_t i = 0; i < chosen.count; i++)
		notes_tell_unread(app, &notes, chosen.workshops[i]);
done:
	notes_close(&notes);
	return fail(app, e);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("only this workshop")},
	{"format", 0, "md|html|csv|json",
	 N_("md, html: one document; csv: a table, a point a row; json: a point a line")},
	{"output", 'o', N_("FILE"), N_("into this file; its ending tells the format, too")},
	{0},
};

const struct command command_export = {
	.name = "export",
	.french = "exporter",
	.arguments = N_("[WORKSHOP…]"),
	.summary = N_("write workshops in other formats"),
	.details = N_("The table and JSON tell of each point where it stands, who wrote, changed "
		      "and said it. What is written is never taken for notes."),
	.options = options,
	.most = -1,
	.of_workshops = true,
	.needs = NEEDS_NOTES,
	.examples = N_("atelier export compost -o compost.md\n"
		       "atelier export compost -o points.csv"),
	.run = run,
};
