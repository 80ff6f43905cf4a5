/* atelier merge-file: three versions of one text into one. */
#include "cmd/commands.h"
#include "cmd/merge_command.h"

#include "core/message.h"

static int run(struct app *app, int argc, char **argv)
{
	struct merge_order order = {
		.base = argv[1],
		.ours = argv[2],
		.theirs = argv[3],
		.to_output = option_given(app, "print"),
		.json = app->json,
		.report = option_value(app, "report"),
	};

	(void)argc;
	return fail(app, merge_order_run(app, &order));
}

static const struct option options[] = {
	{"print", 'p', NULL, N_("put the result on standard output, change no file")},
	{"report", 0, N_("[FILE]"), N_("tell what was decided, in FILE or on standard error")},
	{0},
};

const struct command command_merge_file = {
	.name = "merge-file",
	.french = "fusionner-fichiers",
	.arguments = N_("[-p] [--report[=FILE]] BASE OURS THEIRS"),
	.summary = N_("merge three versions of one text"),
	.details = N_("OURS and THEIRS are two versions that both began as BASE. The result is "
		      "written into OURS, or to standard output with -p. Nobody's words are lost "
		      "and no marks are left in the text; where both worded one point "
		      "differently, both wordings stand, numbered, for you to choose. --report "
		      "tells in a line each what was moved, added alike by both, kept although "
		      "one deleted it, left to choose, or merged by a simpler method; with "
		      "--json, or in a FILE that ends in .json, as JSON."),
	.options = options,
	.least = 3,
	.most = 3,
	.examples = N_("atelier merge-file base.md mine.md theirs.md\n"
		       "atelier merge-file -p base.md mine.md theirs.md --report"),
	.run = run,
};
