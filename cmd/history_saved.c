#include "cmd/history_saved.h"

#include <stdlib.h>

#include "core/parallel.h"
#include "core/repo_index.h"
#include "core/worktree.h"

enum { HASH_PARTS = 4 }; /* of the saved notes, at once */

static int compare_notes(const void *left, const void *right)
{
	const struct note_change *a = left, *b = right;

	return str_compare(a->path, b->path);
}

/* The notes of a tree by path. */
static struct note_changes recorded_notes(struct arena *arena, const struct repo *repo,
					  struct object_id tree)
{
	struct note_changes notes;
	err failure = repo_note_changes(arena, repo, OBJECT_ID_NONE, tree, &notes);

	if (failure) {
		err_free(failure);
		return (struct note_changes){0};
	}
	if (notes.count)
		qsort(notes.notes, notes.count, sizeof *notes.notes, compare_notes);
	return notes;
}

static struct note_change *find_note(const struct note_changes *notes, struct str path)
{
	struct note_change wanted = {.path = path};

	return notes->count
		       ? bsearch(&wanted, notes->notes, notes->count, sizeof wanted, compare_notes)
		       : NULL;
}

static void add_saved(struct arena *arena, struct saved_changes *out, struct str path,
		      struct object_id id, struct str text)
{
	arena_push(arena, out->notes.notes, out->notes.count, out->notes.room);
	out->notes.notes[out->notes.count++] = (struct note_change){.path = path, .to = id};
	arena_push(arena, out->texts, out->text_count, out->text_room);
	out->texts[out->text_count++] = text.at ? text : STR("");
}

/*
 * A file that plain git was told to leave alone is not deleted by its absence, nor one in a
 * folder that may not be looked into.
 */
static void add_removed(struct arena *arena, const struct repo *repo, struct note_changes *changes,
			const struct note_changes *recorded)
{
	struct index_entries index = repo_index_look(arena, repo);

	for (size_t i = 0; i < recorded->count; i++) {
		struct str path = recorded->notes[i].path;
		const struct index_entry *entry = index_entry_find(&index, path);
		struct saved_file found;

		if (!object_id_is_none(recorded->notes[i].from) || !entry || entry->left_alone)
			continue;
		err unread = worktree_show(arena, repo, path, &found);
		if (!unread && !found.mode && !found.obstructed) {
			arena_push(arena, changes->notes, changes->count, changes->room);
			changes->notes[changes->count++] = (struct note_change){.path = path};
		}
		err_free(unread);
	}
}

/* The sections of all workshops with the ids that they have as blobs. */
struct saved_notes {
	const struct section **sections;
	struct object_id *ids;
	size_t count;
};

static void hash_part(void *context, size_t part)
{
	struct saved_notes *saved = context;

	for (size_t i = part; i < saved->count; i += HASH_PARTS)
		saved->ids[i] = blob_id_of(saved->sections[i]->doc.source);
}

static struct saved_notes saved_notes(struct arena *arena, const struct workshops *workshops)
{
	struct saved_notes saved = {0};
	size_t count = 0;

	for (size_t i = 0; i < workshops->count; i++)
		count += workshops->all[i].count;
	saved.sections = arena_array(arena, const struct section *, count);
	saved.ids = arena_array(arena, struct object_id, count);
	for (size_t i = 0; i < workshops->count; i++)
		for (size_t j = 0; j < workshops->all[i].count; j++)
			saved.sections[saved.count++] = &workshops->all[i].sections[j];
	parallel_run(HASH_PARTS, hash_part, &saved);
	return saved;
}

void history_saved_find(struct arena *arena, const struct repo *repo,
			const struct workshops *workshops, struct object_id tree,
			struct saved_changes *out)
{
	struct note_changes recorded = recorded_notes(arena, repo, tree);
	struct saved_notes saved = saved_notes(arena, workshops);

	*out = (struct saved_changes){0};
	for (size_t i = 0; i < saved.count; i++) {
		const struct section *section = saved.sections[i];
		struct note_change *note = find_note(&recorded, section->path);

		/* What cannot be read is taken as unchanged. */
		if (!section_is_unread(section) &&
		    (!note || !object_id_equal(note->to, saved.ids[i])))
			add_saved(arena, out, section->path, saved.ids[i], section->doc.source);
		if (note)
			note->from = saved.ids[i]; /* it is in the work tree */
	}
	add_removed(arena, repo, &out->notes, &recorded);
}
