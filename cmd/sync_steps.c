#include "cmd/sync_steps.h"

#include <time.h>

#include "cmd/taken_in.h"
#include "core/apply.h"
#include "core/converted.h"
#include "core/identity.h"
#include "core/late.h"
#include "core/message.h"
#include "core/record.h"
#include "core/transport.h"

/* Unions of one sync with saves that came meanwhile. */
enum { MOST_LATE_ROUNDS = 10 };

/* --- opening ------------------------------------------------------------------- */

/* The remotes that are shared with: those named in atelier.remotes, else git's own choice. */
static err choose_remotes(struct sync *sync, struct str **out, size_t *count)
{
	struct str wanted = repo_setting(sync->arena, sync->repo, "atelier.remotes"), name, *all;
	size_t all_count, room = 0;
	struct str own = repo_setting(sync->arena, sync->repo,
				      str_printf(sync->arena, "branch.%.*s.remote",
						 STR_ARGS(repo_branch_name(sync->branch)))
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
	size_t count;
	err e = choose_remotes(sync, &names, &count);

	if (e)
		return e;
	sync->remotes = arena_array(sync->arena, struct sync_remote, count);
	for (size_t i = 0; i < count; i++) {
		const char *key = str_printf(sync->arena, "remote.%.*s.url", STR_ARGS(names[i])).at;
		struct str url = repo_setting(sync->arena, sync->repo, key);

		if (!transport_is_bundle(sync->arena, url))
			sync->remotes[sync->remote_count++] =
				(struct sync_remote){.name = names[i], .url = url};
	}
	return NULL;
}

/* Whose a save would be that comes while files are replaced. */
static void find_author(struct sync *sync, struct signature *author)
{
	err e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, author);

	if (e)
		*author = signature_of_program(time(NULL));
	err_free(e);
}

err sync_open(struct app *app, struct sync *sync)
{
	struct displaced_files displaced;
	struct signature author;
	err e = repo_open(".", &sync->repo);

	sync->arena = &app->arena;
	sync->identity = app->identity;
	if (e || (e = record_begin(sync->arena, sync->repo, &sync->lock, &displaced)))
		return e;
	sync->branch = repo_branch(sync->arena, sync->repo);
	if (displaced_is_written(&displaced)) {
		find_author(sync, &author);
		e = displaced_take(sync->arena, sync->repo, &displaced, &author);
	}
	return e ? e : open_remotes(sync);
}

err sync_look(struct app *app, struct sync *sync)
{
	unsigned held = sync->options.all ? SNAPSHOT_TAKE_HELD : 0;
	err e = repo_open(".", &sync->repo);

	sync->arena = &app->arena;
	sync->identity = app->identity;
	if (e)
		return e;
	sync->branch = repo_branch(sync->arena, sync->repo);
	if ((e = open_remotes(sync)) ||
	    (e = snapshot_look(sync->arena, sync->repo, SNAPSHOT_ONLY_LOOK | held,
			       &sync->snapshot)))
		return e;
	sync->start = sync->recorded = sync->head = sync->snapshot.head;
	for (size_t i = 0; !e && i < sync->remote_count; i++)
		e = sync_remote_branch(sync, &sync->remotes[i]);
	return e;
}

void sync_close(struct sync *sync)
{
	lock_release(&sync->lock);
	for (size_t i = 0; i < sync->remote_count; i++)
		lock_release(&sync->remotes[i].turn);
	repo_close(sync->repo);
	sync->repo = NULL;
}

/* --- steps 4 to 7: one version of all ------------------------------------------- */

/* Late saves of this clone, remotes' versions, our own. */
static err collect_heads(struct sync *sync, struct object_id **out, size_t *count)
{
	struct object_id *heads;
	struct reference *late;
	size_t late_count;
	err e = late_list(sync->arena, sync->repo, &late, &late_count);

	if (e)
		return e;
	heads = arena_array(sync->arena, struct object_id, late_count + sync->remote_count + 2);
	*count = 0;
	if (!object_id_is_none(sync->head))
		heads[(*count)++] = sync->head;
	if (!object_id_is_none(sync->settled))
		heads[(*count)++] = sync->settled;
	for (size_t i = 0; i < late_count; i++)
		heads[(*count)++] = late[i].id;
	for (size_t i = 0; i < sync->remote_count; i++)
		if (!object_id_is_none(sync->remotes[i].tip) && !sync->remotes[i].newer)
			heads[(*count)++] = sync->remotes[i].tip;
	*out = heads;
	return NULL;
}

static struct object_id seen_in(const struct sync *sync, struct str path)
{
	for (size_t i = 0; !sync->united && i < sync->stale.count; i++)
		if (str_equal(sync->stale.saves[i].path, path))
			return sync->stale.saves[i].commit;
	return sync_is_left_behind(sync) ? sync->snapshot.shown : sync->head;
}

/* What each file shows from now on, and what an editor may go on showing. */
static err remember_texts(struct sync *sync, const struct file_changes *changes,
			  struct object_id result)
{
	struct stale_step *steps = arena_array(sync->arena, struct stale_step, changes->count);
	bool again = object_id_equal(result, sync->head);
	size_t count = 0;

	for (size_t i = 0; i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];

		/* Tried once more, this is remembered from the first time. */
		if (file_change_find(&sync->stays, change->path) ||
		    (again && unplaced_find(&sync->snapshot.unplaced, change->path)))
			continue;
		steps[count++] = (struct stale_step){.path = change->path,
						     .from_commit = seen_in(sync, change->path),
						     .from = change->from,
						     .to_commit = result,
						     .to = change->to};
	}
	return stale_log_add(sync->arena, sync->repo, steps, count);
}

/* What became of a stale save is to be told, unless its file could not show it. */
static void mark_shown(struct sync *sync, const struct file_changes *changes)
{
	for (size_t i = 0; i < sync->stale.count; i++) {
		struct stale_save *save = &sync->stale.saves[i];

		save->shown = true;
		for (size_t j = 0; j < changes->count; j++)
			if (str_equal(changes->files[j].path, save->path))
				save->shown = !changes->files[j].carried;
	}
}

err sync_move_to(struct sync *sync, struct object_id result)
{
	struct signature author;
	struct tree_files before = sync_on_disk(sync), after;
	struct file_changes changes;
	err e = repo_tree_read(sync->arena, sync->repo, result, &after);

	if (e)
		return e;
	changes = plan_changes(sync->arena, &before, &after);
	find_author(sync, &author);
	if ((e = remember_texts(sync, &changes, result)) ||
	    (e = converted_as_on_disk(sync->arena, sync->repo, &changes)))
		return e;
	sync_fill_emptied(sync, &changes);
	if ((e = apply_changes(sync->arena, sync->repo, sync->head, result, &changes, &author)))
		return e;
	sync_hold_denied(sync, &changes);
	sync_remember_staying(sync, &changes);
	if (!sync->united)
		mark_shown(sync, &changes);
	sync->head = sync->snapshot.head = result;
	sync->snapshot.files = after;
	sync->united = true;
	return NULL;
}

/* What others wrote, apart from one's own late saves, is what `undo --sync` takes back. */
static err remember_taken(struct sync *sync, struct object_id result)
{
	struct reference *late;
	struct object_id *own;
	bool from_others = false;
	size_t late_count;
	struct plan plan = {0};
	err e = late_list(sync->arena, sync->repo, &late, &late_count);

	if (e)
		return e;
	for (size_t i = 0; i < sync->remote_count; i++)
		from_others |= !sync->remotes[i].newer &&
			       !object_id_is_none(sync->remotes[i].tip) &&
			       !repo_descends(sync->repo, sync->own, sync->remotes[i].tip);
	if (object_id_is_none(sync->own))
		return NULL;
	own = arena_array(sync->arena, struct object_id, late_count + 1);
	own[0] = sync->own;
	for (size_t i = 0; i < late_count; i++)
		own[i + 1] = late[i].id;
	if ((e = plan_union(sync->arena, sync->repo, own, late_count + 1, &plan)))
		return e;
	sync->own = plan.result;
	return from_others ? taken_in_write(sync->arena, sync->repo,
					    &(struct taken_in){sync->own, result})
			   : NULL;
}

static bool has_late(struct sync *sync)
{
	struct reference *late;
	size_t count = 0;
	err e = late_list(sync->arena, sync->repo, &late, &count);

	err_free(e);
	return count > 0;
}

/*
 * What the notes here are compared with where a history was rewritten: what of the remote's
 * former one they hold. Of more than that, they would seem to have deleted the rest.
 */
static err find_former(struct sync *sync, const struct sync_remote *remote, struct object_id *out)
{
	struct object_id *bases;
	size_t count;
	err e = repo_merge_bases(sync->arena, sync->repo, sync->head, &remote->before, 1, &bases,
				 &count);

	if (!e)
		*out = count ? bases[0] : OBJECT_ID_NONE;
	return e;
}

/* What was only here, on top of the rewritten history, as one commit of the note-taker's. */
static err put_on_top(struct sync *sync, const struct sync_remote *remote, struct object_id former,
		      struct object_id *out)
{
	struct object_id tip = remote->tip;
	struct commit commit = {.parents = &tip, .parent_count = 1};
	err e;

	find_author(sync, &commit.author);
	commit.committer = commit.author;
	commit.message =
		str_printf(sync->arena, "%s\n", _("Notes that the rewritten history did not have"));
	if ((e = plan_onto(sync->arena, sync->repo, former, sync->head, tip, &commit.tree)) ||
	    (e = record_by_person(sync->arena, sync->repo, &commit)))
		return e;
	*out = commit.id;
	return NULL;
}

/* A remote whose history was rewritten, taken as it is. */
static err take_rewritten(struct sync *sync, const struct sync_remote *remote)
{
	struct object_id former, result = remote->tip;
	err e = find_former(sync, remote, &former);

	if (e || object_id_is_none(former))
		return e;
	if ((e = repo_reference_keep(sync->repo, "refs/atelier/kept/", sync->head, "kept")) ||
	    (!object_id_equal(former, sync->head) &&
	     (e = put_on_top(sync, remote, former, &result))) ||
	    (e = sync_move_to(sync, result)))
		return e;
	sync->own = result;
	return sync_remember_tip(sync, remote, remote->tip);
}

/*
 * A file in whose place something else stood, or whose name another had, comes to disk
 * once that has gone; so does what is recorded where an old text was saved that is
 * recorded long since, and where the branch has left the files behind.
 */
static err show_again(struct sync *sync)
{
	struct tree_files now;

	if ((sync->stale.count > 0 && !sync->united) || sync_is_left_behind(sync))
		return sync_move_to(sync, sync->head);
	err e = repo_tree_read(sync->arena, sync->repo, sync->head, &now);

	for (size_t i = 0; !e && i < sync->snapshot.files.count; i++) {
		const struct tree_file *before = &sync->snapshot.files.files[i];
		const struct tree_file *file =
			before->writable ? NULL : tree_file_find(&now, before->path);

		if (file && file->writable)
			return sync_move_to(sync, sync->head);
	}
	return e;
}

err sync_unite(struct sync *sync)
{
	for (size_t i = 0; sync->options.accept_rewrite && i < sync->remote_count; i++) {
		struct sync_remote *remote = &sync->remotes[i];

		if (!remote->rewritten || object_id_is_none(remote->tip) || remote->newer)
			continue;
		remote->rewritten = false;
		err e = take_rewritten(sync, remote);
		if (e)
			return e;
	}
	for (int round = 0; round < MOST_LATE_ROUNDS; round++) {
		struct object_id *heads;
		size_t count;
		struct plan plan = sync->plan;
		err e = sync_settle(sync);

		if (e || (e = sync_renew_late(sync)) || (e = collect_heads(sync, &heads, &count)) ||
		    count == 0)
			return e;
		if ((e = plan_union(sync->arena, sync->repo, heads, count, &plan)))
			return e;
		if (object_id_equal(plan.result, sync->head) && (e = show_again(sync)))
			return e;
		if (object_id_equal(plan.result, sync->head))
			return late_drop(sync->arena, sync->repo, sync->head);
		sync->plan = plan;
		if ((e = remember_taken(sync, plan.result)) ||
		    (e = sync_move_to(sync, plan.result)) ||
		    (e = late_drop(sync->arena, sync->repo, sync->head)))
			return e;
		if (!has_late(sync))
			return NULL;
	}
	return NULL;
}
