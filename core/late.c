#include "core/late.h"

#include "core/message.h"
#include "core/snapshot.h"

static const char prefix[] = "refs/atelier/late/";

err late_record(struct arena *arena, struct repo *repo, struct object_id seen,
		const struct file_changes *saved, const struct signature *author,
		struct object_id *out)
{
	struct tree_files before, after;
	struct object_id commit;
	err e = repo_tree_read(arena, repo, seen, &before);

	if (e)
		return e;
	after = tree_files_with(arena, &before, saved);
	if ((e = record_tree(arena, repo, &after, seen, author,
			     str_of(_("Notes saved while others' were arriving")), &commit)))
		return e;
	if ((e = late_keep(arena, repo, commit)))
		return e;
	*out = commit;
	return NULL;
}

err late_keep(struct arena *arena, struct repo *repo, struct object_id commit)
{
	const char *name = str_printf(arena, "%s%s", prefix, object_id_hex(arena, commit).at).at;

	return repo_reference_swap(repo, name, repo_reference(repo, name), commit, "late save");
}

/* Where the way between them cannot be read, nothing tells that it is another branch's. */
static bool waits_here(struct arena *arena, const struct repo *repo, struct object_id head,
		       struct object_id late, const struct object_id *branches, size_t branch_count)
{
	struct object_id *forks;
	size_t fork_count = 0;
	err e = repo_merge_bases(arena, repo, late, branches, branch_count, &forks, &fork_count);
	bool here = e || fork_count == 0;

	err_free(e);
	for (size_t i = 0; !here && i < fork_count; i++)
		here = repo_descends(repo, head, forks[i]);
	return here;
}

/* Leaves those that wait for the branch that is written on. */
static err keep_own(struct arena *arena, const struct repo *repo, struct reference *late,
		    size_t *count)
{
	struct reference *branches;
	size_t branch_count, kept = 0;
	err e = repo_references(arena, repo, "refs/heads/", &branches, &branch_count);

	if (e)
		return e;
	struct object_id head = repo_reference(repo, "HEAD");
	struct object_id *tips = arena_array(arena, struct object_id, branch_count);
	for (size_t i = 0; i < branch_count; i++)
		tips[i] = branches[i].id;
	for (size_t i = 0; i < *count; i++)
		if (waits_here(arena, repo, head, late[i].id, tips, branch_count))
			late[kept++] = late[i];
	*count = kept;
	return NULL;
}

err late_list(struct arena *arena, const struct repo *repo, struct reference **out, size_t *count)
{
	struct reference *late;
	size_t found;
	err e = repo_references(arena, repo, prefix, &late, &found);

	if (e || (found && (e = keep_own(arena, repo, late, &found))))
		return e;
	*out = late;
	*count = found;
	return NULL;
}

err late_drop(struct arena *arena, struct repo *repo, struct object_id head)
{
	struct reference *late;
	size_t count = 0;
	err e = repo_references(arena, repo, prefix, &late, &count);

	/* What the head holds waits for nobody else. */
	for (size_t i = 0; !e && i < count; i++)
		if (repo_descends(repo, head, late[i].id))
			e = repo_reference_remove(repo, late[i].name.at);
	return e;
}
