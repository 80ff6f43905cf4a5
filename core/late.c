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
	if ((e = late_keep(repo, commit)))
		return e;
	*out = commit;
	return NULL;
}

err late_keep(struct repo *repo, struct object_id commit)
{
	return repo_reference_keep(repo, prefix, commit, "late save");
}

/* The local branches, one of which each late save was made from. */
struct branches {
	struct reference *all; /* by name */
	struct object_id *tips;
	size_t count;
};

static err read_branches(struct arena *arena, const struct repo *repo, struct branches *out)
{
	err e = repo_references(arena, repo, "refs/heads/", &out->all, &out->count);

	if (e)
		return e;
	out->tips = arena_array(arena, struct object_id, out->count);
	for (size_t i = 0; i < out->count; i++)
		out->tips[i] = out->all[i].id;
	return NULL;
}

/*
 * The branch that a late save waits for, NULL: the one that is written on. Where the way
 * between them cannot be read, nothing tells that it is another's.
 */
static const struct reference *branch_of(struct arena *arena, const struct repo *repo,
					 const struct branches *branches, struct object_id late)
{
	struct object_id *forks, head = repo_reference(repo, "HEAD");
	size_t count = 0;
	err e = repo_merge_bases(arena, repo, late, branches->tips, branches->count, &forks,
				 &count);
	bool here = e || count == 0;

	err_free(e);
	for (size_t i = 0; !here && i < count; i++)
		here = repo_descends(repo, head, forks[i]);
	for (size_t i = 0; !here && i < branches->count; i++)
		if (repo_descends(repo, branches->tips[i], forks[0]))
			return &branches->all[i];
	return NULL;
}

err late_list(struct arena *arena, const struct repo *repo, struct reference **out, size_t *count)
{
	struct reference *late;
	struct branches branches;
	size_t found, kept = 0;
	err e = repo_references(arena, repo, prefix, &late, &found);

	if (e || (found && (e = read_branches(arena, repo, &branches))))
		return e;
	for (size_t i = 0; i < found; i++)
		if (!branch_of(arena, repo, &branches, late[i].id))
			late[kept++] = late[i];
	*out = late;
	*count = kept;
	return NULL;
}

err late_branches(struct arena *arena, const struct repo *repo, struct str **out, size_t *count)
{
	struct reference *late;
	struct branches branches;
	struct str *names = NULL;
	size_t found, kept = 0, room = 0;
	err e = repo_references(arena, repo, prefix, &late, &found);

	if (e || (found && (e = read_branches(arena, repo, &branches))))
		return e;
	for (size_t i = 0; i < found; i++) {
		const struct reference *of = branch_of(arena, repo, &branches, late[i].id);
		bool known = !of;

		for (size_t j = 0; j < kept && !known; j++)
			known = str_equal(names[j], repo_branch_name(of->name));
		if (known)
			continue;
		arena_push(arena, names, kept, room);
		names[kept++] = repo_branch_name(of->name);
	}
	*out = names;
	*count = kept;
	return NULL;
}

bool late_is_of_former(struct arena *arena, const struct repo *repo, struct object_id head,
		       struct object_id version)
{
	struct reference *kept;
	size_t count = 0;
	bool found = false;

	if (object_id_is_none(version) || repo_descends(repo, head, version))
		return false;
	err_free(repo_references(arena, repo, "refs/atelier/kept/", &kept, &count));
	for (size_t i = 0; i < count && !found; i++)
		found = repo_descends(repo, kept[i].id, version);
	return found;
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
