/* atelier synthesis: what workshops say, each idea once, as a note, a page or JSON. */
#include "cmd/commands.h"
#include "cmd/print.h"
#include "cmd/result.h"
#include "cmd/synthesis_print.h"
#include "core/message.h"

static const char *const formats[] = {"md", "html", "json", NULL};
static struct str (*const writers[])(struct app *app, const struct gathered *gathered) = {
	synthesis_markdown, synthesis_page, synthesis_json};

struct str synthesis_title(struct arena *arena, const struct gathered *gathered)
{
	if (gathered->workshop_count == 1)
		return str_printf(arena, _("Synthesis: %.*s"),
				  STR_ARGS(gathered->workshops[0]->title));
	return str_printf(arena,
			  message_plural("Synthesis of %zu workshop", "Synthesis of %zu workshops",
					 gathered->workshop_count),
			  gathered->workshop_count);
}

static int run(struct app *app, int argc, char **argv)
{
	struct alike_notes notes = {0};
	const struct notes *read = &notes.attribution.notes;
	struct gathered gathered;
	struct result result;
	size_t format;
	err e = result_format(app, formats, &format);

	if (e)
		return fail(app, e);
	if ((e = alike_notes_open(app, argv + 1, (size_t)argc - 1, &notes)) ||
	    (e = gather(app, &notes, argv + 1, (size_t)argc - 1, &gathered)) ||
	    (e = result_begin(app, read->repo, &result)))
		goto done;
	print_result(app, writers[format](app, &gathered));
	e = result_end(app, &result, false);
	for (size_t i = 0; i < gathered.workshop_count; i++)
		notes_tell_unread(app, read, gathered.workshops[i]);
done:
	alike_notes_close(&notes);
	return fail(app, e);
}

static const struct option options[] = {
	{"workshop", 'w', N_("WORKSHOP"), N_("only this workshop")},
	{"format", 0, "md|html|json", N_("a note, a page or JSON; a note if left out")},
	{"output", 'o', N_("FILE"), N_("into this file; its ending tells the format, too")},
	{0},
};

const struct command command_synthesis = {
	.name = "synthesis",
	.french = "synthèse",
	.arguments = N_("[WORKSHOP…]"),
	.summary = N_("bring together what workshops say, each idea once"),
	.details = N_("Questions, synthesis, conclusions, discussion and ideas to dig into, each "
		      "idea in the words of its first point, with how often and where it was "
		      "said, who wrote and who said it, and the discussion that carries it; then "
		      "what is still to choose, and people. Points of the same words, and those "
		      "that you called the same, are one idea. Nothing is reworded. The page is "
		      "one file for any browser, without a network."),
	.examples = N_("atelier synthesis -o synthesis.html\n"
		       "atelier synthesis emergence --format json"),
	.options = options,
	.most = -1,
	.of_workshops = true,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.paged = true,
	.run = run,
};
