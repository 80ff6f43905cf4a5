#include "cmd/person_style.h"

enum style address_style(struct str address)
{
	unsigned hash = 5381;

	if (address.len == 0)
		return STYLE_NONE;
	for (size_t i = 0; i < address.len; i++)
		hash = 33 * hash + (unsigned char)address.at[i];
	return (enum style)(STYLE_COLOUR + hash % STYLE_COLOURS);
}

enum style person_style(const struct person *person)
{
	return person ? address_style(person->email) : STYLE_NONE;
}

struct str person_sign(const struct attribution *attribution, const struct person *person)
{
	for (size_t i = 0; person && i < attribution->people.count; i++)
		if (attribution->people.all[i] == person)
			return attribution->signs[i];
	return STR("?");
}

struct str person_title(struct arena *arena, const struct attribution *attribution,
			const struct person *person, struct str name)
{
	return person ? str_printf(arena, "%.*s (%.*s)", STR_ARGS(name),
				   STR_ARGS(person_sign(attribution, person)))
		      : name;
}
