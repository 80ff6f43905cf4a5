#include "cmd/sync_steps.h"
#include "core/late.h"
#include "core/snapshot.h"

/* The version that the first of a row of late saves, each made of the one before, was made from. */
static err find_seen(const struct sync *sync, const struct reference *late, size_t count,
		     struct object_id *seen)
{
	struct commit commit;

	for (bool waits = true; waits;) {
		err e = repo_commit_read(sync->arena, sync->repo, *seen, &commit);

		if (e)
			return e;
		*seen = commit.parent_count == 1 ? commit.parents[0] : OBJECT_ID_NONE;
		waits = false;
		for (size_t i = 0; i < count && !waits; i++)
			waits = object_id_equal(late[i].id, *seen);
	}
	return NULL;
}

err sync_keep_anew(struct sync *sync, struct object_id seen, struct object_id save,
		   struct commit *commit)
{
	err e;

	commit->parents = &sync->head;
	commit->parent_count = 1;
	commit->committer = commit->author;
	if ((e = repo_reference_keep(sync->repo, "refs/atelier/kept/", save, "kept")) ||
	    (e = plan_onto(sync->arena, sync->repo, seen, save, sync->head, &commit->tree)) ||
	    (e = record_by_person(sync->arena, sync->repo, commit)))
		return e;
	return late_keep(sync->repo, commit->id);
}

/* The save itself is kept; only then its name goes. */
static err renew(struct sync *sync, const struct reference *late)
{
	struct commit commit;
	err e = repo_commit_read(sync->arena, sync->repo, late->id, &commit);

	if (e || (e = sync_keep_anew(sync, commit.parents[0], late->id, &commit)))
		return e;
	return repo_reference_remove(sync->repo, late->name.at);
}

err sync_renew_late(struct sync *sync)
{
	struct reference *late;
	size_t count;
	err e = late_list(sync->arena, sync->repo, &late, &count);

	for (size_t i = 0; !e && i < count; i++) {
		struct object_id seen = late[i].id;

		e = find_seen(sync, late, count, &seen);
		if (!e && late_is_of_former(sync->arena, sync->repo, sync->head, seen))
			e = renew(sync, &late[i]);
	}
	return e;
}
