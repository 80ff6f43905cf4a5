/*
 * Standard output kept aside for a while: for a pager, or for a file that is
 * written when all of it is there.
 */
#ifndef CMD_KEPT_OUTPUT_H
#define CMD_KEPT_OUTPUT_H

#include "core/err.h"
#include "core/str.h"

/* Zero-initialised: nothing is kept. */
struct kept_output {
	bool keeps;
	int memory; /* what is printed goes here */
	int output; /* standard output, meanwhile */
};

/* Keeps what is printed from now on. */
err kept_output_begin(struct kept_output *kept) ERR_MUST_CHECK;
/* Standard output is again what it was. out: what was printed meanwhile */
err kept_output_end(struct arena *arena, struct kept_output *kept, struct str *out) ERR_MUST_CHECK;

#endif
