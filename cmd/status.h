/* Where one stands: what is not recorded, not received, not sent, not chosen. */
#ifndef CMD_STATUS_H
#define CMD_STATUS_H

#include "cmd/sync_steps.h"

/*
 * Prints it, as one JSON object with --json.
 * out: `findings`, unless NULL: there is something to look at.
 */
err status_report(struct app *app, const struct sync *sync, bool *findings) ERR_MUST_CHECK;

#endif
