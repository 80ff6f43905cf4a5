#include "core/roster.h"

#include <string.h>

#include "core/meta.h"
#include "core/roster_words.h"
#include "core/spelling.h"
#include "core/text.h"

enum {
	MOST_WORDS = 8,	   /* of a name that are looked at */
	PREFIX_BYTES = 3,  /* of a beginning that will do */
	SPELLED_BYTES = 4, /* of a name that may be one letter off */
	NEAR_BYTES = 4,	   /* that names must begin with alike to be near */
	NEAR_LETTERS = 2,  /* or that they may differ by */
};

enum tier { TIER_WORKSHOP, TIER_PEOPLE, TIER_MAILMAP, TIERS };

/* One person under one name, folded: what is looked for. */
struct entry {
	enum tier tier;
	struct str name; /* as written */
	const struct person *person;
	struct str full, first, surname;
	struct str words[MOST_WORDS];
	size_t word_count, first_words;
	struct names aliases, initials;
};

struct roster {
	struct entry *entries;
	size_t count, room;
	const struct workshop *workshop;
	struct ordinary_words words;
};

/* --- names taken apart ------------------------------------------------------- */

static bool is_capitals(struct str word)
{
	size_t letters = 0;

	for (struct str rest = word; rest.len; letters++)
		if (!text_is_capital(text_next_char(&rest)))
			return false;
	return letters >= 2;
}

static void add_text(struct arena *arena, struct names *names, struct str text)
{
	if (text.len == 0)
		return;
	arena_push(arena, names->at, names->count, names->room);
	names->at[names->count++] = text;
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

/* Folded, runs of what is no letter as one blank: "d’Orfeuill" and "D Orfeuill" are one. */
static struct str key_of_name(struct arena *arena, struct str name)
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

/*
 * The first name comes first, "BRIAND Michel" aside, where the surname is in
 * capitals. out: the words in the order "first names, surname".
 */
static void order_words(struct entry *entry, const bool *capitals)
{
	size_t lead = 0;

	while (lead < entry->word_count && capitals[lead])
		lead++;
	entry->first_words = entry->word_count ? 1 : 0;
	if (lead == 0 || lead == entry->word_count)
		return;
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
	add_text(arena, &entry->initials, text_fold(arena, all));
	if (all.len > 2 && entry->first_words < entry->word_count)
		add_text(arena, &entry->initials,
			 str_printf(arena, "%c%c", entry->words[0].at[0],
				    entry->words[entry->first_words].at[0]));
}

static void take_apart(struct arena *arena, struct entry *entry)
{
	bool capitals[MOST_WORDS] = {0};
	struct buf ordered = {.arena = arena};
	struct str rest = entry->name, word;

	while (entry->word_count < MOST_WORDS && text_next_word(&rest, &word)) {
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
		add_text(arena, &entry.aliases, key_of_name(arena, person->aliases.at[i]));
	if (person && person->initials.len)
		add_text(arena, &entry.initials, text_fold(arena, person->initials));
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
	const struct meta *list = meta_get(about.root, STR("people"));
	for (size_t i = 0; list && list->kind == META_LIST && i < list->count; i++) {
		const struct meta *group = list->entries[i].value;
		const struct meta *names =
			group->kind == META_MAP ? meta_get(group, STR("names")) : group;

		for (size_t j = 0; names && names->kind == META_LIST && j < names->count; j++) {
			struct str name = names->entries[j].value->value;

			add_entry(arena, roster, TIER_WORKSHOP, name,
				  person_named(arena, people, name));
		}
		if (names && names->kind == META_SCALAR)
			add_entry(arena, roster, TIER_WORKSHOP, names->value,
				  person_named(arena, people, names->value));
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

/* --- whose a name is --------------------------------------------------------- */

static bool has_text(const struct names *names, struct str text)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_equal(names->at[i], text))
			return true;
	return false;
}

/* "Anne B" and "Anne Be" are the one Anne whose surname begins so. */
static bool is_shortened(const struct entry *entry, struct str wanted)
{
	return wanted.len > entry->first.len + 1 && str_starts(wanted, entry->first) &&
	       wanted.at[entry->first.len] == ' ' &&
	       str_starts(entry->surname, str_slice(wanted, entry->first.len + 1, wanted.len));
}

/* "F Ndiaye", "J-P Petit": letters that the first names begin with, and the rest of the name. */
static bool is_initialed(const struct entry *entry, struct str wanted)
{
	size_t word = 0;

	while (wanted.len > 2 && wanted.at[1] == ' ' && word < entry->word_count &&
	       entry->words[word].at[0] == wanted.at[0]) {
		wanted = str_slice(wanted, 2, wanted.len);
		word++;
	}
	if (word == 0)
		return false;
	for (; word < entry->word_count && str_starts(wanted, entry->words[word]); word++) {
		wanted = str_slice(wanted, entry->words[word].len, wanted.len);
		if (wanted.len == 0)
			return word + 1 == entry->word_count;
		wanted = str_slice(wanted, 1, wanted.len);
	}
	return false;
}

static bool is_surname(const struct entry *entry, struct str wanted)
{
	if (str_equal(entry->surname, wanted))
		return true;
	for (size_t i = entry->first_words; i < entry->word_count; i++)
		if (wanted.len >= PREFIX_BYTES && str_equal(entry->words[i], wanted))
			return true;
	return false;
}

/* Cut short by two letters or more: Simon is not Simone. */
static bool begins_with(struct str name, struct str wanted)
{
	return wanted.len >= PREFIX_BYTES && wanted.len + 2 <= name.len && str_starts(name, wanted);
}

/* An "e" or "s" more, or another vowel at the end: Martin, Martine; Marie, Mario. */
static bool is_another_name(struct str name, struct str wanted)
{
	struct str longer = name.len > wanted.len ? name : wanted;
	struct str shorter = name.len > wanted.len ? wanted : name;
	size_t last = longer.len - 1;

	if (longer.len == shorter.len + 1)
		return str_starts(longer, shorter) && strchr("es", longer.at[last]);
	return longer.len == shorter.len && str_starts(longer, str_slice(shorter, 0, last)) &&
	       strchr("aeiouy", longer.at[last]) && strchr("aeiouy", shorter.at[last]);
}

static bool is_one_letter_off(struct arena *arena, struct str name, struct str wanted)
{
	return name.len >= SPELLED_BYTES && wanted.len >= SPELLED_BYTES &&
	       !is_another_name(name, wanted) && spelling_distance(arena, name, wanted) == 1;
}

static bool matches(struct arena *arena, const struct entry *entry, enum speaker_how how,
		    struct str wanted)
{
	if (how == SPEAKER_FULL_NAME)
		return str_equal(entry->full, wanted);
	if (how == SPEAKER_ALIAS)
		return has_text(&entry->aliases, wanted);
	if (how == SPEAKER_FIRST_NAME)
		return str_equal(entry->first, wanted) || is_shortened(entry, wanted) ||
		       is_initialed(entry, wanted);
	if (how == SPEAKER_SURNAME)
		return is_surname(entry, wanted);
	if (how == SPEAKER_INITIALS)
		return has_text(&entry->initials, wanted);
	if (how == SPEAKER_PREFIX)
		return begins_with(entry->first, wanted) || begins_with(entry->surname, wanted) ||
		       begins_with(entry->full, wanted);
	return is_one_letter_off(arena, entry->first, wanted) ||
	       is_one_letter_off(arena, entry->surname, wanted) ||
	       is_one_letter_off(arena, entry->full, wanted);
}

static bool is_same_person(const struct entry *a, const struct entry *b)
{
	return str_equal(a->full, b->full) || (a->person && a->person == b->person);
}

/* Tries one rung in the tiers [from, to). out: false: nobody is meant by it */
static bool try_rung(struct arena *arena, const struct roster *roster, enum speaker_how how,
		     enum tier from, enum tier to, struct str wanted, struct speaker *out)
{
	const struct entry *found = NULL;
	bool several = false;

	for (size_t i = 0; i < roster->count; i++) {
		const struct entry *entry = &roster->entries[i];

		if (entry->tier < from || entry->tier >= to ||
		    !matches(arena, entry, how, wanted) || (found && is_same_person(found, entry)))
			continue;
		add_text(arena, &out->near, entry->name);
		several = found != NULL;
		found = found ? found : entry;
		if (several)
			out->how = SPEAKER_AMBIGUOUS;
	}
	if (!found)
		return false;
	if (out->how == SPEAKER_AMBIGUOUS)
		return true;
	out->how = how;
	out->name = found->name;
	out->person = found->person;
	out->near = (struct names){0};
	return true;
}

static bool is_near(struct arena *arena, struct str name, struct str wanted)
{
	size_t same = 0;

	while (same < name.len && same < wanted.len && name.at[same] == wanted.at[same])
		same++;
	return same >= NEAR_BYTES || (name.len >= SPELLED_BYTES && wanted.len >= SPELLED_BYTES &&
				      spelling_distance(arena, name, wanted) <= NEAR_LETTERS);
}

static void list_near(struct arena *arena, const struct roster *roster, struct str wanted,
		      struct names *near)
{
	for (size_t i = 0; i < roster->count; i++) {
		const struct entry *entry = &roster->entries[i];

		if ((is_near(arena, entry->first, wanted) ||
		     is_near(arena, entry->surname, wanted) ||
		     is_near(arena, entry->full, wanted)) &&
		    !has_text(near, entry->name))
			add_text(arena, near, entry->name);
	}
}

/* "F. N." and "F.N." are "FN". */
static struct str without_blanks_between_letters(struct arena *arena, struct str name)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < name.len; i++) {
		if (i % 2 && name.at[i] != ' ')
			return name;
		if (i % 2 == 0)
			buf_add_byte(&out, name.at[i]);
	}
	return out.len > 1 ? buf_str(&out) : name;
}

struct speaker roster_find(struct arena *arena, const struct roster *roster, struct str name,
			   bool loose)
{
	struct speaker speaker = {.as = name, .how = SPEAKER_UNRESOLVED};
	struct str wanted = without_blanks_between_letters(arena, key_of_name(arena, name));

	for (enum tier tier = TIER_WORKSHOP; wanted.len && tier < TIERS; tier++)
		for (enum speaker_how how = SPEAKER_FULL_NAME; how <= SPEAKER_INITIALS; how++)
			if (try_rung(arena, roster, how, tier, tier + 1, wanted, &speaker))
				return speaker;
	for (enum speaker_how how = SPEAKER_PREFIX; loose && how <= SPEAKER_SPELLING; how++)
		if (try_rung(arena, roster, how, TIER_WORKSHOP, TIERS, wanted, &speaker))
			return speaker;
	list_near(arena, roster, wanted, &speaker.near);
	return speaker;
}

const char *speaker_how_name(enum speaker_how how)
{
	static const char *const names[] = {
		[SPEAKER_FULL_NAME] = "full-name",   [SPEAKER_ALIAS] = "alias",
		[SPEAKER_FIRST_NAME] = "first-name", [SPEAKER_SURNAME] = "surname",
		[SPEAKER_INITIALS] = "initials",     [SPEAKER_PREFIX] = "prefix",
		[SPEAKER_SPELLING] = "spelling",     [SPEAKER_GUEST] = "guest",
		[SPEAKER_AMBIGUOUS] = "ambiguous",   [SPEAKER_UNRESOLVED] = "unresolved",
	};

	return names[how];
}

bool speaker_is_known(const struct speaker *speaker)
{
	return speaker->how != SPEAKER_AMBIGUOUS && speaker->how != SPEAKER_UNRESOLVED;
}
