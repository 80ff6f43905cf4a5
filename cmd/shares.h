/*
 * How much of what each person did in each section: numbers, not merit.
 */
#ifndef CMD_SHARES_H
#define CMD_SHARES_H

#include "cmd/attribution.h"

enum share_order { SHARES_BY_CONTRIBUTOR, SHARES_BY_SPEAKER, SHARES_BY_SECTION };

enum share_kind {
	SHARE_FIRST,	/* points first written */
	SHARE_WORDS,	/* words that stand now */
	SHARE_REWORDED, /* times a point was reworded */
	SHARE_MOVED,
	SHARE_DELETED, /* points */
	SHARE_SAID,    /* points */
	SHARE_KINDS,
};

/* What one person did in one section. */
struct share_row {
	struct str folder, section;
	size_t place;		       /* sections in the order they stand in */
	struct str name;	       /* as shown; empty: credited to nobody */
	const struct person *person;   /* NULL: nobody, or a speaker who has recorded nothing */
	const struct speaker *speaker; /* by speaker: how the name was understood */
	uint32_t counts[SHARE_KINDS];
};

struct shares {
	struct share_row *rows; /* by folder, then as the order says */
	size_t count, room;
};

/*
 * Counts the points that `wanted` (by index of attribution->all, then deleted)
 * and the commits that `marks` let through.
 * cost: n log n
 */
struct shares shares_of(struct arena *arena, const struct attribution *attribution,
			const bool *wanted, const bool *marks, enum share_order order);

#endif
