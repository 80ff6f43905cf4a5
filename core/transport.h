/*
 * What goes to and comes from other machines, by the `git` program: ssh
 * settings, agents, credential helpers and proxies work as people set them up.
 *
 * Invariant: a failure of the network is a result, not an error; nothing that
 * comes in touches a branch, the index or the work tree.
 */
#ifndef CORE_TRANSPORT_H
#define CORE_TRANSPORT_H

#include "core/repo.h"
#include "core/transport_outcome.h"

/*
 * The folder that a remote is, on this machine; empty: it is elsewhere, or settings make
 * another address of its own, which is git's to say.
 */
struct str transport_folder(struct arena *arena, const struct repo *repo, struct str remote);

/*
 * Brings all branches of a remote to refs/atelier/in/REMOTE/; those that are
 * gone there go here.
 */
err transport_fetch(struct arena *arena, const struct repo *repo, struct str remote,
		    struct transport_result *out) ERR_MUST_CHECK;
/* The same from a bundle, a file; `path` is absolute, `remote` the name it gets here. */
err transport_fetch_bundle(struct arena *arena, const struct repo *repo, const char *path,
			   struct str remote, struct transport_result *out) ERR_MUST_CHECK;
/* Writes all that `branch` holds into a new bundle. */
err transport_write_bundle(struct arena *arena, const struct repo *repo, const char *path,
			   struct str branch, struct transport_result *out) ERR_MUST_CHECK;
/* Asks a remote whether it answers; nothing is brought. */
err transport_look(struct arena *arena, const struct repo *repo, struct str remote,
		   struct transport_result *out) ERR_MUST_CHECK;
/* Fetches what a shortened history, or a copy of only some objects, lacks. */
err transport_complete(struct arena *arena, struct repo *repo, struct str remote,
		       struct transport_result *out) ERR_MUST_CHECK;
/* Points `branch` ("refs/heads/main") of a remote to `id`, forward only. */
err transport_push(struct arena *arena, const struct repo *repo, struct str remote,
		   struct object_id id, struct str branch,
		   struct transport_result *out) ERR_MUST_CHECK;
/* Makes `folder` a repository with what `url` holds; no file is written but git's own. */
err transport_clone(struct arena *arena, const char *url, const char *folder,
		    struct transport_result *out) ERR_MUST_CHECK;

/* Is an address a bundle, carried by hand, that takes nothing? One away goes by its name. */
bool transport_is_bundle(struct arena *arena, struct str url);
/* An address that could start a program, or be taken for an option. */
err transport_check_url(const char *url) ERR_MUST_CHECK;

#endif
