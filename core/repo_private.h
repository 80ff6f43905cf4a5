/* What the files core/repo*.c share: the handle itself, and libgit2's types. */
#ifndef CORE_REPO_PRIVATE_H
#define CORE_REPO_PRIVATE_H

#include <git2.h>

#include "core/repo.h"

struct repo {
	git_repository *git;
	git_odb *objects;
	struct arena arena; /* paths that live as long as the handle */
	const char *folder, *state_folder;
};

/* Starts libgit2; as often as it is ended. */
void repo_start(void);

struct object_id repo_id_from(const git_oid *id);
git_oid repo_id_to(struct object_id id);
/* Words what libgit2 last complained about; `what` has gone through `_()`. */
err repo_failure(enum status status, const char *what) ERR_MUST_CHECK;

#endif
