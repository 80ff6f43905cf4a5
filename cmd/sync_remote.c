#include "cmd/sync_steps.h"
#include "core/clock.h"

enum {
	MOST_TRIES = 40, /* pushes of one sync while others are faster */
	TURN_SECONDS = 5,
};

/* --- steps 2 and 3: what others wrote ------------------------------------------ */

err sync_remote_branch(struct sync *sync, struct sync_remote *remote)
{
	struct str prefix =
		str_printf(sync->arena, "refs/atelier/in/%.*s/", STR_ARGS(remote->name));
	struct str own = repo_branch_name(sync->branch);
	const char *key = str_printf(sync->arena, "branch.%.*s.merge", STR_ARGS(own)).at;
	struct str upstream = repo_setting(sync->arena, sync->repo, key);
	struct reference *found;
	size_t count;
	err e = repo_references(sync->arena, sync->repo, prefix.at, &found, &count);

	if (e)
		return e;
	if (str_starts(upstream, STR("refs/heads/")))
		own = repo_branch_name(upstream);
	remote->tip = OBJECT_ID_NONE;
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

/* What its branch is called here. */
static const char *reference_of(const struct sync *sync, const struct sync_remote *remote)
{
	struct str branch = repo_branch_name(remote->branch);

	return str_printf(sync->arena, "refs/atelier/in/%.*s/%.*s", STR_ARGS(remote->name),
			  STR_ARGS(branch))
		.at;
}

static bool is_newer(const struct commit *commit)
{
	struct str value = commit_trailer(commit, STR("Atelier-Merge"));
	int64_t version;

	return str_take_number(&value, INT64_MAX, &version) && version > MERGE_VERSION;
}

/* Merges of a newer program are not understood here: what they mean is not ours to guess. */
static err look_for_newer(struct sync *sync, struct sync_remote *remote)
{
	struct commit *commits;
	size_t count;
	err e = repo_history(sync->arena, sync->repo, remote->tip, sync->head, &commits, &count);
	for (size_t i = 0; !e && i < count; i++)
		remote->newer |= is_newer(&commits[i]);
	return e;
}

err sync_remember_tip(struct sync *sync, const struct sync_remote *remote, struct object_id tip)
{
	const char *name = reference_of(sync, remote);

	return repo_reference_swap(sync->repo, name, repo_reference(sync->repo, name), tip,
				   "looked");
}

/*
 * A remote that lost what it had: its old state stays reachable here, and stays what the next
 * look compares with until it is settled which of the two goes on.
 */
static err keep_rewritten(struct sync *sync, struct sync_remote *remote)
{
	err e;

	if (object_id_is_none(remote->before) || object_id_equal(remote->before, remote->tip) ||
	    repo_descends(sync->repo, remote->tip, remote->before))
		return NULL;
	remote->rewritten = true;
	e = repo_reference_keep(sync->repo, "refs/atelier/kept/", remote->before, "kept");
	return e ? e : sync_remember_tip(sync, remote, remote->before);
}

/* Can all that is new there be read? What git has let through may still be no notes. */
static err read_new(struct sync *sync, struct sync_remote *remote)
{
	struct tree_files files;
	err e;

	remote->newer = false;
	if (object_id_is_none(remote->tip) || object_id_equal(remote->tip, sync->head))
		return NULL;
	e = repo_tree_read(sync->arena, sync->repo, remote->tip, &files);
	for (size_t i = 0; !e && i < files.count; i++) {
		const struct tree_file *file = &files.files[i];
		const struct tree_file *own = tree_file_find(&sync->snapshot.files, file->path);
		size_t size;

		if (file->writable && (!own || !object_id_equal(own->id, file->id)))
			e = repo_blob_size(sync->repo, file->id, &size);
	}
	return e ? e : look_for_newer(sync, remote);
}

/*
 * What cannot be read is as if it had not come: notes here stay as they are, are
 * recorded and sent to the others, and the next sync asks again.
 */
static err refuse(struct sync *sync, struct sync_remote *remote, struct object_id before, err why)
{
	const char *name = reference_of(sync, remote);
	err e = object_id_is_none(before)
			? repo_reference_remove(sync->repo, name)
			: repo_reference_swap(sync->repo, name, remote->tip, before, "refused");

	remote->tip = before;
	remote->fetched = (struct transport_result){
		TRANSPORT_UNSOUND, str_copy(sync->arena, str_of(err_message(why)))};
	err_free(why);
	return e;
}

static err ask(struct sync *sync, struct sync_remote *remote)
{
	if (remote->bundle)
		return transport_fetch_bundle(sync->arena, sync->repo,
					      str_c(sync->arena, remote->url), remote->name,
					      &remote->fetched);
	if (repo_is_shallow(sync->repo) || repo_is_partial(sync->repo, remote->name))
		return transport_complete(sync->arena, sync->repo, remote->name, &remote->fetched);
	return transport_fetch(sync->arena, sync->repo, remote->name, &remote->fetched);
}

static err fetch_one(struct sync *sync, struct sync_remote *remote)
{
	struct object_id before;
	err e = sync_remote_branch(sync, remote);

	if (e)
		return e;
	before = remote->tip;
	/* A bundle may well be older than the last one that was seen. */
	remote->before = OBJECT_ID_NONE;
	if (!remote->bundle)
		remote->before = before;
	if ((e = ask(sync, remote)))
		return e;
	if (remote->fetched.outcome != TRANSPORT_DONE)
		return NULL;
	if ((e = sync_remote_branch(sync, remote)))
		return e;
	if ((e = read_new(sync, remote)))
		return refuse(sync, remote, before, e);
	if (object_id_is_none(remote->found))
		remote->found = remote->tip;
	return keep_rewritten(sync, remote);
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

/* --- step 8: sending ------------------------------------------------------------- */

static bool wants_push(const struct sync *sync, const struct sync_remote *remote)
{
	return remote->fetched.outcome == TRANSPORT_DONE && !remote->newer &&
	       !object_id_is_none(sync->head) && !object_id_equal(remote->tip, sync->head);
}

static err push_one(struct sync *sync, struct sync_remote *remote)
{
	err e;

	remote->pushed = (struct transport_result){.outcome = TRANSPORT_DONE};
	if (!wants_push(sync, remote))
		return NULL;
	remote->push_tried = true;
	if ((e = transport_push(sync->arena, sync->repo, remote->name, sync->head, remote->branch,
				&remote->pushed)) ||
	    remote->pushed.outcome != TRANSPORT_DONE)
		return e;
	remote->tip = sync->head;
	return sync_remember_tip(sync, remote, sync->head);
}

/*
 * One at a time where all send to a folder on this machine: it costs nobody a second try.
 * out: false: there is no such turn to be had
 */
static bool take_turn(struct sync *sync, struct sync_remote *remote)
{
	struct str folder = transport_folder(sync->arena, sync->repo, remote->name);

	if (folder.len && !remote->bundle && remote->turn.descriptor == 0)
		lock_folder(str_c(sync->arena, folder), TURN_SECONDS, &remote->turn);
	return remote->turn.descriptor != 0;
}

static void give_turns(struct sync *sync)
{
	for (size_t i = 0; i < sync->remote_count; i++)
		lock_release(&sync->remotes[i].turn);
}

void sync_take_turn(struct sync *sync)
{
	bool waits = false;

	sync->crowd = crowd_read(sync->arena, sync->repo);
	for (size_t i = 0; i < sync->remote_count; i++) {
		struct sync_remote *remote = &sync->remotes[i];
		err e = sync_remote_branch(sync, remote);

		if (!e && !object_id_equal(remote->tip, sync->head))
			waits |= !take_turn(sync, remote);
		err_free(e);
	}
	if (waits)
		crowd_wait(&sync->crowd);
}

static err push_all(struct sync *sync)
{
	err e = NULL;

	for (size_t i = 0; !e && i < sync->remote_count; i++)
		e = push_one(sync, &sync->remotes[i]);
	return e;
}

static bool was_rejected(const struct sync_remote *remote)
{
	return remote->push_tried && remote->pushed.outcome == TRANSPORT_REJECTED;
}

/* Before another try, where somebody was faster than one that took `milliseconds`. */
static void make_way(struct sync *sync, unsigned milliseconds)
{
	bool waits = false;

	for (size_t i = 0; i < sync->remote_count; i++)
		if (was_rejected(&sync->remotes[i]))
			waits |= !take_turn(sync, &sync->remotes[i]);
	/* What came in before it is fetched and merged again takes about as long. */
	crowd_meet(&sync->crowd, 2 * milliseconds);
	if (waits)
		crowd_wait(&sync->crowd);
}

err sync_push(struct sync *sync)
{
	err e = NULL;

	for (int tries = 0; tries < MOST_TRIES; tries++) {
		int64_t begin = clock_milliseconds();
		bool rejected = false;

		e = push_all(sync);
		for (size_t i = 0; !e && i < sync->remote_count; i++)
			rejected |= was_rejected(&sync->remotes[i]);
		if (!rejected)
			break;
		make_way(sync, (unsigned)(clock_milliseconds() - begin));
		if ((e = sync_fetch(sync)) || (e = sync_unite(sync)))
			break;
	}
	give_turns(sync);
	if (sync->crowd.window)
		crowd_write(sync->arena, sync->repo, &sync->crowd);
	return e;
}
