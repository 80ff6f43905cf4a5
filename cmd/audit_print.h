/* Shares as people and spreadsheets read them: the looks of `audit`, nothing of its counting. */
#ifndef CMD_AUDIT_PRINT_H
#define CMD_AUDIT_PRINT_H

#include "cmd/shares.h"

/* What is printed, whatever the looks. */
struct audit_report {
	const struct attribution *attribution;
	struct shares shares;
	enum share_order order;
};

/* Aligned columns, with people's signs and colours. */
void audit_print_table(struct app *app, const struct audit_report *report);
/* source: RFC 4180; a field that a spreadsheet would take for a formula has ' in front */
void audit_print_csv(struct app *app, const struct audit_report *report);
/* One page that needs no other file. */
void audit_print_html(struct app *app, const struct audit_report *report);

/* The heading of a column of counts. */
const char *share_kind_title(enum share_kind kind);
/* Numbers tell how much, not how good. */
const char *audit_caution(void);

#endif
