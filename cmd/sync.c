#include "cmd/commands.h"
#include "cmd/repeats.h"
#include "cmd/status.h"
#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
#include "core/message.h"

/* The exit status that the remotes ask for, when all else went well. */
static err remote_failure(struct app *app, const struct sync *sync)
{
	for (size_t i = 0; i < sync->remote_count; i++) {
		const struct sync_remote *remote = &sync->remotes[i];
		bool fetched = remote->fetched.outcome == TRANSPORT_DONE;
		err e = transport_failure(fetched ? remote->pushed : remote->fetched,
					  str_c(&app->arena, remote->url));

		if (e && sync_fails_with(sync, e))
			return e;
		err_free(e);
		if (remote->newer)
			return sync_needs_newer();
	}
	if (sync->options.require_remote && sync->remote_count == 0)
		return err_new(STATUS_UNREACHABLE, _("no address to share with is known"));
	return NULL;
}

/* Asks the others, and tells what a sync would do. */
static err only_tell(struct app *app)
{
	struct sync sync = {.options = {.all = option_given(app, "all"),
					.require_remote = option_given(app, "require-remote")}};
	err e = sync_look(app, &sync);

	if (!e && !(e = sync_fetch(&sync)) && !(e = status_report(app, &sync, NULL)))
		e = remote_failure(app, &sync);
	sync_close(&sync);
	return e;
}

static int run(struct app *app, int argc, char **argv)
{
	if (option_given(app, "dry-run"))
		return fail(app, only_tell(app));
	struct sync sync = {.options = {.all = option_given(app, "all"),
					.asks = true,
					.accept_rewrite = option_given(app, "accept-rewrite"),
					.require_remote = option_given(app, "require-remote")}};
	err e = sync_open(app, &sync);

	(void)argc;
	(void)argv;
	if (e || (e = sync_snapshot(&sync))) {
		e = sync_save_aside(&sync, e);
		goto done;
	}
	sync_take_turn(&sync);
	if ((e = sync_fetch(&sync)) || (e = sync_unite(&sync)) || (e = sync_push(&sync)) ||
	    (e = sync_report(app, &sync)))
		goto done;
	repeats_tell_between(app, sync.repo, sync.start, sync.head);
	e = remote_failure(app, &sync);
done:
	sync_close(&sync);
	return fail(app, e);
}

static const struct option options[] = {
	{"dry-run", 0, NULL, N_("tell what there is to record, receive and send; change nothing")},
	{"all", 0, NULL,
	 N_("record also what was held back: most of a workshop gone, a note emptied")},
	{"require-remote", 0, NULL, N_("fail when the others cannot be reached")},
	{"accept-rewrite", 0, NULL, N_("where the shared history was rewritten, take it as it is")},
	{0},
};

const struct command command_sync = {
	.name = "sync",
	.french = "synchroniser",
	.aliases = "pull push commit",
	.summary = N_("record what you saved, bring in what others wrote, send yours"),
	.details = N_("Notes are joined point by point. Where two people worded one point "
		      "differently, both wordings stay, to be chosen from. Without network "
		      "everything is recorded here and sent the next time."),
	.options = options,
	.least = 0,
	.most = 0,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier sync\n"
		       "atelier sync --dry-run"),
	.run = run,
};
