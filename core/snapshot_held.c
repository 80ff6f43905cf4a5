#include "core/snapshot_held.h"

#include <ctype.h>
#include <stdlib.h>

enum { MANY_GONE = 5 };

bool text_is_wordless(struct str bytes)
{
	if (str_starts(bytes, BYTE_ORDER_MARK))
		bytes = str_slice(bytes, 3, bytes.len);
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.at[i] != '\0' && !isspace((unsigned char)bytes.at[i]))
			return false;
	return true;
}

void snapshot_hold(struct arena *arena, struct snapshot *snapshot, struct held_file held)
{
	arena_push(arena, snapshot->held, snapshot->held_count, snapshot->held_room);
	snapshot->held[snapshot->held_count++] = held;
}

void snapshot_leave_out(struct arena *arena, struct snapshot *snapshot, struct left_out left)
{
	arena_push(arena, snapshot->left_out, snapshot->left_count, snapshot->left_room);
	snapshot->left_out[snapshot->left_count++] = left;
}

/* A file of a workshop that was renamed is gone from one place and new in another. */
static bool is_elsewhere(const struct file_changes *changes, const struct file_change *gone)
{
	for (size_t i = 0; i < changes->count; i++)
		if (object_id_is_none(changes->files[i].from) &&
		    object_id_equal(changes->files[i].to, gone->from))
			return true;
	return false;
}

/* Is most of what a folder had recorded gone for good? */
static bool many_gone(const struct snapshot *out, struct str folder)
{
	size_t recorded = 0, gone = 0;

	for (size_t i = 0; i < out->files.count; i++)
		recorded += str_equal(path_folder(out->files.files[i].path), folder);
	for (size_t i = 0; i < out->changes.count; i++)
		gone += object_id_is_none(out->changes.files[i].to) &&
			str_equal(path_folder(out->changes.files[i].path), folder) &&
			!is_elsewhere(&out->changes, &out->changes.files[i]);
	return gone >= MANY_GONE && 2 * gone > recorded;
}

void snapshot_hold_gone(struct arena *arena, struct snapshot *snapshot)
{
	struct file_changes *changes = &snapshot->changes;
	struct file_changes kept = {.files =
					    arena_array(arena, struct file_change, changes->count)};
	struct str folder = {0};
	bool known = false, many = false;

	for (size_t i = 0; i < changes->count; i++) {
		const struct file_change *change = &changes->files[i];

		if (!known || !str_equal(folder, path_folder(change->path))) {
			folder = path_folder(change->path);
			many = many_gone(snapshot, folder);
			known = true;
		}
		if (many && object_id_is_none(change->to))
			snapshot_hold(
				arena, snapshot,
				(struct held_file){.path = change->path, .reason = HELD_MANY_GONE});
		else
			kept.files[kept.count++] = *change;
	}
	*changes = kept;
}

static int compare_held(const void *left, const void *right)
{
	const struct held_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static int compare_left(const void *left, const void *right)
{
	const struct left_out *a = left, *b = right;

	return str_compare(a->path, b->path);
}

void snapshot_sort_told(struct snapshot *snapshot)
{
	if (snapshot->held_count)
		qsort(snapshot->held, snapshot->held_count, sizeof *snapshot->held, compare_held);
	if (snapshot->left_count)
		qsort(snapshot->left_out, snapshot->left_count, sizeof *snapshot->left_out,
		      compare_left);
}
