/*
 * One sync, step by step: each step is a function that may be the last one that
 * ever runs; the next sync goes on from what it left.
 *
 * Invariant: what people saved is recorded before anything from outside is
 * looked at, and nothing that was recorded is ever unreachable again.
 */
#ifndef CMD_SYNC_STEPS_H
#define CMD_SYNC_STEPS_H

#include "cmd/app.h"
#include "cmd/crowd.h"
#include "cmd/sync_plan.h"
#include "core/lock.h"
#include "core/snapshot.h"
#include "core/stale_divert.h"
#include "core/transport.h"

/* A place that is shared with. */
struct sync_remote {
	struct str name, url;
	struct str branch;	 /* there, as "refs/heads/main" */
	bool bundle;		 /* `url` is the path of a file that is carried by hand */
	struct object_id before; /* what it held when we last looked; none: not known */
	struct object_id found;	 /* what it held when this sync first looked */
	struct object_id tip;	 /* what it holds now */
	struct lock turn;	 /* at a folder on this machine */
	struct transport_result fetched, pushed;
	bool push_tried;
	bool rewritten; /* it no longer holds what it held before */
	bool newer;	/* was made by a newer program; left alone */
};

struct sync_options {
	bool all;	     /* what was held back is meant */
	bool asks;	     /* a person is told of it, and means it by asking for another sync */
	bool accept_rewrite; /* the remote's history is taken as it is */
	bool require_remote; /* each remote is to be reached */
};

struct sync {
	struct arena *arena;
	struct repo *repo;
	const char *identity; /* --as, NULL: git's */
	struct sync_options options;
	struct lock lock;
	struct str branch; /* here */
	struct snapshot snapshot;
	struct stale_saves stale;  /* made from an older text; recorded beside the branch */
	struct file_changes stays; /* `to`: what is still on disk where it was to be replaced */
	struct object_id start;	   /* what was recorded before this sync */
	struct object_id recorded; /* with what people had saved */
	struct object_id own;	   /* recorded, with what was saved here while others' arrived */
	struct object_id settled;  /* with lone labels taken off */
	struct object_id head;	   /* in the end */
	struct sync_remote *remotes;
	size_t remote_count;
	struct crowd crowd; /* others who send at the same time */
	struct plan plan;   /* what its unions decided */
	bool united;	    /* there was something to unite */
};

/* Opens and locks the clone, finishes what a killed run had begun. To be closed in any case. */
err sync_open(struct app *app, struct sync *sync) ERR_MUST_CHECK;
/*
 * Opens the clone without a lock and compares only: nothing is recorded, finished or asked for.
 * Of what is held back, `all` makes changes.
 */
err sync_look(struct app *app, struct sync *sync) ERR_MUST_CHECK;
void sync_close(struct sync *sync);

/*
 * Records what people saved, but for what is held back: that only once somebody was told
 * and asks again (`asks`), or with `all`. errors: STATUS_SETUP: there is something, and no
 * name for it.
 */
err sync_snapshot(struct sync *sync) ERR_MUST_CHECK;
/*
 * To be called once what waits for a person has been printed (cmd/sync_report.h): the same
 * again is then meant. What standard output did not take is not remembered.
 */
err sync_remember_told(const struct sync *sync) ERR_MUST_CHECK;
/* Do the files show an earlier version than what is recorded, until they are brought there? */
bool sync_is_left_behind(const struct sync *sync);
/*
 * What is held back since it has no words is no save: others' words may take its place.
 * out: `changes`: from what is on disk there
 */
void sync_fill_emptied(struct sync *sync, struct file_changes *changes);
/* What could not come to its place, since its folder may not be changed, is held and told. */
void sync_hold_denied(struct sync *sync, const struct file_changes *changes);
/* The files on disk: as recorded, but for stale saves and what could not be replaced. */
struct tree_files sync_on_disk(struct sync *sync);
/* Of what could not come to its place the next move in this sync starts from what is there. */
void sync_remember_staying(struct sync *sync, const struct file_changes *changes);
/*
 * Why a sync could not begin; where plain git is in the middle of something, what people saved
 * is kept under refs/atelier/saved/ first, and that is told as well.
 */
err sync_save_aside(struct sync *sync, err busy) ERR_MUST_CHECK;
/* Finds which branch of a remote is shared, ours by name or the only one, and what it held last. */
err sync_remote_branch(struct sync *sync, struct sync_remote *remote) ERR_MUST_CHECK;
/* Remembers what a remote holds: what the next look compares with. */
err sync_remember_tip(struct sync *sync, const struct sync_remote *remote,
		      struct object_id tip) ERR_MUST_CHECK;
/*
 * Where there is something to send: waits for the turn at a shared folder on this machine,
 * elsewhere lets others go first if there were many a moment ago.
 */
void sync_take_turn(struct sync *sync);
/* Asks each remote for what others wrote; a failure is kept in the remote. */
err sync_fetch(struct sync *sync) ERR_MUST_CHECK;
/*
 * Takes the label off what is left of the wordings of a point when the last commit, which
 * nobody else has yet, deleted the others. Writes objects, moves nothing.
 */
err sync_settle(struct sync *sync) ERR_MUST_CHECK;
/*
 * Lets what `save` changed in version `seen`, which the branch lacks, wait as a change of what it
 * holds now; the save itself is kept. `commit` has its author and message.
 * out: `commit`: as it is recorded
 */
err sync_keep_anew(struct sync *sync, struct object_id seen, struct object_id save,
		   struct commit *commit) ERR_MUST_CHECK;
/* What waits and was made from a history that was rewritten waits as a change of what there is. */
err sync_renew_late(struct sync *sync) ERR_MUST_CHECK;
/* Unites all versions and brings branch, files and index there. */
err sync_unite(struct sync *sync) ERR_MUST_CHECK;
/* Brings branch, files and index to a commit that holds what is recorded. */
err sync_move_to(struct sync *sync, struct object_id result) ERR_MUST_CHECK;
/* Sends the result; fetches and unites again when somebody was faster. */
err sync_push(struct sync *sync) ERR_MUST_CHECK;

#endif
