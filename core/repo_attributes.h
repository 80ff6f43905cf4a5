/*
 * What git's settings and .gitattributes say of a file whose bytes on disk are not
 * those in git.
 */
#ifndef CORE_REPO_ATTRIBUTES_H
#define CORE_REPO_ATTRIBUTES_H

#include "core/repo.h"

/* A filter that is set up on this machine (LFS) changes the bytes of this path, or an encoding. */
bool repo_filters(const struct repo *repo, struct str path);
/* "$Id$" in it is followed by an id on disk. */
bool repo_expands_ids(const struct repo *repo, struct str path);
/* Line ends of this path differ between git and the disk (autocrlf, eol, text). */
bool repo_converts_line_ends(const struct repo *repo, struct str path);

#endif
