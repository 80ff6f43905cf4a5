#include "cmd/app.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/first_run.h"
#include "cmd/options.h"
#include "cmd/print.h"
#include "cmd/program.h"
#include "core/message.h"

/*
 * The value of --lang, wherever it stands, or NULL: the language must be known
 * before the first sentence, be it one about a wrong option.
 */
static const char *language_option(int argc, char **argv)
{
	const char *language = NULL;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--lang=", 7) == 0)
			language = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			language = argv[++i];
	}
	return language;
}

static const char *global_value(const struct option_set *globals, const char *name)
{
	for (size_t i = 0; globals->options[i].name; i++)
		if (strcmp(globals->options[i].name, name) == 0)
			return globals->values[i];
	return NULL;
}

static err take_globals(struct app *app, const struct option_set *globals)
{
	const char *directory = global_value(globals, "directory");
	const char *language = global_value(globals, "lang");

	app->identity = global_value(globals, "as");
	app->json = global_value(globals, "json") != NULL;
	app->plain = global_value(globals, "plain") != NULL;
	app->quiet = global_value(globals, "quiet") != NULL;
	app->screen = screen_of_output(app->plain || app->json);
	if (app->plain)
		app->error_width = 0;
	if (language && strncmp(language, "fr", 2) != 0 && strncmp(language, "en", 2) != 0)
		return err_new(STATUS_USAGE, _("--lang %s: messages are in French or English."),
			       language);
	if (directory && chdir(directory) != 0)
		return err_errno(directory, _("cannot enter"));
	return NULL;
}

/* Where nothing better is known, what to do is to look at the command's help. */
static err with_help(const struct command *command, err failure)
{
	struct str name = command_shown_name(command);

	if (!failure || err_advice(failure))
		return failure;
	if (command == &command_help)
		return err_advise(failure, _("“atelier help” lists all options."));
	return err_advise(failure, _("“atelier help %.*s” tells what it takes."), STR_ARGS(name));
}

/* There is room: what stood before it has been taken out. */
static void add_argument(struct arena *arena, struct arguments *arguments, const char *value)
{
	struct buf copy = {.arena = arena};

	buf_add_c(&copy, value);
	buf_add_byte(&copy, '\0');
	arguments->values[arguments->count++] = copy.at;
	arguments->values[arguments->count] = NULL;
}

/*
 * Reads the command line: options that hold for all commands may stand before
 * the command's name as well as behind it.
 * out: `arguments` begins with the command's name.
 */
static err read_command_line(struct app *app, struct arguments *arguments)
{
	struct option_set sets[2] = {option_set_new(&app->arena, global_options)};
	err failure;

	app->command = &command_help;
	if ((failure = options_read(&app->arena, sets, 1, OPTIONS_END_AT_ARGUMENT, arguments)))
		return with_help(app->command, failure);
	if (arguments->count > 1) {
		arguments->values++;
		arguments->count--;
		app->command = command_named(&app->arena, str_of(arguments->values[0]));
		if (!app->command)
			return command_unknown(&app->arena, arguments->values[0]);
	}
	sets[1] = option_set_new(&app->arena, app->command->options);
	app->option_values = sets[1].values;
	if ((failure = options_read(&app->arena, sets, 2, OPTIONS_ANYWHERE, arguments)))
		return with_help(app->command, failure);
	if ((failure = take_globals(app, &sets[0])))
		return failure;
	if (app->command->of_workshops && option_given(app, "workshop"))
		add_argument(&app->arena, arguments, option_value(app, "workshop"));
	if (global_value(&sets[0], "version")) {
		app->command = &command_version;
		arguments->count = 1;
	} else if (global_value(&sets[0], "help") && app->command != &command_help) {
		/* The name that was typed is then what help is asked about. */
		arguments->values[1] = arguments->values[0];
		arguments->count = 2;
		app->command = &command_help;
	}
	return NULL;
}

/* Room for the command line and one argument more; the first is the program. */
static struct arguments copy_arguments(struct arena *arena, int argc, char **argv)
{
	struct arguments copy = {
		.count = argc > 0 ? argc : 1,
		.values = arena_array(arena, char *, (size_t)argc + 3),
	};

	for (int i = 0; i < argc; i++)
		copy.values[i] = argv[i];
	return copy;
}

/* Before a command writes, it is known in whose name; a folder that is none tells the command. */
static err introduce(struct app *app)
{
	struct repo *repo = NULL;
	err e;

	if (app->command->needs != NEEDS_REPOSITORY)
		return NULL;
	err_free(repo_open(app->directory, &repo));
	e = repo ? first_run_introduce(app, repo) : NULL;
	repo_close(repo);
	return e;
}

static int run_command(struct app *app, const struct arguments *arguments)
{
	const struct command *command = app->command;
	int positional = arguments->count - 1;

	if (positional < command->least)
		return usage(app);
	if (command->most >= 0 && positional > command->most) {
		int status = usage(app);

		if (command->of_workshops && option_given(app, "workshop"))
			complain(app, "%s\n", _("→ It is about one workshop: name it once."));
		else if (command->most > 0)
			complain(app, "%s\n", _("→ Put words that belong together in quotes."));
		return status;
	}
	err stranger = introduce(app);
	if (stranger)
		return fail(app, stranger);
	if (command->paged)
		screen_keep(&app->screen);
	int status = command->run(app, arguments->count, arguments->values);
	err e = screen_show(&app->arena, &app->screen);
	return e ? fail(app, e) : status;
}

/* What was printed must have arrived; a full disk is a failure, too. */
static int finish_output(struct app *app, int status)
{
	if (output_arrived())
		return status;
	return fail(app, err_errno(_("standard output"), _("cannot write")));
}

int app_main(int argc, char **argv)
{
	struct app app = {.directory = ".", .error_width = screen_error_width()};
	struct arguments arguments = copy_arguments(&app.arena, argc, argv);

	app.program_dir = program_dir(&app.arena);
	message_choose(language_option(argc, argv), app.program_dir);
	err failure = read_command_line(&app, &arguments);
	int status = failure ? fail(&app, failure) : run_command(&app, &arguments);
	status = finish_output(&app, status);
	arena_free(&app.arena);
	return status;
}
