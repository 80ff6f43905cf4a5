/* atelier merge-driver: what git calls for one file of a merge. */
#include "cmd/commands.h"
#include "cmd/merge_command.h"

#include "core/message.h"

static int run(struct app *app, int argc, char **argv)
{
	struct merge_order order = merge_order_of_driver(argv + 1);

	(void)argc;
	return fail(app, merge_order_run(app, &order));
}

const struct command command_merge_driver = {
	.name = "merge-driver",
	.arguments = "%O %A %B %L %P",
	.summary = N_("merge one file when git asks"),
	.details = N_("Git calls this by itself once the notes are set up; its five values are the "
		      "common version, ours, theirs, a size that is not needed, and the path."),
	.least = 5,
	.most = 5,
	.hidden = true,
	.run = run,
};
