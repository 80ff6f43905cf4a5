#include "merge/tree_points.h"

#include "core/path.h"
#include "merge/relocate.h"

static struct str text_of(const struct version_file *file)
{
	return file ? (file->bytes.at ? file->bytes : STR("")) : (struct str){0};
}

static bool is_note(const struct version_file *file)
{
	return !file || version_file_is_text(file);
}

static bool is_same(const struct version_file *a, const struct version_file *b)
{
	return a == b || (a && b && version_file_equal(a, b));
}

/* A note that some version has otherwise. */
static bool takes_part(const struct tree_entry *entry)
{
	return text_format_of(entry->path) == FORMAT_NOTE &&
	       !(is_same(entry->base, entry->ours) && is_same(entry->base, entry->theirs)) &&
	       is_note(entry->base) && is_note(entry->ours) && is_note(entry->theirs);
}

/* A point can only cross where both sides changed one note and somebody changed another. */
static bool may_cross(const struct tree_entry *entries, const size_t *members, size_t count)
{
	size_t by_both = 0;

	for (size_t i = 0; i < count; i++) {
		const struct tree_entry *entry = &entries[members[i]];

		by_both += entry->base && !is_same(entry->base, entry->ours) &&
			   !is_same(entry->base, entry->theirs);
	}
	return by_both > 0 && count > 1;
}

static const struct version_file *file_with(struct arena *arena, const struct tree_entry *entry,
					    const struct version_file *before, struct str text)
{
	const struct version_file *model = before	 ? before
					   : entry->ours ? entry->ours
							 : entry->theirs;
	struct version_file *file;

	if (text.at == text_of(before).at)
		return before;
	file = arena_new(arena, struct version_file);
	*file = (struct version_file){
		.path = entry->path, .mode = model->mode, .bytes = text, .made = true};
	return file;
}

static void tell(struct arena *arena, struct tree_group *group, struct str to, struct str from,
		 size_t *room)
{
	for (size_t i = 0; i < group->decision_count; i++)
		if (str_equal(group->decisions[i].path, to) &&
		    str_equal(group->decisions[i].other, from))
			return;
	arena_push(arena, group->decisions, group->decision_count, *room);
	group->decisions[group->decision_count++] =
		(struct tree_decision){TREE_POINTS_MOVED, to, from};
}

static void move_within(struct arena *arena, struct tree_points *out, const size_t *members,
			size_t count)
{
	struct note_versions *notes = arena_array(arena, struct note_versions, count);
	struct tree_group group = {.entries = arena_array(arena, size_t, count)};
	size_t room = 0;

	for (size_t i = 0; i < count; i++) {
		const struct tree_entry *entry = &out->entries[members[i]];

		notes[i] = (struct note_versions){
			{text_of(entry->base), text_of(entry->ours), text_of(entry->theirs)}};
	}
	struct relocated moved = relocate_points(arena, notes, count);
	for (size_t i = 0; i < moved.point_count; i++)
		tell(arena, &group, out->entries[members[moved.points[i].to]].path,
		     out->entries[members[moved.points[i].from]].path, &room);
	for (size_t i = 0; i < count; i++) {
		struct tree_entry *entry = &out->entries[members[i]], new = *entry;
		const struct str *texts = moved.notes[i].texts;

		if (!moved.touched[i])
			continue;
		new.base = file_with(arena, entry, entry->base, texts[BASE]);
		new.ours = file_with(arena, entry, entry->ours, texts[OURS]);
		new.theirs = file_with(arena, entry, entry->theirs, texts[THEIRS]);
		*entry = new;
		out->touched[members[i]] = true;
		group.entries[group.count++] = members[i];
	}
	if (group.count == 0)
		return;
	arena_push(arena, out->groups, out->group_count, out->group_room);
	out->groups[out->group_count++] = group;
}

struct tree_points tree_points_move(struct arena *arena, const struct tree_entry *entries,
				    size_t count)
{
	struct tree_points out = {.entries = arena_array(arena, struct tree_entry, count),
				  .touched = arena_array(arena, bool, count)};
	bool *seen = arena_array(arena, bool, count);
	size_t *members = arena_array(arena, size_t, count);

	for (size_t i = 0; i < count; i++) {
		out.entries[i] = entries[i];
		seen[i] = !takes_part(&entries[i]);
	}
	for (size_t i = 0; i < count; i++) {
		size_t member_count = 0;

		for (size_t j = i; !seen[i] && j < count; j++)
			if (!seen[j] &&
			    str_equal(path_folder(entries[i].path), path_folder(entries[j].path)))
				members[member_count++] = j;
		for (size_t j = 0; j < member_count; j++)
			seen[members[j]] = true;
		if (may_cross(entries, members, member_count))
			move_within(arena, &out, members, member_count);
	}
	return out;
}
