#include "cmd/sync_plan.h"

static void add_change(struct arena *arena, struct file_changes *changes,
		       const struct tree_file *before, const struct tree_file *after)
{
	struct file_change change = {0};

	if (before && after && before->mode == after->mode &&
	    object_id_equal(before->id, after->id) && before->writable == after->writable)
		return;
	if (before)
		change.path = before->path;
	if (after)
		change.path = after->path;
	if (before && before->writable) {
		change.from = before->id;
		change.from_mode = before->mode;
	}
	if (after && after->writable) {
		change.to = after->id;
		change.to_mode = after->mode;
	}
	/* A link that plain git has put there is nothing that we take away. */
	change.carried = (!before || !before->writable) && (!after || !after->writable);
	arena_push(arena, changes->files, changes->count, changes->room);
	changes->files[changes->count++] = change;
}

struct file_changes plan_changes(struct arena *arena, const struct tree_files *before,
				 const struct tree_files *after)
{
	struct file_changes changes = {0};
	size_t i = 0, j = 0;

	while (i < before->count || j < after->count) {
		int order = i == before->count ? 1
			    : j == after->count
				    ? -1
				    : str_compare(before->files[i].path, after->files[j].path);
		const struct tree_file *old = order <= 0 ? &before->files[i++] : NULL;
		const struct tree_file *new = order >= 0 ? &after->files[j++] : NULL;

		add_change(arena, &changes, old, new);
	}
	return changes;
}
