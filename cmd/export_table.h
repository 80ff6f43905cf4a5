/* Points of workshops with their facts, for spreadsheets and programs. */
#ifndef CMD_EXPORT_TABLE_H
#define CMD_EXPORT_TABLE_H

#include "cmd/app.h"
#include "core/workshop.h"

/* The first line of the CSV, by which it is known again, without its end. */
#define EXPORT_TABLE_HEADING \
	"workshop,file,line,section,id,text,written_by,email,at,edited_by,said_by"

/* Prints them as CSV, or as JSON: the keys of audit. */
err export_table(struct app *app, const struct workshop *const *workshops, size_t count,
		 bool as_json) ERR_MUST_CHECK;

#endif
