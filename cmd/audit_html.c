#include "cmd/audit_print.h"
#include "cmd/print.h"
#include "core/message.h"

static void add_escaped(struct buf *page, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '&':
			buf_add_c(page, "&amp;");
			break;
		case '<':
			buf_add_c(page, "&lt;");
			break;
		case '>':
			buf_add_c(page, "&gt;");
			break;
		case '"':
			buf_add_c(page, "&quot;");
			break;
		case '\'':
			buf_add_c(page, "&#39;");
			break;
		default:
			buf_add_byte(page, text.at[i]);
		}
	}
}

static void add_cell(struct app *app, struct buf *page, const char *tag, struct str text)
{
	buf_printf(page, "<%s>", tag);
	/* Control and bidirectional characters show as text here too. */
	add_escaped(page, printable(&app->arena, text));
	buf_printf(page, "</%s>", tag);
}

static void add_head(struct app *app, struct buf *page, const struct audit_report *report)
{
	bool speakers = report->order == SHARES_BY_SPEAKER;

	buf_add_c(page, "<table>\n<thead><tr>");
	add_cell(app, page, "th", str_of(_("Section")));
	add_cell(app, page, "th", str_of(speakers ? _("Speaker") : _("Contributor")));
	if (speakers)
		add_cell(app, page, "th", str_of(_("As written")));
	for (int kind = speakers ? SHARE_SAID : 0; kind < SHARE_KINDS; kind++)
		add_cell(app, page, "th", str_of(share_kind_title((enum share_kind)kind)));
	buf_add_c(page, "</tr></thead>\n<tbody>\n");
}

static void add_row(struct app *app, struct buf *page, const struct audit_report *report,
		    const struct share_row *row)
{
	bool speakers = report->order == SHARES_BY_SPEAKER;
	struct str name = row->name;

	if (speakers && !speaker_is_known(row->speaker))
		name = str_of(_("not resolved"));
	buf_add_c(page, "<tr>");
	add_cell(app, page, "td", row->section);
	add_cell(app, page, "td", name.len ? name : str_of(_("nobody")));
	if (speakers)
		add_cell(app, page, "td", row->speaker->as);
	for (int kind = speakers ? SHARE_SAID : 0; kind < SHARE_KINDS; kind++)
		buf_printf(page, "<td class=\"n\">%u</td>", row->counts[kind]);
	buf_add_c(page, "</tr>\n");
}

void audit_print_html(struct app *app, const struct audit_report *report)
{
	struct buf page = {.arena = &app->arena};
	struct str folder = {0};

	buf_printf(&page,
		   "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		   "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n",
		   message_language() == LANGUAGE_FRENCH ? "fr" : "en", _("Who contributed what"));
	buf_add_c(
		&page,
		"<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;"
		"color:#222;background:#fff}table{border-collapse:collapse;width:100%}"
		"th,td{text-align:left;padding:.3em .6em;border-bottom:1px solid #ccc}"
		".n{text-align:right}</style>\n</head>\n<body>\n");
	add_cell(app, &page, "h1", str_of(_("Who contributed what")));
	for (size_t i = 0; i < report->shares.count; i++) {
		const struct share_row *row = &report->shares.rows[i];

		if (i == 0 || !str_equal(row->folder, folder)) {
			buf_add_c(&page, i ? "</tbody></table>\n" : "\n");
			add_cell(app, &page, "h2", row->folder);
			add_head(app, &page, report);
		}
		folder = row->folder;
		add_row(app, &page, report, row);
	}
	buf_add_c(&page, report->shares.count ? "</tbody></table>\n" : "\n");
	add_cell(app, &page, "p", str_of(audit_caution()));
	buf_add_c(&page, "\n</body>\n</html>\n");
	print_bytes(app, buf_str(&page));
}
