/*
 * What came of a run of git that talks to another machine: what its words mean,
 * and what a person is told of it.
 *
 * Invariant: a run that did not succeed is never taken for TRANSPORT_DONE, whatever
 * was said.
 */
#ifndef CORE_TRANSPORT_OUTCOME_H
#define CORE_TRANSPORT_OUTCOME_H

#include "core/process.h"

enum transport_outcome {
	TRANSPORT_DONE,
	TRANSPORT_OFFLINE,
	TRANSPORT_LOGIN,    /* who we are was not accepted, or could not be asked for */
	TRANSPORT_HOST_KEY, /* who they are was not accepted */
	TRANSPORT_NOT_FOUND,
	TRANSPORT_OWNER,    /* another person's folder on this machine, which git asks about */
	TRANSPORT_IN_USE,   /* somebody's own copy: what is open there is not replaced */
	TRANSPORT_REFUSED,  /* we may not write there: rights, a protected branch, a check */
	TRANSPORT_REJECTED, /* somebody was faster: fetch, merge, try again */
	TRANSPORT_UNSOUND,  /* it came, but is damaged or over a limit: found by who reads it */
	TRANSPORT_UNKNOWN,
};

struct transport_result {
	enum transport_outcome outcome;
	struct str said; /* the line that tells why, from git, the other side or the reader: hostile
			    text */
};

/*
 * Reads what git, in English, and the other side said. cost: linear, for each saying
 * that is known
 */
struct transport_result transport_judge(struct arena *arena, const struct process_result *result);
/* What a person is told about an outcome, and what to do; NULL for TRANSPORT_DONE. */
err transport_failure(struct transport_result result, const char *where) ERR_MUST_CHECK;

#endif
