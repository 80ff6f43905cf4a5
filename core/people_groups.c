#include "core/people_groups.h"

#include "core/message.h"
#include "core/note_people.h"

static struct str said_by(const struct meta *written)
{
	return written->kind == META_SCALAR ? meta_says(written) : STR("");
}

static void add_name(struct arena *arena, struct names *names, const struct meta *written)
{
	if (!meta_is_nothing(written))
		names_add(arena, names, str_trim(said_by(written)));
}

static struct names names_of(struct arena *arena, const struct meta *written)
{
	struct names names = {0};
	struct str rest, name;

	if (meta_is_nothing(written))
		return names;
	rest = said_by(written);
	while (import_next_name(&rest, &name))
		names_add(arena, &names, str_trim(name));
	for (size_t i = 0; written->kind == META_LIST && i < written->count; i++)
		add_name(arena, &names, written->entries[i].value);
	return names;
}

/* As it stood in a document, a heading may end with a colon of its own. */
static struct str without_colon(struct str heading)
{
	static const char *const colons[] = {"\u00A0:", "\u202F:", ":"};

	heading = str_trim(heading);
	for (size_t i = 0; i < sizeof colons / sizeof *colons; i++)
		if (str_ends(heading, str_of(colons[i])))
			return str_trim(str_slice(heading, 0, heading.len - str_of(colons[i]).len));
	return heading;
}

static void add_group(struct arena *arena, struct people_groups *groups, struct str heading,
		      struct names names)
{
	if (heading.len == 0 && names.count == 0)
		return;
	arena_push(arena, groups->all, groups->count, groups->room);
	groups->all[groups->count++] = (struct people_group){heading, names};
}

static void add_written(struct arena *arena, struct people_groups *groups,
			const struct meta *written)
{
	if (written->kind == META_MAP)
		add_group(arena, groups, without_colon(meta_text(written, STR("heading"))),
			  names_of(arena, meta_get(written, STR("names"))));
	else
		add_group(arena, groups, STR(""), names_of(arena, written));
}

struct people_groups people_groups_of(struct arena *arena, const struct meta *about)
{
	const struct meta *people = meta_get(about, STR("people"));
	struct people_groups groups = {0};
	struct names plain = {0};

	if (people && people->kind != META_LIST)
		add_written(arena, &groups, people);
	for (size_t i = 0; people && people->kind == META_LIST && i < people->count; i++) {
		const struct meta *written = people->entries[i].value;

		if (written->kind == META_SCALAR) {
			add_name(arena, &plain, written);
			continue;
		}
		add_group(arena, &groups, STR(""), plain);
		plain = (struct names){0};
		add_written(arena, &groups, written);
	}
	add_group(arena, &groups, STR(""), plain);
	return groups;
}

struct str people_group_shown(struct arena *arena, const struct people_group *group)
{
	struct buf shown = {.arena = arena};

	if (group->heading.len)
		buf_printf(&shown, _("%.*s: "), STR_ARGS(group->heading));
	for (size_t i = 0; i < group->names.count; i++) {
		buf_add_c(&shown, i ? ", " : "");
		buf_add(&shown, group->names.at[i]);
	}
	return buf_str(&shown);
}
