/*
 * What gathering knows while it works, shared by its steps: ideas are formed from
 * tellings (gather.c), what the discussion says goes to what it carries
 * (gather_carried.c), and each idea gets its place (gather_placed.c).
 *
 * Everything is in the arena; an idea is its number, SIZE_MAX is none.
 */
#ifndef CMD_GATHER_FORMING_H
#define CMD_GATHER_FORMING_H

#include "cmd/gather.h"
#include "cmd/gather_read.h"

/* An idea while it is put in its place. */
struct forming {
	struct idea idea;
	size_t room;   /* for carriers */
	size_t *hosts; /* ideas that it carries; none: it stands in a section */
	size_t host_count, host_room;
	/* Numbers of ideas, SIZE_MAX: none. */
	size_t first_detail, last_detail, next_detail;
};

struct gathering {
	struct app *app;
	struct arena *arena;
	struct alike_notes *notes;
	struct gathered *out;
	struct gather_places places;
	uint32_t *root_of;    /* by wording: the first that says the same */
	uint32_t *wording_of; /* by telling; NO_WORDING: it has no words */
	size_t *idea_of;      /* by telling */
	size_t *by_wording;   /* by root: its idea */
	struct forming *ideas;
	size_t *shown; /* ideas, by the place of their first telling */
};

/* The first of the wordings that say the same as this one. */
uint32_t gathering_root(const struct gathering *gathering, uint32_t wording);

/* Does a group hold wordings of one idea, or only ideas that are alike? */
bool gathering_is_one_idea(const struct idea_group *group);

/* The kind of section in which a telling stands. */
enum section_kind gathering_kind(const struct gathering *gathering, const struct telling *telling);

/*
 * Gives to every idea outside of discussions what the discussions say about it: what is
 * alike, what is a part of it in its workshop, what stands below it. Carriers stand in the
 * order of the notes. Ideas are formed before.
 */
void gather_carried(struct gathering *gathering, const struct ideas *groups);

/* Puts every idea that no other one carries into its section, details below what they are under. */
void gather_placed(struct gathering *gathering);

#endif
