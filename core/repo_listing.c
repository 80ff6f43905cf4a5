#include "core/repo_listing.h"

#include <stdlib.h>

#include "core/limits.h"
#include "core/message.h"
#include "core/repo_blob.h"
#include "core/repo_private.h"

/* Octal digits up to a blank. out: false: there are none, or too many to be a mode */
static bool take_mode(struct str *rest, uint32_t *mode)
{
	size_t at = 0;

	for (*mode = 0; at < rest->len && rest->at[at] >= '0' && rest->at[at] <= '7'; at++) {
		if (*mode > UINT32_MAX >> 3)
			return false;
		*mode = *mode << 3 | (uint32_t)(rest->at[at] - '0');
	}
	if (at == 0 || at == rest->len || rest->at[at] != ' ')
		return false;
	*rest = str_slice(*rest, at + 1, rest->len);
	return true;
}

/* "MODE NAME\0ID" */
static bool take_entry(struct str *rest, struct listed *out)
{
	if (!take_mode(rest, &out->mode))
		return false;
	size_t end = str_find_byte(*rest, '\0', 0);

	if (rest->len - end < 1 + OBJECT_ID_BYTES)
		return false;
	out->name = str_slice(*rest, 0, end);
	memcpy(out->id.bytes, rest->at + end + 1, OBJECT_ID_BYTES);
	*rest = str_slice(*rest, end + 1 + OBJECT_ID_BYTES, rest->len);
	return true;
}

int listed_compare(const struct listed *a, const struct listed *b)
{
	size_t shared = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = shared ? memcmp(a->name.at, b->name.at, shared) : 0;

	if (order)
		return order;
	/* What git compares behind a name: '/' for a folder, else nothing. */
	unsigned char next_a = shared < a->name.len  ? (unsigned char)a->name.at[shared]
			       : listed_is_folder(a) ? '/'
						     : '\0';
	unsigned char next_b = shared < b->name.len  ? (unsigned char)b->name.at[shared]
			       : listed_is_folder(b) ? '/'
						     : '\0';
	if (next_a != next_b)
		return next_a < next_b ? -1 : 1;
	return (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static int compare_entries(const void *left, const void *right)
{
	const struct listed *a = left, *b = right;
	int order = listed_compare(a, b);

	if (order == 0)
		order = (a->mode > b->mode) - (a->mode < b->mode);
	return order ? order : object_id_compare(a->id, b->id);
}

size_t listed_same(const struct listing *listing, size_t at)
{
	size_t next = at + 1;

	while (next < listing->count &&
	       listed_compare(&listing->entries[at], &listing->entries[next]) == 0)
		next++;
	return next - at;
}

static bool in_order(const struct listing *listing)
{
	for (size_t i = 1; i < listing->count; i++)
		if (listed_compare(&listing->entries[i - 1], &listing->entries[i]) >= 0)
			return false;
	return true;
}

static void put_in_order(struct listing *listing)
{
	if (listing->entries && !in_order(listing))
		qsort(listing->entries, listing->count, sizeof *listing->entries, compare_entries);
}

/* out: false: these are not the bytes of a folder */
static bool parse(struct arena *arena, struct str rest, struct listing *out)
{
	struct listed entry;
	size_t room = 0;

	while (rest.len) {
		if (!take_entry(&rest, &entry))
			return false;
		arena_push(arena, out->entries, out->count, room);
		out->entries[out->count++] = entry;
	}
	put_in_order(out);
	return true;
}

/* A run of them, which counts as one, matches in as many ways as a name is long. */
static size_t count_stars(struct str line)
{
	size_t count = 0;

	for (size_t i = 0; i < line.len; i++)
		count += line.at[i] == '*' && (i == 0 || line.at[i - 1] != '*');
	return count;
}

bool listed_wears_out(const struct repo *repo, const struct listed *entry)
{
	struct lent_blob lent = {0};
	struct str rest, line;
	bool found = false;

	if (!str_equal(entry->name, STR(".gitignore")) &&
	    !str_equal(entry->name, STR(".gitattributes")))
		return false;
	err e = repo_blob_lend(repo, entry->id, LIMIT_RULES_BYTES, &lent);
	if (e) {
		found = err_status(e) == STATUS_BAD_INPUT;
		err_free(e);
		return found;
	}
	rest = lent.text;
	while (!found && str_next_line(&rest, &line))
		found = count_stars(line) > LIMIT_RULE_STARS;
	repo_blob_give_back(lent.handle);
	return found;
}

err repo_list(struct arena *arena, const struct repo *repo, struct object_id folder,
	      struct listing *out)
{
	git_oid id = repo_id_to(folder);
	git_odb_object *object = NULL;
	struct listing found = {0};

	/* Not asked for its size first: that takes as long, and git has held all of it before. */
	if (git_odb_read(&object, repo->objects, &id) < 0)
		return repo_unreadable(folder);
	struct str bytes = {git_odb_object_data(object), git_odb_object_size(object)};
	bool sound = git_odb_object_type(object) == GIT_OBJECT_TREE;
	bool too_large = bytes.len > LIMIT_FOLDER_BYTES;
	if (sound && !too_large)
		sound = parse(arena, str_copy(arena, bytes), &found);
	git_odb_object_free(object);
	if (!sound)
		return repo_unreadable(folder);
	if (too_large)
		return err_new(STATUS_BAD_INPUT, _("more than %d files are recorded here"),
			       LIMIT_FILES);
	*out = found;
	return NULL;
}

err repo_list_write(struct arena *arena, struct repo *repo, struct listing *listing,
		    struct object_id *out)
{
	struct buf bytes = {.arena = arena};

	put_in_order(listing);
	for (size_t i = 0; i < listing->count; i++) {
		const struct listed *entry = &listing->entries[i];

		buf_printf(&bytes, "%o %.*s", entry->mode, STR_ARGS(entry->name));
		buf_add_byte(&bytes, '\0');
		buf_add(&bytes,
			(struct str){(const char *)entry->id.bytes, sizeof entry->id.bytes});
	}
	if (!repo_object_write(repo, buf_str(&bytes), GIT_OBJECT_TREE, out))
		return repo_failure(STATUS_IO, _("cannot record"));
	return NULL;
}
