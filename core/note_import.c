#include "core/note_import.h"

#include "core/doc.h"
#include "core/meta.h"
#include "core/note_date.h"
#include "core/note_outline.h"
#include "core/note_people.h"
#include "core/section.h"
#include "core/text.h"

enum { SHORT_NAME_BYTES = 24 };

/* The name of a section's file: its title where that is short, else its kind. */
static struct str section_slug(struct arena *arena, struct str title, enum language language)
{
	struct str slug = text_slug(arena, title);
	enum section_kind kind = section_kind_of(arena, title);

	if (slug.len <= SHORT_NAME_BYTES && slug.len > 0)
		return slug;
	if (kind == SECTION_OTHER && slug.len > 0)
		return slug;
	return text_slug(arena, str_of(section_kind_title(kind, language)));
}

static void add_section(struct arena *arena, struct imported *out, const struct import_part *part,
			struct str front, enum language language)
{
	struct str title = part->heading.len ? part->heading
					     : str_of(section_kind_title(SECTION_OTHER, language));
	struct buf bytes = {.arena = arena};

	buf_add(&bytes, front);
	buf_printf(&bytes, "# %.*s\n", STR_ARGS(title));
	if (part->body.len) {
		buf_add_byte(&bytes, '\n');
		buf_add(&bytes, part->body);
	}
	struct str slug = section_slug(arena, title, language);
	out->files[out->count] = (struct imported_file){
		.name = str_printf(arena, "%02zu-%.*s.md", out->count, STR_ARGS(slug)),
		.bytes = buf_str(&bytes),
	};
	out->count++;
}

/*
 * Takes the names that a part begins with into `people`.
 * out: what is left of the part for a section file; an empty heading: nothing.
 */
static struct import_part take_people(struct arena *arena, struct import_part part,
				      struct buf *people)
{
	const char *role = import_role_of(arena, part.heading);
	size_t length = role ? import_names_length(part.body) : 0;

	if (length == 0)
		return part;
	import_write_people(people, part.heading, role, str_slice(part.body, 0, length));
	part.body = str_slice(part.body, length, part.body.len);
	while (str_starts(part.body, STR("\n")))
		part.body = str_slice(part.body, 1, part.body.len);
	if (part.body.len == 0)
		part.heading = (struct str){0};
	return part;
}

/* What the front matter says; nothing where it is no YAML. */
static struct meta_doc read_front(struct arena *arena, struct str front)
{
	struct meta_doc doc = {0};

	err_free(meta_read(arena, doc_front_inner(front), "front matter", &doc));
	return doc;
}

/*
 * The front matter for the first section. It does not say that the program made the note:
 * from now on people write it, and what they write is to be read.
 */
static struct str front_for_people(struct arena *arena, struct str front,
				   const struct meta_doc *said)
{
	struct str inner = said->source, key = STR("generated");
	struct buf out = {.arena = arena};

	if (!str_equal(meta_text(said->root, key), STR("atelier")))
		return front;
	if (said->root->count == 1)
		return (struct str){0};
	buf_add(&out, str_slice(front, 0, (size_t)(inner.at - front.at)));
	buf_add(&out, meta_set(arena, said, key, STR("")));
	buf_add(&out, str_slice(front, (size_t)(inner.at + inner.len - front.at), front.len));
	return buf_str(&out);
}

static struct str title_of(const struct import_outline *outline, const struct meta *front,
			   struct str name)
{
	struct str title = outline->title;

	if (title.len == 0)
		title = str_trim(meta_text(front, STR("title")));
	return title.len ? title : name;
}

static struct str describe(struct arena *arena, struct str title, struct str date,
			   struct str people)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "title: ");
	meta_write_scalar(&out, title, false);
	buf_add_byte(&out, '\n');
	if (date.len)
		buf_printf(&out, "date: %.*s\n", STR_ARGS(date));
	if (people.len)
		buf_add_c(&out, "people:\n");
	buf_add(&out, people);
	return buf_str(&out);
}

/* The date in the title, else in what stands above the first heading. */
static struct str date_of(struct arena *arena, const struct import_outline *outline)
{
	struct str date = note_date_find(arena, outline->title);

	if (date.len == 0 && outline->count && outline->parts[0].heading.len == 0)
		date = note_date_find(arena, outline->parts[0].body);
	return date;
}

struct imported import_note(struct arena *arena, struct str text, struct str name,
			    enum language language)
{
	struct import_outline outline = import_outline_of(arena, text);
	struct meta_doc said = read_front(arena, outline.front);
	struct imported out = {.title = title_of(&outline, said.root, name)};
	struct str front = front_for_people(arena, outline.front, &said);
	struct str date = date_of(arena, &outline);
	struct buf people = {.arena = arena};
	bool empty = true;

	out.files = arena_array(arena, struct imported_file, outline.count + 2);
	out.count = 1;
	for (size_t i = 0; i < outline.count; i++) {
		struct import_part part = take_people(arena, outline.parts[i], &people);
		if (part.heading.len == 0 && part.body.len == 0)
			continue;
		add_section(arena, &out, &part, front, language);
		front = (struct str){0};
		empty = false;
	}
	if (empty)
		add_section(arena, &out, &(struct import_part){0}, front, language);
	out.files[0] = (struct imported_file){
		.name = STR("workshop.yml"),
		.bytes = describe(arena, out.title, date, buf_str(&people)),
	};
	struct str slug = text_slug(arena, out.title);
	if (slug.len == 0)
		slug = STR("notes");
	out.folder =
		date.len ? str_printf(arena, "%.*s-%.*s", STR_ARGS(date), STR_ARGS(slug)) : slug;
	return out;
}
