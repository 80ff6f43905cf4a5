#include "core/point.h"

#include <stdlib.h>

#include "core/message.h"
#include "core/path.h"
#include "core/text.h"

enum { SHOWN_CHOICES = 8, SHOWN_BYTES = 100, MOST_LINE = 9999999 };

bool block_is_point(const struct block *block)
{
	return block->kind == BLOCK_POINT || block->kind == BLOCK_PARAGRAPH;
}

size_t speaking_block(const struct doc *doc, size_t index)
{
	size_t next = index + 1;

	return doc->blocks[index].words == 0 && next < doc->count && doc->blocks[next].joined &&
			       !block_is_point(&doc->blocks[next])
		       ? next
		       : index;
}

bool speaks_for_item(const struct doc *doc, size_t index)
{
	return index > 0 && speaking_block(doc, index - 1) == index;
}

struct str spoken_text(struct arena *arena, const struct doc *doc, size_t index)
{
	size_t speaking = speaking_block(doc, index);

	return speaking == index ? doc_point_text(arena, &doc->blocks[index])
				 : str_in_one_line(arena, doc->blocks[speaking].raw);
}

const struct block *point_block(const struct point *point)
{
	return &point->section->doc.blocks[point->index];
}

const struct block *point_words(const struct point *point)
{
	return &point->section->doc.blocks[point->speaking];
}

struct str point_section_title(struct arena *arena, const struct point *point)
{
	const struct doc *doc = &point->section->doc;
	int heading = doc_section_of(doc, point->index);

	return heading == NO_PARENT ? point->section->title
				    : doc_point_text(arena, &doc->blocks[heading]);
}

static int compare_places(const void *a, const void *b)
{
	const struct point *one = a, *other = b;
	int order = str_compare(one->section->path, other->section->path);

	return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* Sections mostly come by path. */
static bool is_sorted(const struct points *points)
{
	for (size_t i = 1; i < points->count; i++)
		if (points->all[i].section != points->all[i - 1].section &&
		    compare_places(&points->all[i - 1], &points->all[i]) > 0)
			return false;
	return true;
}

struct str *point_ids(struct arena *arena, const struct key *keys, size_t count)
{
	struct str *ids = arena_array(arena, struct str, count);
	size_t slots = 64;
	uint32_t *first; /* by hash: 1 + the first point with these digits, 0: a free slot */
	uint32_t *same;	 /* by first point: how many have its digits */

	while (slots < 2 * count)
		slots *= 2;
	first = arena_array(arena, uint32_t, slots);
	same = arena_array(arena, uint32_t, count);
	for (size_t i = 0; i < count; i++) {
		size_t at = keys[i].high & (slots - 1);

		ids[i] = key_hex(arena, keys[i], POINT_ID_DIGITS);
		while (first[at] && !str_equal(ids[first[at] - 1], ids[i]))
			at = (at + 1) & (slots - 1);
		if (first[at] == 0)
			first[at] = (uint32_t)i + 1;
		uint32_t number = ++same[first[at] - 1];
		if (number > 1)
			ids[i] = str_printf(arena, "%.*s~%u", STR_ARGS(ids[i]), number);
	}
	return ids;
}

static void give_ids(struct arena *arena, struct points *points)
{
	struct key *keys = arena_array(arena, struct key, points->count);
	struct str *ids;

	for (size_t i = 0; i < points->count; i++)
		keys[i] = point_words(&points->all[i])->normal;
	ids = point_ids(arena, keys, points->count);
	for (size_t i = 0; i < points->count; i++)
		points->all[i].id = ids[i];
}

static size_t count_points(const struct workshops *workshops)
{
	size_t count = 0;

	for (size_t w = 0; w < workshops->count; w++)
		for (size_t s = 0; s < workshops->all[w].count; s++) {
			const struct doc *doc = &workshops->all[w].sections[s].doc;

			for (size_t i = 0; i < doc->count; i++)
				count += block_is_point(&doc->blocks[i]);
		}
	return count;
}

/* The point of a block, but for its id. */
static struct point read_point(struct arena *arena, const struct workshop *workshop,
			       const struct section *section, size_t index)
{
	return (struct point){
		.workshop = workshop,
		.section = section,
		.index = index,
		.speaking = speaking_block(&section->doc, index),
		.text = spoken_text(arena, &section->doc, index),
	};
}

struct points points_of(struct arena *arena, const struct workshops *workshops)
{
	struct points points = {0};

	points.all = arena_array(arena, struct point, count_points(workshops));
	for (size_t w = 0; w < workshops->count; w++)
		for (size_t s = 0; s < workshops->all[w].count; s++) {
			const struct section *section = &workshops->all[w].sections[s];

			for (size_t i = 0; i < section->doc.count; i++)
				if (block_is_point(&section->doc.blocks[i]))
					points.all[points.count++] =
						read_point(arena, &workshops->all[w], section, i);
		}
	if (!is_sorted(&points))
		qsort(points.all, points.count, sizeof *points.all, compare_places);
	give_ids(arena, &points);
	return points;
}

const struct point *point_of_block(const struct points *points, const struct section *section,
				   size_t index)
{
	for (size_t i = 0; i < points->count; i++)
		if (points->all[i].section == section && points->all[i].index == index)
			return &points->all[i];
	return NULL;
}

/* --- what a person means --------------------------------------------------- */

static bool find_by_id(const struct points *points, struct str wanted, struct point *out)
{
	for (size_t i = 0; i < points->count; i++)
		if (str_equal(points->all[i].id, wanted)) {
			*out = points->all[i];
			return true;
		}
	return false;
}

bool place_read(struct str wanted, struct str *file, uint32_t *line)
{
	size_t colon = wanted.len;
	struct str digits;
	int64_t number;

	while (colon > 0 && byte_is_digit(wanted.at[colon - 1]))
		colon--;
	digits = str_slice(wanted, colon, wanted.len);
	if (colon < 2 || wanted.at[colon - 1] != ':' ||
	    !str_take_number(&digits, MOST_LINE, &number))
		return false;
	*file = str_slice(wanted, 0, colon - 1);
	*line = (uint32_t)number;
	return true;
}

/* The file of that path, or the only one of that name; NULL: none. */
static const struct section *find_file(struct arena *arena, const struct workshops *workshops,
				       struct str file, struct str place,
				       const struct workshop **workshop)
{
	struct str below = path_join(arena, place, file);
	const struct section *named = NULL;
	size_t hits = 0;

	for (size_t w = 0; w < workshops->count; w++)
		for (size_t s = 0; s < workshops->all[w].count; s++) {
			const struct section *section = &workshops->all[w].sections[s];

			if (str_equal(section->path, below) || str_equal(section->path, file)) {
				*workshop = &workshops->all[w];
				return section;
			}
			if (str_equal(path_name(section->path), file)) {
				*workshop = &workshops->all[w];
				named = section;
				hits++;
			}
		}
	return hits == 1 ? named : NULL;
}

static err find_by_place(struct arena *arena, const struct workshops *workshops,
			 const struct points *points, struct str file, uint32_t line,
			 struct str place, struct point *out)
{
	const struct workshop *workshop = NULL;
	const struct section *section = find_file(arena, workshops, file, place, &workshop);
	const struct point *known;
	size_t index = 0;

	if (!section)
		return err_new(STATUS_BAD_INPUT, _("%.*s: no section has this file."),
			       STR_ARGS(file));
	for (; index < section->doc.count; index++) {
		const struct block *block = &section->doc.blocks[index];

		if (line >= block->line && line < block->line + block->lines)
			break;
	}
	if (index == section->doc.count)
		return err_new(STATUS_BAD_INPUT, _("%.*s has no point in line %u."), STR_ARGS(file),
			       line);
	known = point_of_block(points, section, index);
	*out = known ? *known : read_point(arena, workshop, section, index);
	return NULL;
}

static void list_point(struct buf *list, const struct point *point)
{
	struct str opening = text_opening(list->arena, point->text, SHOWN_BYTES);

	buf_printf(list, "\n  %.*s  %.*s", STR_ARGS(point->id), STR_ARGS(opening));
}

static err find_by_text(struct arena *arena, const struct points *points, struct str wanted,
			struct point *out)
{
	struct str piece = text_fold(arena, wanted);
	struct buf list = {.arena = arena};
	size_t holding = 0, whole = 0;
	struct point piece_hit = {0}, whole_hit = {0};

	for (size_t i = 0; i < points->count && piece.len; i++) {
		struct str text = text_fold(arena, points->all[i].text);

		if (!str_contains(text, piece))
			continue;
		piece_hit = points->all[i];
		if (holding++ < SHOWN_CHOICES)
			list_point(&list, &points->all[i]);
		if (str_equal(text, piece)) {
			whole_hit = points->all[i];
			whole++;
		}
	}
	if (holding == 1 || whole == 1) {
		*out = whole == 1 ? whole_hit : piece_hit;
		return NULL;
	}
	if (holding == 0)
		return err_advise(
			err_new(STATUS_BAD_INPUT, _("%.*s: no point says this."), STR_ARGS(wanted)),
			_("A point is named by its id, by file:line, or by a piece of "
			  "its text."));
	if (holding > SHOWN_CHOICES)
		buf_add(&list, STR("\n  …"));
	return err_advise(
		err_new(STATUS_BAD_INPUT, _("%.*s: several points say this."), STR_ARGS(wanted)),
		_("Give more of the text, or one of these ids:%.*s"), STR_ARGS(buf_str(&list)));
}

err point_find(struct arena *arena, const struct workshops *workshops, const struct points *points,
	       struct str wanted, struct str place, struct point *out)
{
	struct str file;
	uint32_t line;

	wanted = str_trim(wanted);
	if (find_by_id(points, wanted, out))
		return NULL;
	if (place_read(wanted, &file, &line) && path_is_note(file))
		return find_by_place(arena, workshops, points, file, line, place, out);
	return find_by_text(arena, points, wanted, out);
}
