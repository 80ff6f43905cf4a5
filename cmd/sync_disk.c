#include "cmd/sync_steps.h"

struct tree_files sync_on_disk(struct sync *sync)
{
	struct file_changes stale = {.count = sync->united ? 0 : sync->stale.count};
	struct tree_files files;

	stale.files = arena_array(sync->arena, struct file_change, stale.count);
	for (size_t i = 0; i < stale.count; i++)
		stale.files[i] = (struct file_change){.path = sync->stale.saves[i].path,
						      .to = sync->stale.saves[i].saved,
						      .to_mode = sync->stale.saves[i].mode};
	file_changes_sort(&stale);
	files = tree_files_with(sync->arena, &sync->snapshot.files, &stale);
	return tree_files_with(sync->arena, &files, &sync->stays);
}

void sync_remember_staying(struct sync *sync, const struct file_changes *changes)
{
	struct file_changes stays = {0};

	for (size_t i = 0; i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];

		if (!change->stays)
			continue;
		arena_push(sync->arena, stays.files, stays.count, stays.room);
		stays.files[stays.count++] = (struct file_change){
			.path = change->path,
			.to = change->from,
			.to_mode = change->from_mode ? change->from_mode : change->to_mode};
	}
	sync->stays = stays;
}
