#include <time.h>

#include "cmd/findings.h"
#include "cmd/setup.h"
#include "core/identity.h"
#include "core/message.h"
#include "core/process.h"
#include "core/repo_object.h"
#include "core/transport.h"

enum { FSCK_MILLISECONDS = 300 * 1000, CLOCK_TOLERANCE_SECONDS = 2 * 3600, MOST_TOLD = 5 };

static const struct str nowhere = {NULL, 0};

void check_person(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	struct signature person;
	err e = identity_find(arena, repo_folder(findings->repo), findings->app->identity, &person);

	finding_add_error(findings, "name", e);
	if (!e)
		finding_add(findings, "name", FINDING_FINE, nowhere,
			    str_printf(arena, _("you write as %.*s <%.*s>"), STR_ARGS(person.name),
				       STR_ARGS(person.email)),
			    NULL);
}

void check_driver(struct findings *findings)
{
	if (setup_is_current(findings->app, findings->repo)) {
		finding_add(findings, "driver", FINDING_FINE, nowhere,
			    str_of(_("plain git merges notes with atelier, too")), NULL);
		return;
	}
	if (!findings->fix) {
		finding_add(findings, "driver", FINDING_LOOK, nowhere,
			    str_of(_("plain git does not know how to merge notes here")),
			    _("“atelier doctor --fix” tells it."));
		return;
	}
	err e = setup_git_again(findings->app, findings->repo);
	finding_add_error(findings, "driver", e);
	if (!e)
		finding_add(findings, "driver", FINDING_FIXED, nowhere,
			    str_of(_("plain git was told how to merge notes")), NULL);
}

void check_clock(struct findings *findings)
{
	struct object_id head = repo_reference(findings->repo, "HEAD");
	struct arena *arena = &findings->app->arena;
	struct commit commit = {0};
	err e = object_id_is_none(head) ? NULL
					: repo_commit_read(arena, findings->repo, head, &commit);

	if (e) {
		finding_add_error(findings, "clock", e);
		return;
	}
	bool ahead = commit.committer.time > (int64_t)time(NULL) + CLOCK_TOLERANCE_SECONDS;
	finding_add(findings, "clock", ahead ? FINDING_LOOK : FINDING_FINE, nowhere,
		    str_of(ahead ? _("what was recorded last comes from the future: this clock, or "
				     "that of whoever recorded it, is wrong")
				 : _("the clock agrees with what is recorded")),
		    _("Set the clock. Notes are merged rightly all the same."));
}

/* "error in commit …": it is there and is read, but git would have written it otherwise. */
static bool is_about_form(struct str line)
{
	return str_starts(line, STR("error in ")) || str_starts(line, STR("warning in "));
}

static void add_damage(struct findings *findings, struct str said)
{
	struct str line;

	for (int told = 0; told < MOST_TOLD && str_next_line(&said, &line);) {
		if (is_about_form(line) || str_is_blank(line))
			continue;
		finding_add(
			findings, "history", FINDING_LOOK, nowhere, str_trim(line),
			_("Keep this folder as it is, get a fresh copy with “atelier join”, and "
			  "copy into it what you wrote since."));
		told++;
	}
}

/* Nothing that anybody could do about it, but those who use plain git may wonder. */
static void add_forms(struct findings *findings, struct str said)
{
	struct str line;

	for (int told = 0; told < MOST_TOLD && str_next_line(&said, &line);) {
		if (!is_about_form(line))
			continue;
		finding_add(findings, "history", FINDING_NOTE, nowhere,
			    str_printf(&findings->app->arena,
				       _("a badly made program recorded this; it is read all the "
					 "same: %.*s"),
				       STR_ARGS(str_trim(line))),
			    NULL);
		told++;
	}
}

/* git's own check of all that is recorded. */
void check_history(struct findings *findings)
{
	/* Large files are streamed: what is small on the way can be large here. Nothing is run. */
	const char *const argv[] = {"git",
				    "-c",
				    "core.bigFileThreshold=1m",
				    "-c",
				    "core.fsmonitor=false",
				    "-c",
				    "core.hooksPath=/dev/null",
				    "fsck",
				    "--strict",
				    "--no-dangling",
				    "--no-progress",
				    NULL};
	const char *const environment[] = {"LC_ALL=C", NULL};
	struct process fsck = {.argv = argv,
			       .environment = environment,
			       .directory = repo_folder(findings->repo),
			       .timeout_milliseconds = FSCK_MILLISECONDS};
	struct process_result result;
	err e = process_run(&findings->app->arena, &fsck, &result);

	if (repo_is_shallow(findings->repo))
		finding_add(findings, "history", FINDING_NOTE, nowhere,
			    str_of(_("this copy has only the latest part of the history; the next "
				     "sync brings the rest")),
			    NULL);
	if (e) {
		finding_add_error(findings, "history", e);
		return;
	}
	/* What is missing is told on the one, what is badly made on the other. */
	struct str said = str_printf(&findings->app->arena, "%.*s\n%.*s", STR_ARGS(result.errors),
				     STR_ARGS(result.output));
	if (result.status == 0 && !result.timed_out)
		finding_add(findings, "history", FINDING_FINE, nowhere,
			    str_of(_("all that is recorded can be read")), NULL);
	else if (result.timed_out)
		finding_add(findings, "history", FINDING_NOTE, nowhere,
			    str_of(_("the history is too long to be checked here")), NULL);
	else {
		add_damage(findings, said);
		add_forms(findings, said);
	}
}

void check_remotes(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	struct str *names;
	size_t count;
	err e = repo_remotes(arena, findings->repo, &names, &count);

	if (!e && count == 0)
		finding_add(findings, "others", FINDING_LOOK, nowhere,
			    str_of(_("no address to share with is known")),
			    _("“atelier init --remote ADDRESS” says where."));
	for (size_t i = 0; !e && i < count; i++) {
		const char *key = str_printf(arena, "remote.%.*s.url", STR_ARGS(names[i])).at;
		struct str url = repo_setting(arena, findings->repo, key);
		struct transport_result result;

		if (transport_is_bundle(arena, url)) {
			finding_add(findings, "others", FINDING_NOTE, url,
				    str_of(_("is carried by hand: “atelier carry”")), NULL);
			continue;
		}
		e = transport_look(arena, findings->repo, names[i], &result);
		if (e)
			break;
		if (result.outcome == TRANSPORT_DONE)
			finding_add(findings, "others", FINDING_FINE, url,
				    str_of(_("can be reached")), NULL);
		else
			finding_add_error(findings, "others",
					  transport_failure(result, str_c(arena, url)));
	}
	finding_add_error(findings, "others", e);
}
