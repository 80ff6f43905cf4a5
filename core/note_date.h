/* Dates as people write them in notes, French and English. */
#ifndef CORE_NOTE_DATE_H
#define CORE_NOTE_DATE_H

#include "core/str.h"

/* Is there such a day? Months and days from 1, in the calendar of today. */
bool day_exists(int year, int month, int day);

/*
 * The first full date in a text (2024-03-12, 12/03/2024 read day first,
 * 12 mars 2024, March 12, 2024) as YYYY-MM-DD; empty: there is none.
 */
struct str note_date_find(struct arena *arena, struct str text);

#endif
