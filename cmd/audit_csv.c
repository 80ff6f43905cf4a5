#include <string.h>

#include "cmd/audit_print.h"
#include "cmd/print.h"

/* What a spreadsheet would run or cut instead of showing. */
static bool is_formula(struct str text)
{
	return text.len && strchr("=+-@\t\r|", text.at[0]) != NULL;
}

static void add_field(struct buf *line, struct str text)
{
	bool quoted = is_formula(text);

	for (size_t i = 0; i < text.len; i++)
		quoted = quoted || strchr(",\"\r\n;\t", text.at[i]) != NULL;
	if (line->len)
		buf_add_byte(line, ',');
	if (quoted)
		buf_add_byte(line, '"');
	if (is_formula(text))
		buf_add_byte(line, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"')
			buf_add_byte(line, '"');
		buf_add_byte(line, text.at[i]);
	}
	if (quoted)
		buf_add_byte(line, '"');
}

static void end_line(struct app *app, struct buf *line)
{
	buf_add(line, STR("\r\n"));
	print_bytes(app, buf_str(line));
}

static void print_speaker(struct app *app, const struct share_row *row)
{
	struct buf line = {.arena = &app->arena}, near = {.arena = &app->arena};
	const struct speaker *speaker = row->speaker;

	for (size_t i = 0; i < speaker->near.count; i++) {
		buf_add_c(&near, i ? "; " : "");
		buf_add(&near, speaker->near.at[i]);
	}
	add_field(&line, row->folder);
	add_field(&line, row->section);
	add_field(&line, speaker_is_known(speaker) ? row->name : (struct str){0});
	add_field(&line, speaker->as);
	add_field(&line, str_of(speaker_how_name(speaker->how)));
	add_field(&line, buf_str(&near));
	buf_printf(&line, ",%u", row->counts[SHARE_SAID]);
	end_line(app, &line);
}

static void print_contributor(struct app *app, const struct share_row *row)
{
	struct buf line = {.arena = &app->arena};

	add_field(&line, row->folder);
	add_field(&line, row->section);
	add_field(&line, row->name);
	add_field(&line, row->person ? row->person->email : (struct str){0});
	for (int kind = 0; kind < SHARE_KINDS; kind++)
		buf_printf(&line, ",%u", row->counts[kind]);
	end_line(app, &line);
}

/* Names of columns are for programs: never translated. */
void audit_print_csv(struct app *app, const struct audit_report *report)
{
	bool speakers = report->order == SHARES_BY_SPEAKER;

	print_bytes(app, speakers ? STR("workshop,section,speaker,as,how,near,said\r\n")
				  : STR("workshop,section,contributor,email,first_wrote,words_now,"
					"reworded,moved,deleted,said\r\n"));
	for (size_t i = 0; i < report->shares.count; i++) {
		if (speakers)
			print_speaker(app, &report->shares.rows[i]);
		else
			print_contributor(app, &report->shares.rows[i]);
	}
}
