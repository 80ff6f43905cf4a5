/*
 * Whose a name is: rung by rung, from the full name down to a slip of the pen.
 */
#include <string.h>

#include "core/roster_private.h"
#include "core/spelling.h"

enum {
	PREFIX_BYTES = 3,  /* of a beginning that will do */
	SPELLED_BYTES = 4, /* of a name that may be one letter off */
	NEAR_BYTES = 4,	   /* that names must begin with alike to be near */
	NEAR_LETTERS = 2,  /* or that they may differ by */
};

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

static bool is_one_letter_off(struct str name, struct str wanted)
{
	return name.len >= SPELLED_BYTES && wanted.len >= SPELLED_BYTES &&
	       !is_another_name(name, wanted) && spelling_distance(name, wanted) == 1;
}

static bool matches(const struct entry *entry, enum speaker_how how, struct str wanted)
{
	if (how == SPEAKER_FULL_NAME)
		return str_equal(entry->full, wanted);
	if (how == SPEAKER_ALIAS)
		return str_is_among(wanted, entry->aliases.at, entry->aliases.count);
	if (how == SPEAKER_FIRST_NAME)
		return str_equal(entry->first, wanted) || is_shortened(entry, wanted) ||
		       is_initialed(entry, wanted);
	if (how == SPEAKER_SURNAME)
		return is_surname(entry, wanted);
	if (how == SPEAKER_INITIALS)
		return str_is_among(wanted, entry->initials.at, entry->initials.count);
	if (how == SPEAKER_PREFIX)
		return begins_with(entry->first, wanted) || begins_with(entry->surname, wanted) ||
		       begins_with(entry->full, wanted);
	return is_one_letter_off(entry->first, wanted) ||
	       is_one_letter_off(entry->surname, wanted) || is_one_letter_off(entry->full, wanted);
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

		if (entry->tier < from || entry->tier >= to || !matches(entry, how, wanted) ||
		    (found && is_same_person(found, entry)))
			continue;
		names_add(arena, &out->near, entry->name);
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

static bool is_near(struct str name, struct str wanted)
{
	size_t same = 0;

	while (same < name.len && same < wanted.len && name.at[same] == wanted.at[same])
		same++;
	return same >= NEAR_BYTES || (name.len >= SPELLED_BYTES && wanted.len >= SPELLED_BYTES &&
				      spelling_distance(name, wanted) <= NEAR_LETTERS);
}

static void list_near(struct arena *arena, const struct roster *roster, struct str wanted,
		      struct names *near)
{
	for (size_t i = 0; i < roster->count; i++) {
		const struct entry *entry = &roster->entries[i];

		if ((is_near(entry->first, wanted) || is_near(entry->surname, wanted) ||
		     is_near(entry->full, wanted) ||
		     str_is_among(wanted, entry->words, entry->word_count)) &&
		    !str_is_among(entry->name, near->at, near->count))
			names_add(arena, near, entry->name);
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
