#include "cmd/audit_verify.h"

#include "cmd/json.h"
#include "cmd/point_changes.h"
#include "cmd/print.h"
#include "cmd/sync_plan.h"
#include "core/message.h"

enum { SHOWN_DIGITS = 10, ODD_SECONDS = 24 * 60 * 60 };

struct verification {
	struct app *app;
	const struct attribution *attribution;
	size_t remade; /* merges that were made again */
	size_t newer;  /* that another version of the program made */
	bool findings;
};

/* Tells one thing. `check` is for programs, `what` for people; a mere remark is no finding. */
static void tell(struct verification *verification, const char *check, uint32_t number,
		 bool finding, const char *what, struct str about)
{
	struct app *app = verification->app;
	const struct history_commit *commit = &verification->attribution->history.commits[number];
	struct str id = object_id_hex(&app->arena, commit->id);

	verification->findings = verification->findings || finding;
	if (app->json) {
		struct json *record = json_record();

		json_add_c(record, "check", check);
		json_add_bool(record, "finding", finding);
		json_add_text(record, "commit", id);
		json_add_number(record, "at", commit->author.time);
		json_add_text(record, "name", commit->author.name);
		json_add_text(record, "email", commit->author.email);
		json_add_text(record, "about", about);
		json_print(app, record);
		return;
	}
	print_style(app, finding ? STYLE_STRONG : STYLE_FAINT);
	print(app, "%.*s", SHOWN_DIGITS, id.at);
	print_style(app, STYLE_NONE);
	struct str who = str_printf(&app->arena, "  %.*s <%.*s>", STR_ARGS(commit->author.name),
				    STR_ARGS(commit->author.email));
	print(app, _("%.*s: "), STR_ARGS(who));
	print(app, about.len ? _("%.*s: ") : "%.*s", STR_ARGS(str_of(what)));
	print_text(app, about);
	print(app, "\n");
}

/* --- merges ------------------------------------------------------------------- */

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
	struct arena *arena = &verification->app->arena;
	struct repo *repo = verification->attribution->notes.repo;
	struct plan plan;
	struct commit made;
	err e;

	if ((e = plan_union(arena, repo, commit->parents, commit->parent_count, &plan)) ||
	    (e = repo_commit_read(arena, repo, plan.result, &made)))
		return e;
	verification->remade++;
	if (!object_id_equal(made.tree, commit->tree))
		tell(verification, "merge-differs", number, true,
		     _("this merge is not what its versions give when merged again"),
		     differing_files(verification, commit->tree, made.tree));
	return NULL;
}

/* Taking the label off a settled wording is automatic too, and changes no word. */
static err check_settling(struct verification *verification, uint32_t number,
			  const struct history_commit *commit)
{
	const struct history_commit *commits = verification->attribution->history.commits;
	struct point_changes changes;
	struct object_id before = {{0}};
	err e;

	if (commit->parent_count)
		before = commits[commit->parents[0]].id;
	e = point_changes_between(&verification->app->arena, verification->attribution->notes.repo,
				  before, commit->id, &changes);
	if (!e && (changes.come_count || changes.gone_count))
		tell(verification, "automatic-adds-text", number, true,
		     _("says that the program made it, and changes points"),
		     changes.come_count ? changes.come[0].text : changes.gone[0].text);
	return e;
}

static err check_automatic(struct verification *verification, uint32_t number)
{
	const struct history_commit *known = &verification->attribution->history.commits[number];
	struct str current = str_printf(&verification->app->arena, "%d", MERGE_VERSION);
	struct commit commit;
	err e = repo_commit_read(&verification->app->arena, verification->attribution->notes.repo,
				 known->id, &commit);

	if (e)
		return e;
	if (!str_equal(known->author.email, STR("atelier@invalid")))
		tell(verification, "automatic-author", number, true,
		     _("says that the program made it, under a person's name"), (struct str){0});
	if (str_equal(commit_trailer(&commit, STR("Atelier-Merge")), current))
		return remake_merge(verification, number, &commit);
	verification->newer++;
	tell(verification, "merge-other-version", number, false,
	     _("made by another version of the program, which cannot be made again here"),
	     (struct str){0});
	return NULL;
}

/* Text that only a merge made by hand has brought in, a line for each point. */
static void check_merges_by_hand(struct verification *verification)
{
	const struct attribution *attribution = verification->attribution;

	for (size_t i = 0; i < attribution->points.count; i++) {
		const struct attributed *point = &attribution->all[i];
		uint32_t last = TRACE_NONE;

		for (uint32_t j = 0; point->wording && j < point->wording->run_count; j++) {
			uint32_t number = point->wording->runs[j].commit;
			const struct history_commit *commit = recorded_commit(attribution, number);

			if (!commit || commit->parent_count < 2 || number == last)
				continue;
			last = number;
			tell(verification, "merge-adds-text", number, true,
			     _("words came in with a merge made by hand"), point->text);
		}
	}
}

/* --- claims about people -------------------------------------------------------- */

static bool changes_file(struct verification *verification, const struct history_commit *commit,
			 const char *path)
{
	const struct attribution *attribution = verification->attribution;
	const struct repo *repo = attribution->notes.repo;
	struct object_id now = repo_tree_entry(repo, commit->tree, path);

	for (uint32_t i = 0; i < commit->parent_count; i++)
		if (object_id_equal(
			    now,
			    repo_tree_entry(repo,
					    attribution->history.commits[commit->parents[i]].tree,
					    path)))
			return false;
	return commit->parent_count || !object_id_is_none(now);
}

/* An address joined to another's, once for each name that was recorded so. */
static void check_joined(struct verification *verification, uint32_t number)
{
	const struct attribution *attribution = verification->attribution;
	struct arena *arena = &verification->app->arena;
	const struct history_commit *commit = &attribution->history.commits[number];
	const struct person *person = author_of(attribution, number);

	if (!is_joined_to_another(arena, attribution, number))
		return;
	for (uint32_t i = number + 1; i < attribution->history.commit_count; i++)
		if (author_of(attribution, i) == person &&
		    str_equal(attribution->history.commits[i].author.email, commit->author.email) &&
		    str_equal(attribution->history.commits[i].author.name, commit->author.name))
			return;
	tell(verification, "claim", number, true,
	     _("counts as another person, as .mailmap or people.yml says"),
	     str_printf(arena, "%.*s <%.*s>", STR_ARGS(person->name), STR_ARGS(person->email)));
}

/* --- each version ---------------------------------------------------------------- */

/* Hosts and the program itself record for others. */
static bool records_for_others(const struct signature *committer)
{
	return str_equal(committer->email, STR("atelier@invalid")) ||
	       str_equal(committer->email, STR("noreply@github.com")) ||
	       str_starts(committer->email, STR("noreply@"));
}

static void check_names(struct verification *verification, uint32_t number)
{
	const struct attribution *attribution = verification->attribution;
	const struct history_commit *commit = &attribution->history.commits[number];
	const struct signed_commit *found = signature_of(&attribution->signatures, commit->id);
	const struct person *author = author_of(attribution, number);
	struct arena *arena = &verification->app->arena;

	if (author && !records_for_others(&commit->committer) &&
	    people_with_email(&attribution->people, commit->committer.email) != author)
		tell(verification, "author", number, true,
		     _("recorded in this name by somebody else"),
		     str_printf(arena, "%.*s <%.*s>", STR_ARGS(commit->committer.name),
				STR_ARGS(commit->committer.email)));
	if (found && author && !is_joined_to_another(arena, attribution, number) &&
	    trust_of(arena, attribution, number) == TRUST_DISPUTED)
		tell(verification, "signature", number, true,
		     found->state == SIGNATURE_GOOD
			     ? _("signed by somebody else")
			     : _("signed with a key that is not known, or wrongly"),
		     found->signer);
}

static void check_dates(struct verification *verification, uint32_t number)
{
	const struct attribution *attribution = verification->attribution;
	const struct history_commit *commit = &attribution->history.commits[number];
	bool odd = commit->author.time > commit->committer.time + ODD_SECONDS;

	for (uint32_t i = 0; i < commit->parent_count; i++)
		odd = odd || attribution->history.commits[commit->parents[i]].committer.time >
				     commit->committer.time + ODD_SECONDS;
	if (odd)
		tell(verification, "date", number, false,
		     _("its date lies before what it was made from"), (struct str){0});
}

static err check_commit(struct verification *verification, uint32_t number)
{
	const struct history_commit *commit = &verification->attribution->history.commits[number];

	if (commit->automatic && !commit->boundary)
		return check_automatic(verification, number);
	if (str_equal(commit->author.email, STR("atelier@invalid")) && commit->parent_count < 2 &&
	    !commit->boundary)
		return check_settling(verification, number, commit);
	check_names(verification, number);
	check_joined(verification, number);
	check_dates(verification, number);
	if (changes_file(verification, commit, ".mailmap"))
		tell(verification, "claims-changed", number, false, _("changed who is who"),
		     STR(".mailmap"));
	if (changes_file(verification, commit, "people.yml"))
		tell(verification, "claims-changed", number, false, _("changed who is who"),
		     STR("people.yml"));
	return NULL;
}

err audit_verify(struct app *app, const struct attribution *attribution, bool *findings)
{
	struct verification verification = {.app = app, .attribution = attribution};
	err e = NULL;

	for (uint32_t i = 0; !e && i < attribution->history.commit_count; i++)
		if (i != attribution->history.unrecorded)
			e = check_commit(&verification, i);
	if (e)
		return e;
	check_merges_by_hand(&verification);
	*findings = verification.findings;
	if (!app->json)
		print(app,
		      message_plural("%zu automatic merge was made again.",
				     "%zu automatic merges were made again.", verification.remade),
		      verification.remade);
	if (!app->json)
		print(app, " %s\n",
		      verification.findings ? _("There is something to look at.")
					    : _("There is nothing to look at."));
	return NULL;
}
