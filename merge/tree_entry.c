#include "merge/tree_entry.h"

#include <stdlib.h>

#include "core/path.h"
#include "core/utf8.h"
#include "merge/rename.h"
#include "merge/scalar.h"
#include "merge/sides.h"

bool bytes_are_text(struct str bytes)
{
	return bytes.at && str_find_byte(bytes, '\0', 0) == bytes.len && utf8_valid(bytes);
}

bool version_file_is_text(const struct version_file *file)
{
	return mode_is_file(file->mode) && bytes_are_text(file->bytes);
}

bool version_file_equal(const struct version_file *a, const struct version_file *b)
{
	return a->made || b->made ? str_equal(a->bytes, b->bytes) : object_id_equal(a->id, b->id);
}

struct lister {
	struct arena *arena;
	const struct version *base, *side[SIDES];
	struct file_matching match[SIDES];
	struct tree_entries entries;
	size_t room;
};

/* Folder and name are merged apart: one may rename the workshop, another a section in it. */
static struct str path_of_three(struct arena *arena, struct str base, struct str ours,
				struct str theirs)
{
	return path_join(arena,
			 merge_name(path_folder(base), path_folder(ours), path_folder(theirs)),
			 merge_name(path_name(base), path_name(ours), path_name(theirs)));
}

/* What side `s` calls base file `index`: where it lies, or would lie in a renamed folder. */
static struct str path_on_side(const struct lister *lister, int s, size_t index)
{
	const struct file_matching *match = &lister->match[s];
	struct str path = lister->base->files[index].path;

	if (match->of_base[index] != NOT_MATCHED)
		return lister->side[s]->files[match->of_base[index]].path;
	return path_join(lister->arena, renamed_folder(match, path_folder(path)), path_name(path));
}

/*
 * Where a file that is new on side `s` stands: its folder may be called
 * otherwise by the other, by an old name or by a new one of both.
 */
static struct str path_of_new(const struct lister *lister, int s, struct str path)
{
	const struct file_matching *own = &lister->match[s], *other = &lister->match[1 - s];
	struct str folder = path_folder(path), base = folder;

	for (size_t i = 0; i < own->folder_count; i++)
		if (str_equal(own->folders[i].to, folder))
			base = own->folders[i].from;
	return path_join(lister->arena, merge_name(base, folder, renamed_folder(other, base)),
			 path_name(path));
}

static void add_entry(struct lister *lister, struct tree_entry entry)
{
	struct tree_entries *entries = &lister->entries;

	arena_push(lister->arena, entries->at, entries->count, lister->room);
	entries->at[entries->count++] = entry;
}

static const struct version_file *partner(const struct lister *lister, int s, size_t index)
{
	int at = lister->match[s].of_base[index];

	return at == NOT_MATCHED ? NULL : &lister->side[s]->files[at];
}

static void list_known(struct lister *lister)
{
	for (size_t i = 0; i < lister->base->count; i++) {
		const struct version_file *base = &lister->base->files[i];

		add_entry(lister, (struct tree_entry){
					  .path = path_of_three(lister->arena, base->path,
								path_on_side(lister, 0, i),
								path_on_side(lister, 1, i)),
					  .base = base,
					  .ours = partner(lister, 0, i),
					  .theirs = partner(lister, 1, i),
				  });
	}
}

static void list_new(struct lister *lister, int s)
{
	for (size_t i = 0; i < lister->side[s]->count; i++) {
		const struct version_file *file = &lister->side[s]->files[i];

		if (lister->match[s].of_side[i] == NOT_MATCHED)
			add_entry(lister, (struct tree_entry){
						  .path = path_of_new(lister, s, file->path),
						  .ours = s == 0 ? file : NULL,
						  .theirs = s == 1 ? file : NULL,
					  });
	}
}

/* Files known to base stand before new ones, so that these are joined to them. */
static int compare_entries(const void *left, const void *right)
{
	const struct tree_entry *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	return order ? order : !a->base - !b->base;
}

/* Both sides made a file of one name: one entry with an empty base. */
static void join_new(struct tree_entries *entries)
{
	size_t kept = 0;

	if (entries->count)
		qsort(entries->at, entries->count, sizeof *entries->at, compare_entries);
	for (size_t i = 0; i < entries->count; i++) {
		struct tree_entry *entry = &entries->at[i];
		struct tree_entry *before = kept ? &entries->at[kept - 1] : NULL;

		if (before && !before->base && !entry->base &&
		    str_equal(before->path, entry->path) && !(before->ours && entry->ours) &&
		    !(before->theirs && entry->theirs)) {
			before->ours = before->ours ? before->ours : entry->ours;
			before->theirs = before->theirs ? before->theirs : entry->theirs;
		} else {
			entries->at[kept++] = *entry;
		}
	}
	entries->count = kept;
}

struct tree_entries tree_entries_list(struct arena *arena, const struct version *base,
				      const struct version *ours, const struct version *theirs)
{
	struct lister lister = {
		.arena = arena,
		.base = base,
		.side = {ours, theirs},
		.match = {match_files(arena, base, ours), match_files(arena, base, theirs)},
	};

	list_known(&lister);
	for (int s = 0; s < SIDES; s++)
		list_new(&lister, s);
	join_new(&lister.entries);
	return lister.entries;
}
