#include "cmd/audit_print.h"
#include "cmd/csv.h"
#include "cmd/print.h"

static void print_speaker(struct app *app, const struct share_row *row)
{
	struct csv_row line = {.line = {.arena = &app->arena}};
	struct buf near = {.arena = &app->arena};
	const struct speaker *speaker = row->speaker;

	for (size_t i = 0; i < speaker->near.count; i++) {
		buf_add_c(&near, i ? "; " : "");
		buf_add(&near, speaker->near.at[i]);
	}
	csv_add(&line, row->folder);
	csv_add(&line, row->section);
	csv_add(&line, speaker_is_known(speaker) ? row->name : (struct str){0});
	csv_add(&line, speaker->as);
	csv_add(&line, str_of(speaker_how_name(speaker->how)));
	csv_add(&line, buf_str(&near));
	csv_add_number(&line, row->counts[SHARE_SAID]);
	csv_end(app, &line);
}

static void print_contributor(struct app *app, const struct share_row *row)
{
	struct csv_row line = {.line = {.arena = &app->arena}};

	csv_add(&line, row->folder);
	csv_add(&line, row->section);
	csv_add(&line, row->name);
	csv_add(&line, row->person ? row->person->email : (struct str){0});
	for (int kind = 0; kind < SHARE_KINDS; kind++)
		csv_add_number(&line, row->counts[kind]);
	csv_end(app, &line);
}

/* Names of columns are for programs: never translated. */
void audit_print_csv(struct app *app, const struct audit_report *report)
{
	bool speakers = report->order == SHARES_BY_SPEAKER;

	print_result(app, speakers ? STR("workshop,section,speaker,as,how,near,said\r\n")
				   : STR("workshop,section,contributor,email,first_wrote,words_now,"
					 "reworded,moved,deleted,said\r\n"));
	for (size_t i = 0; i < report->shares.count; i++) {
		if (speakers)
			print_speaker(app, &report->shares.rows[i]);
		else
			print_contributor(app, &report->shares.rows[i]);
	}
}
