/*
 * What moving the branch (apply.c) and finishing what a killed run had begun
 * (apply_finish.c) share.
 */
#ifndef CORE_APPLY_PRIVATE_H
#define CORE_APPLY_PRIVATE_H

#include "core/apply.h"
#include "core/displaced.h"
#include "core/journal.h"
#include "core/unplaced.h"

/* One move of the branch under way. */
struct application {
	struct arena *arena;
	struct repo *repo;
	struct journal journal;
	struct object_id tree;		  /* of journal.from, once it is asked for */
	struct displaced_files displaced; /* what is to be kept aside, by path */
	struct unplaced_files unplaced;	  /* with what this move could not put in its place */
	bool unplaced_changed;		  /* since it was read */
	bool placed;			  /* some file came to its place, or out of it */
	bool kept;			  /* some of what was displaced is */
};

/*
 * Takes what a killed run had displaced at a change's path: a save in it is recorded before
 * anything else is displaced.
 * errors: STATUS_BUSY where somebody is writing to it.
 */
err application_take_left(struct application *application,
			  const struct file_change *change) ERR_MUST_CHECK;
/*
 * Had the killed run replaced what stood there? Then that is still aside, and not what was to be
 * put in its place, or a run in between has marked it.
 */
err application_has_displaced(const struct application *application,
			      const struct file_change *change, bool *out) ERR_MUST_CHECK;
/*
 * Puts on top of what plain git recorded since, from git's old list of the files, what that
 * took back. To be called while what the killed run had displaced is still aside.
 */
err application_bring_back(struct application *application) ERR_MUST_CHECK;
/* Files, late saves, index: what is left once the branch has moved. The index is locked. */
err application_follow(struct application *application) ERR_MUST_CHECK;

#endif
