#include "cmd/audit_verify.h"

#include <time.h>

#include "cmd/audit_checks.h"
#include "cmd/history_doubts.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/text.h"
#include "core/worktree.h"

enum { SHOWN_DIGITS = 10, ODD_SECONDS = 24 * 60 * 60 };

void verification_tell(struct verification *verification, const char *check, uint32_t number,
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

/* A remark that is about no version. */
static void tell_general(struct verification *verification, const char *check, const char *what,
			 struct str about)
{
	struct app *app = verification->app;

	if (app->json) {
		struct json *record = json_record();

		json_add_c(record, "check", check);
		json_add_bool(record, "finding", false);
		json_add_null(record, "commit");
		json_add_null(record, "at");
		json_add_null(record, "name");
		json_add_null(record, "email");
		json_add_text(record, "about", about);
		json_print(app, record);
		return;
	}
	print(app, _("%.*s: "), STR_ARGS(about));
	print(app, "%s\n", what);
}

/* --- claims about people -------------------------------------------------------- */

static bool changes_file(struct verification *verification, const struct history_commit *commit,
			 const char *path)
{
	const struct attribution *attribution = verification->attribution;
	const struct repo *repo = attribution->notes.repo;
	struct object_id now = repo_tree_entry(repo, commit->tree, path);

	if (commit->boundary)
		return false;

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
	verification_tell(
		verification, "claim", number, true,
		_("counts as another person, as .mailmap or people.yml says"),
		str_printf(arena, "%.*s <%.*s>", STR_ARGS(person->name), STR_ARGS(person->email)));
}

/*
 * Somebody who goes by the name of another: it may be the same person on another
 * machine, so that it is no finding; the first version of each is told.
 */
static void check_same_name(struct verification *verification, uint32_t number)
{
	const struct attribution *attribution = verification->attribution;
	const struct history_commit *commit = &attribution->history.commits[number];
	const struct person *person = author_of(attribution, number);
	struct arena *arena = &verification->app->arena;
	struct str folded = text_fold(arena, str_trim(commit->author.name));
	const struct seen_name *other = NULL;

	for (size_t i = 0; person && i < verification->name_count; i++) {
		const struct seen_name *seen = &verification->names[i];

		if (!str_equal(seen->folded, folded))
			continue;
		if (seen->person == person)
			return;
		other = other ? other : seen;
	}
	if (!person || folded.len == 0)
		return;
	if (other)
		verification_tell(verification, "same-name", number, false,
				  _("goes by the name of another address"), other->email);
	arena_push(arena, verification->names, verification->name_count, verification->name_room);
	verification->names[verification->name_count++] =
		(struct seen_name){folded, person, commit->author.email};
}

/* --- each version ---------------------------------------------------------------- */

/* Hosts and the program itself record for others. */
static bool records_for_others(const struct signature *committer)
{
	return signature_is_program(committer) ||
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
	    people_known(&attribution->people, &commit->committer) != author)
		verification_tell(verification, "author", number, true,
				  _("recorded in this name by somebody else"),
				  str_printf(arena, "%.*s <%.*s>", STR_ARGS(commit->committer.name),
					     STR_ARGS(commit->committer.email)));
	if (found && author && !is_joined_to_another(arena, attribution, number) &&
	    trust_of(arena, attribution, number) == TRUST_DISPUTED)
		verification_tell(verification, "signature", number, true,
				  found->state == SIGNATURE_GOOD
					  ? _("signed by somebody else")
					  : _("signed with a key that is not known, or wrongly"),
				  found->signer);
}

static void check_dates(struct verification *verification, uint32_t number)
{
	const struct attribution *attribution = verification->attribution;
	const struct history_commit *commit = &attribution->history.commits[number];
	int64_t latest = (int64_t)time(NULL) + ODD_SECONDS;
	bool odd = commit->author.time > commit->committer.time + ODD_SECONDS;

	for (uint32_t i = 0; i < commit->parent_count; i++)
		odd = odd || attribution->history.commits[commit->parents[i]].committer.time >
				     commit->committer.time + ODD_SECONDS;
	if (commit->author.time > latest || commit->committer.time > latest)
		verification_tell(verification, "date", number, false,
				  _("its date is still to come"), (struct str){0});
	else if (odd)
		verification_tell(verification, "date", number, false,
				  _("its date lies before what it was made from"), (struct str){0});
}

static err check_commit(struct verification *verification, uint32_t number)
{
	const struct history_commit *commit = &verification->attribution->history.commits[number];

	if (commit->automatic && !commit->boundary)
		return check_automatic(verification, number);
	if (signature_is_program(&commit->author) && commit->parent_count < 2 && !commit->boundary)
		return check_settling(verification, number);
	check_names(verification, number);
	check_joined(verification, number);
	check_same_name(verification, number);
	check_dates(verification, number);
	if (changes_file(verification, commit, ".mailmap"))
		verification_tell(verification, "claims-changed", number, false,
				  _("changed who is who"), STR(".mailmap"));
	if (changes_file(verification, commit, "people.yml"))
		verification_tell(verification, "claims-changed", number, false,
				  _("changed who is who"), STR("people.yml"));
	return NULL;
}

/* What the files say counts at once, recorded or not. */
static err check_saved_claims(struct verification *verification)
{
	static const char *const paths[] = {".mailmap", "people.yml"};
	const struct attribution *attribution = verification->attribution;
	struct object_id head = repo_reference(attribution->notes.repo, "HEAD"),
			 tree = OBJECT_ID_NONE;
	struct arena *arena = &verification->app->arena;

	for (uint32_t i = 0; i < attribution->history.commit_count; i++)
		if (object_id_equal(attribution->history.commits[i].id, head))
			tree = attribution->history.commits[i].tree;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct saved_file saved;
		err e = worktree_show(arena, attribution->notes.repo, str_of(paths[i]), &saved);

		if (e)
			return e;
		if (saved.mode &&
		    !object_id_equal(blob_id_of(saved.bytes),
				     repo_tree_entry(attribution->notes.repo, tree, paths[i])))
			tell_general(verification, "claims-saved",
				     _("who is who was changed here, and is not recorded yet"),
				     str_of(paths[i]));
	}
	return NULL;
}

/* What could not be looked at; people were told of it beside. */
static void tell_doubts(struct verification *verification)
{
	struct doubt doubts[MOST_DOUBTS];
	size_t count = history_doubts(&verification->app->arena,
				      &verification->attribution->history, doubts);

	for (size_t i = 0; i < count && verification->app->json; i++)
		tell_general(verification, doubts[i].name, NULL,
			     str_printf(&verification->app->arena, "%u", doubts[i].count));
}

err audit_verify(struct app *app, const struct attribution *attribution, bool *findings)
{
	struct verification verification = {.app = app, .attribution = attribution};
	err e = check_saved_claims(&verification);

	verification.others =
		arena_array(&app->arena, bool, (size_t)attribution->history.commit_count + 1);
	tell_doubts(&verification);
	for (uint32_t i = 0; !e && i < attribution->history.commit_count; i++)
		if (i != attribution->history.unrecorded)
			e = check_commit(&verification, i);
	if (e)
		return e;
	check_merged_text(&verification);
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
