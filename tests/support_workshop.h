/*
 * Workshops made up from a seed, as points that can be moved and edited, and the
 * files that they come to.
 */
#ifndef TESTS_SUPPORT_WORKSHOP_H
#define TESTS_SUPPORT_WORKSHOP_H

#include "merge/tree.h"
#include "tests/support_seeded.h"

enum {
	MADE_FILES = 3,
	MADE_POINTS = 24, /* of a section, at most */
	MADE_WORDS = 24,  /* of a point, at most */
};

/* A point and the lines under it. */
struct made_point {
	struct str words[MADE_WORDS];
	uint32_t word_count;
	struct str child; /* at NULL: none */
	bool ticked;
};

struct made_section {
	struct made_point points[MADE_POINTS];
	uint32_t count;
};

struct made_workshop {
	struct made_section sections[MADE_FILES];
};

/* A few points in each of the files. */
struct made_workshop made_workshop_new(struct seeded *seeded);
/* Of at most 12 words; one in five with a child. */
struct made_point made_point_new(struct seeded *seeded);

/* Takes a point out of its section. */
struct made_point made_point_take(struct made_section *section, uint32_t at);
/* Puts one in, in front of that at `at`; there is room for it. */
void made_point_put(struct made_section *section, uint32_t at, struct made_point point);
/* One or two words more, less or otherwise; sometimes ticked as well. */
void made_point_edit(struct seeded *seeded, struct made_point *point);

/* The lines of a point, and of what is under it. */
struct str made_point_text(struct arena *arena, const struct made_point *point);

/*
 * The workshop as files. A file has an id of its own, made of `number`, unless the
 * base (NULL: none) has the same text.
 */
struct version made_version(struct arena *arena, const struct made_workshop *workshop, int number,
			    const struct version *base);

#endif
