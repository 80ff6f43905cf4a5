/* What a running command asks of its options, and how it gives up. */
#include "cmd/app.h"

#include <string.h>

#include "cmd/print.h"
#include "core/message.h"

const char *option_value(const struct app *app, const char *name)
{
	const struct option *options = app->command->options;

	for (size_t i = 0; options && options[i].name; i++)
		if (strcmp(options[i].name, name) == 0)
			return app->option_values[i];
	return NULL;
}

bool option_given(const struct app *app, const char *name)
{
	return option_value(app, name) != NULL;
}

int fail(struct app *app, err failure)
{
	int status = (int)err_status(failure);

	if (!failure)
		return STATUS_DONE;
	complain(app, "%s\n%s\n", _("Nothing is lost."), err_message(failure));
	if (err_advice(failure))
		complain(app, "→ %s\n", err_advice(failure));
	err_free(failure);
	return status;
}

struct str command_name_in(const struct command *command, enum language language)
{
	struct str names = str_of(command->french), first;

	if (language == LANGUAGE_FRENCH && str_next_word(&names, &first))
		return first;
	return str_of(command->name);
}

struct str command_shown_name(const struct command *command)
{
	return command_name_in(command, message_language());
}

struct str command_names(struct arena *arena, const struct command *command)
{
	return str_printf(arena, "%s %s %s", command->name, command->french ? command->french : "",
			  command->aliases ? command->aliases : "");
}

struct str command_other_names(struct arena *arena, const struct command *command)
{
	struct str shown = command_shown_name(command), rest = command_names(arena, command), name;
	struct buf others = {.arena = arena};

	while (str_next_word(&rest, &name))
		if (!str_equal(name, shown))
			buf_printf(&others, "%s%.*s", others.len ? ", " : "", STR_ARGS(name));
	return buf_str(&others);
}

int usage(struct app *app)
{
	struct str name = command_shown_name(app->command);
	const char *arguments = app->command->arguments;

	struct str line = str_printf(&app->arena, _("Usage: atelier %.*s"), STR_ARGS(name));

	complain(app, "%.*s%s%s\n", STR_ARGS(line), arguments ? " " : "",
		 arguments ? _(arguments) : "");
	line = str_printf(&app->arena, _("→ “atelier help %.*s” tells more."), STR_ARGS(name));
	complain(app, "%.*s\n", STR_ARGS(line));
	return STATUS_USAGE;
}
