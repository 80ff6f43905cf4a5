/*
 * A git repository with a work tree: opening it, its configuration, its
 * references. Objects are in repo_object.h, the index in repo_index.h.
 *
 * Invariant: references move by compare-and-swap only, and nothing here writes
 * to the work tree, runs a program or honours hooks, filters or settings that
 * came with the notes.
 */
#ifndef CORE_REPO_H
#define CORE_REPO_H

#include <stdbool.h>

#include "core/err.h"
#include "core/object_id.h"

struct repo;

/*
 * Opens the repository that `directory` is in, looking upwards.
 * out: to be closed with repo_close().
 * errors: STATUS_BAD_INPUT: in none; STATUS_SETUP: of a kind that cannot be used here.
 */
err repo_open(const char *directory, struct repo **out) ERR_MUST_CHECK;
/* The same, but only where `directory` itself is the work tree's root. */
err repo_open_here(const char *directory, struct repo **out) ERR_MUST_CHECK;
/*
 * Makes one in an existing folder, with nothing recorded on the branch `branch`.
 * errors: STATUS_USAGE: that is no name for a branch.
 */
err repo_create(const char *directory, const char *branch, struct repo **out) ERR_MUST_CHECK;
/* NULL is fine. */
void repo_close(struct repo *repo);

/* The work tree's root, without '/' at its end; lives as long as the handle. */
const char *repo_folder(const struct repo *repo);
/* What the program keeps for itself: .git/atelier (may not be there yet). */
const char *repo_state_folder(const struct repo *repo);
/*
 * A path below the git folder that all work trees of the repository share, as "info/exclude":
 * git calls it the common directory.
 */
const char *repo_common_path(struct arena *arena, const struct repo *repo, const char *name);
/* A path below this work tree's git folder, as "index.lock". */
const char *repo_own_path(struct arena *arena, const struct repo *repo, const char *name);
/*
 * Where a file or folder is below the root, by its one path (file_real()); empty: it is the
 * root, or elsewhere, or NULL.
 */
struct str repo_place(struct arena *arena, const struct repo *repo, const char *real);
/* Has a shortened history: things older than it are not known. */
bool repo_is_shallow(const struct repo *repo);
/* Only some of the objects were taken from a remote, which git fetches when it needs them. */
bool repo_is_partial(const struct repo *repo, struct str remote);
/* From now on it has all. errors: the settings cannot be written. */
err repo_set_whole(struct repo *repo, struct str remote) ERR_MUST_CHECK;

/* What plain git is in the middle of, which we must not disturb. */
enum repo_state { REPO_QUIET, REPO_MERGING, REPO_REBASING, REPO_OTHER_OPERATION };
enum repo_state repo_state(const struct repo *repo);

/* A setting's value, empty where it is not set. The last one wins, as in git. */
struct str repo_setting(struct arena *arena, const struct repo *repo, const char *name);
bool repo_setting_is_true(const struct repo *repo, const char *name);
/* Does git make other addresses of some (url.….insteadOf)? */
bool repo_rewrites_addresses(const struct repo *repo);
/* Sets it in this repository's own configuration. */
err repo_set(struct repo *repo, const char *name, const char *value) ERR_MUST_CHECK;

/*
 * The branch that is written on, as "refs/heads/main"; empty where none is
 * (a commit was checked out by hand).
 */
struct str repo_branch(struct arena *arena, const struct repo *repo);
/* What people call it: "main". */
struct str repo_branch_name(struct str branch);
/* Writes on another branch ("refs/heads/main") from now on; files stay as they are. */
err repo_branch_set(struct repo *repo, const char *name) ERR_MUST_CHECK;
/* What a reference points to, through others; none where it does not exist. */
struct object_id repo_reference(const struct repo *repo, const char *name);
/*
 * Was it a command of plain git's in this folder, such as commit or pull, that moved the
 * branch to `head`, and the index with it? Where git keeps no log: no.
 */
bool repo_index_came_along(const struct repo *repo, struct object_id head);
/*
 * What plain git recorded in this clone on top of `version`, or in its place, the last time; none:
 * nothing, or it moved on to what others had recorded.
 * out: false: git keeps no log of the branch that would tell
 */
bool repo_recorded_on(const struct repo *repo, const char *branch, struct object_id version,
		      struct object_id *out);
/*
 * Points `name` to `to` if it now points to `from` (none: if it does not exist). Waits up
 * to 1 s for whoever is changing it.
 * errors: STATUS_BUSY when it points elsewhere (err_is_outrun()), or is still being changed.
 */
err repo_reference_swap(struct repo *repo, const char *name, struct object_id from,
			struct object_id to, const char *why) ERR_MUST_CHECK;
/*
 * Keeps a commit from being forgotten, by a reference below `folder` ("refs/atelier/kept/")
 * that is named after its id.
 */
err repo_reference_keep(struct repo *repo, const char *folder, struct object_id id,
			const char *why) ERR_MUST_CHECK;
/* Removes one; one that does not exist is fine. */
err repo_reference_remove(struct repo *repo, const char *name) ERR_MUST_CHECK;

struct reference {
	struct str name;
	struct object_id id;
};

/*
 * All references whose names begin with `prefix`, by name; one that names no object is none.
 * errors: STATUS_IO where they cannot all be read.
 */
err repo_references(struct arena *arena, const struct repo *repo, const char *prefix,
		    struct reference **out, size_t *count) ERR_MUST_CHECK;

/*
 * The branches of another repository on this machine ("refs/heads/…"), by name.
 * out: false: it cannot be read here: git is to be asked.
 */
bool repo_look_at_other(struct arena *arena, const char *folder, struct reference **out,
			size_t *count);

/* Names of the remotes, by name. */
err repo_remotes(struct arena *arena, const struct repo *repo, struct str **out,
		 size_t *count) ERR_MUST_CHECK;

#endif
