#include "cmd/saved_first.h"

#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
#include "core/left_behind.h"
#include "core/message.h"

/* A new file is nobody's old text. */
static bool is_unrecorded(struct arena *arena, const struct repo *repo,
			  const struct recorded_file *file)
{
	struct object_id recorded =
		repo_tree_entry(repo, repo_reference(repo, "HEAD"), str_c(arena, file->path));

	return file->seen.at && !object_id_is_none(recorded) &&
	       !object_id_equal(recorded, blob_id_of(file->seen));
}

static err refuse_emptied(const struct sync *sync, const struct recorded_file *files, size_t count)
{
	for (size_t i = 0; i < sync->snapshot.held_count; i++) {
		const struct held_file *held = &sync->snapshot.held[i];

		for (size_t j = 0; held->reason == HELD_EMPTIED && j < count; j++)
			if (str_equal(held->path, files[j].path))
				return err_advise(
					err_new(STATUS_BAD_INPUT,
						_("%.*s is empty, and had words when it was "
						  "recorded"),
						STR_ARGS(held->path)),
					_("“atelier undo” brings them back; if you mean it, "
					  "“atelier sync --all” records it as it is."));
	}
	return NULL;
}

/* What they would write to cannot be brought to what is recorded. */
static err refuse_unplaced(const struct sync *sync, const struct recorded_file *files, size_t count)
{
	for (size_t i = 0; i < sync->snapshot.held_count; i++) {
		const struct held_file *held = &sync->snapshot.held[i];

		for (size_t j = 0; held->reason == HELD_UNPLACED && j < count; j++)
			if (str_equal(held->path, files[j].path))
				return record_denied(held->path);
	}
	return NULL;
}

/* What came of it that a person is to know. */
static err tell(struct app *app, const struct sync *sync)
{
	if (!app->json)
		sync_report_decisions(app, &sync->plan);
	return sync_tell_questions(app, sync);
}

/* out: `moved`: files hold something else now than what was saved */
static err record_saved(struct app *app, const struct recorded_file *files, size_t count,
			bool *moved)
{
	struct sync sync = {0};
	err e;

	*moved = false;
	if (!(e = sync_open(app, &sync)) && !(e = sync_snapshot(&sync)) &&
	    !(e = refuse_emptied(&sync, files, count)) && !(e = sync_unite(&sync)) &&
	    !(e = refuse_unplaced(&sync, files, count)) && sync.united) {
		*moved = true;
		e = tell(app, &sync);
	}
	sync_close(&sync);
	return e;
}

err saved_first(struct app *app, const struct repo *repo, const struct recorded_file *files,
		size_t count)
{
	bool unrecorded = false, behind, moved;
	err e = left_behind_now(&app->arena, repo, &behind);

	if (e)
		return e;
	for (size_t i = 0; i < count; i++)
		unrecorded |= is_unrecorded(&app->arena, repo, &files[i]);
	if (!unrecorded && !behind)
		return NULL;
	e = record_saved(app, files, count, &moved);
	/* What was read of files that the branch had left behind is compared once more. */
	return !e && moved && unrecorded ? record_outrun(files[0].path) : e;
}

err saved_first_everywhere(struct app *app)
{
	bool moved;

	return record_saved(app, NULL, 0, &moved);
}
