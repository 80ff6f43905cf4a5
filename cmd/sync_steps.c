#include "cmd/sync_steps.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "core/apply.h"
#include "core/file.h"
#include "core/identity.h"
#include "core/message.h"
#include "core/record.h"

enum {
	LOCK_SECONDS = 10,
	MOST_TRIES = 40,       /* pushes of one sync while others are faster */
	MOST_LATE_ROUNDS = 10, /* unions of one sync with saves that came meanwhile */
	FIRST_PAUSE_MILLISECONDS = 20,
	LONGEST_PAUSE_MILLISECONDS = 2000,
	HELD_LIMIT = 1024 * 1024,
};

/* --- opening ------------------------------------------------------------------- */

/* The remotes that are shared with: those named in atelier.remotes, else git's own choice. */
static err choose_remotes(struct sync *sync, struct str **out, size_t *count)
{
	struct str wanted = repo_setting(sync->arena, sync->repo, "atelier.remotes"), name, *all;
	size_t all_count, room = 0;
	struct str own =
		repo_setting(sync->arena, sync->repo,
			     str_printf(sync->arena, "branch.%.*s.remote",
					STR_ARGS(str_slice(sync->branch, strlen("refs/heads/"),
							   sync->branch.len)))
				     .at);
	err e = repo_remotes(sync->arena, sync->repo, &all, &all_count);

	if (e)
		return e;
	*out = NULL;
	*count = 0;
	if (wanted.len == 0 && own.len && !str_equal(own, STR(".")))
		wanted = own;
	for (size_t i = 0; wanted.len == 0 && i < all_count; i++)
		if (all_count == 1 || str_equal(all[i], STR("origin")))
			wanted = all[i];
	while (str_next_word(&wanted, &name)) {
		arena_push(sync->arena, *out, *count, room);
		(*out)[(*count)++] = name;
	}
	return NULL;
}

static err open_remotes(struct sync *sync)
{
	struct str *names;
	err e = choose_remotes(sync, &names, &sync->remote_count);

	if (e)
		return e;
	sync->remotes = arena_array(sync->arena, struct sync_remote, sync->remote_count);
	for (size_t i = 0; i < sync->remote_count; i++) {
		const char *key = str_printf(sync->arena, "remote.%.*s.url", STR_ARGS(names[i])).at;

		sync->remotes[i].name = names[i];
		sync->remotes[i].url = repo_setting(sync->arena, sync->repo, key);
	}
	return NULL;
}

err sync_open(struct app *app, struct sync *sync)
{
	err e = repo_open(".", &sync->repo);

	sync->arena = &app->arena;
	sync->identity = app->identity;
	if (e ||
	    (e = lock_take(record_lock_path(sync->arena, sync->repo), LOCK_SECONDS, &sync->lock)))
		return e;
	sync->branch = repo_branch(sync->arena, sync->repo);
	if ((e = record_may_begin(sync->arena, sync->repo)))
		return e;
	if ((e = apply_finish(sync->arena, sync->repo)))
		return e;
	return open_remotes(sync);
}

static err choose_branch(struct sync *sync, struct sync_remote *remote);

err sync_look(struct app *app, struct sync *sync)
{
	err e = repo_open(".", &sync->repo);

	sync->arena = &app->arena;
	sync->identity = app->identity;
	if (e)
		return e;
	sync->branch = repo_branch(sync->arena, sync->repo);
	if ((e = open_remotes(sync)) ||
	    (e = snapshot_look(sync->arena, sync->repo, SNAPSHOT_ONLY_LOOK, &sync->snapshot)))
		return e;
	sync->start = sync->recorded = sync->head = sync->snapshot.head;
	for (size_t i = 0; !e && i < sync->remote_count; i++)
		e = choose_branch(sync, &sync->remotes[i]);
	return e;
}

void sync_close(struct sync *sync)
{
	lock_release(&sync->lock);
	repo_close(sync->repo);
	sync->repo = NULL;
}

/* --- step 1: what people saved ------------------------------------------------- */

/* What is held back, as one text; said a second time unchanged, it is meant. */
static struct str held_text(struct sync *sync)
{
	struct buf text = {.arena = sync->arena};

	for (size_t i = 0; i < sync->snapshot.held_count; i++) {
		const struct held_file *held = &sync->snapshot.held[i];

		if (held->reason == HELD_MANY_GONE || held->reason == HELD_EMPTIED)
			buf_printf(&text, "%d %.*s\n", (int)held->reason, STR_ARGS(held->path));
	}
	return buf_str(&text);
}

/* out: `meant`: the same was held back by the sync before. */
static err remember_held(struct sync *sync, bool *meant)
{
	const char *path = str_printf(sync->arena, "%s/held", repo_state_folder(sync->repo)).at;
	struct str now = held_text(sync), before = {0};
	err e = NULL;

	*meant = false;
	if (access(path, F_OK) == 0)
		e = file_read(sync->arena, path, HELD_LIMIT, &before);
	if (e)
		return e;
	if (now.len == 0) {
		if (before.len && unlink(path) < 0 && errno != ENOENT)
			return err_errno(path, _("cannot remove"));
		return NULL;
	}
	*meant = str_equal(now, before);
	return *meant ? NULL : file_replace(path, now);
}

err sync_snapshot(struct sync *sync)
{
	struct signature author;
	bool meant;
	err e = snapshot_look(sync->arena, sync->repo, sync->options.all ? SNAPSHOT_TAKE_HELD : 0,
			      &sync->snapshot);

	if (e || (e = remember_held(sync, &meant)))
		return e;
	if (meant &&
	    (e = snapshot_look(sync->arena, sync->repo, SNAPSHOT_TAKE_HELD, &sync->snapshot)))
		return e;
	sync->start = sync->head = sync->recorded = sync->snapshot.head;
	if (sync->snapshot.changes.count == 0)
		return NULL;
	if ((e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &author)) ||
	    (e = snapshot_record(sync->arena, sync->repo, &author, &sync->snapshot)))
		return e;
	sync->head = sync->recorded = sync->snapshot.head;
	return NULL;
}

err sync_save_aside(struct sync *sync)
{
	struct signature author;
	struct object_id commit;
	struct tree_files files;
	const char *name;
	err e = snapshot_look(sync->arena, sync->repo, SNAPSHOT_TAKE_HELD, &sync->snapshot);

	if (e || sync->snapshot.changes.count == 0)
		return e;
	files = tree_files_with(sync->arena, &sync->snapshot.files, &sync->snapshot.changes);
	if ((e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &author)) ||
	    (e = record_tree(sync->arena, sync->repo, &files, sync->snapshot.head, &author,
			     str_of(_("Notes saved while plain git was at work")), &commit)))
		return e;
	name = str_printf(sync->arena, "refs/atelier/saved/%s",
			  object_id_hex(sync->arena, commit).at)
		       .at;
	return repo_reference_swap(sync->repo, name, repo_reference(sync->repo, name), commit,
				   "saved aside");
}

/* --- steps 2 and 3: what others wrote ------------------------------------------ */

/* The branch of a remote that is shared: ours by name, or the only one there is. */
static err choose_branch(struct sync *sync, struct sync_remote *remote)
{
	struct str prefix =
		str_printf(sync->arena, "refs/atelier/in/%.*s/", STR_ARGS(remote->name));
	struct str own = str_slice(sync->branch, strlen("refs/heads/"), sync->branch.len);
	const char *key = str_printf(sync->arena, "branch.%.*s.merge", STR_ARGS(own)).at;
	struct str upstream = repo_setting(sync->arena, sync->repo, key);
	struct reference *found;
	size_t count;
	err e = repo_references(sync->arena, sync->repo, prefix.at, &found, &count);

	if (e)
		return e;
	if (str_starts(upstream, STR("refs/heads/")))
		own = str_slice(upstream, strlen("refs/heads/"), upstream.len);
	remote->tip = (struct object_id){{0}};
	for (size_t i = 0; i < count; i++) {
		struct str name = str_slice(found[i].name, prefix.len, found[i].name.len);

		if (count > 1 && !str_equal(name, own))
			continue;
		remote->branch = str_printf(sync->arena, "refs/heads/%.*s", STR_ARGS(name));
		remote->tip = found[i].id;
		return NULL;
	}
	remote->branch = str_printf(sync->arena, "refs/heads/%.*s", STR_ARGS(own));
	return NULL;
}

static long merge_version_of(const struct commit *commit)
{
	struct str value = commit_trailer(commit, STR("Atelier-Merge"));
	char digits[8] = {0};

	for (size_t i = 0; i < value.len && i < sizeof digits - 1; i++)
		digits[i] = value.at[i];
	return strtol(digits, NULL, 10);
}

/* Merges of a newer program are not understood here: what they mean is not ours to guess. */
static err look_for_newer(struct sync *sync, struct sync_remote *remote)
{
	struct commit *commits;
	size_t count;
	err e;

	remote->newer = false;
	if (object_id_is_none(remote->tip) || object_id_equal(remote->tip, sync->head))
		return NULL;
	e = repo_history(sync->arena, sync->repo, remote->tip, sync->head, &commits, &count);
	for (size_t i = 0; !e && i < count; i++)
		remote->newer |= merge_version_of(&commits[i]) > MERGE_VERSION;
	return e;
}

/* A remote that lost what it had: its old state stays reachable here. */
static err keep_rewritten(struct sync *sync, struct sync_remote *remote)
{
	const char *name;

	if (object_id_is_none(remote->before) || object_id_equal(remote->before, remote->tip) ||
	    repo_descends(sync->repo, remote->tip, remote->before))
		return NULL;
	remote->rewritten = true;
	name = str_printf(sync->arena, "refs/atelier/kept/%s",
			  object_id_hex(sync->arena, remote->before).at)
		       .at;
	return repo_reference_swap(sync->repo, name, repo_reference(sync->repo, name),
				   remote->before, "kept");
}

static err fetch_one(struct sync *sync, struct sync_remote *remote)
{
	err e = choose_branch(sync, remote);

	if (e)
		return e;
	remote->before = remote->tip;
	if ((e = repo_is_shallow(sync->repo) ? transport_complete(sync->arena, sync->repo,
								  remote->name, &remote->fetched)
					     : transport_fetch(sync->arena, sync->repo,
							       remote->name, &remote->fetched)))
		return e;
	if (remote->fetched.outcome != TRANSPORT_DONE)
		return NULL;
	if ((e = choose_branch(sync, remote)) || (e = keep_rewritten(sync, remote)))
		return e;
	if (object_id_is_none(remote->found))
		remote->found = remote->tip;
	return look_for_newer(sync, remote);
}

err sync_fetch(struct sync *sync)
{
	for (size_t i = 0; i < sync->remote_count; i++) {
		err e = fetch_one(sync, &sync->remotes[i]);

		if (e)
			return e;
	}
	return NULL;
}

/* --- steps 4 to 7: one version of all ------------------------------------------- */

/* Late saves of this clone, remotes' versions, our own. */
static err collect_heads(struct sync *sync, struct object_id **out, size_t *count,
			 struct reference **late, size_t *late_count)
{
	struct object_id *heads;
	err e = repo_references(sync->arena, sync->repo, "refs/atelier/late/", late, late_count);

	if (e)
		return e;
	heads = arena_array(sync->arena, struct object_id, *late_count + sync->remote_count + 1);
	*count = 0;
	if (!object_id_is_none(sync->head))
		heads[(*count)++] = sync->head;
	for (size_t i = 0; i < *late_count; i++)
		heads[(*count)++] = (*late)[i].id;
	for (size_t i = 0; i < sync->remote_count; i++)
		if (!object_id_is_none(sync->remotes[i].tip) && !sync->remotes[i].newer)
			heads[(*count)++] = sync->remotes[i].tip;
	*out = heads;
	return NULL;
}

/* Whose a save would be that comes while files are replaced. */
static void find_author(struct sync *sync, struct signature *author)
{
	err e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, author);

	if (e)
		*author = (struct signature){.name = STR("atelier"),
					     .email = STR("atelier@invalid"),
					     .time = time(NULL)};
	err_free(e);
}

static err move_to(struct sync *sync, struct object_id result)
{
	struct signature author;
	struct tree_files after;
	struct file_changes changes;
	err e = repo_tree_read(sync->arena, sync->repo, result, &after);

	if (e)
		return e;
	changes = plan_changes(sync->arena, &sync->snapshot.files, &after);
	find_author(sync, &author);
	if ((e = apply_changes(sync->arena, sync->repo, sync->head, result, &changes, &author)))
		return e;
	sync->head = sync->snapshot.head = result;
	sync->snapshot.files = after;
	sync->united = true;
	return NULL;
}

/* Late saves that the branch holds now need no name of their own any more. */
static err drop_late(struct sync *sync, const struct reference *late, size_t count)
{
	err e = NULL;

	for (size_t i = 0; !e && i < count; i++)
		if (repo_descends(sync->repo, sync->head, late[i].id))
			e = repo_reference_remove(sync->repo, late[i].name.at);
	return e;
}

static bool has_late(struct sync *sync)
{
	struct reference *late;
	size_t count = 0;
	err e = repo_references(sync->arena, sync->repo, "refs/atelier/late/", &late, &count);

	err_free(e);
	return count > 0;
}

err sync_unite(struct sync *sync)
{
	for (int round = 0; round < MOST_LATE_ROUNDS; round++) {
		struct object_id *heads;
		struct reference *late;
		size_t count, late_count;
		struct plan plan;
		err e = collect_heads(sync, &heads, &count, &late, &late_count);

		if (e || count == 0)
			return e;
		if ((e = plan_union(sync->arena, sync->repo, heads, count, &plan)))
			return e;
		if (object_id_equal(plan.result, sync->head))
			return drop_late(sync, late, late_count);
		sync->plan = plan;
		if ((e = move_to(sync, plan.result)) || (e = drop_late(sync, late, late_count)))
			return e;
		if (!has_late(sync))
			return NULL;
	}
	return NULL;
}

/* --- step 8: sending ------------------------------------------------------------- */

/* Longer with each try, and never the same for two who try at one time. */
static void pause_before(int tries)
{
	unsigned limit = FIRST_PAUSE_MILLISECONDS, chance = 0;

	for (int i = 0; i < tries && limit < LONGEST_PAUSE_MILLISECONDS; i++)
		limit *= 2;
	if (getrandom(&chance, sizeof chance, 0) != (ssize_t)sizeof chance)
		chance = (unsigned)getpid();
	unsigned milliseconds = chance % limit;
	struct timespec pause = {.tv_sec = milliseconds / 1000,
				 .tv_nsec = milliseconds % 1000 * 1000000L};
	nanosleep(&pause, NULL);
}

static bool wants_push(const struct sync *sync, const struct sync_remote *remote)
{
	return remote->fetched.outcome == TRANSPORT_DONE && !remote->newer &&
	       !object_id_is_none(sync->head) && !object_id_equal(remote->tip, sync->head);
}

static err push_one(struct sync *sync, struct sync_remote *remote)
{
	const char *name;
	err e;

	remote->pushed = (struct transport_result){.outcome = TRANSPORT_DONE};
	if (!wants_push(sync, remote))
		return NULL;
	remote->push_tried = true;
	if ((e = transport_push(sync->arena, sync->repo, remote->name, sync->head, remote->branch,
				&remote->pushed)) ||
	    remote->pushed.outcome != TRANSPORT_DONE)
		return e;
	name = str_printf(sync->arena, "refs/atelier/in/%.*s/%.*s", STR_ARGS(remote->name),
			  STR_ARGS(str_slice(remote->branch, strlen("refs/heads/"),
					     remote->branch.len)))
		       .at;
	remote->tip = sync->head;
	return repo_reference_swap(sync->repo, name, repo_reference(sync->repo, name), sync->head,
				   "sent");
}

static bool somebody_was_faster(const struct sync *sync)
{
	for (size_t i = 0; i < sync->remote_count; i++)
		if (sync->remotes[i].push_tried &&
		    sync->remotes[i].pushed.outcome == TRANSPORT_REJECTED)
			return true;
	return false;
}

err sync_push(struct sync *sync)
{
	for (int tries = 0; tries < MOST_TRIES; tries++) {
		err e = NULL;

		for (size_t i = 0; !e && i < sync->remote_count; i++)
			e = push_one(sync, &sync->remotes[i]);
		if (e || !somebody_was_faster(sync))
			return e;
		pause_before(tries);
		if ((e = sync_fetch(sync)) || (e = sync_unite(sync)))
			return e;
	}
	return NULL;
}
