#include "cmd/import_again.h"

#include <stdlib.h>

#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
#include "core/ascending.h"
#include "core/identity.h"
#include "core/late.h"
#include "core/limits.h"
#include "core/path.h"

/* One line in so many of the shorter text makes two texts states of one document. */
enum { SHARED_LINES = 3 };

/* --- the last import --------------------------------------------------------------- */

static err find_commit(struct arena *arena, const struct repo *repo, struct str folder,
		       struct object_id *out)
{
	struct commit *commits;
	size_t count;
	err e = repo_history(arena, repo, repo_reference(repo, "HEAD"), OBJECT_ID_NONE, &commits,
			     &count);

	while (!e && count-- > 0)
		if (str_equal(commit_trailer(&commits[count], STR(IMPORT_TRAILER)), folder)) {
			*out = commits[count].id;
			break;
		}
	return e;
}

/*
 * Could an import have made it? A workshop's folder holds what no document brings as well:
 * pictures, and workshops of its own.
 */
static bool is_made(struct str path, struct str folder)
{
	return str_equal(path_folder(path), folder) &&
	       (path_is_note(path) || str_equal(path_name(path), STR("workshop.yml")));
}

static bool is_equal(const struct tree_files *files, const struct imported *note)
{
	size_t equal = 0, count = 0;

	for (size_t i = 0; i < files->count; i++) {
		if (!is_made(files->files[i].path, note->folder))
			continue;
		count++;
		for (size_t j = 0; j < note->count; j++)
			equal += str_equal(path_name(files->files[i].path), note->files[j].name) &&
				 object_id_equal(files->files[i].id,
						 blob_id_of(note->files[j].bytes));
	}
	return count == note->count && equal == count;
}

/* --- is it the same document? -------------------------------------------------------- */

struct lines {
	struct str *at;
	size_t count, room;
};

/* Titles, headings and empty lines are alike in many documents. */
static void add_lines(struct arena *arena, struct lines *lines, struct str path, struct str text)
{
	struct str line;

	if (!path_is_note(path))
		return;
	while (str_next_line(&text, &line)) {
		line = str_trim(line);
		if (line.len == 0 || str_starts(line, STR("#")))
			continue;
		arena_push(arena, lines->at, lines->count, lines->room);
		lines->at[lines->count++] = line;
	}
}

static void sort(struct lines *lines)
{
	if (lines->count)
		qsort(lines->at, lines->count, sizeof *lines->at, ascending_str);
}

static bool is_one_document(struct lines *before, struct lines *now)
{
	size_t shared = 0, shorter = before->count < now->count ? before->count : now->count;

	sort(before);
	sort(now);
	for (size_t i = 0, j = 0; i < before->count && j < now->count;) {
		int order = str_compare(before->at[i], now->at[j]);

		shared += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return shared * SHARED_LINES >= shorter;
}

static err compare_texts(struct arena *arena, const struct repo *repo,
			 const struct tree_files *files, const struct imported *note, bool *same)
{
	struct lines before = {0}, now = {0};

	for (size_t i = 0; i < note->count; i++)
		add_lines(arena, &now, note->files[i].name, note->files[i].bytes);
	for (size_t i = 0; i < files->count; i++) {
		struct str text;

		if (!is_made(files->files[i].path, note->folder))
			continue;
		err e = repo_blob_read(arena, repo, files->files[i].id, LIMIT_FILE_BYTES, &text);
		if (e)
			return e;
		add_lines(arena, &before, files->files[i].path, text);
	}
	*same = is_one_document(&before, &now);
	return NULL;
}

/* --- is anything left of it? ----------------------------------------------------------- */

/* Has a file of the import, with words that tell it apart, another name by now? */
static err is_renamed(struct arena *arena, const struct repo *repo, const struct tree_file *file,
		      const struct tree_files *then, const struct tree_files *now, bool *out)
{
	bool named = str_equal(path_name(file->path), STR("workshop.yml"));
	struct lines words = {0};
	struct str text;
	bool found = false;

	*out = false;
	for (size_t i = 0; i < now->count && !found; i++)
		found = object_id_equal(now->files[i].id, file->id) &&
			!tree_file_find(then, now->files[i].path);
	if (!found)
		return NULL;
	err e = repo_blob_read(arena, repo, file->id, LIMIT_FILE_BYTES, &text);
	if (e)
		return e;
	add_lines(arena, &words, file->path, text);
	*out = named || words.count > 0;
	return NULL;
}

/* The workshop is still there, under its name or, if it was renamed, with a file as imported. */
static err is_left(struct arena *arena, const struct repo *repo, struct str folder,
		   const struct tree_files *then, const struct tree_files *now, bool *out)
{
	bool left = false;
	err e = NULL;

	for (size_t i = 0; i < now->count && !left; i++)
		left = is_made(now->files[i].path, folder);
	for (size_t i = 0; i < then->count && !left && !e; i++)
		if (is_made(then->files[i].path, folder))
			e = is_renamed(arena, repo, &then->files[i], then, now, &left);
	*out = left;
	return e;
}

err last_import_find(struct arena *arena, const struct repo *repo, const struct imported *note,
		     struct last_import *out)
{
	struct object_id head = repo_reference(repo, "HEAD"), last = OBJECT_ID_NONE;
	struct tree_files now, then;
	bool same = false, left = false;
	err e = find_commit(arena, repo, note->folder, &last);

	*out = (struct last_import){.kind = IMPORT_NEVER};
	if (e || object_id_is_none(last))
		return e;
	if ((e = repo_tree_read(arena, repo, head, &now)) ||
	    (e = repo_tree_read(arena, repo, last, &then)) ||
	    (e = is_left(arena, repo, note->folder, &then, &now, &left)) || !left ||
	    (e = compare_texts(arena, repo, &then, note, &same)))
		return e;
	out->kind = is_equal(&then, note) ? IMPORT_EQUAL : same ? IMPORT_GROWN : IMPORT_ANOTHER;
	out->commit = last;
	return NULL;
}

/* --- taking it in ---------------------------------------------------------------------- */

/* From what the last import made to what the document makes now. */
static err changes_of(struct arena *arena, struct repo *repo, const struct imported *note,
		      const struct tree_files *then, struct file_changes *changes)
{
	changes->files = arena_array(arena, struct file_change, then->count + note->count);
	for (size_t i = 0; i < note->count; i++) {
		struct file_change *change = &changes->files[changes->count++];
		err e = repo_blob_write(repo, note->files[i].bytes, &change->to);

		if (e)
			return e;
		change->path = path_join(arena, note->folder, note->files[i].name);
		change->to_mode = MODE_FILE;
	}
	for (size_t i = 0; i < then->count; i++) {
		bool stays = !is_made(then->files[i].path, note->folder);

		for (size_t j = 0; j < note->count && !stays; j++)
			stays = str_equal(path_name(then->files[i].path), note->files[j].name);
		if (!stays)
			changes->files[changes->count++] =
				(struct file_change){.path = then->files[i].path};
	}
	file_changes_sort(changes);
	return NULL;
}

/* Records one save of the note on top of `on`, which it moves. The committer is who imports. */
static err record_save(struct sync *sync, const struct import_save *save,
		       const struct signature *importer, struct str message, struct object_id *on)
{
	struct commit commit = {.parents = on,
				.parent_count = object_id_is_none(*on) ? 0 : 1,
				.author = save->writer ? *save->writer : *importer,
				.committer = *importer,
				.message = message};
	struct file_changes changes = {0};
	struct tree_files then, files;
	err e;

	/* Where the document does not tell when, it is now. */
	if (commit.author.time == 0)
		commit.author.time = importer->time;
	if ((e = repo_tree_read(sync->arena, sync->repo, *on, &then)) ||
	    (e = changes_of(sync->arena, sync->repo, &save->note, &then, &changes)))
		return e;
	files = tree_files_with(sync->arena, &then, &changes);
	if ((e = repo_tree_write(sync->repo, &files, &commit.tree)) ||
	    (e = record_by_person(sync->arena, sync->repo, &commit)))
		return e;
	*on = commit.id;
	return NULL;
}

/*
 * Who imports, and when: the saves stand beside what was recorded last, so nothing but their
 * time tells `undo` that they are later.
 */
static err find_importer(struct sync *sync, struct signature *out)
{
	struct commit last;
	err e = identity_find(sync->arena, repo_folder(sync->repo), sync->identity, out);

	if (e || object_id_is_none(sync->head) ||
	    (e = repo_commit_read(sync->arena, sync->repo, sync->head, &last)))
		return e;
	if (out->time <= last.committer.time)
		out->time = last.committer.time + 1;
	return NULL;
}

static err take_in(struct sync *sync, const struct import_save *saves, size_t count,
		   struct object_id last, struct str subject)
{
	struct object_id on = object_id_is_none(last) ? sync->head : last;
	struct signature importer;
	err e = find_importer(sync, &importer);

	for (size_t i = 0; !e && i < count; i++) {
		/* Only the last save holds all that the document says. */
		struct str told =
			i + 1 < count
				? str_printf(sync->arena, "%.*s\n", STR_ARGS(subject))
				: str_printf(sync->arena, "%.*s\n\n" IMPORT_TRAILER ": %.*s\n",
					     STR_ARGS(subject), STR_ARGS(saves[i].note.folder));

		e = record_save(sync, &saves[i], &importer, told, &on);
	}
	if (e || (e = late_keep(sync->repo, on)))
		return e;
	return sync_unite(sync);
}

err import_saves(struct app *app, const struct import_save *saves, size_t count,
		 struct object_id last, struct str subject, struct plan *out)
{
	struct sync sync = {0};
	err e = sync_open(app, &sync);

	if (!e && !(e = sync_snapshot(&sync)) &&
	    !(e = take_in(&sync, saves, count, last, subject)) &&
	    !(e = sync_tell_questions(app, &sync)))
		*out = sync.plan;
	sync_close(&sync);
	return e;
}

err last_import_read(struct arena *arena, const struct repo *repo, const struct imported *note,
		     struct object_id last, struct imported *out)
{
	struct tree_files files;
	err e;

	*out = (struct imported){.folder = note->folder, .title = note->title};
	if (object_id_is_none(last))
		return NULL;
	if ((e = repo_tree_read(arena, repo, last, &files)))
		return e;
	out->files = arena_array(arena, struct imported_file, files.count + 1);
	/* workshop.yml stands first, as in every note. */
	out->count = 1;
	out->files[0] = (struct imported_file){.name = STR("workshop.yml")};
	for (size_t i = 0; !e && i < files.count; i++) {
		struct str name = path_name(files.files[i].path);
		struct imported_file *file = &out->files[out->count];

		if (!is_made(files.files[i].path, note->folder))
			continue;
		if (str_equal(name, out->files[0].name))
			file = &out->files[0];
		else
			out->count++;
		file->name = name;
		e = repo_blob_read(arena, repo, files.files[i].id, LIMIT_FILE_BYTES, &file->bytes);
	}
	return e;
}

/* --- what was recorded as one import ----------------------------------------------------- */

bool import_ends_with(const struct commit *commit)
{
	return commit_trailer(commit, STR(IMPORT_TRAILER)).len > 0;
}

/* Is it an earlier save of the import that ends with `last`? */
static bool is_of_import(const struct commit *save, const struct commit *last)
{
	return !import_ends_with(save) && str_equal(save->committer.email, last->committer.email) &&
	       str_equal(str_first_line(save->message), str_first_line(last->message));
}

err import_began_on(struct arena *arena, const struct repo *repo, const struct commit *last,
		    struct object_id *out)
{
	struct commit save = *last;
	err e = NULL;

	do
		*out = save.parent_count ? save.parents[0] : OBJECT_ID_NONE;
	while (!object_id_is_none(*out) && !(e = repo_commit_read(arena, repo, *out, &save)) &&
	       is_of_import(&save, last));
	return e;
}
