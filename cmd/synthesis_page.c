/* The synthesis as a page: readable as it is, and filtered where scripts run. */
#include "cmd/page_frame.h"
#include "cmd/page_idea.h"
#include "cmd/page_text.h"
#include "cmd/synthesis_print.h"
#include "core/message.h"

enum { TITLES_SHOWN = 6, LEGEND = 14 };

/* --- above -------------------------------------------------------------------------- */

static size_t shown_ideas(const struct gathered_section *section)
{
	size_t count = 0;

	for (size_t i = 0; i < section->count; i++)
		count += !idea_is_blank(section, i);
	return count;
}

static void add_number(struct page_writing *page, size_t count, const char *what)
{
	buf_printf(page->out, "<span><strong>%zu</strong> %s</span>", count, what);
}

static void add_numbers(struct page_writing *page)
{
	const struct gathered *gathered = page->gathered;
	size_t points = gathered->point_count, ideas = gathered->idea_count;
	size_t people = gathered->person_count, choices = gathered->variant_count;

	buf_add_c(page->out, "<p class=\"numbers\">");
	add_number(page, points, message_plural("point", "points", points));
	add_number(page, ideas, message_plural("idea", "ideas", ideas));
	add_number(page, people, message_plural("person", "people", people));
	if (choices)
		add_number(page, choices,
			   message_plural("wording to choose", "wordings to choose", choices));
	buf_add_c(page->out, "</p>");
}

static void add_header(struct page_writing *page, struct str title)
{
	const struct gathered *gathered = page->gathered;

	buf_printf(page->out,
		   "<a class=\"skip\" href=\"#ideas\">%s</a>\n<header class=\"top\"><h1>",
		   _("To the ideas"));
	page_add_text(page->out, title);
	buf_add_c(page->out, "</h1>\n");
	if (gathered->workshop_count > 1) {
		buf_add_c(page->out, "<p class=\"about\">");
		for (size_t i = 0; i < gathered->workshop_count && i < TITLES_SHOWN; i++) {
			buf_add_c(page->out, i ? " · " : "");
			page_add_text(page->out, gathered->workshops[i]->title);
		}
		buf_add_c(page->out,
			  gathered->workshop_count > TITLES_SHOWN ? "…</p>\n" : "</p>\n");
	}
	add_numbers(page);
	buf_add_c(page->out, "</header>\n");
}

static void add_links(struct page_writing *page)
{
	const struct gathered *gathered = page->gathered;

	buf_printf(page->out, "<nav aria-label=\"%s\"><h2>%s</h2><ul>", _("On this page"),
		   _("On this page"));
	for (size_t i = 0; i < gathered->section_count; i++) {
		buf_printf(page->out, "<li><a href=\"#s%zu\">", i);
		page_add_text(page->out, gathered->sections[i].title);
		buf_printf(page->out, "</a><span class=\"count\">%zu</span></li>",
			   shown_ideas(&gathered->sections[i]));
	}
	if (gathered->variant_count)
		buf_printf(page->out,
			   "<li><a href=\"#choose\">%s</a><span class=\"count\">%zu</span></li>",
			   _("Still to choose"), gathered->variant_count);
	buf_printf(
		page->out,
		"<li><a href=\"#people\">%s</a><span class=\"count\">%zu</span></li></ul></nav>\n",
		_("People"), gathered->person_count);
}

static void add_aside(struct page_writing *page)
{
	const struct gathered *gathered = page->gathered;

	buf_add_c(page->out, "<aside>");
	add_links(page);
	buf_printf(page->out, "<div class=\"legend\"><h2>%s</h2><ul>", _("Who is who"));
	for (size_t i = 0; i < gathered->person_count && i < LEGEND; i++) {
		buf_printf(page->out, "<li data-person=\"%zu\">", i);
		page_add_chip(page, (uint32_t)i, "");
		buf_add_c(page->out, "<span class=\"name\">");
		page_add_text(page->out, gathered->people[i].name);
		buf_add_c(page->out, "</span></li>");
	}
	buf_add_c(page->out, "</ul></div></aside>\n");
}

/* --- filters ------------------------------------------------------------------------ */

static void begin_choice(struct page_writing *page, const char *name, const char *label,
			 const char *all)
{
	buf_printf(page->out,
		   "<label><span>%s</span><select name=\"%s\"><option value=\"\">%s</option>",
		   label, name, all);
}

static void add_filter(struct page_writing *page)
{
	const struct gathered *gathered = page->gathered;

	buf_printf(page->out,
		   "<form id=\"filter\" class=\"filter\" role=\"search\" hidden>"
		   "<label class=\"wide\"><span>%s</span>"
		   "<input type=\"search\" name=\"search\" autocomplete=\"off\"></label>",
		   _("Search"));
	begin_choice(page, "person", _("Person"), _("everybody"));
	for (size_t i = 0; i < gathered->person_count; i++) {
		buf_printf(page->out, "<option value=\"%zu\">", i);
		page_add_text(page->out, gathered->people[i].name);
		buf_add_c(page->out, "</option>");
	}
	buf_add_c(page->out, "</select></label>");
	begin_choice(page, "section", _("Section"), _("all sections"));
	for (size_t i = 0; i < gathered->section_count; i++) {
		buf_printf(page->out, "<option value=\"s%zu\">", i);
		page_add_text(page->out, gathered->sections[i].title);
		buf_add_c(page->out, "</option>");
	}
	buf_add_c(page->out, "</select></label>");
	if (gathered->workshop_count > 1) {
		begin_choice(page, "workshop", _("Workshop"), _("all workshops"));
		for (size_t i = 0; i < gathered->workshop_count; i++) {
			buf_printf(page->out, "<option value=\"%zu\">", i);
			page_add_text(page->out, gathered->workshops[i]->title);
			buf_add_c(page->out, "</option>");
		}
		buf_add_c(page->out, "</select></label>");
	}
	buf_printf(page->out,
		   "<button type=\"reset\">%s</button>"
		   "<output id=\"told\" data-text=\"%s\"></output></form>\n",
		   _("Show all"), _("{n} of {all} ideas"));
}

/* --- sections ------------------------------------------------------------------------ */

/* A section while it is written: what the last idea stood under. */
struct under {
	size_t depth; /* of open lists */
	size_t workshop;
	struct str heading;
};

static void close_lists(struct page_writing *page, struct under *under, size_t depth)
{
	for (; under->depth > depth; under->depth--)
		buf_add_c(page->out, "</li></ul>");
}

static void add_headings(struct page_writing *page, struct under *under,
			 const struct telling *telling)
{
	bool several = page->gathered->workshop_count > 1;
	bool other = telling->workshop != under->workshop;

	if (!other && str_equal(telling->heading, under->heading))
		return;
	close_lists(page, under, 0);
	if (several && other) {
		buf_add_c(page->out, "<h3>");
		page_add_text(page->out, page->gathered->workshops[telling->workshop]->title);
		buf_add_c(page->out, "</h3>");
	}
	if (telling->heading.len) {
		buf_printf(page->out, "<h%d class=\"below\">", several ? 4 : 3);
		page_add_text(page->out, telling->heading);
		buf_printf(page->out, "</h%d>", several ? 4 : 3);
	}
	under->workshop = telling->workshop;
	under->heading = telling->heading;
}

static void add_in_list(struct page_writing *page, struct under *under, const struct idea *idea)
{
	if (!idea->parent)
		add_headings(page, under, idea->tellings[0]);
	close_lists(page, under, idea->depth + 1);
	buf_add_c(page->out,
		  under->depth == idea->depth + 1 ? "</li>\n" : "\n<ul class=\"ideas\">");
	under->depth = idea->depth + 1;
	page_add_idea(page, idea);
}

static void add_section(struct page_writing *page, size_t number)
{
	const struct gathered_section *section = &page->gathered->sections[number];
	struct under under = {.workshop = SIZE_MAX};
	size_t count = shown_ideas(section);

	buf_printf(page->out, "<section id=\"s%zu\" class=\"%s\"><h2><span>", number,
		   section_kind_name(section->kind));
	page_add_text(page->out, section->title);
	buf_add_c(page->out, "</span> <span class=\"count\">");
	buf_printf(page->out, message_plural("%zu idea", "%zu ideas", count), count);
	buf_add_c(page->out, "</span></h2>");
	for (size_t i = 0; i < section->count; i++)
		if (!idea_is_blank(section, i))
			add_in_list(page, &under, section->ideas[i]);
	close_lists(page, &under, 0);
	buf_add_c(page->out, "</section>\n");
}

static void add_choices(struct page_writing *page)
{
	const struct gathered *gathered = page->gathered;

	if (gathered->variant_count == 0)
		return;
	buf_printf(page->out, "<section id=\"choose\"><h2><span>%s</span></h2>",
		   _("Still to choose"));
	for (size_t i = 0; i < gathered->variant_count; i++) {
		const struct choice *choice = gathered->variants[i];

		buf_add_c(page->out, "<div class=\"choice\"><p class=\"where\">");
		page_add_text(page->out, choice->path);
		buf_printf(page->out, ":%u</p><ol class=\"wordings\">", choice->line);
		for (size_t n = 0; n < choice->count; n++) {
			buf_add_c(page->out, "<li>");
			page_add_text(page->out, choice->texts[n]);
			buf_add_c(page->out, "</li>");
		}
		buf_add_c(page->out, "</ol></div>");
	}
	buf_add_c(page->out, "</section>\n");
}

static void add_people(struct page_writing *page)
{
	const struct gathered *gathered = page->gathered;

	buf_printf(page->out,
		   "<section id=\"people\"><h2><span>%s</span></h2><ul class=\"people\">",
		   _("People"));
	for (size_t i = 0; i < gathered->person_count; i++) {
		const struct gathered_person *person = &gathered->people[i];

		buf_add_c(page->out, "<li>");
		page_add_chip(page, (uint32_t)i, "");
		buf_add_c(page->out, "<span class=\"name\">");
		page_add_text(page->out, person->name);
		buf_add_c(page->out, "</span><span class=\"count\">");
		if (person->wrote)
			buf_printf(page->out, _("wrote %zu"), person->wrote);
		if (person->said)
			buf_add_c(page->out, person->wrote ? " · " : "");
		if (person->said)
			buf_printf(page->out, _("said %zu"), person->said);
		buf_add_c(page->out, "</span></li>");
	}
	buf_add_c(page->out, "</ul></section>\n");
}

struct str synthesis_page(struct app *app, const struct gathered *gathered)
{
	struct buf out = {.arena = &app->arena};
	struct arena work = {0};
	struct page_writing page = {.arena = &work, .gathered = gathered, .out = &out};
	struct str title = synthesis_title(&app->arena, gathered);

	page_begin(&out, title, PAGE_WITH_SCRIPT);
	add_header(&page, title);
	buf_add_c(&out, "<div class=\"whole\">");
	add_aside(&page);
	buf_add_c(&out, "<main id=\"ideas\" tabindex=\"-1\">\n");
	add_filter(&page);
	for (size_t i = 0; i < gathered->section_count; i++)
		add_section(&page, i);
	add_choices(&page);
	add_people(&page);
	buf_printf(
		&out, "</main></div>\n<footer class=\"foot\">%s</footer>\n",
		_("Each point in its own words, made from the notes by atelier. Dashed initials: "
		  "who said it; dotted: who reworded it."));
	page_end(&out, PAGE_WITH_SCRIPT);
	arena_free(&work);
	return buf_str(&out);
}
