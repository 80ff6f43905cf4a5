#include "core/people_groups.h"
#include "core/roster_private.h"
#include "core/text.h"

/* --- names taken apart ------------------------------------------------------- */

static bool is_capitals(struct str word)
{
	size_t letters = 0;

	for (struct str rest = word; rest.len; letters++)
		if (!text_is_capital(text_next_char(&rest)))
			return false;
	return letters >= 2;
}

/* Words [from, to) of a name, one blank between. */
static struct str joined(struct arena *arena, const struct entry *entry, size_t from, size_t to)
{
	struct buf out = {.arena = arena};

	for (size_t i = from; i < to; i++) {
		if (i > from)
			buf_add_byte(&out, ' ');
		buf_add(&out, entry->words[i]);
	}
	return buf_str(&out);
}

struct str key_of_name(struct arena *arena, struct str name)
{
	struct buf out = {.arena = arena};
	struct str rest = text_fold(arena, name), word;

	while (text_next_word(&rest, &word)) {
		if (out.len)
			buf_add_byte(&out, ' ');
		buf_add(&out, word);
	}
	return buf_str(&out);
}

/* How many words the first is a part of: "Jean-Marc" is one name. */
static size_t hyphenated(const struct entry *entry)
{
	size_t count = entry->word_count ? 1 : 0;

	while (count && count < entry->word_count && entry->words[count].at[-1] == '-')
		count++;
	return count;
}

/*
 * The first name comes first, "BRIAND Michel" aside, where the surname is in
 * capitals. out: the words in the order "first names, surname".
 */
static void order_words(struct entry *entry, const bool *capitals)
{
	size_t lead = 0;

	while (lead < entry->word_count && capitals[lead])
		lead++;
	if (lead == 0 || lead == entry->word_count) {
		entry->first_words = hyphenated(entry);
		return;
	}
	struct str turned[MOST_WORDS];
	for (size_t i = 0; i < entry->word_count; i++)
		turned[i] = entry->words[(i + lead) % entry->word_count];
	for (size_t i = 0; i < entry->word_count; i++)
		entry->words[i] = turned[i];
	entry->first_words = entry->word_count - lead;
}

/* Initials with and without the parts of a compound first name, and of first name and surname. */
static void add_initials(struct arena *arena, struct entry *entry, struct str ordered)
{
	struct str all = initials_of(arena, ordered);

	if (all.len < 2)
		return;
	names_add(arena, &entry->initials, text_fold(arena, all));
	if (all.len > 2 && entry->first_words < entry->word_count)
		names_add(arena, &entry->initials,
			  str_printf(arena, "%c%c", entry->words[0].at[0],
				     entry->words[entry->first_words].at[0]));
	/* "JM" is Jean-Marc as well, whatever his surname. */
	if (entry->first_words > 1)
		names_add(arena, &entry->initials,
			  text_fold(arena, initials_of(arena, entry->first)));
}

static void take_apart(struct arena *arena, struct entry *entry)
{
	bool capitals[MOST_WORDS] = {0};
	struct buf ordered = {.arena = arena};
	struct str rest = entry->name, word;

	while (entry->word_count < MOST_WORDS && text_next_word(&rest, &word)) {
		/* There are letters of which folding leaves nothing. */
		if (text_fold(arena, word).len == 0)
			continue;
		capitals[entry->word_count] = is_capitals(word);
		entry->words[entry->word_count++] = word;
	}
	order_words(entry, capitals);
	/* With its apostrophes, which initials_of() looks at, where the order is as written. */
	buf_add(&ordered, entry->word_count && entry->words[0].at == str_trim(entry->name).at
				  ? entry->name
				  : joined(arena, entry, 0, entry->word_count));
	for (size_t i = 0; i < entry->word_count; i++)
		entry->words[i] = text_fold(arena, entry->words[i]);
	entry->full = key_of_name(arena, entry->name);
	entry->first = joined(arena, entry, 0, entry->first_words);
	entry->surname = joined(arena, entry, entry->first_words, entry->word_count);
	add_initials(arena, entry, buf_str(&ordered));
}

static void add_entry(struct arena *arena, struct roster *roster, enum tier tier, struct str name,
		      const struct person *person)
{
	struct entry entry = {.tier = tier, .name = str_trim(name), .person = person};

	take_apart(arena, &entry);
	if (entry.full.len == 0)
		return;
	for (size_t i = 0; person && i < person->aliases.count; i++)
		names_add(arena, &entry.aliases, key_of_name(arena, person->aliases.at[i]));
	if (person && person->initials.len)
		names_add(arena, &entry.initials, text_fold(arena, person->initials));
	arena_push(arena, roster->entries, roster->count, roster->room);
	roster->entries[roster->count++] = entry;
}

/* --- where names come from --------------------------------------------------- */

/* The person whose name or alias this is, where only one has it. */
static const struct person *person_named(struct arena *arena, const struct people *people,
					 struct str name)
{
	struct str key = key_of_name(arena, name);
	const struct person *found = NULL;

	for (size_t i = 0; i < people->count; i++) {
		const struct person *person = people->all[i];
		bool same = str_equal(key_of_name(arena, person->name), key);

		if (!person->listed && !person->mapped)
			continue;
		for (size_t j = 0; j < person->aliases.count && !same; j++)
			same = str_equal(key_of_name(arena, person->aliases.at[j]), key);
		if (same && found)
			return NULL;
		if (same)
			found = person;
	}
	return found;
}

static void add_workshop_people(struct arena *arena, struct roster *roster,
				const struct workshop *workshop, const struct people *people)
{
	struct meta_doc about = {0};

	/* What is wrong with the file is for `doctor` to say. */
	err_free(meta_read(arena, workshop->about, "workshop.yml", &about));
	struct people_groups groups = people_groups_of(arena, about.root);
	for (size_t i = 0; i < groups.count; i++)
		for (size_t j = 0; j < groups.all[i].names.count; j++) {
			struct str name = groups.all[i].names.at[j];

			add_entry(arena, roster, TIER_WORKSHOP, name,
				  person_named(arena, people, name));
		}
}

struct roster *roster_of(struct arena *arena, const struct workshop *workshop,
			 const struct people *people)
{
	struct roster *roster = arena_new(arena, struct roster);

	roster->workshop = workshop;
	add_workshop_people(arena, roster, workshop, people);
	for (size_t i = 0; i < people->count; i++)
		if (people->all[i]->listed || people->all[i]->mapped)
			add_entry(arena, roster,
				  people->all[i]->listed ? TIER_PEOPLE : TIER_MAILMAP,
				  people->all[i]->name, people->all[i]);
	return roster;
}

bool roster_is_word(struct arena *arena, struct roster *roster, struct str folded)
{
	return ordinary_word(arena, &roster->words, roster->workshop, folded);
}
