#include "core/repo_changes.h"

#include "core/limits.h"
#include "core/path.h"
#include "core/repo_listing.h"

enum { DEEPEST = 2 * LIMIT_PATH_DEPTH };

/* Two folders being compared; a side that is not there is NULL. */
struct comparison {
	struct arena *arena;
	const struct repo *repo;
	struct note_changes *out;
	size_t looked_at, path_bytes;
};

static bool is_folder(const struct listed *entry)
{
	return entry && listed_is_folder(entry);
}

static bool is_file(const struct listed *entry)
{
	return entry && mode_is_file(entry->mode);
}

static err compare_folders(struct comparison *comparison, struct object_id from,
			   struct object_id to, struct str folder, int depth);

static err compare_entry(struct comparison *comparison, const struct listed *from,
			 const struct listed *to, struct str folder, int depth)
{
	const struct object_id none = OBJECT_ID_NONE;
	struct note_changes *out = comparison->out;
	const struct listed *any = from ? from : to; /* one of them is there */

	if (!any)
		return NULL;
	struct str name = any->name;
	/* What is beyond is carried, and not read. */
	if (++comparison->looked_at > LIMIT_ENTRIES ||
	    (comparison->path_bytes += folder.len + name.len) > LIMIT_PATHS_BYTES)
		return NULL;
	struct str path = str_copy(comparison->arena, path_join(comparison->arena, folder, name));
	if (path_judge(path) == PATH_REFUSED || str_find_byte(name, '/', 0) < name.len)
		return NULL;
	if ((is_folder(from) || is_folder(to)) && depth < DEEPEST && name.at[0] != '.') {
		err e = compare_folders(comparison, is_folder(from) ? from->id : none,
					is_folder(to) ? to->id : none, path, depth + 1);
		if (e)
			return e;
	}
	if ((!is_file(from) && !is_file(to)) || !path_is_note(path))
		return NULL;
	arena_push(comparison->arena, out->notes, out->count, out->room);
	out->notes[out->count++] = (struct note_change){
		.path = path,
		.from = is_file(from) ? from->id : none,
		.to = is_file(to) ? to->id : none,
	};
	return NULL;
}

/* Entries of one name on both sides; of several with one name the first. */
static err compare_entries(struct comparison *comparison, const struct listing *from,
			   const struct listing *to, struct str folder, int depth)
{
	size_t i = 0, j = 0;
	err e = NULL;

	while (!e && (i < from->count || j < to->count)) {
		int order = i == from->count ? 1
			    : j == to->count ? -1
					     : listed_compare(&from->entries[i], &to->entries[j]);
		const struct listed *old = order <= 0 ? &from->entries[i] : NULL;
		const struct listed *now = order >= 0 ? &to->entries[j] : NULL;

		if (!old || !now || old->mode != now->mode || !object_id_equal(old->id, now->id))
			e = compare_entry(comparison, old, now, folder, depth);
		i += old ? listed_same(from, i) : 0;
		j += now ? listed_same(to, j) : 0;
	}
	return e;
}

static err compare_folders(struct comparison *comparison, struct object_id from,
			   struct object_id to, struct str folder, int depth)
{
	struct arena scratch = {0};
	struct listing old = {0}, now = {0};
	err e = NULL;

	if (!object_id_is_none(from))
		e = repo_list(&scratch, comparison->repo, from, &old);
	if (!e && !object_id_is_none(to))
		e = repo_list(&scratch, comparison->repo, to, &now);
	if (!e)
		e = compare_entries(comparison, &old, &now, folder, depth);
	arena_free(&scratch);
	return e;
}

err repo_note_changes(struct arena *arena, const struct repo *repo, struct object_id from,
		      struct object_id to, struct note_changes *out)
{
	*out = (struct note_changes){0};
	if (object_id_equal(from, to))
		return NULL;
	struct comparison comparison = {.arena = arena, .repo = repo, .out = out};

	return compare_folders(&comparison, from, to, (struct str){0}, 0);
}
