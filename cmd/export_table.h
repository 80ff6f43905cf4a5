/* Points of workshops with their facts, for spreadsheets and programs. */
#ifndef CMD_EXPORT_TABLE_H
#define CMD_EXPORT_TABLE_H

#include "cmd/app.h"
#include "core/workshop.h"

/* Prints them as CSV, or as JSON: the keys of audit. */
err export_table(struct app *app, const struct workshop *const *workshops, size_t count,
		 bool as_json) ERR_MUST_CHECK;

#endif
