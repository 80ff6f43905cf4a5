/* A repository in a folder of its own, and failures that end a test. */
#ifndef TESTS_SUPPORT_REPO_H
#define TESTS_SUPPORT_REPO_H

#include "core/repo.h"

enum { MADE_FOLDER_BYTES = 64 };

/* Ends the test with what went wrong; NULL: nothing did. */
void check(err failure);

/* Makes one with nothing in it. out: `folder`, where it is; both for repo_unmake() */
struct repo *repo_make(char folder[MADE_FOLDER_BYTES]);
/* Closes it, and takes the folder away with all that is in it. */
void repo_unmake(struct repo *repo, const char *folder);

#endif
