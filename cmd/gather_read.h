/*
 * The points of workshops in order, with what they stand in and what stands
 * behind them: the first step of gather().
 */
#ifndef CMD_GATHER_READ_H
#define CMD_GATHER_READ_H

#include "cmd/gather.h"

/* A kind of section, over all workshops. */
struct gather_place {
	enum section_kind kind;
	struct str title;  /* as the first of them has it */
	struct str folded; /* other kinds: the title that they share; else empty */
};

struct gather_places {
	struct gather_place *all; /* in the order of finding */
	size_t count, room;
};

/* Reads out->workshops into out->tellings; telling.place is an index into `places`. cost: linear */
void gather_tellings(struct app *app, const struct alike_notes *notes, struct gathered *out,
		     struct gather_places *places);

#endif
