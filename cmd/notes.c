#include "cmd/notes.h"

#include "cmd/print.h"
#include "cmd/saved_first.h"
#include "core/clock.h"
#include "core/identity.h"
#include "core/limits.h"
#include "core/meta.h"
#include "core/signing.h"
#include "core/worktree.h"

/* The pauses, in milliseconds, are four seconds together. */
enum { MOST_ATTEMPTS = 15, SHORTEST_PAUSE = 5, LONGEST_PAUSE = 400 };

err notes_open(struct app *app, struct notes *notes)
{
	err failure;

	*notes = (struct notes){0};
	if ((failure = repo_open(app->directory, &notes->repo)))
		return failure;
	/* What comes between the two is shown and not known to be, never the other way round. */
	notes->recorded = repo_reference(notes->repo, "HEAD");
	if ((failure = workshops_read(&app->arena, notes->repo, &notes->workshops)))
		return failure;
	notes->place = workshops_place(&app->arena, notes->repo, app->directory);
	return NULL;
}

err notes_choose(struct arena *arena, const struct notes *notes, char **names, size_t count,
		 bool **out)
{
	const struct workshops *all = &notes->workshops;
	bool *chosen = arena_array(arena, bool, all->count);

	for (size_t i = 0; i < all->count; i++)
		chosen[i] = count == 0;
	for (size_t i = 0; i < count; i++) {
		const struct workshop *workshop;
		err e = workshop_choose(arena, all, names[i], notes->place, &workshop);

		if (e)
			return e;
		chosen[workshop - all->all] = true;
	}
	*out = chosen;
	return NULL;
}

void notes_tell_unread(struct app *app, const struct notes *notes, const struct workshop *only)
{
	for (size_t i = 0; i < notes->workshops.count; i++) {
		const struct workshop *workshop = &notes->workshops.all[i];

		for (size_t j = 0; j < workshop->count; j++) {
			if ((only && workshop != only) || !workshop->sections[j].doc.opaque)
				continue;
			note(app, _("%.*s cannot be read as text."),
			     STR_ARGS(workshop->sections[j].path));
			note(app, "\n");
		}
	}
}

void notes_close(struct notes *notes)
{
	repo_close(notes->repo);
	notes->repo = NULL;
}

/* The file need not be there, and what is wrong with it is for doctor to say. */
static struct str setting_of(struct app *app, const struct repo *repo, struct str key)
{
	struct meta_doc settings = {0};
	struct saved_file file = {0};
	err failure = worktree_show(&app->arena, repo, STR("atelier.yml"), &file);

	if (!failure)
		failure = meta_read(&app->arena, file.bytes, "atelier.yml", &settings);
	err_free(failure);
	return meta_text(settings.root, key);
}

enum language notes_language(struct app *app, const struct notes *notes)
{
	struct str language = setting_of(app, notes->repo, STR("language"));

	if (str_equal(language, STR("fr")))
		return LANGUAGE_FRENCH;
	return str_equal(language, STR("en")) ? LANGUAGE_ENGLISH : message_language();
}

/* What stands behind the number, as in 2.0, is of no account here. */
static bool is_newer_format(struct str format)
{
	struct str number = str_take_digits(&format);

	return number.len && !str_equal(number, STR("0")) && !str_equal(number, STR("1"));
}

err notes_refuse_newer(struct app *app, const struct repo *repo)
{
	if (!is_newer_format(setting_of(app, repo, STR("format"))))
		return NULL;
	return err_advise(
		err_new(STATUS_SETUP,
			_("these notes are of a newer format than this atelier writes")),
		_("Update atelier. What you save in an editor “atelier sync” shares all the "
		  "same."));
}

err notes_blob_read(struct arena *arena, const struct repo *repo, struct object_id blob,
		    struct str *out)
{
	size_t size;
	err e;

	*out = (struct str){0};
	if (object_id_is_none(blob))
		return NULL;
	if ((e = repo_blob_size(repo, blob, &size)) || size > LIMIT_FILE_BYTES)
		return e;
	return repo_blob_read(arena, repo, blob, LIMIT_FILE_BYTES, out);
}

const char *notes_not_signed(void)
{
	return _("What you saved is recorded, but not signed: your key could not be used in time.");
}

err notes_record(struct app *app, struct notes *notes, const struct recorded_file *files,
		 size_t count, struct str message)
{
	struct signature author;
	struct object_id commit;
	err failure = identity_find(&app->arena, repo_folder(notes->repo), app->identity, &author);

	if (failure || (failure = notes_refuse_newer(app, notes->repo)) ||
	    (failure = saved_first(app, notes->repo, files, count)))
		return failure;
	const struct recording recording = {files, count, &author, message};
	failure = record_files(&app->arena, notes->repo, &recording, &commit);
	if (!failure && signing_failed(notes->repo, commit))
		complain(app, "%s\n", notes_not_signed());
	return failure;
}

bool notes_try_again(err failure, unsigned *attempts)
{
	unsigned milliseconds = SHORTEST_PAUSE;

	if (!err_is_outrun(failure) || *attempts + 1 == MOST_ATTEMPTS)
		return false;
	milliseconds <<= (*attempts)++;
	clock_pause(milliseconds < LONGEST_PAUSE ? milliseconds : LONGEST_PAUSE);
	return true;
}
