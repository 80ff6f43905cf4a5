#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "cmd/sync_steps.h"

enum {
	MOST_TRIES = 40, /* pushes of one sync while others are faster */
	FIRST_PAUSE_MILLISECONDS = 20,
	LONGEST_PAUSE_MILLISECONDS = 2000,
};

/* --- steps 2 and 3: what others wrote ------------------------------------------ */

err sync_remote_branch(struct sync *sync, struct sync_remote *remote)
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

static err ask(struct sync *sync, struct sync_remote *remote)
{
	if (remote->bundle)
		return transport_fetch_bundle(sync->arena, sync->repo,
					      str_c(sync->arena, remote->url), remote->name,
					      &remote->fetched);
	if (repo_is_shallow(sync->repo))
		return transport_complete(sync->arena, sync->repo, remote->name, &remote->fetched);
	return transport_fetch(sync->arena, sync->repo, remote->name, &remote->fetched);
}

static err fetch_one(struct sync *sync, struct sync_remote *remote)
{
	err e = sync_remote_branch(sync, remote);

	if (e)
		return e;
	/* A bundle may well be older than the last one that was seen. */
	remote->before = (struct object_id){{0}};
	if (!remote->bundle)
		remote->before = remote->tip;
	if ((e = ask(sync, remote)))
		return e;
	if (remote->fetched.outcome != TRANSPORT_DONE)
		return NULL;
	if ((e = sync_remote_branch(sync, remote)) || (e = keep_rewritten(sync, remote)))
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
