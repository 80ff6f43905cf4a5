/*
 * What several workshops say, gathered by kind of section: each idea once, with
 * every point that says it, the discussion that carries it, and its people.
 *
 * Invariant: each point of the workshops is a point of exactly one idea, and an
 * idea either stands in one section or, being in the discussion only, carries
 * others. Blocks that are no points (tables, quotes, code) stand behind the point
 * they follow. Nothing is rewritten. The order is that of folders, files and lines.
 */
#ifndef CMD_GATHER_H
#define CMD_GATHER_H

#include "cmd/alike_notes.h"
#include "cmd/wordings.h"

#define NO_PERSON UINT32_MAX

struct gathered_person {
	struct str name;
	struct str email;    /* empty: known only as a speaker */
	struct str initials; /* no two people have the same */
	size_t wrote;	     /* points that they were the first to write */
	size_t said;	     /* points said by them, as the notes tell */
};

/* People, as indices into gathered.people, each once. */
struct part_takers {
	uint32_t *at;
	size_t count, room;
};

/* So many words of a point in a row (of its normal text), by one person. */
struct gathered_run {
	uint32_t words;
	uint32_t person; /* NO_PERSON: nobody is known */
};

/* One point as it stands, and who had a part in it. */
struct telling {
	const struct attributed *point; /* NULL: blocks that no point stands before */
	const struct section *section;
	const struct block *block;  /* whose words are the point's */
	struct str matter;	    /* the blocks behind it that are no points, not indented */
	struct str heading;	    /* it stands under, below its section's title; empty: none */
	size_t workshop;	    /* index into gathered.workshops */
	size_t number;		    /* among all tellings, in order */
	size_t place;		    /* of its kind of section, before these are put in order */
	size_t above;		    /* number of the point it is a detail of; SIZE_MAX: none */
	struct part_takers writers; /* who first wrote it, then who wrote it independently */
	struct part_takers editors; /* who reworded it since, writers aside */
	struct part_takers speakers;
	struct gathered_run *runs;
	size_t run_count;
	int64_t at;	    /* when it was first recorded, seconds since 1970; 0: not known */
	int offset_minutes; /* of the clock there, east of UTC */
};

struct carrier {
	const struct telling *telling;
	const char *level; /* "near", "part-of"; "detail": it stands below one that carries */
};

struct idea {
	const struct telling **tellings; /* the first is shown */
	size_t telling_count;
	struct carrier *carried_by; /* in the discussion */
	size_t carrier_count;
	struct idea *parent; /* it is a detail of; NULL: none; same section, earlier */
	size_t depth;
	/* What the shown point is a detail of, where that stands elsewhere; NULL: nothing. */
	const struct telling *under;
};

struct gathered_section {
	enum section_kind kind;
	struct str title;    /* as the first of them has it */
	struct idea **ideas; /* each right behind its parent and its parent's earlier details */
	size_t count;
};

struct gathered {
	const struct workshop **workshops;
	size_t workshop_count;
	struct gathered_section *sections; /* questions, synthesis, conclusion, others, discussion,
					      ideas */
	size_t section_count;
	const struct choice **variants; /* what is left to choose */
	size_t variant_count;
	struct gathered_person *people; /* by points written and said, then name */
	size_t person_count;
	struct telling *tellings; /* all, in order */
	size_t telling_count;
	size_t point_count;
	size_t idea_count; /* that stand in sections, blank ones aside */
};

/*
 * Gathers the workshops of those names, as alike_notes_open() was asked for.
 * cost: near-linear.
 */
err gather(struct app *app, struct alike_notes *notes, char **names, size_t count,
	   struct gathered *out) ERR_MUST_CHECK;

/* An idea that shows nothing: an empty bullet without anything behind or below it. */
bool idea_is_blank(const struct gathered_section *section, size_t index);
/* All who had a part in an idea or its carriers. */
struct part_takers idea_people(struct arena *arena, const struct idea *idea);
void part_takers_add(struct arena *arena, struct part_takers *people, uint32_t person);

#endif
