#include "cmd/commands.h"
#include "cmd/findings.h"
#include "cmd/json.h"
#include "cmd/wrapped.h"
#include "core/limits.h"
#include "core/lock.h"
#include "core/message.h"
#include "core/record.h"

enum { LOCK_SECONDS = 5, LONGEST_SHOWN = 2 * LIMIT_PATH_BYTES /* of a path, in words */ };

void finding_add(struct findings *findings, const char *check, enum finding_state state,
		 struct str file, struct str told, const char *todo)
{
	struct arena *arena = &findings->app->arena;

	arena_push(arena, findings->all, findings->count, findings->room);
	findings->all[findings->count++] = (struct finding){
		.check = check,
		.state = state,
		.file = str_copy(arena, file),
		.told = str_copy(arena, told),
		.todo = str_of(todo),
	};
}

void finding_add_error(struct findings *findings, const char *check, err e)
{
	const char *advice = e ? err_advice(e) : NULL;
	struct arena *arena = &findings->app->arena;

	if (!e)
		return;
	finding_add(findings, check, FINDING_LOOK, (struct str){0}, str_of(err_message(e)),
		    advice ? str_copy(arena, str_of(advice)).at : NULL);
	err_free(e);
}

static const char *state_name(enum finding_state state)
{
	static const char *const names[] = {"fine", "note", "look", "fixed"};

	return names[state];
}

static void print_json(struct app *app, const struct finding *finding)
{
	struct json *record = json_record();

	json_add_c(record, "check", finding->check);
	json_add_c(record, "state", state_name(finding->state));
	if (finding->file.len)
		json_add_text(record, "file", finding->file);
	else
		json_add_null(record, "file");
	json_print(app, record);
}

/* A sign, not a colour alone, tells what is to be looked at. */
static void print_words(struct app *app, const struct finding *finding)
{
	static const char *const signs[] = {"✓", "·", "!", "+"};
	static const enum style styles[] = {STYLE_FAINT, STYLE_NONE, STYLE_STRONG, STYLE_STRONG};
	struct wrapped line = wrapped_begin(app, STR("  "));

	wrapped_addf(&line, styles[finding->state], "%s ", signs[finding->state]);
	if (finding->file.len > LONGEST_SHOWN)
		wrapped_addf(&line, styles[finding->state], _("%.*s: "),
			     STR_ARGS(str_printf(&app->arena, "%.*s…", LONGEST_SHOWN,
						 finding->file.at)));
	else if (finding->file.len)
		wrapped_addf(&line, styles[finding->state], _("%.*s: "), STR_ARGS(finding->file));
	wrapped_add(&line, styles[finding->state], finding->told);
	wrapped_end(&line);
	if (finding->todo.len && finding->state == FINDING_LOOK)
		print_wrapped(app, 2, STYLE_NONE,
			      str_printf(&app->arena, "→ %.*s", STR_ARGS(finding->todo)));
}

/* The checks in order: what the later ones need comes first. */
static void look_at_all(struct findings *findings)
{
	static void (*const checks[])(struct findings *) = {
		check_person, check_disk,      check_file_system, check_unfinished, check_displaced,
		check_locks,  check_leftovers, check_driver,	  check_clock,	    check_settings,
		check_files,  check_history,   check_remotes,
	};

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		checks[i](findings);
}

/* What is mended is mended alone: a sync at work would be disturbed. */
static err begin(struct findings *findings, struct lock *lock)
{
	return findings->fix ? lock_take(record_lock_path(&findings->app->arena, findings->repo),
					 LOCK_SECONDS, lock)
			     : NULL;
}

static size_t print_all(const struct findings *findings)
{
	size_t left = 0;

	for (size_t i = 0; i < findings->count; i++) {
		left += findings->all[i].state == FINDING_LOOK;
		if (findings->app->json)
			print_json(findings->app, &findings->all[i]);
		else
			print_words(findings->app, &findings->all[i]);
	}
	return left;
}

static int run(struct app *app, int argc, char **argv)
{
	struct findings findings = {.app = app, .fix = option_given(app, "fix")};
	struct lock lock = {0};
	size_t left = 0;
	err e = repo_open(".", &findings.repo);

	(void)argc;
	(void)argv;
	if (e || (e = begin(&findings, &lock)))
		goto done;
	look_at_all(&findings);
	left = print_all(&findings);
	if (!app->json)
		print(app, "\n%s\n",
		      left ? _("There is something to look at (!). Nothing is lost.")
			   : _("All is well."));
done:
	lock_release(&lock);
	repo_close(findings.repo);
	if (e)
		return fail(app, e);
	return left ? STATUS_FINDINGS : STATUS_DONE;
}

static const struct option options[] = {
	{"fix", 0, NULL, N_("mend what can be mended without losing a word")},
	{0},
};

const struct command command_doctor = {
	.name = "doctor",
	.french = "secours",
	.summary = N_("tell what is wrong here, and what to do"),
	.details = N_("Looks at your name, the disk, locks, what was left unfinished, git's "
		      "settings, the notes and the way to the others. Ends with 1 where there is "
		      "something to look at. With --fix, what is taken away is put under "
		      ".git/atelier/aside; nothing is deleted but files of git's that were "
		      "never finished."),
	.options = options,
	.needs = NEEDS_NOTES,
	.examples = N_("atelier doctor\n"
		       "atelier doctor --fix"),
	.run = run,
};
