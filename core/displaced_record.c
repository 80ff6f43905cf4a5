#include "core/displaced.h"
#include "core/late.h"
#include "core/stale_divert.h"

/* Late saves on their way to be recorded. */
struct late_recording {
	struct arena *arena;
	struct repo *repo;
	struct displaced_files *files;
	struct object_id now;
	struct tree_files present; /* of it */
	const struct signature *author;
	struct stale_log log;
};

static bool is_late(const struct displaced *file)
{
	return !object_id_equal(file->saved, file->holds);
}

/* The late saves on the text of one commit; of two at one path the first. */
static err collect(struct late_recording *recording, struct object_id seen,
		   struct file_changes *out)
{
	for (size_t i = 0; i < recording->files->count; i++) {
		const struct displaced *file = &recording->files->files[i];
		struct object_id saved;

		if (!is_late(file) || !object_id_equal(file->seen, seen) ||
		    (out->count && str_equal(out->files[out->count - 1].path, file->path)))
			continue;
		err e = repo_blob_write(recording->repo, file->bytes, &saved);
		if (e)
			return e;
		arena_push(recording->arena, out->files, out->count, out->room);
		out->files[out->count++] = (struct file_change){.path = file->path,
								.from = file->holds,
								.to = saved,
								.to_mode = file->mode};
	}
	return NULL;
}

/* From now on the files that held the save hold what is recorded in `commit`. */
static void mark(struct late_recording *recording, struct object_id seen,
		 const struct stale_step *step)
{
	for (size_t i = 0; i < recording->files->count; i++) {
		struct displaced *file = &recording->files->files[i];

		if (is_late(file) && object_id_equal(file->seen, seen) &&
		    object_id_equal(file->saved, step->from) && str_equal(file->path, step->path)) {
			file->holds = step->from;
			file->seen = step->from_commit;
		}
	}
}

/* The editor of a late save goes on showing that save. */
static struct stale_step step_of(const struct late_recording *recording, struct str path,
				 struct object_id saved, struct object_id commit)
{
	const struct tree_file *file = tree_file_find(&recording->present, path);

	return (struct stale_step){.path = path,
				   .from_commit = commit,
				   .from = saved,
				   .to_commit = recording->now,
				   .to = file ? file->id : OBJECT_ID_NONE};
}

/* What was saved belongs on the version that its writer saw, or an older one still. */
static err record_on(struct late_recording *recording, struct object_id seen)
{
	struct arena *arena = recording->arena;
	struct file_changes late = {0};
	struct stale_saves stale = {0};
	struct stale_step *steps;
	struct object_id commit;
	size_t count = 0;
	err e = collect(recording, seen, &late);

	if (e || (e = stale_divert(arena, recording->repo, &recording->log, seen, &late, &stale)) ||
	    (e = stale_record(arena, recording->repo, &stale, recording->author)))
		return e;
	if (late.count &&
	    (e = late_record(arena, recording->repo, seen, &late, recording->author, &commit)))
		return e;
	steps = arena_array(arena, struct stale_step, stale.count + late.count);
	for (size_t i = 0; i < stale.count; i++)
		steps[count++] = step_of(recording, stale.saves[i].path, stale.saves[i].saved,
					 stale.saves[i].commit);
	for (size_t i = 0; i < late.count; i++)
		steps[count++] = step_of(recording, late.files[i].path, late.files[i].to, commit);
	for (size_t i = 0; i < count; i++)
		mark(recording, seen, &steps[i]);
	return stale_log_add(arena, recording->repo, steps, count);
}

err displaced_record(struct arena *arena, struct repo *repo, struct displaced_files *files,
		     struct object_id now, const struct signature *author)
{
	struct late_recording recording = {
		.arena = arena, .repo = repo, .files = files, .now = now, .author = author};
	bool read = false;
	err e = NULL;

	for (size_t i = 0; !e && i < files->count; i++) {
		if (!is_late(&files->files[i]))
			continue;
		if (!read && ((e = stale_log_read(arena, repo, &recording.log)) ||
			      (e = repo_tree_read(arena, repo, now, &recording.present))))
			return e;
		read = true;
		e = record_on(&recording, files->files[i].seen);
	}
	return e;
}
