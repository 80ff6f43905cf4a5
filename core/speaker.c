#include "core/speaker.h"

#include "core/speaker_beginning.h"
#include "core/text.h"

enum { LABEL_CAPITALS = 3 /* letters of a word in capitals beyond which it is a heading */ };

/* --- what is written like a name --------------------------------------------- */

static bool is_particle(struct str word)
{
	static const char *const particles[] = {"de", "du",  "des", "d",   "le",  "la", "l",
						"da", "van", "von", "der", "ben", "el", NULL};

	return str_is_one_of(word, particles);
}

/* Each word with a capital, but for particles; nothing but letters, hyphens, apostrophes, dots. */
static bool is_written_as_name(struct arena *arena, struct str name)
{
	struct str rest = name, word;
	size_t capitals = 0, letters = 0;

	if (name.len == 0 || str_word_count(name) > NAME_WORDS)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < 'A' && name.at[i] != ' ' && name.at[i] != '-' &&
		    name.at[i] != '\'' && name.at[i] != '.')
			return false;
	while (text_next_word(&rest, &word)) {
		struct str letter = word;

		letters += word.len;
		if (text_is_capital(text_next_char(&letter)))
			capitals++;
		else if (!is_particle(text_fold(arena, word)))
			return false;
	}
	return capitals > 0 && letters > 1;
}

static bool is_heading_like(struct str name)
{
	size_t letters = 0;

	for (struct str rest = name; rest.len; letters++)
		if (!text_is_capital(text_next_char(&rest)))
			return false;
	return letters > LABEL_CAPITALS;
}

/* Not a word of the language, as far as this workshop shows. */
static bool is_stranger(struct arena *arena, struct roster *roster, struct str name)
{
	struct str rest = name, word;

	while (text_next_word(&rest, &word)) {
		struct str folded = text_fold(arena, word);

		if (!is_particle(folded) && roster_is_word(arena, roster, folded))
			return false;
	}
	return !is_heading_like(name);
}

static bool opens_with_link_or_figure(struct str rest)
{
	return rest.len == 0 || str_starts(rest, STR("<")) || str_starts(rest, STR("http")) ||
	       str_starts(rest, STR("www.")) || byte_is_digit(rest.at[0]);
}

/* --- one name ---------------------------------------------------------------- */

/* out: false: no speaker stands there */
static bool find_speaker(struct arena *arena, struct roster *roster,
			 const struct beginning *beginning, struct str name, struct speaker *out)
{
	bool as_name, stranger;

	if (name.len == 0 || str_word_count(name) > NAME_WORDS)
		return false;
	as_name = is_written_as_name(arena, name);
	stranger = is_stranger(arena, roster, name);
	*out = roster_find(arena, roster, name, as_name && stranger);
	/* Madame Briand is not Michel Briand. */
	if (out->how == SPEAKER_SURNAME && title_contradicts(arena, beginning->title, out->name)) {
		struct names near = {.at = arena_new(arena, struct str), .count = 1, .room = 1};

		near.at[0] = out->name;
		*out = (struct speaker){.as = name, .how = SPEAKER_UNRESOLVED, .near = near};
	}
	/* Initials are short: those of somebody must not make a speaker of "NB". */
	if (out->how == SPEAKER_INITIALS && (!as_name || !stranger) && !beginning->through_chat)
		return false;
	if (speaker_is_known(out) || (beginning->known_only && out->how == SPEAKER_AMBIGUOUS))
		return true;
	if (beginning->known_only)
		return false;
	if (beginning->through_chat && out->how == SPEAKER_UNRESOLVED) {
		out->how = SPEAKER_GUEST;
		out->name = name;
		return true;
	}
	return as_name && stranger &&
	       (beginning->is_person || !opens_with_link_or_figure(beginning->rest));
}

/* Takes the next of several names off: "A/B", "A et B", "A, B & C". */
static bool next_of_pair(struct str *rest, struct str *name)
{
	static const struct str joints[] = {{"/", 1},	  {"&", 1}, {" et ", 4},
					    {" and ", 5}, {"+", 1}, {", ", 2}};
	size_t cut = rest->len, length = 0;

	if (rest->len == 0)
		return false;
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
		size_t at = str_find(*rest, joints[i], 0);

		if (at < cut) {
			cut = at;
			length = joints[i].len;
		}
	}
	*name = name_undressed(str_slice(*rest, 0, cut));
	*rest = str_slice(*rest, cut + length, rest->len);
	return true;
}

bool speakers_may_be(struct arena *arena, struct str text)
{
	struct beginning beginning;

	return beginning_find(arena, text, &beginning);
}

struct speakers speakers_of(struct arena *arena, struct roster *roster, struct str text)
{
	struct speakers found = {0};
	struct beginning beginning;
	struct str rest, name;
	size_t room = 0, known = 0;

	if (!beginning_find(arena, text, &beginning))
		return found;
	beginning_bare(arena, &beginning);
	for (rest = beginning.name; next_of_pair(&rest, &name);) {
		struct speaker speaker;

		struct beginning one = beginning;

		one.name = name;
		one.title = title_take(arena, &one.name);
		one.is_person = one.is_person || one.title.any;
		if (!find_speaker(arena, roster, &one, one.name, &speaker))
			return (struct speakers){0};
		speaker.as = name;
		arena_push(arena, found.all, found.count, room);
		found.all[found.count++] = speaker;
		known += speaker_is_known(&speaker);
	}
	/* Of two strangers it is not sure that they are people. */
	if (found.count > 1 && known == 0)
		return (struct speakers){0};
	found.as = beginning.name;
	return found;
}
