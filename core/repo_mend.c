#include "core/repo_mend.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/repo_index.h"
#include "core/repo_object.h"
#include "core/repo_private.h"
#include "core/worktree.h"

/* git holds the lock of a reference for as long as it takes to write it. */
enum { OLD_SECONDS = 600 };

static const struct str lock_ending = {".lock", sizeof ".lock" - 1};

/* Locks of one repository, on whatever machine its disk is. */
struct locks {
	struct arena *arena;
	const char *folder;
	time_t now; /* as that disk has it; 0: not asked yet, or nothing may be made there */
};

static time_t time_there(const struct locks *locks)
{
	char *path = str_writable(locks->arena,
				  str_printf(locks->arena, "%s/atelier-XXXXXX", locks->folder));
	int descriptor = mkstemp(path);
	struct stat status;
	time_t now = 0;

	if (descriptor < 0)
		return 0;
	if (fstat(descriptor, &status) == 0)
		now = status.st_mtim.tv_sec;
	close(descriptor);
	unlink(path);
	return now;
}

static void remove_old(struct locks *locks, const char *path, const struct stat *status)
{
	if (!S_ISREG(status->st_mode))
		return;
	if (!locks->now)
		locks->now = time_there(locks);
	if (locks->now && status->st_mtim.tv_sec < locks->now - OLD_SECONDS)
		unlink(path);
}

/* Locks in a folder of references that are old, or `any`. */
static void remove_below(struct locks *locks, const char *folder, bool any)
{
	char *roots[] = {str_writable(locks->arena, str_of(folder)), NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (walk && (entry = fts_read(walk))) {
		if (entry->fts_info != FTS_F || !str_ends(str_of(entry->fts_path), lock_ending))
			continue;
		if (any)
			unlink(entry->fts_path);
		else
			remove_old(locks, entry->fts_path, entry->fts_statp);
	}
	if (walk)
		fts_close(walk);
}

/* All but that of the index, which a git holds for as long as somebody writes a message. */
static void remove_all_old(struct locks *locks)
{
	static const char *const names[] = {"packed-refs.lock", "HEAD.lock", "shallow.lock"};

	remove_below(locks, str_printf(locks->arena, "%s/refs", locks->folder).at, false);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *path = str_printf(locks->arena, "%s/%s", locks->folder, names[i]).at;
		struct stat status;

		if (lstat(path, &status) == 0)
			remove_old(locks, path, &status);
	}
}

void repo_mend_locks(const struct repo *repo)
{
	struct arena arena = {0};
	struct locks locks = {.arena = &arena, .folder = repo_common_path(&arena, repo, "")};

	remove_below(&locks, repo_common_path(&arena, repo, "refs/atelier"), true);
	/* Of the library, on the index that it writes for us beside. */
	unlink(str_printf(&arena, "%s/index.lock", repo_state_folder(repo)).at);
	remove_all_old(&locks);
	arena_free(&arena);
}

void repo_mend_other_locks(const char *folder)
{
	struct arena arena = {0};
	struct locks locks = {.arena = &arena};
	git_repository *other = NULL;

	if (git_repository_open_ext(&other, folder, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0) {
		locks.folder = git_repository_commondir(other);
		remove_all_old(&locks);
	}
	git_repository_free(other);
	arena_free(&arena);
}

void repo_mend_branch_lock(const struct repo *repo, const char *branch, struct object_id to)
{
	enum { ID_LIMIT = 2 * OBJECT_ID_BYTES + 1 };
	struct arena arena = {0};
	const char *path = str_printf(&arena, "%s.lock", repo_common_path(&arena, repo, branch)).at;
	struct str held = {0}, ours = str_printf(&arena, "%s\n", object_id_hex(&arena, to).at);

	if (access(path, F_OK) == 0) {
		err e = file_read(&arena, path, ID_LIMIT, &held);
		bool is_ours = !e;

		/*
		 * Killed at any byte; where the power failed, bytes that did not reach the
		 * disk may read as zero. Longer or other words are those of plain git.
		 */
		for (size_t i = 0; is_ours && i < held.len; i++)
			is_ours = held.at[i] == ours.at[i] || held.at[i] == '\0';
		if (is_ours)
			unlink(path);
		err_free(e);
	}
	arena_free(&arena);
}

void repo_mend_merge(const struct repo *repo)
{
	/* A run of ours does not begin in the middle of a merge: this one came after its lock. */
	if (repo_state(repo) == REPO_MERGING && repo_index_is_ours(repo))
		git_repository_state_cleanup(repo->git);
}

/* Does it point to something that can be read, or to another reference? */
static bool is_sound(const struct repo *repo, const char *name)
{
	git_reference *reference = NULL;
	git_odb_object *object = NULL;
	bool sound = false;

	if (git_reference_lookup(&reference, repo->git, name) == 0)
		sound = git_reference_type(reference) == GIT_REFERENCE_SYMBOLIC ||
			git_odb_read(&object, repo->objects, git_reference_target(reference)) == 0;
	git_odb_object_free(object);
	git_reference_free(reference);
	return sound;
}

void repo_mend_references(struct repo *repo)
{
	struct arena arena = {0};
	const char *common = repo_common_path(&arena, repo, "");
	char *roots[] = {
		str_writable(&arena, str_of(repo_common_path(&arena, repo, "refs/atelier/in"))),
		str_writable(&arena, str_of(repo_common_path(&arena, repo, "refs/remotes"))), NULL};
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (walk && (entry = fts_read(walk)))
		if (entry->fts_info == FTS_F && !str_ends(str_of(entry->fts_path), lock_ending) &&
		    !is_sound(repo, entry->fts_path + strlen(common)))
			unlink(entry->fts_path);
	if (walk)
		fts_close(walk);
	arena_free(&arena);
}

err repo_mend_index(struct arena *arena, struct repo *repo)
{
	struct file_changes nothing = {0};
	struct tree_files files;
	bool damaged;
	err e = repo_index_check(arena, repo, &damaged);

	if (e || !damaged || (e = repo_index_lock(repo)))
		return e;
	if ((e = repo_tree_read(arena, repo, repo_reference(repo, "HEAD"), &files)) ||
	    (e = repo_index_replace(repo, &files, &nothing)))
		repo_index_unlock(repo);
	return e;
}
