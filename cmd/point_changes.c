#include "cmd/point_changes.h"

#include <stdlib.h>

#include "cmd/notes.h"
#include "cmd/print.h"
#include "cmd/sync_plan.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/path.h"
#include "core/point.h"
#include "core/text.h"

enum { MOST_SHOWN = 6, SHOWN_BYTES = 100 };

/* The points of one state's side of the files that differ. */
struct side {
	struct changed_point *points;
	size_t count, room;
	bool every_block; /* with words of its own, as block_changes_between() compares */
};

static void add_point(struct arena *arena, struct side *side, struct changed_point point)
{
	arena_push(arena, side->points, side->count, side->room);
	side->points[side->count++] = point;
}

/* `known`: the file as the other state has it, NULL: not read. out: `read` */
static err read_side(struct arena *arena, const struct repo *repo, struct str path,
		     struct object_id blob, const struct doc *known, struct side *side,
		     struct doc *read)
{
	struct str text;
	err e = notes_blob_read(arena, repo, blob, &text);

	if (e || !text.at)
		return e;
	struct doc doc = known ? doc_read_beside(arena, text, known) : doc_read(arena, text);
	*read = doc;
	for (size_t i = 0; i < doc.count; i++) {
		const struct block *block = &doc.blocks[i];
		struct changed_point point = {.file = path, .line = block->line};

		if (side->every_block && block->words > 0 && block->kind != BLOCK_HEADING) {
			point.text = block->text;
			point.key = block->normal;
			add_point(arena, side, point);
		} else if (!side->every_block && !speaks_for_item(&doc, i) &&
			   (block_is_point(block) || block->kind == BLOCK_HEADING)) {
			point.text = spoken_text(arena, &doc, i);
			point.key = doc.blocks[speaking_block(&doc, i)].normal;
			add_point(arena, side, point);
		}
	}
	return NULL;
}

static int compare_places(const void *left, const void *right)
{
	const struct changed_point *a = left, *b = right;
	int order = str_compare(a->file, b->file);

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int compare_keys(const void *left, const void *right)
{
	const struct changed_point *a = left, *b = right;
	int order = key_compare(a->key, b->key);

	return order ? order : compare_places(a, b);
}

static void sort(struct side *side, int (*compare)(const void *, const void *))
{
	if (side->count)
		qsort(side->points, side->count, sizeof *side->points, compare);
}

/* Leaves on each side the points that the other does not hold as often. */
static void cancel(struct side *a, struct side *b)
{
	size_t i = 0, j = 0, kept_a = 0, kept_b = 0;

	sort(a, compare_keys);
	sort(b, compare_keys);
	while (i < a->count || j < b->count) {
		int order = i == a->count   ? 1
			    : j == b->count ? -1
					    : key_compare(a->points[i].key, b->points[j].key);
		if (order < 0)
			a->points[kept_a++] = a->points[i++];
		else if (order > 0)
			b->points[kept_b++] = b->points[j++];
		else
			i++, j++;
	}
	a->count = kept_a;
	b->count = kept_b;
	sort(a, compare_places);
	sort(b, compare_places);
}

static err changes_between(struct arena *arena, const struct repo *repo, struct object_id from,
			   struct object_id to, bool every_block, struct point_changes *out)
{
	struct side gone = {.every_block = every_block}, come = gone;
	struct tree_files before, after;
	err e = repo_tree_read(arena, repo, from, &before);

	if (e || (e = repo_tree_read(arena, repo, to, &after)))
		return e;
	struct file_changes changes = plan_changes(arena, &before, &after);
	struct str *files = arena_array(arena, struct str, changes.count);
	for (size_t i = 0; i < changes.count; i++) {
		const struct file_change *change = &changes.files[i];
		struct doc old = {0}, new = {0};

		files[i] = change->path;
		if (!path_is_note(change->path))
			continue;
		if ((e = read_side(arena, repo, change->path, change->from, NULL, &gone, &old)) ||
		    (e = read_side(arena, repo, change->path, change->to, &old, &come, &new)))
			return e;
	}
	cancel(&gone, &come);
	*out = (struct point_changes){.gone = gone.points,
				      .gone_count = gone.count,
				      .come = come.points,
				      .come_count = come.count,
				      .files = files,
				      .file_count = changes.count};
	return NULL;
}

err point_changes_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct point_changes *out)
{
	return changes_between(arena, repo, from, to, false, out);
}

err block_changes_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct point_changes *out)
{
	return changes_between(arena, repo, from, to, true, out);
}

static void print_side(struct app *app, char sign, const struct changed_point *points, size_t count)
{
	size_t shown = count > MOST_SHOWN ? MOST_SHOWN : count;

	for (size_t i = 0; i < shown; i++) {
		struct str opening = text_opening(&app->arena, points[i].text, SHOWN_BYTES);

		print_line(app, _("  %c %.*s:%u: %.*s\n"), sign, STR_ARGS(points[i].file),
			   points[i].line, STR_ARGS(opening));
	}
	if (count > shown) {
		print(app, "  %c", sign);
		print(app, message_plural(" and %zu more", " and %zu more", count - shown),
		      count - shown);
		print(app, "\n");
	}
}

void point_changes_print(struct app *app, const struct point_changes *changes)
{
	print_side(app, '-', changes->gone, changes->gone_count);
	print_side(app, '+', changes->come, changes->come_count);
}

static void add_side(struct json *record, const char *key, const struct changed_point *points,
		     size_t count)
{
	struct json *list = json_add_array(record, key);

	for (size_t i = 0; i < count; i++) {
		struct json *point = json_add_object(list, NULL);

		json_add_text(point, "file", points[i].file);
		json_add_number(point, "line", points[i].line);
		json_add_text(point, "text", points[i].text);
	}
}

void point_changes_add(struct json *record, const struct point_changes *changes)
{
	struct json *files = json_add_array(record, "files");

	for (size_t i = 0; i < changes->file_count; i++)
		json_add_text(files, NULL, changes->files[i]);
	add_side(record, "gone", changes->gone, changes->gone_count);
	add_side(record, "come", changes->come, changes->come_count);
}
