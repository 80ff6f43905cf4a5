#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/contributions.h"
#include "cmd/import_again.h"
#include "cmd/notes.h"
#include "cmd/point_changes.h"
#include "cmd/print.h"
#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
#include "cmd/taken_in.h"
#include "cmd/wrapped.h"
#include "core/identity.h"
#include "core/message.h"
#include "core/text.h"

/* What is taken back: the way from one state to another, walked backwards. */
struct taking_back {
	struct signature person;   /* who does it */
	struct object_id from, to; /* the state before it, and with it */
	struct str title;	   /* as it is told */
	struct contributions people;
	struct object_id tree;	     /* the notes without it */
	struct point_changes points; /* what this changes now */
	struct object_id recorded;   /* the commit that does it */
};

/* Did a commit change anything against the one before it? */
static err changes_files(struct app *app, const struct repo *repo, const struct commit *commit,
			 bool *out)
{
	struct str *files;
	size_t count = 0;
	err e = commit_files(&app->arena, repo, commit, &files, &count);

	*out = count > 0;
	return e;
}

/* An import is whose who imported, in whomever's name a pad has its words recorded. */
static bool is_own(const struct commit *commit, const struct signature *person)
{
	const struct signature *by =
		import_ends_with(commit) ? &commit->committer : &commit->author;

	return commit_is_by_person(commit) && commit->parent_count < 2 &&
	       str_equal(by->email, person->email);
}

/* The last thing that this person recorded, an own taking back included. */
static err find_own(struct app *app, const struct sync *sync, struct taking_back *out)
{
	struct commit *commits;
	size_t count;
	err e = repo_history(&app->arena, sync->repo, sync->head, OBJECT_ID_NONE, &commits, &count);

	while (!e && count-- > 0) {
		const struct commit *commit = &commits[count];
		bool changed = false;

		if (!is_own(commit, &out->person))
			continue;
		if ((e = changes_files(app, sync->repo, commit, &changed)))
			break;
		if (!changed)
			continue;
		out->to = commit->id;
		out->title = str_trim(str_first_line(commit->message));
		if (import_ends_with(commit))
			return import_began_on(&app->arena, sync->repo, commit, &out->from);
		if (commit->parent_count)
			out->from = commit->parents[0];
		return NULL;
	}
	if (e)
		return e;
	if (repo_is_shallow(sync->repo))
		return err_advise(err_new(STATUS_BAD_INPUT, _("nothing that %.*s recorded is here"),
					  STR_ARGS(out->person.name)),
				  _("Older versions are not here: “atelier sync” brings them."));
	return err_advise(err_new(STATUS_BAD_INPUT, _("%.*s has recorded nothing here yet"),
				  STR_ARGS(out->person.name)),
			  _("“atelier history” shows who recorded what."));
}

/* What the last sync brought in; its people are those who wrote it. */
static err find_sync(struct app *app, const struct sync *sync, struct taking_back *out)
{
	struct taken_in taken;
	bool found = false;
	err e = taken_in_read(&app->arena, sync->repo, &taken, &found);

	if (e)
		return e;
	if (!found || !repo_descends(sync->repo, sync->head, taken.with))
		return err_new(STATUS_BAD_INPUT, _("no sync has brought anything in here yet"));
	out->from = taken.own;
	out->to = taken.with;
	out->title = str_of(_("what the last sync brought in"));
	return contributions_between(&app->arena, sync->repo, taken.own, taken.with, &out->people);
}

static err nothing_left(const struct taking_back *back)
{
	return err_advise(err_new(STATUS_BAD_INPUT, _("nothing of it is left to take back: %.*s"),
				  STR_ARGS(back->title)),
			  _("“atelier history” shows who recorded what; “atelier restore” brings a "
			    "deleted point back."));
}

/* The notes as they are, with that one way walked backwards. */
static err compute(struct app *app, const struct sync *sync, struct taking_back *back)
{
	struct commit head;
	err e = plan_onto(&app->arena, sync->repo, back->to, sync->head, back->from, &back->tree);

	if (e || (e = repo_commit_read(&app->arena, sync->repo, sync->head, &head)))
		return e;
	if (object_id_equal(head.tree, back->tree))
		return nothing_left(back);
	return point_changes_between(&app->arena, sync->repo, head.tree, back->tree, &back->points);
}

static void print_people(struct app *app, const struct contributions *people)
{
	for (size_t i = 0; i < people->count; i++)
		print_line(app, _("The last sync brought in what %.*s wrote.\n"),
			   STR_ARGS(people->people[i].called));
}

/* Taking back what others wrote concerns them all: it wants a word of agreement. */
static err ask(struct app *app, const struct taking_back *back)
{
	/* In either language, whichever the question is in. */
	static const char *const yes[] = {"y", "yes", "o", "oui", NULL};
	size_t gone = back->points.gone_count;
	struct str answer;

	if (!app->json) {
		print_people(app, &back->people);
		if (gone)
			print_line(app,
				   message_plural("%zu point would go for everybody:\n",
						  "%zu points would go for everybody:\n", gone),
				   gone);
		else
			print_line(app, "%s\n",
				   _("No point would go, what is marked + would come:"));
		point_changes_print(app, &back->points);
	}
	if (!answer_possible(app))
		return err_advise(err_new(STATUS_USAGE, _("taking this back needs your agreement")),
				  _("Say it with --yes."));
	print(app, "%s ", _("Take it back for everybody? (yes or no)"));
	fflush(stdout);
	if (answer_read(app, &answer) && str_is_one_of(text_caseless(&app->arena, answer), yes))
		return NULL;
	return err_new(STATUS_USAGE, _("left as it is"));
}

/* "Undo: Add: x"; an undo undone reads "Redo: Add: x". */
static struct str message_of(struct app *app, struct sync *sync, const struct taking_back *back)
{
	static const struct {
		const char *undo, *redo;
	} words[] = {
		[LANGUAGE_ENGLISH] = {"Undo: ", "Redo: "},
		[LANGUAGE_FRENCH] = {"Annulation : ", "Retour : "},
	};
	struct notes notes = {.repo = sync->repo};
	enum language language = notes_language(app, &notes);
	struct str undo = str_of(words[language].undo), title = back->title;

	if (str_starts(title, undo))
		return str_printf(&app->arena, "%s%.*s", words[language].redo,
				  STR_ARGS(str_slice(title, undo.len, title.len)));
	return str_printf(&app->arena, "%.*s%.*s", STR_ARGS(undo), STR_ARGS(title));
}

static err record(struct app *app, struct sync *sync, struct taking_back *back)
{
	struct tree_files files;
	size_t held_count = sync->snapshot.held_count;
	err e = repo_tree_read(&app->arena, sync->repo, back->tree, &files);

	if (e ||
	    (e = record_tree(&app->arena, sync->repo, &files, sync->head, &back->person,
			     message_of(app, sync, back), &back->recorded)) ||
	    (e = sync_move_to(sync, back->recorded)))
		return e;
	/* What could not be put in its place. */
	return sync->snapshot.held_count > held_count ? sync_tell_questions(app, sync) : NULL;
}

static void tell(struct app *app, const struct taking_back *back, bool done)
{
	if (app->json) {
		struct json *record = json_record();

		json_add_text(record, "undone", back->title);
		json_add_text(record, "of", object_id_hex(&app->arena, back->to));
		if (done)
			json_add_text(record, "commit", object_id_hex(&app->arena, back->recorded));
		else
			json_add_null(record, "commit");
		point_changes_add(record, &back->points);
		json_print(app, record);
		return;
	}
	print_line(app, done ? _("Taken back: %.*s\n") : _("It would take back: %.*s\n"),
		   STR_ARGS(back->title));
	if (!done)
		print_people(app, &back->people);
	point_changes_print(app, &back->points);
	if (done)
		print_line(
			app, "%s\n",
			_("“atelier undo” brings it back; “atelier sync” takes it to the others."));
}

/* What is to be taken back, and what the notes are without it. */
static err find(struct app *app, struct sync *sync, struct taking_back *back)
{
	err e = identity_find(&app->arena, repo_folder(sync->repo), app->identity, &back->person);

	if (e || (e = option_given(app, "sync") ? find_sync(app, sync, back)
						: find_own(app, sync, back)))
		return e;
	return compute(app, sync, back);
}

/*
 * A folder emptied by mistake is exactly what somebody wants back, when it is their own
 * doing that is taken back; beside what others wrote it stays held back.
 */
static bool takes_held(const struct app *app)
{
	return !option_given(app, "sync");
}

/* What was saved and not recorded would be what is taken back. */
static void tell_unrecorded(struct app *app, const struct snapshot *snapshot)
{
	struct json *record, *files;

	if (!app->json) {
		for (size_t i = 0; i < snapshot->changes.count; i++)
			print_line(app, _("It would take back what you saved in %.*s\n"),
				   STR_ARGS(snapshot->changes.files[i].path));
		return;
	}
	record = json_record();
	json_add_null(record, "undone");
	json_add_null(record, "of");
	json_add_null(record, "commit");
	files = json_add_array(record, "files");
	for (size_t i = 0; i < snapshot->changes.count; i++)
		json_add_text(files, NULL, snapshot->changes.files[i].path);
	json_print(app, record);
}

static err look(struct app *app)
{
	struct sync sync = {.options = {.all = takes_held(app)}};
	struct taking_back back = {0};
	err e = sync_look(app, &sync);

	if (!e && sync.snapshot.changes.count && !option_given(app, "sync"))
		tell_unrecorded(app, &sync.snapshot);
	else if (!e && !(e = find(app, &sync, &back)))
		tell(app, &back, false);
	sync_close(&sync);
	return e;
}

/* A save from an older text is one's last as well, once it is united with what is there. */
static err unite_stale(struct app *app, struct sync *sync)
{
	err e;

	if (sync->stale.count == 0)
		return NULL;
	e = sync_unite(sync);
	return e ? e : sync_tell_questions(app, sync);
}

/* Records what was saved, and finds what is to be taken back. */
static err open_and_find(struct app *app, struct sync *sync, struct taking_back *back)
{
	err e;

	*sync = (struct sync){.options = {.all = takes_held(app)}};
	*back = (struct taking_back){0};
	if ((e = sync_open(app, sync)) || (e = sync_snapshot(sync)) || (e = unite_stale(app, sync)))
		return e;
	return find(app, sync, back);
}

static err take_back(struct app *app, struct sync *sync, struct taking_back *back)
{
	err e = open_and_find(app, sync, back);

	if (!e && option_given(app, "sync") && !option_given(app, "yes")) {
		struct object_id agreed = back->to;

		/* However long the answer takes, others write here meanwhile. */
		sync_close(sync);
		if ((e = ask(app, back)) || (e = open_and_find(app, sync, back)))
			return e;
		if (!object_id_equal(agreed, back->to))
			return err_advise(
				err_new(STATUS_BUSY, _("another sync has brought something in "
						       "meanwhile")),
				_("Try again: it will be read afresh."));
	}
	return e ? e : record(app, sync, back);
}

static int run(struct app *app, int argc, char **argv)
{
	struct taking_back back;
	struct sync sync;
	err e;

	(void)argc;
	(void)argv;
	if (option_given(app, "dry-run"))
		return fail(app, look(app));
	if (!(e = take_back(app, &sync, &back)))
		tell(app, &back, true);
	sync_close(&sync);
	return fail(app, e);
}

static const struct option options[] = {
	{"sync", 0, NULL, N_("take back what the last sync brought in, for everybody")},
	{"yes", 'y', NULL, N_("do not ask")},
	{"dry-run", 0, NULL, N_("tell what would be taken back; change nothing")},
	{0},
};

const struct command command_undo = {
	.name = "undo",
	.french = "annuler",
	.summary = N_("take back what you last recorded"),
	.details = N_("What you saved is recorded first, and taking it back is recorded as well: "
		      "nothing is lost, and “atelier undo” once more brings it back. What others "
		      "wrote since stays."),
	.options = options,
	.least = 0,
	.most = 0,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier undo\n"
		       "atelier undo --sync"),
	.run = run,
};
