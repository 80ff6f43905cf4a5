#include "merge/tree.h"

#include <stdlib.h>

#include "core/path.h"
#include "merge/pass.h"
#include "merge/sides.h"
#include "merge/tree_entry.h"
#include "merge/tree_points.h"
#include "merge/verify.h"

/* A file of the result with its bytes at hand. */
struct outcome {
	struct merged_file file;
	struct str bytes; /* at NULL: not loaded */
};

/* A merge of trees under way. */
struct joining {
	struct arena *arena;
	struct tree_entries entries;
	struct outcome *outcomes;
	size_t outcome_count, outcome_room;
	struct tree_decision *decisions;
	size_t decision_count, decision_room;
};

static void decide(struct joining *joining, enum tree_decision_kind kind, struct str path,
		   struct str other)
{
	arena_push(joining->arena, joining->decisions, joining->decision_count,
		   joining->decision_room);
	joining->decisions[joining->decision_count++] = (struct tree_decision){kind, path, other};
}

/* --- what each file holds ------------------------------------------------------ */

static void add_outcome(struct joining *joining, struct outcome outcome)
{
	arena_push(joining->arena, joining->outcomes, joining->outcome_count,
		   joining->outcome_room);
	joining->outcomes[joining->outcome_count++] = outcome;
}

static struct outcome outcome_of(struct str path, const struct version_file *file)
{
	struct outcome outcome = {.file = {.path = path, .mode = file->mode, .id = file->id},
				  .bytes = file->bytes};

	if (file->made) {
		outcome.file.made = true;
		outcome.file.merge.text = file->bytes;
	}
	return outcome;
}

static uint32_t mode_of_three(const struct version_file *base, uint32_t ours, uint32_t theirs)
{
	if (base && ours == base->mode)
		return theirs;
	if (base && theirs == base->mode)
		return ours;
	return ours > theirs ? ours : theirs;
}

/* "photo.png" becomes "photo ⟨version 2⟩.png". */
static struct str path_of_version(struct arena *arena, struct str path, unsigned number)
{
	struct str name = path_name(path), stem = path_stem(path);
	struct str ending = str_slice(name, stem.len, name.len);

	return path_join(arena, path_folder(path),
			 str_printf(arena, "%.*s \xe2\x9f\xa8version %u\xe2\x9f\xa9%.*s",
				    STR_ARGS(stem), number, STR_ARGS(ending)));
}

static int compare_contents(const struct outcome *a, const struct outcome *b)
{
	int order = a->bytes.at && b->bytes.at ? str_compare(a->bytes, b->bytes) : 0;

	return order ? order : object_id_compare(a->file.id, b->file.id);
}

/* Bytes that cannot be merged: the smaller keeps the name, the other gets one beside it. */
static void keep_both(struct joining *joining, struct outcome a, struct outcome b)
{
	struct outcome *first = compare_contents(&a, &b) <= 0 ? &a : &b;
	struct outcome *second = first == &a ? &b : &a;

	second->file.path = path_of_version(joining->arena, first->file.path, 2);
	decide(joining, TREE_BOTH_KEPT, first->file.path, second->file.path);
	add_outcome(joining, *first);
	add_outcome(joining, *second);
}

/* Two contents of one file; `base` at NULL: none is known. */
static void join_contents(struct joining *joining, struct str base, struct outcome a,
			  struct outcome b)
{
	if (!bytes_are_text(a.bytes) || !bytes_are_text(b.bytes) ||
	    (base.at && !bytes_are_text(base))) {
		keep_both(joining, a, b);
		return;
	}
	struct merged merged = merge_texts(
		joining->arena, (struct merge_input){.base = base,
						     .ours = a.bytes,
						     .theirs = b.bytes,
						     .format = text_format_of(a.file.path)});
	struct outcome joined = a;

	joined.bytes = merged.text;
	joined.file.merge = merged;
	joined.file.made = !str_equal(merged.text, a.bytes) || a.file.made;
	if (joined.file.made && str_equal(merged.text, b.bytes) && !b.file.made) {
		joined.file.made = false;
		joined.file.id = b.file.id;
	}
	add_outcome(joining, joined);
}

/* A link, or anything else that is no plain file: taken whole, a plain file before it. */
static void settle_special(struct joining *joining, const struct tree_entry *entry)
{
	const struct version_file *ours = entry->ours, *theirs = entry->theirs, *base = entry->base;
	const struct version_file *taken;

	if (base && base->mode == ours->mode && object_id_equal(base->id, ours->id))
		taken = theirs;
	else if (base && base->mode == theirs->mode && object_id_equal(base->id, theirs->id))
		taken = ours;
	else if (mode_is_file(ours->mode) != mode_is_file(theirs->mode))
		taken = mode_is_file(ours->mode) ? ours : theirs;
	else
		taken = object_id_compare(ours->id, theirs->id) <= 0 ? ours : theirs;
	add_outcome(joining, outcome_of(entry->path, taken));
}

static void settle_both(struct joining *joining, const struct tree_entry *entry)
{
	const struct version_file *ours = entry->ours, *theirs = entry->theirs, *base = entry->base;
	struct outcome a = outcome_of(entry->path, ours), b = outcome_of(entry->path, theirs);

	if (!mode_is_file(ours->mode) || !mode_is_file(theirs->mode)) {
		settle_special(joining, entry);
		return;
	}
	a.file.mode = b.file.mode = mode_of_three(base, ours->mode, theirs->mode);
	if (base && !str_equal(base->path, entry->path) &&
	    (!version_file_equal(base, ours) || !version_file_equal(base, theirs)))
		decide(joining, TREE_RENAMED, entry->path, base->path);
	if (version_file_equal(ours, theirs) || (base && version_file_equal(base, theirs)))
		add_outcome(joining, a);
	else if (base && version_file_equal(base, ours))
		add_outcome(joining, b);
	else
		join_contents(joining, base ? base->bytes : (struct str){0}, a, b);
}

/* One side has the file. Gone on the other: only an edit keeps it. */
static void settle_one(struct joining *joining, const struct tree_entry *entry)
{
	const struct version_file *file = entry->ours ? entry->ours : entry->theirs;

	if (entry->base && version_file_equal(entry->base, file))
		return;
	if (entry->base)
		decide(joining, TREE_EDIT_KEPT, entry->path, (struct str){0});
	add_outcome(joining, outcome_of(entry->path, file));
}

static void settle_entry(struct joining *joining, const struct tree_entry *entry)
{
	if (entry->ours && entry->theirs)
		settle_both(joining, entry);
	else if (entry->ours || entry->theirs)
		settle_one(joining, entry);
}

static void add_text(struct buf *all, struct str text)
{
	buf_add(all, text);
	buf_add_c(all, "\n\n");
}

/*
 * Whether the files of a group, taken as one text, hold what the sides account
 * for; a side that holds all of the other's changes speaks for itself. The sides
 * are as they were saved; base is without what one deleted and the other moved,
 * which would seem to be back.
 */
static bool group_is_sound(const struct joining *joining, const struct tree_points *points,
			   const struct tree_group *group, size_t first_outcome)
{
	struct buf texts[TEXTS], result = {.arena = joining->arena};

	for (int t = BASE; t < TEXTS; t++)
		texts[t] = (struct buf){.arena = joining->arena};
	for (size_t i = 0; i < group->count; i++) {
		const struct tree_entry *entry = &joining->entries.at[group->entries[i]];
		const struct version_file *base = points->entries[group->entries[i]].base;
		const struct version_file *files[TEXTS] = {base, entry->ours, entry->theirs};

		for (int t = BASE; t < TEXTS; t++)
			if (files[t])
				add_text(&texts[t], files[t]->bytes);
	}
	for (size_t i = first_outcome; i < joining->outcome_count; i++) {
		const struct outcome *outcome = &joining->outcomes[i];

		add_text(&result, outcome->file.made ? outcome->file.merge.text : outcome->bytes);
	}
	struct merge_input input = {buf_str(&texts[BASE]), buf_str(&texts[OURS]),
				    buf_str(&texts[THEIRS]), FORMAT_NOTE};
	struct str text = buf_str(&result);
	return is_side(input, text) ||
	       verify_merge(joining->arena, input, text).verdict == VERDICT_GOOD;
}

/* Files between which points moved; where that cannot be had safely, each by itself. */
static void settle_group(struct joining *joining, const struct tree_points *points,
			 const struct tree_group *group)
{
	size_t outcome_count = joining->outcome_count, decision_count = joining->decision_count;

	for (size_t i = 0; i < group->count; i++)
		settle_entry(joining, &points->entries[group->entries[i]]);
	if (group_is_sound(joining, points, group, outcome_count)) {
		for (size_t i = 0; i < group->decision_count; i++)
			decide(joining, TREE_POINTS_MOVED, group->decisions[i].path,
			       group->decisions[i].other);
		return;
	}
	joining->outcome_count = outcome_count;
	joining->decision_count = decision_count;
	for (size_t i = 0; i < group->count; i++)
		settle_entry(joining, &joining->entries.at[group->entries[i]]);
}

static void settle(struct joining *joining)
{
	struct tree_points points =
		tree_points_move(joining->arena, joining->entries.at, joining->entries.count);

	for (size_t i = 0; i < joining->entries.count; i++)
		if (!points.touched[i])
			settle_entry(joining, &joining->entries.at[i]);
	for (size_t i = 0; i < points.group_count; i++)
		settle_group(joining, &points, &points.groups[i]);
}

/* --- one file a path ------------------------------------------------------------ */

static int compare_outcomes(const void *left, const void *right)
{
	const struct outcome *a = left, *b = right;
	int order = str_compare(a->file.path, b->file.path);

	return order ? order : compare_contents(a, b);
}

static void sort_outcomes(struct joining *joining)
{
	if (joining->outcome_count)
		qsort(joining->outcomes, joining->outcome_count, sizeof *joining->outcomes,
		      compare_outcomes);
}

/*
 * Different files that ended at one path (one renamed to it, one made there):
 * joined as if both were new. Each round leaves fewer of them.
 */
static void join_same_paths(struct joining *joining)
{
	for (bool again = true; again;) {
		struct outcome *outcomes = joining->outcomes;
		size_t count = joining->outcome_count;

		again = false;
		sort_outcomes(joining);
		joining->outcomes = NULL;
		joining->outcome_count = joining->outcome_room = 0;
		for (size_t i = 0; i < count; i++) {
			bool same = i + 1 < count &&
				    str_equal(outcomes[i].file.path, outcomes[i + 1].file.path);

			if (!same) {
				add_outcome(joining, outcomes[i]);
				continue;
			}
			again = true;
			if (compare_contents(&outcomes[i], &outcomes[i + 1]) == 0)
				add_outcome(joining, outcomes[i]);
			else
				join_contents(joining, (struct str){0}, outcomes[i],
					      outcomes[i + 1]);
			i++;
		}
	}
}

/* A file where others have a folder makes room for it. */
static void part_files_and_folders(struct joining *joining)
{
	for (size_t i = 0; i < joining->outcome_count; i++) {
		struct outcome *outcome = &joining->outcomes[i];
		struct str below =
			str_printf(joining->arena, "%.*s/", STR_ARGS(outcome->file.path));

		for (size_t j = i + 1;
		     j < joining->outcome_count &&
		     str_starts(joining->outcomes[j].file.path, outcome->file.path);
		     j++)
			if (str_starts(joining->outcomes[j].file.path, below)) {
				outcome->file.path =
					path_of_version(joining->arena, outcome->file.path, 2);
				break;
			}
	}
	sort_outcomes(joining);
}

static int compare_decisions(const void *left, const void *right)
{
	const struct tree_decision *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	return order ? order : (int)a->kind - (int)b->kind;
}

struct merged_tree merge_workshops(struct arena *arena, const struct version *base,
				   const struct version *ours, const struct version *theirs)
{
	struct joining joining = {
		.arena = arena,
		.entries = tree_entries_list(arena, base, ours, theirs),
	};
	struct merged_tree out = {0};

	settle(&joining);
	join_same_paths(&joining);
	part_files_and_folders(&joining);
	out.files = arena_array(arena, struct merged_file, joining.outcome_count);
	for (size_t i = 0; i < joining.outcome_count; i++)
		out.files[out.count++] = joining.outcomes[i].file;
	if (joining.decision_count)
		qsort(joining.decisions, joining.decision_count, sizeof *joining.decisions,
		      compare_decisions);
	out.decisions = joining.decisions;
	out.decision_count = joining.decision_count;
	return out;
}
