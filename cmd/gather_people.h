/*
 * Who had a part in the points that are gathered: contributors as they are
 * recorded, speakers as the notes name them.
 */
#ifndef CMD_GATHER_PEOPLE_H
#define CMD_GATHER_PEOPLE_H

#include "cmd/gather.h"

/* Fills the people of all tellings, and out->people. cost: people times points */
void gather_people(struct app *app, const struct attribution *attribution, struct gathered *out);

#endif
