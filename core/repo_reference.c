#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/commit_text.h"
#include "core/file.h"
#include "core/message.h"
#include "core/repo_private.h"

/* git holds a reference's lock for a moment, and waits for others as well. */
enum { LOCK_WAIT_MILLISECONDS = 1000, LOCK_POLL_MILLISECONDS = 10 };

struct str repo_branch(struct arena *arena, const struct repo *repo)
{
	git_reference *head = NULL;
	struct str out = {0};

	if (git_reference_lookup(&head, repo->git, "HEAD") == 0 &&
	    git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		out = str_copy(arena, str_of(git_reference_symbolic_target(head)));
	git_reference_free(head);
	return out;
}

struct str repo_branch_name(struct str branch)
{
	struct str prefix = STR("refs/heads/");

	return str_starts(branch, prefix) ? str_slice(branch, prefix.len, branch.len) : branch;
}

err repo_branch_set(struct repo *repo, const char *name)
{
	if (git_repository_set_head(repo->git, name) < 0)
		return repo_failure(STATUS_CANNOT_CREATE, _("cannot keep a setting"));
	return NULL;
}

struct object_id repo_reference(const struct repo *repo, const char *name)
{
	git_oid id;

	if (git_reference_name_to_id(&id, repo->git, name) < 0)
		return OBJECT_ID_NONE;
	return repo_id_from(&id);
}

/*
 * Does git's log say of a move what is said by a command that takes the index along? A pull
 * into the branch itself is one of fetch's, which may find that the files cannot follow.
 */
static bool takes_index(struct str message)
{
	static const char *const commands[] = {"commit", "merge",	"pull",	   "rebase",
					       "revert", "cherry-pick", "checkout"};
	bool takes = false;

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		takes |= str_starts(message, str_of(commands[i]));
	return takes && !str_ends(message, STR("fast-forward")) &&
	       !str_ends(message, STR("forced-update"));
}

bool repo_index_came_along(const struct repo *repo, struct object_id head)
{
	git_reflog *log = NULL;
	const git_reflog_entry *last = NULL;
	bool along = false;

	if (git_reflog_read(&log, repo->git, "HEAD") == 0)
		last = git_reflog_entry_byindex(log, 0);
	if (last && git_reflog_entry_message(last))
		along = object_id_equal(repo_id_from(git_reflog_entry_id_new(last)), head) &&
			takes_index(str_of(git_reflog_entry_message(last)));
	git_reflog_free(log);
	return along;
}

bool repo_recorded_on(const struct repo *repo, const char *branch, struct object_id version,
		      struct object_id *out)
{
	git_reflog *log = NULL;
	size_t count = 0;

	*out = OBJECT_ID_NONE;
	if (git_reflog_read(&log, repo->git, branch) == 0)
		count = git_reflog_entrycount(log);
	/* The latest first. */
	for (size_t i = 0; i < count && object_id_is_none(*out); i++) {
		const git_reflog_entry *entry = git_reflog_entry_byindex(log, i);
		const char *message = git_reflog_entry_message(entry);

		if (message && str_starts(str_of(message), STR("commit")) &&
		    object_id_equal(repo_id_from(git_reflog_entry_id_old(entry)), version))
			*out = repo_id_from(git_reflog_entry_id_new(entry));
	}
	git_reflog_free(log);
	return count > 0;
}

/* What is recorded has to be on the disk with all the folders above it. */
static err make_ready(struct repo *repo, const char *name)
{
	struct arena arena = {0};
	err e = file_make_folders(file_folder_of(&arena, repo_common_path(&arena, repo, name)));

	arena_free(&arena);
	return e ? e : repo_durable_settle(repo);
}

static err is_recording(void)
{
	return err_advise(
		err_new(STATUS_BUSY,
			_("another program is recording in this folder at the same time")),
		_("Try again when it has finished. “atelier doctor” tells whether it runs, and "
		  "with --fix takes away what it left."));
}

/* Is `name` what the caller has seen? One that only names another is nobody's to point. */
static err check_points_to(const struct repo *repo, const char *name, struct object_id from)
{
	git_reference *reference = NULL;
	int code = git_reference_lookup(&reference, repo->git, name);
	bool same = code == GIT_ENOTFOUND && object_id_is_none(from);

	if (code == 0 && git_reference_type(reference) == GIT_REFERENCE_DIRECT)
		same = object_id_equal(repo_id_from(git_reference_target(reference)), from);
	git_reference_free(reference);
	if (code < 0 && code != GIT_ENOTFOUND)
		return repo_failure(STATUS_IO, _("cannot record"));
	return same ? NULL : err_outrun(is_recording());
}

/* A line of git's own account of where a reference stood, where one is kept. */
static void add_to_log(struct arena *arena, const struct repo *repo, const char *log,
		       struct str line)
{
	struct str wanted = repo_setting(arena, repo, "core.logallrefupdates");
	int is_wanted = 1;
	err e = NULL;

	if (wanted.len)
		git_config_parse_bool(&is_wanted, str_c(arena, wanted));
	if (access(log, F_OK) < 0 && is_wanted)
		e = file_make_folders(file_folder_of(arena, log));
	else if (!is_wanted)
		return;
	/* Nothing depends on it: git itself goes on without, and so do we. */
	if (!e)
		e = file_append_cache(log, line);
	err_free(e);
}

/*
 * As git does, the account comes first. It is not made to last at once: nothing is found
 * by it, and each of its two files would take as long as two notes.
 */
static void log_move(struct arena *arena, const struct repo *repo, const char *name,
		     struct object_id from, struct object_id to, const char *why)
{
	git_signature *who = NULL;

	if (!str_starts(str_of(name), STR("refs/heads/")))
		return;
	if (git_signature_default(&who, repo->git) < 0 &&
	    git_signature_now(&who, "unknown", "unknown") < 0)
		return;
	const struct signature when = {.time = who->when.time, .offset_minutes = who->when.offset};
	struct buf line = {.arena = arena};

	buf_printf(&line, "%s %s %s <%s> ", object_id_hex(arena, from).at,
		   object_id_hex(arena, to).at, who->name, who->email);
	signature_time_write(&line, &when);
	buf_printf(&line, "\t%s\n", why);

	git_signature_free(who);
	add_to_log(arena, repo,
		   repo_common_path(arena, repo, str_printf(arena, "logs/%s", name).at),
		   buf_str(&line));
	if (str_equal(repo_branch(arena, repo), str_of(name)))
		add_to_log(arena, repo, repo_own_path(arena, repo, "logs/HEAD"), buf_str(&line));
}

/* The new value stands in the lock, on the disk, before it takes the name's place. */
static err write_lock(struct arena *arena, int descriptor, const char *path, struct object_id to)
{
	err e = file_write_open(descriptor, path,
				str_printf(arena, "%s\n", object_id_hex(arena, to).at));

	return !e && fsync(descriptor) < 0 ? err_errno(path, _("cannot write")) : e;
}

/* git leaves a folder of names behind when the last of them goes. */
static bool take_place(const char *lock, const char *path)
{
	return rename(lock, path) == 0 ||
	       (errno == EISDIR && rmdir(path) == 0 && rename(lock, path) == 0);
}

/* git's own way: whoever makes the lock may write. out: < 0: errno tells why not */
static int take_lock(const char *lock)
{
	int descriptor;

	for (int waited = 0;; waited += LOCK_POLL_MILLISECONDS) {
		descriptor = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (descriptor >= 0 || errno != EEXIST || waited >= LOCK_WAIT_MILLISECONDS)
			return descriptor;
		clock_pause(LOCK_POLL_MILLISECONDS);
	}
}

err repo_reference_swap(struct repo *repo, const char *name, struct object_id from,
			struct object_id to, const char *why)
{
	struct arena arena = {0};
	const char *path = repo_common_path(&arena, repo, name);
	const char *lock = str_printf(&arena, "%s.lock", path).at;
	err e = make_ready(repo, name);
	int descriptor = -1;

	if (!e && !git_reference_is_valid_name(name))
		e = err_new(STATUS_BAD_INPUT, "%s: %s", name, _("cannot record"));
	if (e)
		goto done;
	if ((descriptor = take_lock(lock)) < 0) {
		e = errno == EEXIST ? is_recording() : err_errno(lock, _("cannot create"));
		goto done;
	}
	if ((e = check_points_to(repo, name, from)) ||
	    (e = write_lock(&arena, descriptor, lock, to))) {
		unlink(lock);
		goto done;
	}
	log_move(&arena, repo, name, from, to, why);
	if (take_place(lock, path)) {
		e = file_sync_folder(file_folder_of(&arena, path));
	} else {
		e = err_errno(path, _("cannot replace"));
		unlink(lock);
	}
done:
	if (descriptor >= 0)
		close(descriptor);
	arena_free(&arena);
	return e;
}

err repo_reference_keep(struct repo *repo, const char *folder, struct object_id id, const char *why)
{
	struct arena arena = {0};
	const char *name = str_printf(&arena, "%s%s", folder, object_id_hex(&arena, id).at).at;
	err e = repo_reference_swap(repo, name, repo_reference(repo, name), id, why);

	arena_free(&arena);
	return e;
}

err repo_reference_remove(struct repo *repo, const char *name)
{
	int code = git_reference_remove(repo->git, name);

	if (code < 0 && code != GIT_ENOTFOUND)
		return repo_failure(STATUS_IO, _("cannot remove what is no longer needed"));
	return NULL;
}

static int compare_references(const void *left, const void *right)
{
	const struct reference *a = left, *b = right;

	return str_compare(a->name, b->name);
}

err repo_references(struct arena *arena, const struct repo *repo, const char *prefix,
		    struct reference **out, size_t *count)
{
	struct str glob = str_printf(arena, "%s*", prefix);
	git_reference_iterator *iterator = NULL;
	struct reference *found = NULL;
	size_t number = 0, room = 0;
	const char *name;
	int code;

	if (git_reference_iterator_glob_new(&iterator, repo->git, glob.at) < 0)
		return repo_failure(STATUS_IO, _("cannot read what is recorded"));
	while ((code = git_reference_next_name(&name, iterator)) == 0) {
		arena_push(arena, found, number, room);
		found[number].name = str_copy(arena, str_of(name));
		found[number].id = repo_reference(repo, name);
		if (!object_id_is_none(found[number].id))
			number++;
	}
	git_reference_iterator_free(iterator);
	if (code != GIT_ITEROVER)
		return repo_failure(STATUS_IO, _("cannot read what is recorded"));
	if (number)
		qsort(found, number, sizeof *found, compare_references);
	*out = found;
	*count = number;
	return NULL;
}

bool repo_look_at_other(struct arena *arena, const char *folder, struct reference **out,
			size_t *count)
{
	struct repo other = {0};
	bool read =
		git_repository_open_ext(&other.git, folder,
					GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE,
					NULL) == 0 ||
		git_repository_open_ext(&other.git, folder, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) ==
			0;
	err e = read ? repo_references(arena, &other, "refs/heads/", out, count) : NULL;

	read = read && !e;
	err_free(e);
	git_repository_free(other.git);
	return read;
}
