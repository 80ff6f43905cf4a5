#include "cmd/show_authors.h"

#include "cmd/facts.h"
#include "cmd/person_style.h"
#include "cmd/since.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/text.h"

enum { GUTTER_PEOPLE = 3 };

struct view {
	struct app *app;
	struct attribution attribution;
	struct str folder, file;	 /* what is shown; file empty: all */
	const struct workshop *workshop; /* of that folder */
	const bool *marks;
	bool only_new;
	size_t gutter;	     /* its width, in columns */
	size_t shown;	     /* points so far */
	int heading;	     /* the last one that was printed, NO_PARENT: none yet */
	struct wrapped line; /* the one that is being put together */
};

static bool is_shown(const struct view *view, const struct attributed *point)
{
	return str_equal(point->folder, view->folder) &&
	       (view->file.len == 0 || str_equal(point->file, view->file)) &&
	       (!view->only_new ||
		since_concerns(view->marks, &view->attribution.history, point->trace));
}

/* The signs of those whose words a point has, most words first. */
static struct str signs_of(const struct view *view, const struct attributed *point)
{
	struct arena *arena = &view->app->arena;
	struct word_shares shares = word_shares_of(arena, &view->attribution, point);
	struct buf signs = {.arena = arena};

	for (size_t i = 0; i < shares.count && i < GUTTER_PEOPLE; i++) {
		buf_add_c(&signs, i ? "+" : "");
		buf_add(&signs, person_sign(&view->attribution, shares.all[i].person));
	}
	if (shares.count > GUTTER_PEOPLE)
		buf_add_c(&signs, "+…");
	return buf_str(&signs);
}

static void add_gutter(const struct view *view, struct wrapped *line, struct str signs,
		       const struct person *person)
{
	wrapped_add(line, person_style(person), signs);
	wrapped_add(line, STYLE_NONE, blanks(&view->app->arena, view->gutter - text_width(signs)));
	wrapped_add(line, STYLE_NONE, STR(" | "));
}

/* A line behind a gutter; what does not fit goes on below, `indent` columns in. */
static struct wrapped begin_line(const struct view *view, struct str signs,
				 const struct person *person, size_t indent)
{
	struct arena *arena = &view->app->arena;
	struct str gutter = blanks(arena, view->gutter), inside = blanks(arena, indent);
	struct wrapped line = wrapped_begin(
		view->app, str_printf(arena, "%.*s | %.*s", STR_ARGS(gutter), STR_ARGS(inside)));

	add_gutter(view, &line, signs, person);
	return line;
}

/* Text of a point that may go over several lines; each of them gets a gutter of its own. */
static void add_lines(const struct view *view, struct wrapped *line, size_t indent,
		      enum style style, struct str text)
{
	struct str part;

	while (str_next_line(&text, &part)) {
		wrapped_add(line, style, str_chomp(part));
		if (!str_ends(part, STR("\n")))
			return;
		wrapped_end(line);
		*line = begin_line(view, STR(""), NULL, indent);
	}
}

/* A point's own bytes, each word in its author's colour; with it what begins on its line. */
static void print_point(struct view *view, const struct attributed *point)
{
	const struct block *block = point_block(point->point);
	const struct doc *doc = &point->point->section->doc;
	bool followed = point->point->index + 1 < doc->count && block[1].joined;
	struct str raw = str_chomp(block->raw), rest = block->text, word;
	const char *at = raw.at;
	size_t indent = block->content;
	const struct person *first =
		author_of(&view->attribution, point->trace ? point->trace->origin : TRACE_NONE);

	if (!block->joined)
		view->line = begin_line(view, signs_of(view, point), first, indent);
	for (uint32_t i = 0; point->wording && next_traced_word(&rest, &word); i++) {
		const struct person *author =
			author_of(&view->attribution, trace_word_commit(point->wording, i));

		add_lines(view, &view->line, indent, STYLE_NONE,
			  (struct str){at, (size_t)(word.at - at)});
		wrapped_add(&view->line, person_style(author), word);
		at = word.at + word.len;
	}
	add_lines(view, &view->line, indent, STYLE_NONE,
		  (struct str){at, (size_t)(raw.at + raw.len - at)});
	if (!followed)
		wrapped_end(&view->line);
}

static void print_plain(struct view *view, const struct block *block)
{
	bool whole = block->kind == BLOCK_HEADING || block->kind == BLOCK_PARAGRAPH;
	struct str rest = block->raw, line;

	for (bool first = true; str_next_line(&rest, &line); first = false) {
		if (!first || !block->joined)
			view->line = begin_line(view, STR(""), NULL, whole ? block->indent : 0);
		wrapped_add(&view->line, block->kind == BLOCK_HEADING ? STYLE_STRONG : STYLE_NONE,
			    str_chomp(line));
		wrapped_end(&view->line);
	}
}

/* The heading that something new stands under, once. */
static void print_heading(struct view *view, const struct doc *doc, size_t index)
{
	int heading = doc_section_of(doc, index);

	if (heading == NO_PARENT || heading == view->heading)
		return;
	if (view->shown)
		print(view->app, "\n");
	print_plain(view, &doc->blocks[heading]);
	view->heading = heading;
}

static void print_gap(const struct view *view, struct str gap)
{
	struct str line;

	while (str_next_line(&gap, &line)) {
		struct wrapped empty = begin_line(view, STR(""), NULL, 0);

		wrapped_end(&empty);
	}
}

/* A section; `points`: those of its file, in order. */
static void print_section(struct view *view, const struct section *section,
			  const struct attributed *points, size_t count)
{
	const struct doc *doc = &section->doc;
	size_t next = 0;
	bool shown = false;

	view->heading = NO_PARENT;
	for (size_t i = 0; i < doc->count; i++) {
		const struct attributed *point = NULL;

		if (next < count && points[next].point->index == i)
			point = &points[next++];
		/* What begins on a point's line goes with it. */
		shown = !view->only_new || (doc->blocks[i].joined && shown) ||
			(point && is_shown(view, point));
		if (!shown)
			continue;
		if (view->only_new)
			print_heading(view, doc, i);
		else if (i)
			print_gap(view, doc->blocks[i].gap);
		if (point)
			print_point(view, point);
		else
			print_plain(view, &doc->blocks[i]);
		view->shown++;
	}
	if (!view->only_new)
		print(view->app, "\n");
}

static void print_sections(struct view *view)
{
	const struct workshop *workshop = view->workshop;
	const struct attribution *attribution = &view->attribution;
	size_t from = 0, to;

	while (from < attribution->points.count &&
	       !str_equal(attribution->all[from].folder, workshop->folder))
		from++;
	for (size_t i = 0; i < workshop->count; i++, from = to) {
		const struct section *section = &workshop->sections[i];

		for (to = from; to < attribution->points.count &&
				attribution->all[to].point->section == section;)
			to++;
		if (view->file.len && !str_equal(section->path, view->file))
			continue;
		if (!section->doc.opaque)
			print_section(view, section, attribution->all + from, to - from);
		else if (!view->only_new)
			print_text(view->app, section->doc.source);
	}
}

/* What was deleted is news, too. */
static bool is_gone_since(const struct view *view, const struct attributed *deleted)
{
	return view->only_new && view->marks[deleted->deletion->commit] &&
	       str_equal(deleted->folder, view->folder) &&
	       (view->file.len == 0 || str_equal(deleted->file, view->file));
}

static void print_gone(struct view *view)
{
	const struct attribution *attribution = &view->attribution;
	bool first = true;

	for (size_t i = 0; i < attribution->deleted_count; i++) {
		const struct attributed *point = &attribution->deleted[i];
		const struct person *person = author_of(attribution, point->deletion->commit);

		if (!is_gone_since(view, point))
			continue;
		if (first)
			print(view->app, "%s%s\n", view->shown ? "\n" : "", _("Deleted since:"));
		first = false;
		struct wrapped line = begin_line(view, person_sign(attribution, person), person, 0);
		wrapped_add(&line, STYLE_NONE, point->text);
		wrapped_end(&line);
		view->shown++;
	}
}

/* Who the signs stand for. */
static void print_legend(const struct view *view)
{
	const struct attribution *attribution = &view->attribution;

	for (size_t i = 0; i < attribution->people.count; i++) {
		const struct person *person = attribution->people.all[i];

		if (!person->seen)
			continue;
		struct wrapped line = begin_line(view, attribution->signs[i], person, 0);
		wrapped_add(&line, STYLE_NONE, person->name);
		wrapped_end(&line);
	}
}

static void measure_gutter(struct view *view)
{
	for (size_t i = 0; i < view->attribution.points.count; i++) {
		const struct attributed *point = &view->attribution.all[i];
		size_t width = is_shown(view, point) ? text_width(signs_of(view, point)) : 0;

		view->gutter = width > view->gutter ? width : view->gutter;
	}
	for (size_t i = 0; i < view->attribution.people.count; i++) {
		size_t width = text_width(view->attribution.signs[i]);

		view->gutter = width > view->gutter ? width : view->gutter;
	}
}

static void print_record(const struct view *view, const struct attributed *point)
{
	struct json *record = json_record();

	facts_add(record, view->app, &view->attribution, point);
	json_print(view->app, record);
}

static void print_json(const struct view *view)
{
	const struct attribution *attribution = &view->attribution;

	for (size_t i = 0; i < attribution->points.count; i++)
		if (is_shown(view, &attribution->all[i]))
			print_record(view, &attribution->all[i]);
	for (size_t i = 0; i < attribution->deleted_count; i++)
		if (is_gone_since(view, &attribution->deleted[i]))
			print_record(view, &attribution->deleted[i]);
}

static void print_view(struct view *view)
{
	measure_gutter(view);
	if (view->workshop)
		print_sections(view);
	print_gone(view);
	if (view->shown == 0 && view->only_new)
		print(view->app, "%s\n", _("Nothing is new."));
	else {
		print(view->app, "%s", view->only_new ? "\n" : "");
		print_legend(view);
	}
}

err show_authors(struct app *app, struct str folder, struct str file)
{
	struct view view = {.app = app, .folder = folder, .file = file};
	struct attribution *attribution = &view.attribution;
	struct since since;
	err e;

	view.only_new = option_given(app, "since");
	if ((e = attribution_open(app, attribution)) ||
	    (app->json && (e = attribution_read_signatures(app, attribution))))
		goto done;
	const struct workshops *workshops = &attribution->notes.workshops;
	bool *chosen = arena_array(&app->arena, bool, workshops->count);
	for (size_t i = 0; i < workshops->count; i++)
		if (str_equal(workshops->all[i].folder, folder)) {
			view.workshop = &workshops->all[i];
			chosen[i] = true;
		}
	if ((e = since_read(app, &attribution->notes, option_value(app, "since"), chosen, &since)))
		goto done;
	view.marks = since_marks(&app->arena, &attribution->history, &since);
	if (view.only_new)
		attribution_find_deleted(app, attribution);
	if (app->json)
		print_json(&view);
	else
		print_view(&view);
	notes_tell_unread(app, &attribution->notes, view.workshop);
	if (file.len == 0 && !app->json)
		since_remember(app, &attribution->notes, folder);
done:
	attribution_close(attribution);
	return e;
}
