/*
 * Options of the command line, read by the tables that describe them.
 *
 * Invariant: values are kept in the order of their table's rows; an option
 * given twice has its last value.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "cmd/app.h"

/* A table of options, and room for the value of each of its rows. */
struct option_set {
	const struct option *options; /* NULL: none */
	const char **values;	      /* as app.option_values */
};

/* Values, all NULL, for a table of options. */
struct option_set option_set_new(struct arena *arena, const struct option *options);

struct arguments {
	int count;
	char **values; /* ends with NULL */
};

enum options_end { OPTIONS_ANYWHERE, OPTIONS_END_AT_ARGUMENT };

/*
 * Takes the options that stand in one of `sets` off `arguments`, whose first
 * value is not looked at; what follows "--" is left alone.
 * out: the first value and what is no option, in order.
 * errors: STATUS_USAGE, an option that is unknown, lacks its value or takes none.
 */
err options_read(struct arena *arena, const struct option_set *sets, size_t set_count,
		 enum options_end end, struct arguments *arguments) ERR_MUST_CHECK;

#endif
