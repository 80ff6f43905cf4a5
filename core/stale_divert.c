#include "core/stale_divert.h"

#include "core/late.h"
#include "core/limits.h"
#include "core/stale_lines.h"

/* A line that a save has and that the recorded text of its file has not. */
static err is_brought(struct arena *arena, const struct repo *repo, const struct file_change *save,
		      struct str line, bool *brought)
{
	struct str before = {0}, after = {0};
	err e = NULL;

	*brought = false;
	if (object_id_is_none(save->to))
		return NULL;
	e = repo_blob_read(arena, repo, save->to, LIMIT_FILE_BYTES, &after);
	if (!e && !object_id_is_none(save->from))
		e = repo_blob_read(arena, repo, save->from, LIMIT_FILE_BYTES, &before);
	if (e)
		return e;
	struct pieces old = pieces_lines(arena, before), saved = pieces_lines(arena, after);
	*brought = pieces_count(&saved, key_of(line)) > pieces_count(&old, key_of(line));
	return NULL;
}

/*
 * Were all lines that a save lacks put into other files at the same time? Then
 * they were cut and pasted by somebody who saw them, and none of them is missed.
 * Only files that are no old texts themselves count.
 */
static err is_cut_and_pasted(struct arena *arena, const struct repo *repo,
			     const struct stale_save *save, const struct file_changes *sound,
			     bool *pasted)
{
	bool found = save->stayed_count > 0;

	for (size_t i = 0; i < save->stayed_count && found; i++) {
		found = false;
		for (size_t j = 0; j < sound->count && !found; j++) {
			err e = is_brought(arena, repo, &sound->files[j], save->stayed[i], &found);

			if (e)
				return e;
		}
	}
	*pasted = found;
	return NULL;
}

static err judge_all(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		     struct object_id head, struct file_changes *changes,
		     struct file_changes *doubted, struct stale_saves *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < changes->count; i++) {
		struct stale_save save;
		bool stale = false;
		err e = stale_judge(arena, repo, log, head, &changes->files[i], &stale, &save);

		if (e)
			return e;
		if (!stale) {
			changes->files[kept++] = changes->files[i];
			continue;
		}
		arena_push(arena, doubted->files, doubted->count, doubted->room);
		doubted->files[doubted->count++] = changes->files[i];
		arena_push(arena, out->saves, out->count, out->room);
		out->saves[out->count++] = save;
	}
	changes->count = kept;
	return NULL;
}

err stale_divert(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		 struct object_id head, struct file_changes *changes, struct stale_saves *out)
{
	struct file_changes doubted = {0};
	size_t first = out->count, kept = first;
	err e = judge_all(arena, repo, log, head, changes, &doubted, out);
	struct file_changes sound = *changes;

	for (size_t i = 0; !e && i < doubted.count; i++) {
		bool pasted = false;

		e = is_cut_and_pasted(arena, repo, &out->saves[first + i], &sound, &pasted);
		if (!pasted) {
			out->saves[kept++] = out->saves[first + i];
			continue;
		}
		/* There is room: it was among them. */
		changes->files[changes->count++] = doubted.files[i];
	}
	out->count = kept;
	if (changes->count > sound.count)
		file_changes_sort(changes);
	return e;
}

/* All saves that were made from one commit, as one commit on top of it. */
static err record_on(struct arena *arena, struct repo *repo, struct stale_saves *saves,
		     struct object_id seen, const struct signature *author)
{
	struct file_changes changes = {0};
	struct object_id commit;

	for (size_t i = 0; i < saves->count; i++) {
		const struct stale_save *save = &saves->saves[i];

		if (!object_id_equal(save->seen, seen))
			continue;
		arena_push(arena, changes.files, changes.count, changes.room);
		changes.files[changes.count++] = (struct file_change){
			.path = save->path, .to = save->saved, .to_mode = save->mode};
	}
	err e = late_record(arena, repo, seen, &changes, author, &commit);
	for (size_t i = 0; !e && i < saves->count; i++)
		if (object_id_equal(saves->saves[i].seen, seen))
			saves->saves[i].commit = commit;
	return e;
}

err stale_record(struct arena *arena, struct repo *repo, struct stale_saves *saves,
		 const struct signature *author)
{
	for (size_t i = 0; i < saves->count; i++) {
		err e = NULL;

		if (object_id_is_none(saves->saves[i].commit))
			e = record_on(arena, repo, saves, saves->saves[i].seen, author);
		if (e)
			return e;
	}
	return NULL;
}
