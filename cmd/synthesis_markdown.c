/* The synthesis as a note: an idea an item, with who and where in a quote below it. */
#include "cmd/synthesis_print.h"
#include "core/message.h"

struct writing {
	struct app *app;
	const struct gathered *gathered;
	struct buf out;
	size_t workshop; /* that the last heading named; SIZE_MAX: none */
	struct str heading;
	size_t indent; /* columns of what stands below the idea at hand */
};

enum { COLUMNS = 2 };

static struct str own_words(struct writing *writing, const struct telling *telling)
{
	return str_in_one_line(&writing->app->arena, telling->block->text.len
							     ? telling->block->text
							     : telling->block->raw);
}

static void begin_line(struct writing *writing, const char *mark)
{
	for (size_t i = 0; i < writing->indent; i++)
		buf_add_byte(&writing->out, ' ');
	buf_add_c(&writing->out, mark);
}

static void add_people(struct writing *writing, const struct part_takers *people)
{
	for (size_t i = 0; i < people->count; i++) {
		buf_add_c(&writing->out, i ? ", " : "");
		buf_add(&writing->out, writing->gathered->people[people->at[i]].name);
	}
}

/* "FILE:LINE, written by A, reworded by B, said by C" */
static void add_facts(struct writing *writing, const struct telling *telling)
{
	const struct {
		const char *what;
		const struct part_takers *people;
	} parts[] = {
		{_("written by"), &telling->writers},
		{_("reworded by"), &telling->editors},
		{_("said by"), &telling->speakers},
	};

	buf_printf(&writing->out, "%.*s:%u", STR_ARGS(telling->point->file), telling->point->line);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].people->count == 0)
			continue;
		buf_printf(&writing->out, ", %s ", parts[i].what);
		add_people(writing, parts[i].people);
	}
	buf_add_c(&writing->out, "\n");
}

static void add_matter(struct writing *writing, struct str matter)
{
	struct str line;

	if (matter.len == 0)
		return;
	buf_add_c(&writing->out, "\n");
	while (str_next_line(&matter, &line)) {
		if (!str_is_blank(line))
			begin_line(writing, "");
		buf_add(&writing->out, str_chomp(line));
		buf_add_c(&writing->out, "\n");
	}
	buf_add_c(&writing->out, "\n");
}

/* Another place that says the idea; its words only where they are others. */
static void add_echo(struct writing *writing, struct str shown, const struct telling *telling)
{
	struct str words = own_words(writing, telling);

	begin_line(writing, "> - ");
	add_facts(writing, telling);
	if (!str_equal(words, shown) && words.len) {
		begin_line(writing, ">   ");
		buf_printf(&writing->out, _("“%.*s”\n"), STR_ARGS(words));
	}
	add_matter(writing, telling->matter);
}

static void add_story(struct writing *writing, const struct idea *idea)
{
	struct str shown = own_words(writing, idea->tellings[0]);

	begin_line(writing, "> ");
	add_facts(writing, idea->tellings[0]);
	if (idea->telling_count > 1) {
		begin_line(writing, "> ");
		buf_printf(&writing->out, _("said %zu times, also:"), idea->telling_count);
		buf_add_c(&writing->out, "\n");
	}
	for (size_t i = 1; i < idea->telling_count; i++)
		add_echo(writing, shown, idea->tellings[i]);
	if (idea->carrier_count) {
		begin_line(writing, ">\n");
		begin_line(writing, "> ");
		buf_printf(&writing->out, "%s\n", _("carried in the discussion by:"));
	}
	for (size_t i = 0; i < idea->carrier_count; i++)
		add_echo(writing, shown, idea->carried_by[i].telling);
}

static const char *box_of(const struct telling *telling)
{
	char box = point_block(telling->point->point)->checkbox;

	return box == 0 ? "" : box == ' ' ? "[ ] " : "[x] ";
}

static void add_idea(struct writing *writing, const struct idea *idea)
{
	const struct telling *shown = idea->tellings[0];

	writing->indent = COLUMNS * idea->depth;
	if (shown->point) {
		begin_line(writing, "- ");
		buf_add_c(&writing->out, box_of(shown));
		buf_add(&writing->out, own_words(writing, shown));
		buf_add_c(&writing->out, "\n");
		writing->indent += COLUMNS;
	}
	add_matter(writing, shown->matter);
	if (shown->point)
		add_story(writing, idea);
}

static void add_headings(struct writing *writing, const struct telling *telling)
{
	bool several = writing->gathered->workshop_count > 1;

	if (several && telling->workshop != writing->workshop) {
		buf_printf(&writing->out, "\n### %.*s\n\n",
			   STR_ARGS(writing->gathered->workshops[telling->workshop]->title));
		writing->heading = STR("");
	}
	if (!str_equal(telling->heading, writing->heading) && telling->heading.len)
		buf_printf(&writing->out, "\n%s %.*s\n\n", several ? "####" : "###",
			   STR_ARGS(telling->heading));
	writing->workshop = telling->workshop;
	writing->heading = telling->heading;
}

static void add_sections(struct writing *writing)
{
	for (size_t i = 0; i < writing->gathered->section_count; i++) {
		const struct gathered_section *section = &writing->gathered->sections[i];

		buf_printf(&writing->out, "\n## %.*s\n\n", STR_ARGS(section->title));
		writing->workshop = SIZE_MAX;
		writing->heading = STR("");
		for (size_t n = 0; n < section->count; n++) {
			if (idea_is_blank(section, n))
				continue;
			if (!section->ideas[n]->parent)
				add_headings(writing, section->ideas[n]->tellings[0]);
			add_idea(writing, section->ideas[n]);
		}
	}
}

static void add_variants(struct writing *writing)
{
	const struct gathered *gathered = writing->gathered;

	if (gathered->variant_count == 0)
		return;
	buf_printf(&writing->out, "\n## %s\n\n", _("Still to choose"));
	for (size_t i = 0; i < gathered->variant_count; i++) {
		const struct choice *choice = gathered->variants[i];

		buf_printf(&writing->out, "- %.*s:%u\n", STR_ARGS(choice->path), choice->line);
		for (size_t n = 0; n < choice->count; n++)
			buf_printf(
				&writing->out, "  %zu. %.*s\n", n + 1,
				STR_ARGS(str_in_one_line(&writing->app->arena, choice->texts[n])));
	}
}

static void add_roll(struct writing *writing)
{
	const struct gathered *gathered = writing->gathered;

	if (gathered->person_count == 0)
		return;
	buf_printf(&writing->out, "\n## %s\n\n", _("People"));
	for (size_t i = 0; i < gathered->person_count; i++) {
		const struct gathered_person *person = &gathered->people[i];

		buf_printf(&writing->out, "- %.*s (%.*s)", STR_ARGS(person->name),
			   STR_ARGS(person->initials));
		buf_printf(&writing->out, _(": wrote %zu, said %zu"), person->wrote, person->said);
		buf_add_c(&writing->out, "\n");
	}
}

struct str synthesis_markdown(struct app *app, const struct gathered *gathered)
{
	struct writing writing = {.app = app, .gathered = gathered, .out = {.arena = &app->arena}};

	buf_printf(&writing.out, "---\ngenerated: atelier\n---\n# %.*s\n",
		   STR_ARGS(synthesis_title(&app->arena, gathered)));
	add_sections(&writing);
	add_variants(&writing);
	add_roll(&writing);
	return buf_str(&writing.out);
}
