/*
 * build/atelier-merge: merge-file and merge-driver alone, in a program that
 * starts faster than git's own.
 */
#include <string.h>

#include "cmd/merge_command.h"
#include "cmd/print.h"
#include "cmd/program.h"

#include "core/message.h"

static void explain_usage(struct app *app)
{
	complain(app,
		 "%s\n  atelier-merge merge-file [-p] [--json] [--report[=FILE]] BASE OURS THEIRS\n"
		 "  atelier-merge merge-driver %%O %%A %%B %%L %%P\n",
		 _("Usage:"));
}

/* Takes one option of merge-file; false: it has no such option. */
static bool take_option(const char *argument, struct merge_order *order)
{
	if (strcmp(argument, "-p") == 0 || strcmp(argument, "--print") == 0)
		order->to_output = true;
	else if (strcmp(argument, "--json") == 0)
		order->json = true;
	else if (strcmp(argument, "--report") == 0)
		order->report = "";
	else if (strncmp(argument, "--report=", 9) == 0)
		order->report = argument + 9;
	else
		return false;
	return true;
}

/* out: whether these are the arguments of merge-file, its name aside. */
static bool read_merge_file(char **arguments, struct merge_order *order)
{
	const char *files[3] = {0};
	bool options = true;
	int count = 0;

	for (; *arguments; arguments++) {
		if (options && strcmp(*arguments, "--") == 0)
			options = false;
		else if (options && (*arguments)[0] == '-' && (*arguments)[1]) {
			if (!take_option(*arguments, order))
				return false;
		} else if (count == 3)
			return false;
		else
			files[count++] = *arguments;
	}
	order->base = files[0];
	order->ours = files[1];
	order->theirs = files[2];
	return count == 3;
}

static bool read_command_line(int argc, char **argv, struct merge_order *order)
{
	if (argc == 7 && strcmp(argv[1], "merge-driver") == 0) {
		*order = merge_order_of_driver(argv + 2);
		return true;
	}
	return argc > 1 && strcmp(argv[1], "merge-file") == 0 && read_merge_file(argv + 2, order);
}

int main(int argc, char **argv)
{
	struct app app = {0};
	struct merge_order order = {0};
	int status = STATUS_USAGE;

	program_open_streams();
	message_choose(NULL, program_dir(&app.arena));
	if (!read_command_line(argc, argv, &order)) {
		explain_usage(&app);
		goto done;
	}
	status = fail(&app, merge_order_run(&app, &order));
done:
	arena_free(&app.arena);
	return status;
}
