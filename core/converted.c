#include "core/converted.h"

#include <string.h>

#include "core/limits.h"
#include "core/path.h"
#include "core/repo_attributes.h"
#include "core/repo_index.h"

/* Does every line but the last end with CR LF, and is it no picture? */
static bool has_other_line_ends(struct str text)
{
	struct str line;

	if (str_find_byte(text, '\0', 0) < text.len || !str_contains(text, STR("\r\n")))
		return false;
	while (str_next_line(&text, &line))
		if (str_ends(line, STR("\n")) && !str_ends(line, STR("\r\n")))
			return false;
	return true;
}

static struct str with_plain_line_ends(struct arena *arena, struct str text)
{
	struct buf plain = {.arena = arena};
	struct str line;

	while (str_next_line(&text, &line)) {
		buf_add(&plain, str_chomp(line));
		if (str_ends(line, STR("\n")))
			buf_add_byte(&plain, '\n');
	}
	return buf_str(&plain);
}

/* "$Id: 40 digits $", as git writes it, at `at`; what people write there is theirs. */
static bool is_filled_in(struct str text, size_t at)
{
	struct object_id id;
	size_t digits = at + strlen("$Id: "), end = digits + 2 * OBJECT_ID_BYTES;

	return str_starts(str_slice(text, at, text.len), STR("$Id: ")) &&
	       object_id_read(str_slice(text, digits, end), &id) &&
	       str_equal(str_slice(text, end, end + 2), STR(" $"));
}

static struct str with_empty_ids(struct arena *arena, struct str text)
{
	enum { FILLED_IN = sizeof "$Id:  $" - 1 + 2 * OBJECT_ID_BYTES };
	struct buf plain = {.arena = arena};

	for (size_t at = 0; at < text.len;) {
		size_t next = str_find(text, STR("$Id: "), at);

		buf_add(&plain, str_slice(text, at, next));
		at = next;
		if (is_filled_in(text, at)) {
			buf_add(&plain, STR("$Id$"));
			at += FILLED_IN;
		} else if (at < text.len) {
			buf_add_byte(&plain, text.at[at++]);
		}
	}
	return buf_str(&plain);
}

err converted_to_git(struct arena *arena, const struct repo *repo, const struct tree_file *file,
		     struct str path, struct str *bytes, bool *known)
{
	struct str recorded = {0};
	err e;

	*known = !repo_filters(repo, path);
	if (*known && str_contains(*bytes, STR("$Id: ")) && repo_expands_ids(repo, path))
		*bytes = with_empty_ids(arena, *bytes);
	/* What was recorded with such line ends is a person's choice, and so is a new file. */
	if (!*known || !file || !has_other_line_ends(*bytes) ||
	    !repo_converts_line_ends(repo, path))
		return NULL;
	e = repo_blob_read(arena, repo, file->id, LIMIT_FILE_BYTES, &recorded);
	if (!e && !str_contains(recorded, STR("\r\n")))
		*bytes = with_plain_line_ends(arena, *bytes);
	return e;
}

static bool may_be_converted(const struct repo *repo, struct str path)
{
	return repo_filters(repo, path) || repo_expands_ids(repo, path) ||
	       repo_converts_line_ends(repo, path);
}

/* out: what is on disk where it is `id` in another form; else `id`, and where it cannot be read */
static err look_at(struct arena *arena, const struct repo *repo, const struct index_entries *index,
		   struct str path, struct object_id id, struct object_id *out)
{
	struct tree_file file = {.path = path, .id = id};
	struct saved_file saved;
	struct object_id on_disk;
	bool known = true;
	err e = worktree_read(arena, repo, path, &saved);

	*out = id;
	if (e || saved.mode == 0 || saved.being_written || saved.over_limit) {
		err_free(e);
		return NULL;
	}
	on_disk = blob_id_of(saved.bytes);
	if (object_id_equal(on_disk, id) ||
	    (e = converted_to_git(arena, repo, &file, path, &saved.bytes, &known)))
		return e;
	if (known ? object_id_equal(blob_id_of(saved.bytes), id)
		  : index_has_seen(index, path, id, &saved.stamp))
		*out = on_disk;
	return NULL;
}

err converted_as_on_disk(struct arena *arena, const struct repo *repo, struct file_changes *changes)
{
	struct index_entries index;
	err e = repo_index_read(arena, repo, &index);

	for (size_t i = 0; !e && i < changes->count; i++) {
		struct file_change *change = &changes->files[i];

		if (!change->carried && !object_id_is_none(change->from) &&
		    may_be_converted(repo, change->path))
			e = look_at(arena, repo, &index, change->path, change->from, &change->from);
	}
	return e;
}

err converted_has_notes(struct arena *arena, const struct repo *repo,
			const struct tree_files *files, bool *out)
{
	struct index_entries index;
	err e = repo_index_read(arena, repo, &index);

	*out = false;
	for (size_t i = 0; !e && i < files->count; i++) {
		const struct tree_file *file = &files->files[i];
		struct object_id on_disk = file->id;

		if (file->writable && path_is_note(file->path) &&
		    may_be_converted(repo, file->path))
			e = look_at(arena, repo, &index, file->path, file->id, &on_disk);
		*out |= !object_id_equal(on_disk, file->id);
	}
	return e;
}
