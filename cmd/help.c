#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/manual.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/text.h"

enum { WIDTH_OF_NAMES = 28 };

/* Two columns: a name, and what it is about. */
static void print_row(struct app *app, struct str name, const char *about)
{
	struct wrapped line = wrapped_begin(app, blanks(&app->arena, WIDTH_OF_NAMES + 2));
	size_t width = text_width(name);

	wrapped_add(&line, STYLE_NONE, STR("  "));
	wrapped_add(&line, STYLE_STRONG, name);
	if (width + 1 >= WIDTH_OF_NAMES) {
		wrapped_end(&line);
		print_wrapped(app, WIDTH_OF_NAMES + 2, STYLE_NONE, str_of(about));
		return;
	}
	wrapped_add(&line, STYLE_NONE, blanks(&app->arena, WIDTH_OF_NAMES - width));
	wrapped_add(&line, STYLE_NONE, str_of(about));
	wrapped_end(&line);
}

/* Paragraphs and examples, a line each. */
static void print_paragraphs(struct app *app, const char *text)
{
	struct str rest = str_of(text), line;

	while (str_next_line(&rest, &line)) {
		struct str words = str_chomp(line);
		size_t indent = 0;

		while (indent < words.len && words.at[indent] == ' ')
			indent++;
		print_wrapped(app, indent, STYLE_NONE, str_slice(words, indent, words.len));
	}
}

static void print_examples(struct app *app, const char *text)
{
	struct str rest = str_of(text), line;

	while (str_next_line(&rest, &line))
		print_wrapped(app, 2, STYLE_NONE, str_chomp(line));
}

static struct str with_arguments(struct app *app, const struct command *command)
{
	struct str name = command_shown_name(command);

	return command->arguments
		       ? str_printf(&app->arena, "%.*s %s", STR_ARGS(name), _(command->arguments))
		       : name;
}

static void print_options(struct app *app, const struct option *option)
{
	for (; option && option->name; option++) {
		struct buf name = {.arena = &app->arena};

		if (option->letter)
			buf_printf(&name, "-%c, ", option->letter);
		buf_printf(&name, "--%s", option->name);
		if (option->value && option->value[0] == '[')
			buf_printf(&name, "[=%s", _(option->value) + 1);
		else if (option->value)
			buf_printf(&name, " %s", _(option->value));
		print_row(app, buf_str(&name), _(option->help));
	}
}

static int print_overview(struct app *app)
{
	print_paragraphs(app, _("atelier keeps the notes of your workshops, written by several "
				"people, in one text."));
	print(app, "\n");
	for (size_t i = 0; commands[i]; i++)
		if (commands[i]->everyday)
			print_row(app, with_arguments(app, commands[i]), _(commands[i]->summary));
	print(app, "\n");
	print_paragraphs(app, _("“atelier help” lists all commands, “atelier help COMMAND” tells "
				"about one."));
	return STATUS_DONE;
}

static int print_all(struct app *app)
{
	print(app, "%s\n\n", _("Usage: atelier COMMAND …"));
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			print_row(app, with_arguments(app, commands[i]), _(commands[i]->summary));
	print(app, "\n%s\n", _("With every command:"));
	print_options(app, global_options);
	return STATUS_DONE;
}

static void print_other_names(struct app *app, const struct command *command)
{
	struct str others = command_other_names(&app->arena, command);

	if (others.len == 0)
		return;
	print(app, "\n");
	print_wrapped(app, 0, STYLE_NONE,
		      str_printf(&app->arena, _("Also called: %.*s"), STR_ARGS(others)));
}

static int print_command(struct app *app, const struct command *command)
{
	struct str usage_line = with_arguments(app, command);

	print(app, _("Usage: atelier %.*s"), STR_ARGS(usage_line));
	print(app, "\n\n");
	print_wrapped(app, 2, STYLE_NONE, str_of(_(command->summary)));
	if (command->details) {
		print(app, "\n");
		print_paragraphs(app, _(command->details));
	}
	if (command->options)
		print(app, "\n");
	print_options(app, command->options);
	if (command->examples) {
		print(app, "\n%s\n", _("Examples:"));
		print_examples(app, _(command->examples));
	}
	print_other_names(app, command);
	return STATUS_DONE;
}

/* A list of names separated by spaces as an array. */
static void add_names(struct json *record, const char *key, const char *names)
{
	struct json *array = json_add_array(record, key);
	struct str rest = str_of(names), name;

	while (str_next_word(&rest, &name))
		json_add_text(array, NULL, name);
}

static void add_options(struct json *record, const struct option *option)
{
	struct json *array = json_add_array(record, "options");

	for (; option && option->name; option++) {
		struct json *entry = json_add_object(array, NULL);
		char letter[2] = {option->letter, '\0'};

		json_add_c(entry, "name", option->name);
		json_add_c(entry, "letter", option->letter ? letter : NULL);
		json_add_c(entry, "value", option->value);
		json_add_c(entry, "help", option->help);
	}
}

static int print_json(struct app *app)
{
	struct json *record = json_record();

	json_add_null(record, "command");
	add_options(record, global_options);
	json_print(app, record);
	for (size_t i = 0; commands[i]; i++) {
		record = json_record();
		json_add_c(record, "command", commands[i]->name);
		add_names(record, "french", commands[i]->french);
		add_names(record, "aliases", commands[i]->aliases);
		json_add_c(record, "arguments", commands[i]->arguments);
		json_add_c(record, "summary", commands[i]->summary);
		json_add_c(record, "examples", commands[i]->examples);
		json_add_bool(record, "hidden", commands[i]->hidden);
		add_options(record, commands[i]->options);
		json_print(app, record);
	}
	return STATUS_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	if (option_given(app, "completions"))
		return fail(app, completions_print(app, option_value(app, "completions")));
	if (option_given(app, "manual")) {
		manual_print(app);
		return STATUS_DONE;
	}
	if (argc > 1 && !command_named(&app->arena, str_of(argv[1])))
		return fail(app, command_unknown(&app->arena, argv[1]));
	if (app->json)
		return print_json(app);
	if (argc < 2)
		return command_named(&app->arena, str_of(argv[0])) ? print_all(app)
								   : print_overview(app);
	return print_command(app, command_named(&app->arena, str_of(argv[1])));
}

static const struct option options[] = {
	{"manual", 0, NULL, N_("the manual page, as man reads it")},
	{"completions", 0, "bash|zsh", N_("what makes a shell complete commands and options")},
	{0},
};

const struct command command_help = {
	.name = "help",
	.french = "aide",
	.arguments = N_("[COMMAND]"),
	.summary = N_("tell what the commands do"),
	.options = options,
	.most = 1,
	.everyday = true,
	.paged = true,
	.examples = N_("atelier help sync\n"
		       "atelier help --manual | man -l -"),
	.run = run,
};
