#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/contributions.h"
#include "cmd/editing.h"
#include "cmd/print.h"
#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
#include "cmd/watch_show.h"
#include "core/clock.h"
#include "core/file_events.h"
#include "core/message.h"
#include "core/transport.h"

enum {
	QUIET_MILLISECONDS = 400,    /* files rest so long before they are recorded */
	LOCAL_INTERVAL_SECONDS = 2,  /* between looks at others on this machine */
	INTERVAL_SECONDS = 15,	     /* at those on the network */
	MOST_INTERVAL_SECONDS = 300, /* while they cannot be reached */
	MOST_DEFERRED_SECONDS = 300, /* for an editor that has a note open */
	MILLISECONDS = 1000,
};

struct watching {
	struct app *app;
	struct file_events *events;
	int signals;	       /* readable when the person wants to stop */
	int64_t interval;      /* milliseconds between looks, as asked or as is usual */
	int64_t failures;      /* rounds in a row that reached nobody */
	int64_t deferred_from; /* since when others' words wait for an editor; 0: they do not */
	struct watch_shown shown;
};

/* --- one round: a sync ------------------------------------------------------------------ */

/* What is new between two versions, in a few words. */
static struct str told_of(struct app *app, const struct sync *sync)
{
	struct contributions people = {0};
	struct buf told = {.arena = &app->arena};
	err e = contributions_between(&app->arena, sync->repo, sync->own, sync->head, &people);

	err_free(e);
	for (size_t i = 0; i < people.count; i++)
		buf_printf(&told, "%s%.*s", i ? ", " : "", STR_ARGS(people.people[i].called));
	return buf_str(&told);
}

/* Why nothing is exchanged with a remote; NULL: all is. */
static err failure_of(struct app *app, const struct sync_remote *remote)
{
	if (remote->newer)
		return sync_needs_newer();
	return transport_failure(remote->fetched.outcome == TRANSPORT_DONE ? remote->pushed
									   : remote->fetched,
				 str_c(&app->arena, remote->url));
}

static struct watch_round judge(struct watching *watching, struct app *app, const struct sync *sync)
{
	struct watch_round round = {.state = STATE_SHARED}, missing = round;
	bool reached = sync->remote_count == 0;

	for (size_t i = 0; i < sync->remote_count; i++) {
		const struct sync_remote *remote = &sync->remotes[i];
		err e = failure_of(app, remote);

		reached |= !e;
		if (!e && remote->push_tried)
			round.state = STATE_SENT;
		if (e && missing.state == STATE_SHARED) {
			missing.state = remote->newer ? STATE_FAILED : STATE_OFFLINE;
			missing.reason = remote->newer ? "newer" : "not reached";
			missing.told = str_copy(&app->arena, str_of(err_message(e)));
		}
		err_free(e);
	}
	watching->failures = reached ? 0 : watching->failures + 1;
	if (!object_id_is_none(sync->own) && !object_id_equal(sync->own, sync->head))
		round.told = told_of(app, sync);
	if (round.told.len)
		round.state = STATE_RECEIVED;
	return !reached || round.state == STATE_SHARED ? missing : round;
}

/*
 * Others' words do not go into a file that an editor has open, for some minutes:
 * what is saved here is recorded, and joined with theirs when the editor is done.
 */
static bool is_deferred(struct watching *watching, struct sync *sync)
{
	if (!editing_concerns(sync)) {
		watching->deferred_from = 0;
		return false;
	}
	if (watching->deferred_from == 0)
		watching->deferred_from = clock_milliseconds();
	return clock_milliseconds() - watching->deferred_from <
	       MOST_DEFERRED_SECONDS * (int64_t)MILLISECONDS;
}

static err sync_once(struct watching *watching, struct app *app, struct watch_round *out)
{
	struct sync sync = {0};
	err e = sync_open(app, &sync);

	/* What did not arrive of an earlier round says nothing of this one. */
	clearerr(stdout);
	if (e || (e = sync_snapshot(&sync))) {
		e = sync_save_aside(&sync, e);
		goto done;
	}
	sync_take_turn(&sync);
	if ((e = sync_fetch(&sync)))
		goto done;
	if (is_deferred(watching, &sync)) {
		out->state = STATE_DEFERRED;
		goto done;
	}
	if ((e = sync_unite(&sync)) || (e = sync_push(&sync)))
		goto done;
	watch_tell_questions(&watching->shown, app, &sync);
	*out = judge(watching, app, &sync);
	e = sync_remember_told(&sync);
done:
	sync_close(&sync);
	return e;
}

/* One sync with a memory of its own. out: false: it cannot go on. */
static err go_round(struct watching *watching)
{
	struct app app = *watching->app;
	struct watch_round round = {.state = STATE_SHARED};

	app.arena = (struct arena){0};
	err e = sync_once(watching, &app, &round);
	/* Another sync, or a plain git, at work: the next round will do. */
	if (e && (err_status(e) == STATUS_BUSY || err_status(e) == STATUS_IO)) {
		round = (struct watch_round){
			.state = STATE_FAILED,
			.told = str_copy(&app.arena, str_of(err_message(e))),
			.reason = err_status(e) == STATUS_BUSY ? "busy" : "disk",
		};
		watching->failures++;
		err_free(e);
		e = NULL;
	}
	if (!e)
		watch_show(&watching->shown, &app, &round);
	arena_free(&app.arena);
	return e;
}

/* --- when ------------------------------------------------------------------------------------ */

/* Longer after each round that failed. */
static int64_t pause_of(const struct watching *watching)
{
	int64_t pause = watching->interval;

	for (int64_t i = 0; i < watching->failures && pause < MOST_INTERVAL_SECONDS * MILLISECONDS;
	     i++)
		pause *= 2;
	return pause < MOST_INTERVAL_SECONDS * MILLISECONDS ? pause
							    : MOST_INTERVAL_SECONDS * MILLISECONDS;
}

/*
 * Waits until files that were saved have come to rest, or it is time to look at
 * the others. out: false: the person wants to stop.
 */
static bool wait_for_work(struct watching *watching)
{
	int64_t next = clock_milliseconds() + pause_of(watching), rest = 0;

	for (;;) {
		struct pollfd streams[] = {
			{.fd = file_events_descriptor(watching->events), .events = POLLIN},
			{.fd = watching->signals, .events = POLLIN},
		};
		int64_t until = rest && rest < next ? rest : next,
			left = until - clock_milliseconds();

		if (left <= 0)
			return true;
		if (poll(streams, 2, (int)left) < 0 && errno != EINTR)
			return false;
		if (streams[1].revents)
			return false;
		if (streams[0].revents && file_events_take(watching->events))
			rest = clock_milliseconds() + QUIET_MILLISECONDS;
	}
}

static int open_signals(void)
{
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGINT);
	sigaddset(&wanted, SIGTERM);
	sigaddset(&wanted, SIGHUP);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	return signalfd(-1, &wanted, SFD_CLOEXEC);
}

/* A folder on this machine that is shared with: what happens to its branches is seen at once. */
static bool watch_local(struct watching *watching, const struct repo *repo, struct str remote)
{
	static const char *const places[] = {"refs/heads", ".git/refs/heads", ".", ".git"};
	struct arena *arena = &watching->app->arena;
	struct str folder = transport_folder(arena, repo, remote);
	struct stat about;

	if (folder.len == 0 || stat(str_c(arena, folder), &about) < 0)
		return false;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		file_events_add(watching->events,
				str_printf(arena, "%.*s/%s", STR_ARGS(folder), places[i]).at);
	return true;
}

static err choose_interval(struct watching *watching)
{
	const char *given = option_value(watching->app, "interval");
	struct sync sync = {0};
	bool local = true;
	char *end;
	err e = sync_look(watching->app, &sync);

	if (!e)
		e = file_events_open(repo_folder(sync.repo), &watching->events);
	for (size_t i = 0; !e && i < sync.remote_count; i++)
		local &= watch_local(watching, sync.repo, sync.remotes[i].name);
	sync_close(&sync);
	watching->interval = (local ? LOCAL_INTERVAL_SECONDS : INTERVAL_SECONDS) * MILLISECONDS;
	if (e || !given)
		return e;
	long seconds = strtol(given, &end, 10);
	if (*end || end == given || seconds < 1 || seconds > MOST_INTERVAL_SECONDS)
		return err_new(STATUS_USAGE,
			       _("--interval %s: it is a number of seconds, 1 to %d."), given,
			       MOST_INTERVAL_SECONDS);
	watching->interval = seconds * MILLISECONDS;
	return NULL;
}

static int run(struct app *app, int argc, char **argv)
{
	struct watching watching = {.app = app, .shown = {.state = STATE_FAILED}};
	err e;

	(void)argc;
	(void)argv;
	watching.signals = open_signals();
	if (watching.signals < 0)
		return fail(app, err_errno("watch", _("cannot watch")));
	if ((e = choose_interval(&watching)))
		goto done;
	do
		e = go_round(&watching);
	while (!e && wait_for_work(&watching));
done:
	if (watching.shown.line_is_open)
		print(app, "\n");
	file_events_close(watching.events);
	if (watching.signals >= 0)
		close(watching.signals);
	return fail(app, e);
}

static const struct option options[] = {
	{"interval", 0, N_("SECONDS"),
	 N_("how often to look at what others wrote; 15, or 2 on one machine, if left out")},
	{0},
};

const struct command command_watch = {
	.name = "watch",
	.french = "veiller",
	.summary = N_("sync by itself, as files are saved, until stopped"),
	.details = N_("What you save is recorded and sent once your files have come to rest; what "
		      "others write comes in by itself. While nobody can be reached it tries "
		      "again, less and less often. Others' words wait, up to five minutes, for "
		      "a note that vim or emacs has open. What looks like a slip is told and "
		      "waits for “atelier sync”. Ctrl-C ends it."),
	.options = options,
	.needs = NEEDS_REPOSITORY,
	.examples = N_("atelier watch\n"
		       "atelier watch --interval 60"),
	.run = run,
};
