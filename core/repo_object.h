/*
 * What git keeps: file contents, trees, commits, and how commits relate.
 *
 * Invariant: an object that was written is on the disk when the function
 * returns; a tree that we write holds no path that path_judge() refuses.
 */
#ifndef CORE_REPO_OBJECT_H
#define CORE_REPO_OBJECT_H

#include <stdint.h>

#include "core/mode.h"
#include "core/path.h"
#include "core/repo.h"

/* A file of a tree. */
struct tree_file {
	struct str path; /* from the root, parts separated by '/' */
	uint32_t mode;	 /* enum file_mode; anything else is carried as it is */
	struct object_id id;
	bool writable;	    /* a plain file at a path that may be on disk */
	struct str same_as; /* the path that has its name on disk, see same_name.h; empty: none */
};

struct tree_files {
	struct tree_file *files; /* by path, each path once */
	size_t count;
	size_t refused_count; /* entries left out: their paths are refused */
	struct str *refused;  /* the beginnings of the first MOST_REFUSED_TOLD of their paths */
};

enum { MOST_REFUSED_TOLD = 50, MOST_REFUSED_BYTES = 400 };

/*
 * All files below a tree (or the tree of a commit; none: no files).
 * errors: STATUS_BAD_INPUT over LIMIT_FILES.
 */
err repo_tree_read(struct arena *arena, const struct repo *repo, struct object_id tree,
		   struct tree_files *out) ERR_MUST_CHECK;
/* The file at `path`, NULL: none. cost: logarithmic. */
const struct tree_file *tree_file_find(const struct tree_files *files, struct str path);
/* Where the files that lie in a folder begin, or would. cost: logarithmic */
size_t tree_files_below(const struct tree_files *files, struct str folder);
/* Does any file lie in the folder, or further down? cost: logarithmic */
bool tree_files_have_below(const struct tree_files *files, struct str folder);
/* What stands at `path` in a tree, or in that of a commit; none: nothing, or it is missing. */
struct object_id repo_tree_entry(const struct repo *repo, struct object_id tree, const char *path);
/* Writes folders for files in order; paths that are refused, or folders of others, are left out. */
err repo_tree_write(struct repo *repo, const struct tree_files *files,
		    struct object_id *out) ERR_MUST_CHECK;

/*
 * A file's bytes. errors: STATUS_BAD_INPUT when it holds more than `limit` bytes
 * (asked before it is loaded), STATUS_IO when it is missing or damaged.
 */
err repo_blob_read(struct arena *arena, const struct repo *repo, struct object_id id, size_t limit,
		   struct str *out) ERR_MUST_CHECK;
/* Its size in bytes, without loading it. */
err repo_blob_size(const struct repo *repo, struct object_id id, size_t *out) ERR_MUST_CHECK;
err repo_blob_write(struct repo *repo, struct str bytes, struct object_id *out) ERR_MUST_CHECK;
/* The id that bytes would have. */
struct object_id blob_id_of(struct str bytes);

struct signature {
	struct str name, email;
	int64_t time;	    /* seconds since 1970 */
	int offset_minutes; /* of the time zone, east is positive */
};

/* Whom a commit names that the program makes by itself: nobody is credited with it. */
struct signature signature_of_program(int64_t time);
bool signature_is_program(const struct signature *signature);

struct commit {
	struct object_id id; /* set by reading and writing */
	struct object_id tree;
	struct object_id *parents;
	size_t parent_count;
	struct signature author, committer;
	struct str message;
};

err repo_commit_read(struct arena *arena, const struct repo *repo, struct object_id id,
		     struct commit *out) ERR_MUST_CHECK;
/* Sets commit->id. What git would not accept in names is left out. */
err repo_commit_write(struct repo *repo, struct commit *commit) ERR_MUST_CHECK;
/* Does a commit carry a signature, whosever it is? */
bool repo_commit_is_signed(const struct repo *repo, struct object_id id);
/* The value of a trailer line "NAME: value" at the end of a message; empty: none. */
struct str commit_trailer(const struct commit *commit, struct str name);
/*
 * Does its message say that a sync made it (Atelier-Merge)? What else the program makes
 * by itself is told by its author: signature_is_program().
 */
bool commit_is_automatic(const struct commit *commit);

/*
 * Is `ancestor` reached from `id`, or the same? False for none, and where the way between
 * them cannot be read.
 */
bool repo_descends(const struct repo *repo, struct object_id id, struct object_id ancestor);
/*
 * The best common ancestors of a commit and of what the others would be when
 * merged, by id; none for unrelated histories.
 */
err repo_merge_bases(struct arena *arena, const struct repo *repo, struct object_id one,
		     const struct object_id *others, size_t other_count, struct object_id **out,
		     size_t *count) ERR_MUST_CHECK;

/* Is a commit older than what a shortened history has? It is named, and cannot be read. */
bool repo_is_cut_off(const struct repo *repo, struct object_id id);

/*
 * Commits reached from `from` and not from `without` (none: all of them),
 * parents before children; where the graph leaves the order open, by time, then id.
 * Where clocks were wrong, some that `without` reaches may be among them.
 * cost: linear in their number.
 */
err repo_history(struct arena *arena, const struct repo *repo, struct object_id from,
		 struct object_id without, struct commit **out, size_t *count) ERR_MUST_CHECK;

#endif
