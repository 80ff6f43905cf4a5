#include "cmd/audit_print.h"
#include "cmd/columns.h"
#include "cmd/person_style.h"
#include "core/message.h"

const char *share_kind_title(enum share_kind kind)
{
	static const char *const titles[] = {
		[SHARE_FIRST] = N_("first wrote"), [SHARE_WORDS] = N_("words now"),
		[SHARE_REWORDED] = N_("reworded"), [SHARE_MOVED] = N_("moved"),
		[SHARE_DELETED] = N_("deleted"),   [SHARE_SAID] = N_("said"),
	};

	return _(titles[kind]);
}

const char *audit_caution(void)
{
	return _("These are counts, not merit: listening, asking and hosting leave few words.");
}

static struct str name_of(const struct share_row *row)
{
	return row->name.len ? row->name : str_of(_("nobody"));
}

/* One row: a title, then counts. */
static void add_counts(struct app *app, struct columns *columns, struct str title, enum style style,
		       const uint32_t *counts)
{
	struct column_row *row = columns_add(&app->arena, columns);

	row->cells[0] = title;
	row->style = style;
	for (int kind = 0; kind < SHARE_KINDS; kind++)
		row->cells[1 + kind] =
			counts[kind] ? str_printf(&app->arena, "%u", counts[kind]) : STR("·");
}

static bool same_group(const struct audit_report *report, const struct share_row *a,
		       const struct share_row *b)
{
	if (report->order == SHARES_BY_SECTION)
		return a->place == b->place && str_equal(a->section, b->section);
	return a->person == b->person && str_equal(a->name, b->name);
}

/* Rows [from, to) are of one person, or of one section: their sum, then each. */
static void add_group(struct app *app, const struct audit_report *report, struct columns *columns,
		      size_t from, size_t to)
{
	const struct share_row *rows = report->shares.rows;
	bool by_section = report->order == SHARES_BY_SECTION;
	uint32_t sum[SHARE_KINDS] = {0};

	for (size_t i = from; i < to; i++)
		for (int kind = 0; kind < SHARE_KINDS; kind++)
			sum[kind] += rows[i].counts[kind];
	if (by_section)
		add_counts(app, columns, rows[from].section, STYLE_STRONG, sum);
	else
		add_counts(app, columns,
			   person_title(&app->arena, report->attribution, rows[from].person,
					name_of(&rows[from])),
			   person_style(rows[from].person), sum);
	for (size_t i = from; i < to; i++) {
		struct str title = by_section ? person_title(&app->arena, report->attribution,
							     rows[i].person, name_of(&rows[i]))
					      : rows[i].section;

		add_counts(app, columns, str_printf(&app->arena, "  %.*s", STR_ARGS(title)),
			   by_section ? person_style(rows[i].person) : STYLE_NONE, rows[i].counts);
	}
}

static void print_workshop(struct app *app, const struct audit_report *report, size_t from,
			   size_t to)
{
	struct columns columns = {.columns = 1 + SHARE_KINDS, .left = 1};
	struct column_row *head = columns_add(&app->arena, &columns);

	for (int kind = 0; kind < SHARE_KINDS; kind++)
		head->cells[1 + kind] = str_of(share_kind_title((enum share_kind)kind));
	for (size_t start = from, end; start < to; start = end) {
		for (end = start; end < to && same_group(report, &report->shares.rows[start],
							 &report->shares.rows[end]);)
			end++;
		add_group(app, report, &columns, start, end);
	}
	columns_print(app, &columns);
}

/* --- by speaker --------------------------------------------------------------- */

static struct str how_shown(struct arena *arena, const struct speaker *speaker)
{
	struct buf out = {.arena = arena};

	if (speaker->how == SPEAKER_GUEST)
		return str_of(_("guest"));
	if (speaker_is_known(speaker))
		return (struct str){0};
	buf_add_c(&out,
		  speaker->how == SPEAKER_AMBIGUOUS ? _("one of several") : _("not resolved"));
	for (size_t i = 0; i < speaker->near.count; i++) {
		buf_add_c(&out, i ? ", " : _(", near "));
		buf_add(&out, speaker->near.at[i]);
	}
	return buf_str(&out);
}

static void print_speakers(struct app *app, const struct audit_report *report, size_t from,
			   size_t to)
{
	struct columns columns = {.columns = 5, .left = 4};
	struct column_row *head = columns_add(&app->arena, &columns);

	head->cells[0] = str_of(_("speaker"));
	head->cells[1] = str_of(_("as written"));
	head->cells[2] = str_of(_("section"));
	head->cells[4] = str_of(share_kind_title(SHARE_SAID));
	for (size_t i = from; i < to; i++) {
		const struct share_row *row = &report->shares.rows[i];
		struct column_row *line = columns_add(&app->arena, &columns);

		line->cells[0] = speaker_is_known(row->speaker) ? row->name : STR("?");
		line->style = person_style(row->person);
		line->cells[1] = row->speaker->as;
		line->cells[2] = row->section;
		line->cells[3] = how_shown(&app->arena, row->speaker);
		line->cells[4] = str_printf(&app->arena, "%u", row->counts[SHARE_SAID]);
	}
	columns_print(app, &columns);
}

/* --- the whole ---------------------------------------------------------------- */

void audit_print_table(struct app *app, const struct audit_report *report)
{
	const struct shares *shares = &report->shares;

	for (size_t from = 0, to; from < shares->count; from = to) {
		for (to = from; to < shares->count &&
				str_equal(shares->rows[to].folder, shares->rows[from].folder);)
			to++;
		print_style(app, STYLE_STRONG);
		print(app, "%.*s\n", STR_ARGS(shares->rows[from].folder));
		print_style(app, STYLE_NONE);
		if (report->order == SHARES_BY_SPEAKER)
			print_speakers(app, report, from, to);
		else
			print_workshop(app, report, from, to);
		print(app, "\n");
	}
	if (shares->count == 0)
		print(app, "%s\n",
		      report->order == SHARES_BY_SPEAKER ? _("No point says who said it.")
							 : _("There is nothing to tell."));
	else
		print(app, "%s\n", audit_caution());
}
