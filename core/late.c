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

err late_list(struct arena *arena, const struct repo *repo, struct reference **out, size_t *count)
{
	return repo_references(arena, repo, prefix, out, count);
}

err late_drop(struct arena *arena, struct repo *repo, struct object_id head)
{
	struct reference *late;
	size_t count = 0;
	err e = late_list(arena, repo, &late, &count);

	for (size_t i = 0; !e && i < count; i++)
		if (repo_descends(repo, head, late[i].id))
			e = repo_reference_remove(repo, late[i].name.at);
	return e;
}
