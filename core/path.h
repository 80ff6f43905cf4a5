/*
 * Which paths of a repository may become files here. Whoever can write to the
 * remote chooses them, so they are judged before any is used.
 *
 * Invariant: a path judged PATH_FINE, taken below a folder without symbolic
 * links, stays below it and never names git's own folder on any file system.
 */
#ifndef CORE_PATH_H
#define CORE_PATH_H

#include <stdbool.h>

#include "core/str.h"

enum path_verdict {
	PATH_FINE,
	PATH_CARRIED, /* kept in git, never written to disk: a reserved name, over a limit */
	PATH_REFUSED, /* in no tree we make: `.git` in any disguise, `..`, an empty part */
};

/* Judges a whole path, parts separated by '/'. cost: linear. */
enum path_verdict path_judge(struct str path);

/* The name an editor gives what it writes for itself: never recorded. */
bool path_is_temporary(struct str path);
/* Lies in a hidden folder or is hidden, but for the files that git itself reads. */
bool path_is_hidden(struct str path);
/* A file that holds a note by its name: .md or .markdown, in no hidden folder. */
bool path_is_note(struct str path);
/* The patterns of path_is_temporary() as lines of .git/info/exclude. */
struct str path_temporary_patterns(struct arena *arena);

/* Does it lie in the folder, or further down? */
bool path_is_below(struct str path, struct str folder);
/* The last part, and what is before it ("" for none). */
struct str path_name(struct str path);
struct str path_folder(struct str path);
/* The last part without its ending: "photo" of "a/photo.png"; ".png" is all name. */
struct str path_stem(struct str path);
/* folder/name, or name alone where the folder is empty. */
struct str path_join(struct arena *arena, struct str folder, struct str name);

#endif
