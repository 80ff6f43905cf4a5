/*
 * Notes written anew with points taken out of them and put into them.
 */
#ifndef MERGE_RELOCATE_WRITE_H
#define MERGE_RELOCATE_WRITE_H

#include "merge/crossing.h"

enum { STAYS = -1, LEFT_OUT = -2, AT_BEGINNING = -1 };

/* A point that is carried to where its mover put it. */
struct relocation {
	int mover;	    /* side */
	struct place from;  /* in base */
	struct place to;    /* in the mover's version */
	struct place other; /* in the other side's version */
	/* Pieces of `to.note` behind which it goes in base and in the other side's version. */
	int base_anchor, other_anchor;
	size_t found; /* the number it had when it was found */
};

struct relocations {
	struct relocation *at;
	size_t count, room;
	int **owner[TEXTS]; /* by note and piece: the relocation that takes it along, STAYS, or
			       LEFT_OUT: it is not written at all */
};

/*
 * The text of a version's note once all relocations are done; the same text where none
 * touches it.
 */
struct str relocation_write(const struct crossing *crossing, const struct relocations *all,
			    int note, int version);

#endif
