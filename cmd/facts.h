/* One attributed point as JSON: the keys that audit, who and show share. */
#ifndef CMD_FACTS_H
#define CMD_FACTS_H

#include "cmd/attribution.h"
#include "cmd/json.h"

/*
 * Adds workshop, file, line, section, text, id, written_by, also_by, edited_by,
 * words, speaker and trust; of a deleted point deleted_by too, and again: the id of the
 * point as which it stands in other words.
 */
void facts_add(struct json *record, struct app *app, const struct attribution *attribution,
	       const struct attributed *point);
/* Adds tokens: the text's words in order, each with whose and since which commit. */
void facts_add_tokens(struct json *record, struct app *app, const struct attribution *attribution,
		      const struct attributed *point);
/* Adds events: what happened to it, each with who and when. */
void facts_add_events(struct json *record, struct app *app, struct attribution *attribution,
		      const struct attributed *point);

/*
 * Adds an object that tells where a point stands and what it says, in a list of points
 * that are related; an empty email gives null.
 */
struct json *facts_add_point(struct json *list, const struct attributed *point, struct str email);

#endif
