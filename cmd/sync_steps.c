#include "cmd/sync_steps.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/taken_in.h"
#include "core/apply.h"
#include "core/file.h"
#include "core/identity.h"
#include "core/message.h"
#include "core/record.h"

enum {
	LOCK_SECONDS = 10,
	MOST_LATE_ROUNDS = 10, /* unions of one sync with saves that came meanwhile */
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
		e = sync_remote_branch(sync, &sync->remotes[i]);
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
	sync->start = sync->head = sync->recorded = sync->own = sync->snapshot.head;
	if (sync->snapshot.changes.count == 0)
		return NULL;
	if ((e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, &author)) ||
	    (e = snapshot_record(sync->arena, sync->repo, &author, &sync->snapshot)))
		return e;
	sync->head = sync->recorded = sync->own = sync->snapshot.head;
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

err sync_move_to(struct sync *sync, struct object_id result)
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

/* What others wrote, apart from one's own late saves, is what `undo --sync` takes back. */
static err remember_taken(struct sync *sync, const struct reference *late, size_t late_count,
			  struct object_id result)
{
	struct object_id *own = arena_array(sync->arena, struct object_id, late_count + 1);
	bool from_others = false;
	struct plan plan;
	err e;

	for (size_t i = 0; i < sync->remote_count; i++)
		from_others |= !sync->remotes[i].newer &&
			       !object_id_is_none(sync->remotes[i].tip) &&
			       !repo_descends(sync->repo, sync->own, sync->remotes[i].tip);
	if (object_id_is_none(sync->own))
		return NULL;
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

/*
 * A remote whose history was rewritten, taken as it is: what was only here goes
 * on top of it as one commit of the note-taker's.
 */
static err take_rewritten(struct sync *sync, const struct sync_remote *remote)
{
	struct commit commit = {.parent_count = 1};
	struct object_id tip = remote->tip, result = tip;
	const char *name = str_printf(sync->arena, "refs/atelier/kept/%s",
				      object_id_hex(sync->arena, sync->head).at)
				   .at;
	err e = repo_reference_swap(sync->repo, name, repo_reference(sync->repo, name), sync->head,
				    "kept");

	if (e)
		return e;
	if (!repo_descends(sync->repo, remote->before, sync->head)) {
		find_author(sync, &commit.author);
		commit.parents = &tip;
		commit.committer = commit.author;
		commit.message = str_printf(sync->arena, "%s\n",
					    _("Notes that the rewritten history did not have"));
		if ((e = plan_onto(sync->arena, sync->repo, remote->before, sync->head, tip,
				   &commit.tree)) ||
		    (e = repo_commit_write(sync->repo, &commit)))
			return e;
		result = commit.id;
	}
	return sync_move_to(sync, result);
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
		if ((e = remember_taken(sync, late, late_count, plan.result)) ||
		    (e = sync_move_to(sync, plan.result)) ||
		    (e = drop_late(sync, late, late_count)))
			return e;
		if (!has_late(sync))
			return NULL;
	}
	return NULL;
}
