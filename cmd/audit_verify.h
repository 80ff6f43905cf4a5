/*
 * Whether what is recorded can be relied on: merges made again, text that came
 * in with one, claims about people, signatures.
 */
#ifndef CMD_AUDIT_VERIFY_H
#define CMD_AUDIT_VERIFY_H

#include "cmd/attribution.h"

/*
 * Prints what there is to look at.
 * out: `findings`: there is something
 * cost: every automatic merge once more
 */
err audit_verify(struct app *app, const struct attribution *attribution,
		 bool *findings) ERR_MUST_CHECK;

#endif
