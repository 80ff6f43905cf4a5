#include "cmd/options.h"

#include <popt.h>
#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "core/spelling.h"

const struct option global_options[] = {
	{"directory", 'C', N_("DIR"), N_("work in DIR instead of here")},
	{"as", 0, N_("\"NAME <MAIL>\""), N_("who writes, instead of what git says")},
	{"lang", 0, "fr|en", N_("language of the messages")},
	{"json", 0, NULL, N_("facts for programs, one JSON object a line")},
	{"plain", 0, NULL, N_("no colours, no broken lines, no pager")},
	{"quiet", 'q', NULL, N_("results and failures only")},
	{"help", 'h', NULL, N_("what a command does and takes")},
	{"version", 0, NULL, N_("the version of atelier")},
	{0},
};

static size_t option_count(const struct option *options)
{
	size_t count = 0;

	while (options && options[count].name)
		count++;
	return count;
}

struct option_set option_set_new(struct arena *arena, const struct option *options)
{
	return (struct option_set){
		.options = options,
		.values = arena_array(arena, const char *, option_count(options) + 1),
	};
}

static bool may_lack_value(const struct option *option)
{
	return option->value && option->value[0] == '[';
}

/*
 * Popt would take the next argument for the value of an option that may lack
 * one, so "--name=value" is read here. out: whether `argument` was such.
 */
static bool read_joined_value(const struct option_set *sets, size_t set_count, char *argument)
{
	for (size_t i = 0; i < set_count; i++) {
		const struct option *option = sets[i].options;

		for (size_t row = 0; option && option->name; option++, row++) {
			size_t length = strlen(option->name);

			if (may_lack_value(option) && strncmp(argument, "--", 2) == 0 &&
			    strncmp(argument + 2, option->name, length) == 0 &&
			    argument[2 + length] == '=') {
				sets[i].values[row] = argument + 3 + length;
				return true;
			}
		}
	}
	return false;
}

static void read_joined_values(const struct option_set *sets, size_t set_count,
			       struct arguments *arguments)
{
	int kept = 0, i = 0;

	for (; i < arguments->count && strcmp(arguments->values[i], "--") != 0; i++)
		if (i == 0 || !read_joined_value(sets, set_count, arguments->values[i]))
			arguments->values[kept++] = arguments->values[i];
	for (; i < arguments->count; i++)
		arguments->values[kept++] = arguments->values[i];
	arguments->count = kept;
	arguments->values[kept] = NULL;
}

/* The rows of all sets as popt wants them; row n of all has the value n + 1. */
static struct poptOption *popt_table(struct arena *arena, const struct option_set *sets,
				     size_t set_count)
{
	size_t count = 0;

	for (size_t i = 0; i < set_count; i++)
		count += option_count(sets[i].options);
	struct poptOption *table = arena_array(arena, struct poptOption, count + 1);
	int number = 0;
	for (size_t i = 0; i < set_count; i++) {
		const struct option *option = sets[i].options;

		for (; option && option->name; option++, number++) {
			bool takes_value = option->value && !may_lack_value(option);

			table[number] = (struct poptOption){
				.longName = option->name,
				.shortName = option->letter,
				.argInfo = takes_value ? POPT_ARG_STRING : POPT_ARG_NONE,
				.val = number + 1,
			};
		}
	}
	return table;
}

static void keep_value(struct arena *arena, const struct option_set *sets, int number, char *value)
{
	size_t row = (size_t)number - 1;

	while (row >= option_count(sets->options)) {
		row -= option_count(sets->options);
		sets++;
	}
	sets->values[row] = value ? str_c(arena, str_of(value)) : "";
	free(value);
}

/* The long option nearest to a mistyped one, NULL: none. */
static const char *nearest_option(const struct option_set *sets, size_t set_count, struct str wrong)
{
	const char *nearest = NULL;

	if (!str_starts(wrong, STR("--")))
		return NULL;
	wrong = str_slice(wrong, 2, str_find_byte(wrong, '=', 0));
	size_t least = spelling_tolerance(wrong) + 1;
	for (size_t i = 0; i < set_count; i++) {
		const struct option *option = sets[i].options;

		for (; option && option->name; option++) {
			size_t distance = spelling_distance(wrong, str_of(option->name));
			if (distance < least) {
				least = distance;
				nearest = option->name;
			}
		}
	}
	return nearest;
}

static err bad_option(const struct option_set *sets, size_t set_count, int code, const char *option)
{
	if (code == POPT_ERROR_NOARG)
		return err_new(STATUS_USAGE, _("%s: a value is missing behind this option."),
			       option);
	if (code != POPT_ERROR_BADOPT)
		return err_new(STATUS_USAGE, _("%s: this option takes no value."), option);
	err failure = err_new(STATUS_USAGE, _("%s: there is no such option."), option);
	const char *nearest = nearest_option(sets, set_count, str_of(option));
	if (nearest)
		return err_advise(failure, _("Did you mean --%s?"), nearest);
	if (option[0] == '-' && option[1] == ' ')
		return err_advise(failure, _("Put -- before a text that begins with a dash."));
	return failure;
}

err options_read(struct arena *arena, const struct option_set *sets, size_t set_count,
		 enum options_end end, struct arguments *arguments)
{
	read_joined_values(sets, set_count, arguments);
	size_t given = (size_t)arguments->count;
	const char **values = arena_array(arena, const char *, given + 1);
	for (size_t i = 0; i < given; i++)
		values[i] = arguments->values[i];
	poptContext context =
		poptGetContext(NULL, arguments->count, values, popt_table(arena, sets, set_count),
			       end == OPTIONS_END_AT_ARGUMENT ? POPT_CONTEXT_POSIXMEHARDER : 0);
	int code, count = 1;

	while ((code = poptGetNextOpt(context)) > 0)
		keep_value(arena, sets, code, poptGetOptArg(context));
	if (code < -1) {
		const char *wrong = poptBadOption(context, POPT_BADOPTION_NOALIAS);
		err failure = bad_option(sets, set_count, code, str_c(arena, str_of(wrong)));
		poptFreeContext(context);
		return failure;
	}
	/* What popt hands out ends with its context. */
	for (const char **rest = poptGetArgs(context); rest && *rest; rest++) {
		size_t bytes = strlen(*rest) + 1;
		char *own = arena_array(arena, char, bytes);

		arguments->values[count++] = memcpy(own, *rest, bytes);
	}
	arguments->count = count;
	arguments->values[count] = NULL;
	poptFreeContext(context);
	return NULL;
}
