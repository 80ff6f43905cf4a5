#include "cmd/manual.h"

#include "cmd/commands.h"
#include "cmd/print.h"
#include "core/message.h"

/* Text that roff shows as it is: no escape, no request, no hyphen for a minus. */
static void add_escaped(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool begins = i == 0 || text.at[i - 1] == '\n';

		if (begins && (text.at[i] == '.' || text.at[i] == '\''))
			buf_add_c(out, "\\&");
		if (text.at[i] == '\\')
			buf_add_c(out, "\\e");
		else if (text.at[i] == '-')
			buf_add_c(out, "\\-");
		else
			buf_add_byte(out, text.at[i]);
	}
}

static void add_paragraphs(struct buf *out, const char *text)
{
	struct str rest = str_of(text), line;

	for (bool first = true; str_next_line(&rest, &line);) {
		if (str_is_blank(line))
			continue;
		buf_add_c(out, first ? "" : ".PP\n");
		add_escaped(out, str_chomp(line));
		buf_add_byte(out, '\n');
		first = false;
	}
}

static void add_heading(struct buf *out, const char *title)
{
	buf_add_c(out, ".SH ");
	add_escaped(out, str_of(title));
	buf_add_byte(out, '\n');
}

static void add_option(struct buf *out, const struct option *option)
{
	bool joined = option->value && option->value[0] == '[';

	buf_add_c(out, ".TP\n");
	if (option->letter)
		buf_printf(out, "\\fB\\-%c\\fR, ", option->letter);
	buf_add_c(out, "\\fB\\-\\-");
	add_escaped(out, str_of(option->name));
	buf_add_c(out, "\\fR");
	if (option->value) {
		buf_add_c(out, joined ? "[=\\fI" : " \\fI");
		add_escaped(out, str_of(_(option->value) + joined));
		buf_add_c(out, "\\fR");
	}
	buf_add_byte(out, '\n');
	add_paragraphs(out, _(option->help));
}

static void add_options(struct buf *out, const struct option *option)
{
	for (; option && option->name; option++)
		add_option(out, option);
}

static void add_command(struct buf *out, const struct command *command)
{
	struct str others = command_other_names(out->arena, command);

	buf_add_c(out, ".SS ");
	add_escaped(out, command_shown_name(command));
	if (command->arguments) {
		buf_add_byte(out, ' ');
		add_escaped(out, str_of(_(command->arguments)));
	}
	if (others.len) {
		buf_add_c(out, " (");
		add_escaped(out, others);
		buf_add_byte(out, ')');
	}
	buf_add_byte(out, '\n');
	add_paragraphs(out, _(command->summary));
	if (command->details) {
		buf_add_c(out, ".PP\n");
		add_paragraphs(out, _(command->details));
	}
	add_options(out, command->options);
	if (!command->examples)
		return;
	buf_add_c(out, ".PP\n.EX\n");
	add_escaped(out, str_of(_(command->examples)));
	buf_add_c(out, "\n.EE\n");
}

static void add_statuses(struct buf *out)
{
	static const struct {
		const char *status, *meaning;
	} statuses[] = {
		{"0", N_("done; of sync also when the others could not be reached, or wordings are "
			 "left to choose")},
		{"1", N_("audit --verify, doctor, status --check: there is something to look at")},
		{"2", N_("the command line was not understood")},
		{"65", N_("what was given cannot be used")},
		{"69", N_("the others could not be reached, with --require-remote")},
		{"73, 74", N_("a file cannot be made, read or written")},
		{"75", N_("another program is at work here: try again")},
		{"77", N_("a login was refused")},
		{"78", N_("your name is not known, or the notes were made by a newer program")},
	};

	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		buf_printf(out, ".TP\n\\fB%s\\fR\n", statuses[i].status);
		add_paragraphs(out, _(statuses[i].meaning));
	}
}

static void add_files(struct buf *out)
{
	static const struct {
		const char *name, *meaning;
	} files[] = {
		{"atelier.yml", N_("the language of the notes")},
		{"people.yml", N_("who is who: names, addresses, initials")},
		{"ideas.yml", N_("what was decided about ideas said twice")},
		{N_("templates/NAME.txt"), N_("templates of workshops, for “new --template”")},
		{"*/workshop.yml", N_("title, date, place and people of a workshop")},
		{"*/*.md", N_("the sections of a workshop, in the order of their names")},
	};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		buf_add_c(out, ".TP\n\\fB");
		add_escaped(out, str_of(_(files[i].name)));
		buf_add_c(out, "\\fR\n");
		add_paragraphs(out, _(files[i].meaning));
	}
}

static void add_environment(struct buf *out)
{
	static const struct {
		const char *name, *meaning;
	} variables[] = {
		{"ATELIER_LANG", N_("language of the messages, before what the system says")},
		{"VISUAL, EDITOR", N_("the editor that is opened")},
		{"PAGER", N_("shows what is longer than the screen (less)")},
		{"NO_COLOR", N_("no colours")},
	};

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		buf_printf(out, ".TP\n\\fB%s\\fR\n", variables[i].name);
		add_paragraphs(out, _(variables[i].meaning));
	}
}

void manual_print(struct app *app)
{
	struct buf out = {.arena = &app->arena};

	buf_add_c(&out, ".TH ATELIER 1 \"\" \"atelier\"\n");
	add_heading(&out, _("NAME"));
	buf_printf(&out, "atelier \\- %s\n", _("notes of workshops, written together"));
	add_heading(&out, _("SYNOPSIS"));
	buf_printf(&out, "\\fBatelier\\fR [%s] \\fI%s\\fR [%s]\n", _("OPTIONS"), _("COMMAND"),
		   _("ARGUMENTS"));
	add_heading(&out, _("DESCRIPTION"));
	add_paragraphs(
		&out,
		_("atelier keeps the notes of your workshops, written by several people, in one "
		  "text.\nEach person writes on their own machine, in any editor. “sync” joins "
		  "what they wrote, point by point. No word that was saved is lost; where two "
		  "people worded one point differently, both wordings stay until somebody "
		  "chooses."));
	add_heading(&out, _("COMMANDS"));
	for (size_t i = 0; commands[i]; i++)
		if (!commands[i]->hidden)
			add_command(&out, commands[i]);
	add_heading(&out, _("OPTIONS OF EVERY COMMAND"));
	add_options(&out, global_options);
	add_heading(&out, _("EXIT STATUS"));
	add_statuses(&out);
	add_heading(&out, _("FILES"));
	add_files(&out);
	add_heading(&out, _("ENVIRONMENT"));
	add_environment(&out);
	add_heading(&out, _("SEE ALSO"));
	buf_add_c(&out, "\\fBgit\\fR(1)\n");
	print_bytes(app, buf_str(&out));
}
