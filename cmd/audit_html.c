/* Shares as a page, in the frame that the synthesis has. */
#include "cmd/audit_print.h"
#include "cmd/page_frame.h"
#include "cmd/page_text.h"
#include "cmd/print.h"
#include "core/message.h"

struct writing {
	struct buf *out;
	const struct audit_report *report;
	bool speakers; /* a row a speaker */
};

static void add_cell(struct writing *writing, const char *tag, struct str text)
{
	buf_printf(writing->out, "<%s>", tag);
	page_add_text(writing->out, text);
	/* The tag may have attributes; its name ends before them. */
	struct str name = str_of(tag);
	name = str_slice(name, 0, str_find_byte(name, ' ', 0));
	buf_printf(writing->out, "</%.*s>", STR_ARGS(name));
}

static void add_head(struct writing *writing)
{
	buf_add_c(writing->out, "<div class=\"tables\" tabindex=\"0\"><table>\n<thead><tr>");
	add_cell(writing, "th scope=\"col\"", str_of(_("Section")));
	add_cell(writing, "th scope=\"col\"",
		 str_of(writing->speakers ? _("Speaker") : _("Contributor")));
	if (writing->speakers)
		add_cell(writing, "th scope=\"col\"", str_of(_("As written")));
	for (int kind = writing->speakers ? SHARE_SAID : 0; kind < SHARE_KINDS; kind++)
		add_cell(writing, "th scope=\"col\" class=\"n\"",
			 str_of(share_kind_title((enum share_kind)kind)));
	buf_add_c(writing->out, "</tr></thead>\n<tbody>\n");
}

/* The name behind the person's initials, in the colour that goes with them. */
static void add_person(struct writing *writing, const struct share_row *row)
{
	const struct attribution *attribution = writing->report->attribution;
	const struct people *people = &attribution->people;
	struct str name = row->name.len ? row->name : str_of(_("nobody"));

	if (writing->speakers && !speaker_is_known(row->speaker))
		name = str_of(_("not resolved"));
	buf_add_c(writing->out, "<td>");
	for (size_t i = 0; row->person && i < people->count; i++) {
		if (people->all[i] != row->person)
			continue;
		buf_printf(writing->out, "<span class=\"chip %s\">", page_colour(i));
		page_add_text(writing->out, attribution->signs[i]);
		buf_add_c(writing->out, "</span> ");
	}
	page_add_text(writing->out, name);
	buf_add_c(writing->out, "</td>");
}

static void add_row(struct writing *writing, const struct share_row *row)
{
	buf_add_c(writing->out, "<tr>");
	add_cell(writing, "td", row->section);
	add_person(writing, row);
	if (writing->speakers)
		add_cell(writing, "td", row->speaker->as);
	for (int kind = writing->speakers ? SHARE_SAID : 0; kind < SHARE_KINDS; kind++)
		buf_printf(writing->out, "<td class=\"n\">%u</td>", row->counts[kind]);
	buf_add_c(writing->out, "</tr>\n");
}

static void add_tables(struct writing *writing)
{
	const struct shares *shares = &writing->report->shares;
	struct str folder = {0};

	for (size_t i = 0; i < shares->count; i++) {
		const struct share_row *row = &shares->rows[i];

		if (i == 0 || !str_equal(row->folder, folder)) {
			buf_add_c(writing->out, i ? "</tbody></table></div></section>\n" : "");
			buf_add_c(writing->out, "<section>");
			add_cell(writing, "h2", row->folder);
			add_head(writing);
		}
		folder = row->folder;
		add_row(writing, row);
	}
	buf_add_c(writing->out, shares->count ? "</tbody></table></div></section>\n" : "");
}

void audit_print_html(struct app *app, const struct audit_report *report)
{
	struct buf page = {.arena = &app->arena};
	struct writing writing = {
		.out = &page, .report = report, .speakers = report->order == SHARES_BY_SPEAKER};

	page_begin(&page, str_of(_("Who contributed what")), PAGE_WITHOUT_SCRIPT);
	buf_add_c(&page, "<header class=\"top\">");
	add_cell(&writing, "h1", str_of(_("Who contributed what")));
	add_cell(&writing, "p class=\"about\"", str_of(audit_caution()));
	buf_add_c(&page, "</header>\n<div class=\"whole alone\"><main>\n");
	add_tables(&writing);
	buf_add_c(&page, "</main></div>\n");
	page_end(&page, PAGE_WITHOUT_SCRIPT);
	print_result(app, buf_str(&page));
}
