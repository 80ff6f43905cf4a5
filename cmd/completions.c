#include <string.h>

#include "cmd/commands.h"
#include "cmd/manual.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/spelling.h"

/* A text between single quotes of a shell. */
static void add_quoted(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == '\'')
			buf_add_c(out, "'\\''");
		else
			buf_add_byte(out, text.at[i]);
}

/* Every name of a command, as a shell's pattern: "sync|synchroniser|pull", "status|état|etat". */
static void add_names(struct buf *out, const struct command *command)
{
	struct str rest = command_names(out->arena, command), name;

	for (bool first = true; str_next_word(&rest, &name); first = false) {
		struct str plain = spelling_fold(out->arena, name);

		buf_printf(out, "%s%.*s", first ? "" : "|", STR_ARGS(name));
		if (!str_equal(plain, name))
			buf_printf(out, "|%.*s", STR_ARGS(plain));
	}
}

/* Which language the person reads is known when they type, not when this is installed. */
static const char reads_french[] = "case ${ATELIER_LANG:-${LC_ALL:-${LC_MESSAGES:-$LANG}}} in fr*)";

/* Is it one of a few words, "md|csv|json"? */
static bool is_choice(const char *value)
{
	return value && strchr(value, '|') != NULL && !strchr(value, ' ');
}

/* Is it a file or folder? */
static bool is_path(const char *value)
{
	return value && (strstr(value, "FILE") || strstr(value, "DIR"));
}

/* "md|csv|json" as words. */
static void add_choices(struct buf *out, const char *value)
{
	for (const char *c = value; *c; c++)
		buf_add_byte(out, *c == '|' ? ' ' : *c);
}

/* --- bash ------------------------------------------------------------------------------ */

static void add_bash_options(struct buf *out, const struct option *option)
{
	for (; option && option->name; option++)
		buf_printf(out, " --%s%s", option->name,
			   option->value && option->value[0] == '[' ? "=" : "");
}

/* What may follow an option that takes a value. */
static void add_bash_values(struct buf *out, const struct option *option)
{
	for (; option && option->name; option++) {
		if (!option->value || option->value[0] == '[')
			continue;
		buf_printf(out, "    --%s", option->name);
		if (option->letter)
			buf_printf(out, "|-%c", option->letter);
		buf_add_c(out, ") values='");
		if (is_choice(option->value))
			add_choices(out, option->value);
		buf_printf(out, "' files=%d ;;\n", is_path(option->value) ? 1 : 0);
	}
}

static void add_bash_names(struct buf *out, enum language language)
{
	buf_add_c(out, "names='");
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			buf_printf(out, " %.*s", STR_ARGS(command_name_in(commands[i], language)));
	buf_add_c(out, "'");
}

/* What may follow the name of a command. */
static void add_bash_command(struct buf *out, const struct command *command)
{
	buf_add_c(out, "  ");
	add_names(out, command);
	buf_add_c(out, ")\n    options='");
	add_bash_options(out, command->options);
	if (command == &command_help)
		buf_add_c(out, "' values=$names\n    case $before in\n");
	else
		buf_printf(out, "' files=%d\n    case $before in\n", command->arguments ? 1 : 0);
	add_bash_values(out, command->options);
	buf_add_c(out, "    esac ;;\n");
}

static void print_bash(struct app *app)
{
	struct buf out = {.arena = &app->arena};

	buf_add_c(&out,
		  "# bash completion of atelier\n"
		  "_atelier() {\n"
		  "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
		  "  local command= options= values= files=1 names i\n  ");
	add_bash_names(&out, LANGUAGE_ENGLISH);
	buf_printf(&out, "\n  %s ", reads_french);
	add_bash_names(&out, LANGUAGE_FRENCH);
	buf_add_c(&out, "; esac\n"
			"  for ((i = 1; i < COMP_CWORD; i++)); do\n"
			"    case ${COMP_WORDS[i]} in\n"
			"      -C|--directory|--as|--lang) ((i++)) ;;\n"
			"      -*) ;;\n"
			"      *) command=${COMP_WORDS[i]}; break ;;\n"
			"    esac\n"
			"  done\n"
			"  case $command in\n");
	for (size_t i = 0; commands[i]; i++)
		add_bash_command(&out, commands[i]);
	buf_add_c(&out, "  '') files=0 values=$names ;;\n  esac\n  case $before in\n");
	add_bash_values(&out, global_options);
	buf_add_c(&out, "  esac\n  COMPREPLY=()\n  if [[ $word == -* ]]; then\n    options+='");
	add_bash_options(&out, global_options);
	buf_add_c(&out, "'\n"
			"    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
			"    return\n"
			"  fi\n"
			"  [[ -n $values ]] && COMPREPLY=($(compgen -W \"$values\" -- \"$word\"))\n"
			"  if [[ -z $values && $files == 1 ]]; then\n"
			"    compopt -o filenames 2>/dev/null\n"
			"    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
			"  fi\n"
			"  return 0\n"
			"}\n"
			"complete -F _atelier atelier\n");
	print_bytes(app, buf_str(&out));
}

/* --- zsh ------------------------------------------------------------------------------- */

/* A description may hold neither brackets nor colons. */
static void add_description(struct buf *out, const char *text)
{
	struct buf plain = {.arena = out->arena};

	for (const char *c = text; *c; c++) {
		if (*c == '[' || *c == ']' || *c == ':')
			buf_add_byte(&plain, '\\');
		buf_add_byte(&plain, *c);
	}
	add_quoted(out, buf_str(&plain));
}

static void add_zsh_option(struct buf *out, const struct option *option, const char *name,
			   const char *joined)
{
	buf_printf(out, " \\\n      '%s%s[", name, joined);
	add_description(out, _(option->help));
	buf_add_byte(out, ']');
	if (option->value) {
		buf_add_c(out, ":");
		add_description(out, _(option->value));
		buf_add_c(out, ":");
		if (is_choice(option->value)) {
			buf_add_byte(out, '(');
			add_choices(out, option->value);
			buf_add_byte(out, ')');
		} else if (is_path(option->value)) {
			buf_add_c(out, "_files");
		}
	}
	buf_add_byte(out, '\'');
}

static void add_zsh_options(struct buf *out, const struct option *option)
{
	for (; option && option->name; option++) {
		bool joined = option->value && option->value[0] == '[';
		struct str name = str_printf(out->arena, "--%s", option->name);

		add_zsh_option(out, option, name.at, joined ? "=-" : "");
		if (option->letter) {
			name = str_printf(out->arena, "-%c", option->letter);
			add_zsh_option(out, option, name.at, "");
		}
	}
}

/* The commands of a language, each with what it does. */
static void add_zsh_names(struct app *app, struct buf *out, const char *language)
{
	enum language own = message_language();
	enum language shown = message_choose(language, app->program_dir);

	buf_add_c(out, "names=(\n");
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		buf_printf(out, "    '%.*s:", STR_ARGS(command_name_in(commands[i], shown)));
		add_description(out, _(commands[i]->summary));
		buf_add_c(out, "'\n");
	}
	buf_add_c(out, "  )");
	message_choose(own == LANGUAGE_FRENCH ? "fr" : "en", app->program_dir);
}

static void print_zsh(struct app *app)
{
	struct buf out = {.arena = &app->arena};

	buf_add_c(&out, "#compdef atelier\n"
			"# zsh completion of atelier\n"
			"_atelier() {\n"
			"  local context state line\n"
			"  local -a names\n  ");
	add_zsh_names(app, &out, "en");
	buf_printf(&out, "\n  %s ", reads_french);
	add_zsh_names(app, &out, "fr");
	buf_add_c(&out, ";; esac\n  _arguments -C");
	add_zsh_options(&out, global_options);
	buf_add_c(&out, " \\\n      '1: :->name' '*:: :->rest'\n"
			"  case $state in\n"
			"  name) _describe atelier names ;;\n"
			"  rest)\n"
			"    case $line[1] in\n");
	for (size_t i = 0; commands[i]; i++) {
		buf_add_c(&out, "    ");
		add_names(&out, commands[i]);
		buf_add_c(&out, ") _arguments");
		add_zsh_options(&out, commands[i]->options);
		add_zsh_options(&out, global_options);
		if (commands[i] == &command_help)
			buf_add_c(&out, " \\\n      '1:: :{_describe atelier names}' ;;\n");
		else
			buf_add_c(&out, commands[i]->arguments ? " \\\n      '*:: :_files' ;;\n"
							       : " ;;\n");
	}
	buf_add_c(&out, "    esac ;;\n  esac\n}\n_atelier \"$@\"\n");
	print_bytes(app, buf_str(&out));
}

err completions_print(struct app *app, const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		print_bash(app);
	else if (strcmp(shell, "zsh") == 0)
		print_zsh(app);
	else
		return err_new(STATUS_USAGE, _("--completions %s: it is bash or zsh."), shell);
	return NULL;
}
