#include "cmd/sync_report.h"

#include "cmd/contributions.h"
#include "cmd/held.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/wordings.h"
#include "cmd/wrapped.h"
#include "core/late.h"
#include "core/message.h"
#include "core/signing.h"

enum { MOST_FILES_SHOWN = 4, MOST_HELD_SHOWN = 12 };

/* What there is to tell, gathered before anything is printed. */
struct told {
	struct contributions received, sent, waiting;
	bool is_waiting;
	bool is_cut_off; /* somewhere could not be asked */
	size_t variants; /* left to choose; counted where something came in */
};

/* The folder of a file, its slash included; empty at the root. */
static struct str folder_of(struct str path)
{
	while (path.len > 0 && path.at[path.len - 1] != '/')
		path.len--;
	return path;
}

/* A folder is told once, before the first of its files. */
static struct str file_list(struct arena *arena, const struct contribution *of)
{
	struct buf list = {.arena = arena};
	struct str told = {0};
	size_t more = of->file_count > MOST_FILES_SHOWN ? of->file_count - MOST_FILES_SHOWN : 0;

	if (of->file_count == 0)
		return str_printf(arena, message_plural("%zu version", "%zu versions", of->commits),
				  of->commits);
	for (size_t i = 0; i < of->file_count - more; i++) {
		struct str path = of->files[i].path, folder = folder_of(path);
		size_t known = str_equal(folder, told) ? folder.len : 0;

		buf_printf(&list, "%s%.*s", i ? ", " : "",
			   STR_ARGS(str_slice(path, known, path.len)));
		if (of->files[i].deleted)
			buf_add_c(&list, _(" (deleted)"));
		told = folder;
	}
	if (more)
		buf_printf(&list, message_plural(" and %zu more", " and %zu more", more), more);
	return buf_str(&list);
}

static bool is_sent(const struct sync *sync, const struct sync_remote *remote)
{
	return object_id_equal(remote->tip, sync->head);
}

static err gather(struct app *app, const struct sync *sync, struct told *told)
{
	err e = contributions_between(&app->arena, sync->repo, sync->recorded, sync->head,
				      &told->received);

	for (size_t i = 0; !e && i < sync->remote_count; i++) {
		const struct sync_remote *remote = &sync->remotes[i];
		struct contributions more;
		bool sent = is_sent(sync, remote);

		told->is_cut_off |= remote->fetched.outcome != TRANSPORT_DONE;
		if (sent && !remote->push_tried)
			continue;
		if ((e = contributions_between(&app->arena, sync->repo,
					       sent ? remote->found : remote->tip, sync->head,
					       &more)))
			return e;
		contributions_join(&app->arena, sent ? &told->sent : &told->waiting, &more);
		told->is_waiting |= !sent;
	}
	if (!e && told->received.count)
		e = choices_count(app, sync->repo, &told->variants);
	return e;
}

static void print_people(struct app *app, const char *what, const struct contributions *people)
{
	for (size_t i = 0; i < people->count; i++) {
		const struct contribution *by = &people->people[i];
		struct str files = file_list(&app->arena, by);

		print_line(app, _("%s %.*s: %.*s\n"), what, STR_ARGS(by->called), STR_ARGS(files));
	}
}

static void print_same_names(struct app *app, const struct tree_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->files[i].same_as.len)
			print_line(app, "%s\n", same_name_told(&app->arena, &files->files[i]));
}

static err print_late(struct app *app, const struct sync *sync)
{
	struct str *branches;
	size_t count = 0;
	err e = late_branches(&app->arena, sync->repo, &branches, &count);

	for (size_t i = 0; i < count; i++)
		print_line(app, "%s\n", late_branch_told(&app->arena, branches[i]));
	return e;
}

/* A folder that is gone, or may not be read, may hold thousands. */
static void print_held(struct app *app, const struct snapshot *snapshot)
{
	size_t counts[HELD_REASONS] = {0};

	for (size_t i = 0; i < snapshot->held_count; i++) {
		const struct held_file *held = &snapshot->held[i];

		if (++counts[held->reason] > MOST_HELD_SHOWN)
			continue;
		if (held->reason == HELD_UNPLACED)
			print_line(app, "%.*s\n", STR_ARGS(held_told(&app->arena, held)));
		else
			print_line(app, _("Not recorded yet: %.*s: %s\n"),
				   STR_ARGS(held_path_shown(&app->arena, held->path)),
				   held_reason_told(held->reason));
	}
	for (enum held_reason reason = 0; reason < HELD_REASONS; reason++)
		if (counts[reason] > MOST_HELD_SHOWN)
			print_line(app, _("%zu more, which “atelier status” lists: %s\n"),
				   counts[reason] - MOST_HELD_SHOWN, held_reason_told(reason));
}

/* An editor that showed an older text: which lines its save did not take away, or bring back. */
static void print_stale(struct app *app, const struct stale_saves *stale)
{
	for (size_t i = 0; i < stale->count; i++) {
		const struct stale_save *save = &stale->saves[i];

		/* Made on top of an earlier save of one's own: nothing is to be told. */
		if (save->stayed_count + save->gone_count == 0)
			continue;
		print_line(app,
			   _("%.*s was saved from an older text. What you wrote is in; please load "
			     "the file again in your editor.\n"),
			   STR_ARGS(save->path));
		if (save->stayed_count)
			print_line(
				app, "%s\n",
				_("These lines of others stay; delete them again if you mean it:"));
		else
			print_line(app, "%s\n",
				   _("These lines stay deleted; write them again if you mean it:"));
		for (size_t j = 0; j < save->stayed_count; j++)
			print_line(app, "  %.*s\n", STR_ARGS(save->stayed[j]));
		for (size_t j = 0; save->stayed_count == 0 && j < save->gone_count; j++)
			print_line(app, "  %.*s\n", STR_ARGS(save->gone[j]));
	}
}

void sync_report_questions(struct app *app, const struct sync *sync)
{
	if (!object_id_is_none(sync->snapshot.shown))
		print_line(app, "%s\n",
			   _("Others had moved what is recorded on, and left the files here as "
			     "they were; the files have followed."));
	print_held(app, &sync->snapshot);
	print_stale(app, &sync->stale);
}

const char *sync_rewritten_told(struct arena *arena, const struct sync_remote *remote)
{
	return str_printf(arena,
			  _("%.*s no longer holds all that it held; what you have of it stays, "
			    "and goes back there"),
			  STR_ARGS(remote->url))
		.at;
}

static void print_remote(struct app *app, const struct sync_remote *remote)
{
	if (remote->rewritten)
		print_line(app, "%s\n", sync_rewritten_told(&app->arena, remote));
	if (remote->newer)
		print_line(app, _("%.*s was written with a newer atelier: update yours\n"),
			   STR_ARGS(remote->url));
}

err sync_needs_newer(void)
{
	return err_advise(err_new(STATUS_SETUP, _("others use a newer atelier than this one")),
			  _("Update atelier, then sync again."));
}

bool sync_fails_with(const struct sync *sync, const err failure)
{
	return sync->options.require_remote || err_status(failure) == STATUS_REFUSED;
}

/* Why something waits, and what to do, unless the program ends with that very failure. */
static void print_failure(struct app *app, const struct sync *sync, struct transport_result result,
			  struct str url)
{
	err e = transport_failure(result, str_c(&app->arena, url));

	if (e && !sync_fails_with(sync, e)) {
		print_line(app, "%s\n", err_message(e));
		if (err_advice(e))
			print_line(app, "→ %s\n", err_advice(e));
	}
	err_free(e);
}

static void print_outcome(struct app *app, const struct sync *sync, const struct told *told)
{
	print_people(app, _("Sent, by"), &told->sent);
	if (sync->remote_count == 0)
		print_line(
			app, "%s\n",
			_("Recorded here. Nothing is shared yet: “atelier init --remote ADDRESS” "
			  "says where."));
	if (told->is_waiting || told->is_cut_off)
		print_line(app, "%s\n", _("Everything is recorded here; nothing is lost."));
	for (size_t i = 0; i < sync->remote_count; i++) {
		print_failure(app, sync, sync->remotes[i].fetched, sync->remotes[i].url);
		print_failure(app, sync, sync->remotes[i].pushed, sync->remotes[i].url);
	}
	print_people(app, _("Waiting to be sent, by"), &told->waiting);
	if (told->sent.count + told->received.count == 0 && sync->remote_count &&
	    !told->is_waiting && !told->is_cut_off)
		print_line(app, "%s\n", _("Everybody has the same."));
}

static void add_lines(struct json *save, const char *name, const struct str *lines, size_t count)
{
	struct json *list = json_add_array(save, name);

	for (size_t i = 0; i < count; i++)
		json_add_text(list, NULL, lines[i]);
}

void sync_add_questions(struct app *app, struct json *record, const struct sync *sync)
{
	struct json *held = json_add_array(record, "held"), *list = json_add_array(record, "stale");
	const struct stale_saves *stale = &sync->stale;

	for (size_t i = 0; i < sync->snapshot.held_count; i++)
		json_add_text(held, NULL,
			      str_printf(&app->arena, "%.*s: %s",
					 STR_ARGS(sync->snapshot.held[i].path),
					 held_reason_kind(sync->snapshot.held[i].reason)));

	for (size_t i = 0; i < stale->count; i++) {
		struct json *save = json_add_object(list, NULL);

		json_add_text(save, "file", stale->saves[i].path);
		add_lines(save, "stayed", stale->saves[i].stayed, stale->saves[i].stayed_count);
		add_lines(save, "gone", stale->saves[i].gone, stale->saves[i].gone_count);
	}
}

bool sync_has_questions(const struct sync *sync)
{
	bool has = sync->snapshot.held_count > 0;

	for (size_t i = 0; i < sync->stale.count; i++)
		has |= sync->stale.saves[i].stayed_count + sync->stale.saves[i].gone_count > 0;
	return has;
}

err sync_tell_questions(struct app *app, const struct sync *sync)
{
	if (app->json && sync_has_questions(sync)) {
		struct json *record = json_record();

		json_add_text(record, "state", STR("asking"));
		sync_add_questions(app, record, sync);
		json_print(app, record);
	} else if (!app->json) {
		sync_report_questions(app, sync);
	}
	return sync_remember_told(sync);
}

static void add_unreached(struct json *record, const struct sync *sync)
{
	struct json *list = json_add_array(record, "unreached");

	for (size_t i = 0; i < sync->remote_count; i++)
		if (sync->remotes[i].fetched.outcome != TRANSPORT_DONE)
			json_add_text(list, NULL, sync->remotes[i].url);
}

static void print_json(struct app *app, const struct sync *sync, const struct told *told)
{
	struct json *record = json_record(), *variants;

	contributions_add(record, "received", &told->received);
	contributions_add(record, "sent", &told->sent);
	contributions_add(record, "waiting", &told->waiting);
	variants = json_add_array(record, "variants");
	for (size_t i = 0; i < sync->plan.note_count; i++)
		for (size_t j = 0; j < sync->plan.notes[i].merge.decision_count; j++) {
			const struct decision *made = &sync->plan.notes[i].merge.decisions[j];
			struct json *set;

			if (made->kind != DECISION_VARIANTS)
				continue;
			set = json_add_object(variants, NULL);
			json_add_text(set, "file", sync->plan.notes[i].path);
			json_add_number(set, "line", made->line);
			json_add_text(set, "text", str_trim(str_first_line(made->text)));
		}
	sync_add_questions(app, record, sync);
	add_unreached(record, sync);
	json_print(app, record);
}

err sync_report(struct app *app, const struct sync *sync)
{
	struct told told = {0};
	err e = gather(app, sync, &told);

	if (e)
		return e;
	if (app->json) {
		print_json(app, sync, &told);
		return sync_remember_told(sync);
	}
	if (!object_id_equal(sync->start, sync->recorded) &&
	    signing_failed(sync->repo, sync->recorded))
		print_line(app, "%s\n", notes_not_signed());
	print_people(app, _("From"), &told.received);
	if (sync->plan.unrelated)
		print_line(app, "%s\n",
			   _("What was shared there had begun separately; both are now together."));
	sync_report_decisions(app, &sync->plan);
	for (size_t i = 0; i < sync->remote_count; i++)
		print_remote(app, &sync->remotes[i]);
	print_same_names(app, &sync->snapshot.files);
	if ((e = print_late(app, sync)))
		return e;
	sync_report_questions(app, sync);
	print_outcome(app, sync, &told);
	if (!app->quiet)
		choices_tell(app, told.variants);
	return sync_remember_told(sync);
}
