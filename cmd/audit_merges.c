/*
 * Merges: those of the program are made again; of others it is told what no side had.
 */
#include "cmd/audit_checks.h"
#include "cmd/point_changes.h"
#include "cmd/sync_plan.h"
#include "core/message.h"

/* --- of the program ------------------------------------------------------------- */

/* The files that differ between what is recorded and what a merge gives. */
static struct str differing_files(struct verification *verification, struct object_id recorded,
				  struct object_id made)
{
	struct buf list = {.arena = &verification->app->arena};
	struct tree_files before, after;
	const struct repo *repo = verification->attribution->notes.repo;
	err e;

	if ((e = repo_tree_read(list.arena, repo, recorded, &before)) ||
	    (e = repo_tree_read(list.arena, repo, made, &after))) {
		err_free(e);
		return (struct str){0};
	}
	struct file_changes changes = plan_changes(list.arena, &before, &after);
	for (size_t i = 0; i < changes.count; i++) {
		buf_add_c(&list, i ? ", " : "");
		buf_add(&list, changes.files[i].path);
	}
	return buf_str(&list);
}

static err remake_merge(struct verification *verification, uint32_t number,
			const struct commit *commit)
{
	struct repo *repo = verification->attribution->notes.repo;
	struct arena scratch = {0}; /* a merge takes many times the memory of what it merges */
	struct plan plan = {0};
	struct commit made;
	err e;

	if (!(e = plan_union(&scratch, repo, commit->parents, commit->parent_count, &plan)))
		e = repo_commit_read(&scratch, repo, plan.result, &made);
	arena_free(&scratch);
	if (e)
		return e;
	verification->remade++;
	if (!object_id_equal(made.tree, commit->tree))
		verification_tell(verification, "merge-differs", number, true,
				  _("this merge is not what its versions give when merged again"),
				  differing_files(verification, commit->tree, made.tree));
	return NULL;
}

err check_settling(struct verification *verification, uint32_t number)
{
	const struct history_commit *commits = verification->attribution->history.commits;
	const struct history_commit *commit = &commits[number];
	struct point_changes changes;
	struct object_id before = OBJECT_ID_NONE;
	err e;

	if (commit->parent_count)
		before = commits[commit->parents[0]].id;
	e = point_changes_between(&verification->app->arena, verification->attribution->notes.repo,
				  before, commit->id, &changes);
	if (!e && (changes.come_count || changes.gone_count))
		verification_tell(verification, "automatic-adds-text", number, true,
				  _("says that the program made it, and changes points"),
				  changes.come_count ? changes.come[0].text : changes.gone[0].text);
	return e;
}

/* 0, 1, 2…, as a program writes it. */
static bool is_version(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (!byte_is_digit(value.at[i]))
			return false;
	return value.len == 1 || (value.len > 0 && value.at[0] != '0');
}

err check_automatic(struct verification *verification, uint32_t number)
{
	const struct history_commit *known = &verification->attribution->history.commits[number];
	struct str current = str_printf(&verification->app->arena, "%d", MERGE_VERSION), version;
	struct commit commit;
	err e = repo_commit_read(&verification->app->arena, verification->attribution->notes.repo,
				 known->id, &commit);

	if (e)
		return e;
	if (!signature_is_program(&known->author))
		verification_tell(verification, "automatic-author", number, true,
				  _("says that the program made it, under a person's name"),
				  (struct str){0});
	version = commit_trailer(&commit, STR("Atelier-Merge"));
	if (str_equal(version, current))
		return remake_merge(verification, number, &commit);
	verification->others[number] = true;
	if (!is_version(version)) {
		verification_tell(verification, "merge-version", number, true,
				  _("says that a version of the program made it that there is not"),
				  version);
		return NULL;
	}
	verification_tell(verification, "merge-other-version", number, false,
			  _("made by another version of the program, which cannot be made again "
			    "here"),
			  (struct str){0});
	return NULL;
}

/* --- of others ------------------------------------------------------------------ */

bool is_made_otherwise(const struct verification *verification, uint32_t number)
{
	const struct history_trace *history = &verification->attribution->history;
	const struct history_commit *commit = &history->commits[number];

	return number != history->unrecorded && commit->parent_count > 1 && !commit->boundary &&
	       (!commit->automatic || verification->others[number]);
}

static bool has_words_of(const struct trace_wording *wording, uint32_t commit)
{
	for (uint32_t i = 0; i < wording->run_count; i++)
		if (wording->runs[i].commit == commit)
			return true;
	return false;
}

static void check_words_come(struct verification *verification)
{
	const struct trace *trace = &verification->attribution->history.trace;

	for (uint32_t i = 0; i < trace->wording_count; i++) {
		const struct trace_wording *wording = &trace->wordings[i];
		uint32_t number = wording->commit;

		if (!is_made_otherwise(verification, number) || !has_words_of(wording, number))
			continue;
		verification_tell(verification, "merge-adds-text", number, true,
				  verification->others[number]
					  ? _("says that the program made it, and changes points")
					  : _("words came in with a merge made by hand"),
				  wording_text(&verification->app->arena, trace, wording));
	}
}

void check_merged_text(struct verification *verification)
{
	check_words_come(verification);
	check_words_go(verification);
}
