#include "cmd/page_idea.h"

#include "cmd/dates.h"
#include "cmd/page_frame.h"
#include "cmd/page_text.h"
#include "core/message.h"

/* --- words ----------------------------------------------------------------------- */

/* With the link targets that they name, which are found once for the points of a section. */
static struct str with_definitions(struct page_writing *page, const struct telling *telling,
				   struct str words)
{
	if (page->section != telling->section)
		page->definitions = definitions_of(page->arena, &telling->section->doc);
	page->section = telling->section;
	return definitions_before(page->arena, &page->definitions, words);
}

/* The words of several people each in their colour; those of one need none. */
static void add_words(struct page_writing *page, const struct telling *telling)
{
	struct str words = telling->block->text.len ? telling->block->text : telling->block->raw;
	size_t count = telling->run_count > 1 ? telling->run_count : 0;
	struct page_span *spans = arena_array(page->arena, struct page_span, count);
	struct str normal = count ? doc_normal(page->arena, telling->block) : STR("");

	for (size_t i = 0; i < count; i++) {
		uint32_t person = telling->runs[i].person;

		spans[i] = (struct page_span){telling->runs[i].words,
					      person == NO_PERSON ? NULL : page_colour(person)};
	}
	page_add_markdown(page->out, with_definitions(page, telling, words), normal, spans, count);
}

static void add_text(struct page_writing *page, const struct telling *telling)
{
	char box = telling->point ? point_block(telling->point->point)->checkbox : 0;

	buf_add_c(page->out, "<div class=\"text\">");
	if (box)
		buf_printf(page->out,
			   "<span class=\"box\" role=\"img\" aria-label=\"%s\">%s</span>",
			   box == ' ' ? _("to do") : _("done"), box == ' ' ? "☐" : "☑");
	if (telling->point)
		add_words(page, telling);
	if (telling->matter.len)
		page_add_markdown(page->out, with_definitions(page, telling, telling->matter),
				  STR(""), NULL, 0);
	buf_add_c(page->out, "</div>");
}

/* --- who -------------------------------------------------------------------------- */

void page_add_chip(struct page_writing *page, uint32_t person, const char *looks)
{
	const struct gathered_person *shown = &page->gathered->people[person];

	buf_printf(page->out, "<span class=\"chip %s%s\" title=\"", page_colour(person), looks);
	page_add_text(page->out, shown->name);
	buf_add_c(page->out, "\">");
	page_add_text(page->out, shown->initials);
	buf_add_c(page->out, "</span>");
}

static void add_chips(struct page_writing *page, const struct part_takers *people,
		      const char *looks)
{
	for (size_t i = 0; i < people->count; i++)
		page_add_chip(page, people->at[i], looks);
}

static struct str names_of(struct page_writing *page, const struct part_takers *people, size_t from)
{
	struct buf names = {.arena = page->arena};

	for (size_t i = from; i < people->count; i++) {
		buf_add_c(&names, i > from ? ", " : "");
		buf_add(&names, page->gathered->people[people->at[i]].name);
	}
	return buf_str(&names);
}

static void add_line(struct page_writing *page, struct str line)
{
	buf_add_c(page->out, "<span>");
	page_add_text(page->out, line);
	buf_add_c(page->out, "</span>");
}

/* Where it stands: "Workshop › Section, file:line". */
static struct str place_of(struct page_writing *page, const struct telling *telling)
{
	const struct attributed *point = telling->point;

	return str_printf(page->arena, "%.*s › %.*s, %.*s:%u", STR_ARGS(point->workshop->title),
			  STR_ARGS(point->section), STR_ARGS(point->file), point->line);
}

static void add_first_writer(struct page_writing *page, const struct telling *telling)
{
	struct str day = telling->at ? day_shown(page->arena, telling->at, telling->offset_minutes)
				     : STR("");

	if (telling->writers.count == 0) {
		add_line(page, str_of(_("Nobody is known to have written it.")));
		return;
	}
	struct str name = page->gathered->people[telling->writers.at[0]].name;
	add_line(page, str_printf(page->arena,
				  telling->at ? _("Written by %.*s, %.*s")
					      : _("Written by %.*s, not recorded yet%.*s"),
				  STR_ARGS(name), STR_ARGS(day)));
}

static void add_story(struct page_writing *page, const struct telling *telling)
{
	buf_printf(page->out, "<span class=\"story\" role=\"tooltip\" id=\"t%zu\">",
		   page->stories++);
	add_first_writer(page, telling);
	if (telling->writers.count > 1)
		add_line(page,
			 str_printf(page->arena, _("Written by %.*s too, neither knowing of it"),
				    STR_ARGS(names_of(page, &telling->writers, 1))));
	if (telling->editors.count)
		add_line(page, str_printf(page->arena, _("Reworded by %.*s"),
					  STR_ARGS(names_of(page, &telling->editors, 0))));
	if (telling->speakers.count)
		add_line(page, str_printf(page->arena, _("Said by %.*s, as the note tells"),
					  STR_ARGS(names_of(page, &telling->speakers, 0))));
	add_line(page, place_of(page, telling));
	buf_add_c(page->out, "</span>");
}

/* Who had a part, and behind it the story, which shows for whoever points at it. */
static void add_who(struct page_writing *page, const struct telling *telling)
{
	buf_printf(page->out, "<button type=\"button\" class=\"who\" aria-describedby=\"t%zu\">",
		   page->stories);
	add_chips(page, &telling->writers, "");
	add_chips(page, &telling->editors, " edited");
	add_chips(page, &telling->speakers, " voice");
	if (telling->writers.count + telling->editors.count + telling->speakers.count == 0)
		buf_add_c(page->out, "<span class=\"chip\">?</span>");
	buf_add_c(page->out, "</button>");
	add_story(page, telling);
}

/* --- where else --------------------------------------------------------------------- */

static const char *level_shown(const char *level)
{
	if (str_equal(str_of(level), STR("near")))
		return _("near");
	return str_equal(str_of(level), STR("part-of")) ? _("part of") : _("detail");
}

static bool has_same_words(const struct telling *a, const struct telling *b)
{
	return a->matter.len == 0 && str_equal(a->block->text, b->block->text);
}

static void add_echo(struct page_writing *page, const struct telling *shown,
		     const struct telling *telling, const char *level)
{
	buf_printf(page->out, "<div class=\"echo%s\">",
		   level && str_equal(str_of(level), STR("detail")) ? " detail" : "");
	if (!has_same_words(telling, shown))
		add_text(page, telling);
	buf_add_c(page->out, "<div class=\"meta\">");
	add_who(page, telling);
	buf_add_c(page->out, "<span class=\"where\">");
	if (level)
		buf_printf(page->out, "<b>%s</b> ", level_shown(level));
	page_add_text(page->out, place_of(page, telling));
	buf_add_c(page->out, "</span></div></div>");
}

static void add_echoes(struct page_writing *page, const struct idea *idea)
{
	if (idea->telling_count < 2)
		return;
	buf_add_c(page->out, "<details><summary>");
	buf_printf(page->out,
		   message_plural("Said in %zu other place", "Said in %zu other places",
				  idea->telling_count - 1),
		   idea->telling_count - 1);
	buf_add_c(page->out, "</summary>");
	for (size_t i = 1; i < idea->telling_count; i++)
		add_echo(page, idea->tellings[0], idea->tellings[i], NULL);
	buf_add_c(page->out, "</details>");
}

static void add_carriers(struct page_writing *page, const struct idea *idea)
{
	if (idea->carrier_count == 0)
		return;
	buf_add_c(page->out, "<details><summary>");
	buf_printf(page->out,
		   message_plural("Carried by %zu point of the discussion",
				  "Carried by %zu points of the discussion", idea->carrier_count),
		   idea->carrier_count);
	buf_add_c(page->out, "</summary>");
	for (size_t i = 0; i < idea->carrier_count; i++)
		add_echo(page, idea->tellings[0], idea->carried_by[i].telling,
			 idea->carried_by[i].level);
	buf_add_c(page->out, "</details>");
}

/* --- the whole ---------------------------------------------------------------------- */

static bool is_earlier_place(const struct idea *idea, size_t workshop, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct telling *telling =
			i < idea->telling_count ? idea->tellings[i]
						: idea->carried_by[i - idea->telling_count].telling;

		if (telling->workshop == workshop)
			return true;
	}
	return false;
}

/* What filters ask: who had a part, and in which workshops. */
static void add_data(struct page_writing *page, const struct idea *idea)
{
	struct part_takers people = idea_people(page->arena, idea);
	bool first = true;

	buf_add_c(page->out, "<li class=\"idea\" data-by=\"");
	for (size_t i = 0; i < people.count; i++)
		buf_printf(page->out, "%s%u", i ? " " : "", people.at[i]);
	buf_add_c(page->out, "\" data-in=\"");
	for (size_t i = 0; i < idea->telling_count + idea->carrier_count; i++) {
		const struct telling *telling =
			i < idea->telling_count ? idea->tellings[i]
						: idea->carried_by[i - idea->telling_count].telling;

		if (is_earlier_place(idea, telling->workshop, i))
			continue;
		buf_printf(page->out, "%s%zu", first ? "" : " ", telling->workshop);
		first = false;
	}
	buf_add_c(page->out, "\">");
}

void page_add_idea(struct page_writing *page, const struct idea *idea)
{
	const struct telling *shown = idea->tellings[0];
	bool credited = shown->writers.count > 0;

	add_data(page, idea);
	buf_printf(page->out, "<div class=\"said%s%s\">", credited ? " " : "",
		   credited ? page_colour(shown->writers.at[0]) : "");
	if (idea->under) {
		buf_add_c(page->out, "<p class=\"under\">↳ ");
		page_add_text(page->out, idea->under->point->text);
		buf_add_c(page->out, "</p>");
	}
	add_text(page, shown);
	if (shown->point) {
		buf_add_c(page->out, "<div class=\"meta\">");
		add_who(page, shown);
		if (idea->telling_count > 1)
			buf_printf(page->out, "<span class=\"times\">%zu×</span>",
				   idea->telling_count);
		buf_add_c(page->out, "</div>");
		add_echoes(page, idea);
		add_carriers(page, idea);
	}
	buf_add_c(page->out, "</div>");
}
