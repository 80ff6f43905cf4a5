#include "cmd/saved_first.h"

#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
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

/*
 * Are the files to hold something else than what was saved? Where that was an old text, and
 * where it deleted wordings: the command's own commit would stand before that one, and a
 * sync settles what the last one did.
 */
static err has_more(struct sync *sync, bool *more)
{
	err e = sync->snapshot.changes.count ? sync_settle(sync) : NULL;
	bool settled =
		!object_id_is_none(sync->settled) && !object_id_equal(sync->settled, sync->head);

	*more = sync->stale.count || sync_is_left_behind(sync) || settled;
	return e;
}

/* The files hold what came of it now. */
static err unite(struct app *app, struct sync *sync, struct str path)
{
	err e = sync_unite(sync);

	if (e)
		return e;
	if (!app->json) {
		sync_report_decisions(app, &sync->plan);
		sync_report_questions(app, sync);
	}
	return record_outrun(path);
}

err saved_first(struct app *app, const struct repo *repo, const struct recorded_file *files,
		size_t count)
{
	struct sync sync = {0};
	bool unrecorded = false, more = false;
	err e;

	for (size_t i = 0; i < count; i++)
		unrecorded |= is_unrecorded(&app->arena, repo, &files[i]);
	if (!unrecorded)
		return NULL;
	if (!(e = sync_open(app, &sync)) && !(e = sync_snapshot(&sync)) &&
	    !(e = refuse_emptied(&sync, files, count)) && !(e = has_more(&sync, &more)) && more)
		e = unite(app, &sync, files[0].path);
	sync_close(&sync);
	return e;
}
