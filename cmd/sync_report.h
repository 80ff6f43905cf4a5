/* What a sync tells: in plain words, or as one JSON object. */
#ifndef CMD_SYNC_REPORT_H
#define CMD_SYNC_REPORT_H

#include "cmd/json.h"
#include "cmd/sync_steps.h"

/*
 * Prints what came in from whom, what went out, what is to choose, what waits, and remembers
 * what was told.
 */
err sync_report(struct app *app, const struct sync *sync) ERR_MUST_CHECK;
/* Whether not reaching a remote is what the command fails with, and tells by itself. */
bool sync_fails_with(const struct sync *sync, const err failure);
/* What is said where others' notes were made by a newer program. */
err sync_needs_newer(void) ERR_MUST_CHECK;
/* What is said where the history of a remote was rewritten. */
const char *sync_rewritten_told(struct arena *arena, const struct sync_remote *remote);
/* Prints what merges decided: what is to choose, what was kept. */
void sync_report_decisions(struct app *app, const struct plan *plan);
/*
 * What waits for a person to do it again if it is meant: what is held back, and lines that
 * a save from an older text did not take away or bring back.
 */
void sync_report_questions(struct app *app, const struct sync *sync);
bool sync_has_questions(const struct sync *sync);
/*
 * Prints them, as JSON in a record of their own where there are any, and remembers that
 * they were told.
 */
err sync_tell_questions(struct app *app, const struct sync *sync) ERR_MUST_CHECK;
void sync_add_questions(struct app *app, struct json *record, const struct sync *sync);

#endif
