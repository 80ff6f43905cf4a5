/* What the files core/repo*.c share: the handle itself, and libgit2's types. */
#ifndef CORE_REPO_PRIVATE_H
#define CORE_REPO_PRIVATE_H

#include <git2.h>

#include "core/repo.h"

struct lent_blob;

struct repo {
	git_repository *git;
	git_odb *objects;
	bool has_new_objects; /* repo_durable_settle() has not been called for them yet */
	struct arena arena;   /* paths that live as long as the handle */
	const char *folder, *state_folder;
};

/* Starts libgit2; as often as it is ended. */
void repo_start(void);

struct object_id repo_id_from(const git_oid *id);
git_oid repo_id_to(struct object_id id);
/* Writes an object's bytes. out: false: libgit2 tells why */
bool repo_object_write(struct repo *repo, struct str bytes, git_object_t type,
		       struct object_id *out);
/* Makes the folders of what was written last; to be called before a reference names it. */
err repo_durable_settle(struct repo *repo) ERR_MUST_CHECK;
/* As repo_blob_lend(), for objects of any kind. */
err repo_lend(const struct repo *repo, struct object_id id, git_object_t type, size_t limit,
	      struct lent_blob *out) ERR_MUST_CHECK;
/*
 * Words what libgit2 last complained about, quoting it where it is no error of the system;
 * `what` has gone through `_()`.
 */
err repo_failure(enum status status, const char *what) ERR_MUST_CHECK;
/* An object that is missing, damaged or not of the kind that it should be. */
err repo_unreadable(struct object_id id) ERR_MUST_CHECK;

#endif
