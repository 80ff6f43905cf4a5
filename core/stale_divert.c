#include "core/stale_divert.h"

#include "core/late.h"
#include "core/limits.h"
#include "core/stale_lines.h"

/* The lines of a changed file, as recorded and as saved. */
struct lines {
	struct pieces before, after;
};

static err read_lines(struct arena *arena, const struct repo *repo, struct object_id id,
		      struct pieces *out)
{
	struct str text = {0};
	err e = object_id_is_none(id) ? NULL
				      : repo_blob_read(arena, repo, id, LIMIT_FILE_BYTES, &text);

	if (!e)
		*out = pieces_lines(arena, text);
	return e;
}

static err read_changes(struct arena *arena, const struct repo *repo,
			const struct file_changes *changes, struct lines **out)
{
	struct lines *lines = arena_array(arena, struct lines, changes->count);
	err e = NULL;

	for (size_t i = 0; i < changes->count && !e; i++) {
		e = read_lines(arena, repo, changes->files[i].from, &lines[i].before);
		if (!e)
			e = read_lines(arena, repo, changes->files[i].to, &lines[i].after);
		/* What is too large to be looked into brings nothing. */
		if (e && err_status(e) == STATUS_BAD_INPUT) {
			err_free(e);
			e = NULL;
			lines[i] = (struct lines){0};
		}
	}
	*out = lines;
	return e;
}

static bool is_brought(const struct lines *changes, size_t count, struct str line)
{
	struct key key = key_of(line);
	bool found = false;

	for (size_t i = 0; i < count && !found; i++)
		found = pieces_count(&changes[i].after, key) >
			pieces_count(&changes[i].before, key);
	return found;
}

/*
 * Were all lines that a save lacks put into other files at the same time? Then
 * they were cut and pasted by somebody who saw them, and none of them is missed.
 * Only files that are no old texts themselves count.
 */
static bool is_cut_and_pasted(const struct stale_save *save, const struct lines *sound,
			      size_t count)
{
	bool pasted = save->stayed_count > 0;

	for (size_t i = 0; i < save->stayed_count && pasted; i++)
		pasted = is_brought(sound, count, save->stayed[i]);
	return pasted;
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

err stale_divert(struct arena *arena, const struct repo *repo, struct stale_log *log,
		 struct object_id head, struct file_changes *changes, struct stale_saves *out)
{
	struct file_changes doubted = {0};
	size_t first = out->count, kept = first;
	struct lines *sound = NULL;
	size_t sound_count;
	err e = late_list(arena, repo, &log->waiting, &log->waiting_count);

	if (!e)
		e = judge_all(arena, repo, log, head, changes, &doubted, out);
	sound_count = changes->count;
	if (!e && doubted.count)
		e = read_changes(arena, repo, changes, &sound);
	for (size_t i = 0; !e && i < doubted.count; i++) {
		struct stale_save *save = &out->saves[first + i];

		/* There is room among the changes: it was one of them. */
		if (is_cut_and_pasted(save, sound, sound_count))
			changes->files[changes->count++] = doubted.files[i];
		else
			out->saves[kept++] = *save;
	}
	out->count = kept;
	if (changes->count > sound_count)
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
