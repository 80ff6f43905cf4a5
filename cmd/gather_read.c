#include "cmd/gather_read.h"

#include "core/text.h"
#include "merge/yaml_text.h"

struct reading {
	struct arena *arena;
	struct gathered *out;
	struct gather_places *places;
	size_t room;
	const struct attributed *const *points; /* those that are not read yet */
	size_t point_count;
	/* Where the reading is: */
	size_t workshop;
	const struct section *section;
	size_t place;
	struct str heading;
	size_t *telling_of; /* by block of the section: the number of its point; SIZE_MAX: none */
	size_t current;	    /* the telling that what is no point goes to; SIZE_MAX: none */
	size_t speaking;    /* the block that was a point's words already */
	struct buf matter;
	size_t indent; /* of the matter's first block */
};

static size_t place_for(struct reading *reading, enum section_kind kind, struct str title)
{
	struct gather_places *places = reading->places;
	struct gather_place place = {.kind = kind, .title = title};

	if (kind == SECTION_OTHER)
		place.folded = text_fold(reading->arena, title);
	for (size_t i = 0; i < places->count; i++)
		if (places->all[i].kind == kind && str_equal(places->all[i].folded, place.folded))
			return i;
	arena_push(reading->arena, places->all, places->count, places->room);
	places->all[places->count] = place;
	return places->count++;
}

/* What is said under a heading of a file that says nothing of its kind may well have one. */
static void enter_heading(struct reading *reading, size_t index)
{
	const struct doc *doc = &reading->section->doc;
	struct str title = doc_point_text(reading->arena, &doc->blocks[index]);
	enum section_kind kind = SECTION_OTHER;
	struct str of_kind = title;

	for (int at = (int)index; kind == SECTION_OTHER && at != NO_PARENT;
	     at = doc->blocks[at].parent) {
		if (doc->blocks[at].kind != BLOCK_HEADING)
			continue;
		of_kind = doc_point_text(reading->arena, &doc->blocks[at]);
		kind = section_kind_of(reading->arena, of_kind);
	}
	if (reading->section->kind != SECTION_OTHER || kind == SECTION_OTHER) {
		kind = reading->section->kind;
		of_kind = reading->section->title;
	}
	reading->place = place_for(reading, kind, of_kind);
	reading->heading = str_equal(title, of_kind) ? STR("") : title;
}

static void end_matter(struct reading *reading)
{
	if (reading->matter.len)
		reading->out->tellings[reading->current].matter =
			text_outdent(reading->arena, buf_str(&reading->matter), reading->indent);
	reading->matter = (struct buf){.arena = reading->arena};
}

static struct telling *add_telling(struct reading *reading, const struct attributed *point)
{
	struct gathered *out = reading->out;

	end_matter(reading);
	arena_push(reading->arena, out->tellings, out->telling_count, reading->room);
	reading->current = out->telling_count++;
	out->tellings[reading->current] = (struct telling){
		.point = point,
		.section = reading->section,
		.heading = reading->heading,
		.workshop = reading->workshop,
		.number = reading->current,
		.place = reading->place,
		.above = SIZE_MAX,
	};
	return &out->tellings[reading->current];
}

static void add_point(struct reading *reading, size_t index, const struct attributed *point)
{
	const struct doc *doc = &reading->section->doc;
	struct telling *telling = add_telling(reading, point);

	reading->telling_of[index] = telling->number;
	reading->speaking = point->point->speaking;
	telling->block = &doc->blocks[reading->speaking];
	for (int at = doc->blocks[index].parent;
	     at != NO_PARENT && doc->blocks[at].kind != BLOCK_HEADING && telling->above == SIZE_MAX;
	     at = doc->blocks[at].parent)
		telling->above = reading->telling_of[at];
}

static void add_matter(struct reading *reading, const struct block *block)
{
	if (reading->current == SIZE_MAX)
		add_telling(reading, NULL);
	if (reading->matter.len == 0)
		reading->indent = block->indent;
	else
		buf_add(&reading->matter, block->gap);
	buf_add(&reading->matter, block->raw);
}

static void read_section(struct reading *reading)
{
	const struct doc *doc = &reading->section->doc;

	reading->place = place_for(reading, reading->section->kind, reading->section->title);
	reading->heading = STR("");
	reading->current = reading->speaking = SIZE_MAX;
	reading->telling_of = arena_array(reading->arena, size_t, doc->count);
	for (size_t i = 0; i < doc->count; i++) {
		const struct block *block = &doc->blocks[i];
		bool point = reading->point_count &&
			     reading->points[0]->point->section == reading->section &&
			     reading->points[0]->point->index == i;

		reading->telling_of[i] = SIZE_MAX;
		if (point) {
			add_point(reading, i, *reading->points++);
			reading->point_count--;
		} else if (block->kind == BLOCK_HEADING && reading->speaking != i) {
			end_matter(reading);
			enter_heading(reading, i);
			reading->current = SIZE_MAX;
		} else if (block->kind != BLOCK_RULE && block->kind != BLOCK_DEFINITION &&
			   reading->speaking != i)
			add_matter(reading, block);
	}
	end_matter(reading);
}

void gather_tellings(struct app *app, const struct alike_notes *notes, struct gathered *out,
		     struct gather_places *places)
{
	struct reading reading = {
		.arena = &app->arena,
		.out = out,
		.places = places,
		.points = notes->points,
		.point_count = notes->count,
		.matter = {.arena = &app->arena},
	};

	for (size_t i = 0; i < out->workshop_count; i++) {
		reading.workshop = i;
		for (size_t n = 0; n < out->workshops[i]->count; n++) {
			reading.section = &out->workshops[i]->sections[n];
			read_section(&reading);
		}
	}
	out->point_count = notes->count;
}
