#include "cmd/status.h"

#include "cmd/commands.h"
#include "cmd/contributions.h"
#include "cmd/held.h"
#include "cmd/json.h"
#include "cmd/person_style.h"
#include "cmd/sync_report.h"
#include "cmd/wordings.h"
#include "cmd/wrapped.h"
#include "core/late.h"
#include "core/message.h"
#include "core/record.h"

/* What is wrong, for programs in stable English, and for people. */
struct problem {
	const char *kind;
	struct str file; /* empty: it is about no file */
	struct str told;
};

/* Everything that is told, gathered before anything is printed. */
struct standing {
	struct contributions there, waiting;
	size_t variants;
	struct problem *problems;
	size_t problem_count, problem_room;
};

static void add_problem(struct app *app, struct standing *standing, struct problem problem)
{
	arena_push(&app->arena, standing->problems, standing->problem_count,
		   standing->problem_room);
	standing->problems[standing->problem_count++] = problem;
}

static void add_held(struct app *app, struct standing *standing, const struct held_file *held)
{
	add_problem(app, standing,
		    (struct problem){
			    .kind = held_reason_kind(held->reason),
			    .file = held->path,
			    .told = held_told(&app->arena, held),
		    });
}

static void add_same_name(struct app *app, struct standing *standing, const struct tree_file *file)
{
	if (file->same_as.len)
		add_problem(app, standing,
			    (struct problem){
				    .kind = "same name",
				    .file = file->path,
				    .told = str_of(same_name_told(&app->arena, file)),
			    });
}

static err add_late(struct app *app, const struct sync *sync, struct standing *standing)
{
	struct str *branches;
	size_t count = 0;
	err e = late_branches(&app->arena, sync->repo, &branches, &count);

	for (size_t i = 0; i < count; i++)
		add_problem(app, standing,
			    (struct problem){
				    .kind = "saved on another branch",
				    .told = str_of(late_branch_told(&app->arena, branches[i])),
			    });
	return e;
}

/* What asking a remote has shown; where none was asked, nothing. */
static void add_remote(struct app *app, const struct sync *sync, const struct sync_remote *remote,
		       struct standing *standing)
{
	err failure = transport_failure(remote->fetched, str_c(&app->arena, remote->url));

	if (failure && !sync_fails_with(sync, failure))
		add_problem(app, standing,
			    (struct problem){
				    .kind = "not reached",
				    .told = str_copy(&app->arena, str_of(err_message(failure))),
			    });
	err_free(failure);
	if (remote->rewritten)
		add_problem(app, standing,
			    (struct problem){
				    .kind = "history rewritten",
				    .told = str_of(sync_rewritten_told(&app->arena, remote)),
			    });
}

static void find_problems(struct app *app, const struct sync *sync, struct standing *standing)
{
	err busy = record_may_begin(&app->arena, sync->repo);

	if (busy)
		add_problem(app, standing,
			    (struct problem){
				    .kind = "git is in the middle of something",
				    .told = str_copy(&app->arena, str_of(err_message(busy))),
			    });
	err_free(busy);
	for (size_t i = 0; i < sync->snapshot.held_count; i++)
		add_held(app, standing, &sync->snapshot.held[i]);
	for (size_t i = 0; i < sync->snapshot.files.count; i++)
		add_same_name(app, standing, &sync->snapshot.files.files[i]);
	for (size_t i = 0; i < sync->remote_count; i++)
		add_remote(app, sync, &sync->remotes[i], standing);
	if (sync->remote_count == 0)
		add_problem(app, standing,
			    (struct problem){
				    .kind = "no address to share with",
				    .told = str_of(_("no address to share with is known")),
			    });
}

static err gather(struct app *app, const struct sync *sync, struct standing *standing)
{
	err e = choices_count(app, sync->repo, &standing->variants);

	for (size_t i = 0; !e && i < sync->remote_count; i++) {
		struct object_id tip = sync->remotes[i].tip;
		struct contributions there, waiting;

		if ((e = contributions_between(&app->arena, sync->repo, sync->head, tip, &there)) ||
		    (e = contributions_between(&app->arena, sync->repo, tip, sync->head, &waiting)))
			return e;
		contributions_join(&app->arena, &standing->there, &there);
		contributions_join(&app->arena, &standing->waiting, &waiting);
	}
	if (e || (e = add_late(app, sync, standing)))
		return e;
	find_problems(app, sync, standing);
	return NULL;
}

/* What happened to a file: for programs, so never translated. */
static const char *kind_of(const struct file_change *change)
{
	if (object_id_is_none(change->from))
		return "new";
	return object_id_is_none(change->to) ? "gone" : "changed";
}

/* One text a problem: "note.md: too large". */
static void add_problem_record(struct app *app, struct json *problems,
			       const struct problem *problem)
{
	json_add_text(problems, NULL,
		      str_printf(&app->arena, "%.*s%s%s", STR_ARGS(problem->file),
				 problem->file.len ? ": " : "", problem->kind));
}

static void print_json(struct app *app, const struct sync *sync, const struct standing *standing)
{
	struct json *record = json_record(), *here = json_add_array(record, "here"), *problems;

	for (size_t i = 0; i < sync->snapshot.changes.count; i++) {
		const struct file_change *change = &sync->snapshot.changes.files[i];
		struct json *file = json_add_object(here, NULL);

		json_add_text(file, "file", change->path);
		json_add_c(file, "change", kind_of(change));
	}
	contributions_add(record, "there", &standing->there);
	contributions_add(record, "waiting", &standing->waiting);
	json_add_number(record, "variants", (int64_t)standing->variants);
	problems = json_add_array(record, "problems");
	for (size_t i = 0; i < standing->problem_count; i++)
		add_problem_record(app, problems, &standing->problems[i]);
	json_print(app, record);
}

static size_t files_of(const struct contributions *people)
{
	size_t count = 0;

	for (size_t i = 0; i < people->count; i++)
		count += people->people[i].file_count;
	return count;
}

/* One figure of the glance; nothing where there is nothing. */
static void add_figure(struct wrapped *line, size_t count, struct str told)
{
	if (count == 0)
		return;
	if (line->text.len)
		wrapped_add(line, STYLE_NONE, STR(" · "));
	wrapped_add(line, STYLE_STRONG, told);
}

/* What is new, what is only here, what waits: in one line. */
static void print_glance(struct app *app, const struct sync *sync, const struct standing *standing)
{
	struct wrapped line = wrapped_begin(app, STR("  "));
	struct arena *arena = &app->arena;
	size_t there = files_of(&standing->there), waiting = files_of(&standing->waiting);
	size_t here = sync->snapshot.changes.count;

	add_figure(&line, there,
		   str_printf(arena,
			      message_plural("%zu file to receive", "%zu files to receive", there),
			      there));
	add_figure(&line, here,
		   str_printf(arena,
			      message_plural("%zu file only here", "%zu files only here", here),
			      here));
	add_figure(&line, waiting,
		   str_printf(arena,
			      message_plural("%zu file to send", "%zu files to send", waiting),
			      waiting));
	add_figure(&line, standing->variants,
		   str_printf(arena,
			      message_plural("%zu wording to choose", "%zu wordings to choose",
					     standing->variants),
			      standing->variants));
	add_figure(&line, standing->problem_count,
		   str_printf(arena,
			      message_plural("%zu thing to look at", "%zu things to look at",
					     standing->problem_count),
			      standing->problem_count));
	/* One thing is told below, no need to sum it up. */
	if (line.count < 2)
		return;
	wrapped_end(&line);
	print(app, "\n");
}

static void print_people(struct app *app, const char *what, const struct contributions *people)
{
	for (size_t i = 0; i < people->count; i++) {
		print(app, "%s ", what);
		print_style(app, address_style(people->people[i].email));
		print(app, "%.*s", STR_ARGS(people->people[i].called));
		print_style(app, STYLE_NONE);
		print(app, "\n");
		for (size_t j = 0; j < people->people[i].file_count; j++)
			print(app, "  %.*s\n", STR_ARGS(people->people[i].files[j].path));
	}
}

static void print_here(struct app *app, const struct file_changes *changes)
{
	if (changes->count)
		print(app, "%s\n", _("Saved here, not recorded yet:"));
	for (size_t i = 0; i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];
		const char *what = "";

		if (object_id_is_none(change->from))
			what = _(" (new)");
		else if (object_id_is_none(change->to))
			what = _(" (deleted)");
		print(app, "  %.*s%s\n", STR_ARGS(change->path), what);
	}
}

/* What a person may think is shared. */
static void print_left_out(struct app *app, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->left_count; i++)
		print_line(app, _("Only here: %.*s: %s\n"), STR_ARGS(snapshot->left_out[i].path),
			   left_reason_told(snapshot->left_out[i].reason));
}

static void print_words(struct app *app, const struct sync *sync, const struct standing *standing)
{
	print_glance(app, sync, standing);
	print_people(app, _("Not received yet, from"), &standing->there);
	print_here(app, &sync->snapshot.changes);
	print_people(app, _("Waiting to be sent, by"), &standing->waiting);
	if (sync->remote_count &&
	    sync->snapshot.changes.count + standing->there.count + standing->waiting.count)
		note(app, "%s\n", _("“atelier sync” brings in and sends what is told here."));
	choices_tell(app, standing->variants);
	for (size_t i = 0; i < standing->problem_count; i++)
		print_wrapped(app, 0, STYLE_NONE,
			      str_printf(&app->arena, _("To look at: %.*s"),
					 STR_ARGS(standing->problems[i].told)));
	print_left_out(app, &sync->snapshot);
	if (sync->snapshot.changes.count + standing->there.count + standing->waiting.count +
		    standing->variants + standing->problem_count ==
	    0)
		print(app, "%s\n",
		      sync->snapshot.left_count ? _("Everything else is recorded and shared.")
						: _("Everything is recorded and shared."));
}

err status_report(struct app *app, const struct sync *sync, bool *findings)
{
	struct standing standing = {0};
	err e = gather(app, sync, &standing);

	if (e)
		return e;
	if (app->json)
		print_json(app, sync, &standing);
	else
		print_words(app, sync, &standing);
	if (findings)
		*findings = standing.variants + standing.problem_count > 0 ||
			    standing.waiting.count + standing.there.count > 0 ||
			    sync->snapshot.changes.count > 0;
	return NULL;
}

static int run(struct app *app, int argc, char **argv)
{
	struct sync sync = {0};
	bool findings = false;
	err e = sync_look(app, &sync);

	(void)argc;
	(void)argv;
	if (!e)
		e = status_report(app, &sync, &findings);
	sync_close(&sync);
	if (e)
		return fail(app, e);
	return findings && option_given(app, "check") ? STATUS_FINDINGS : STATUS_DONE;
}

static const struct option options[] = {
	{"check", 0, NULL, N_("end with status 1 where there is something to look at")},
	{0},
};

const struct command command_status = {
	.name = "status",
	.french = "état",
	.summary = N_("tell what is not recorded, received, sent or chosen yet"),
	.details =
		N_("What others wrote is told as of the last sync; “atelier sync --dry-run” asks "
		   "them."),
	.options = options,
	.least = 0,
	.most = 0,
	.needs = NEEDS_NOTES,
	.everyday = true,
	.examples = N_("atelier status\n"
		       "atelier status --check && echo all shared"),
	.run = run,
};
