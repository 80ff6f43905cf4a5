#include "core/speaker_beginning.h"

#include "core/text.h"

enum { BEGINNING_BYTES = 100 /* in which a name may end */ };

/* A no-break space, a narrow one, a thin one. */
static const struct str wide_blanks[] = {{"\xC2\xA0", 2}, {"\xE2\x80\xAF", 3}, {"\xE2\x80\x89", 3}};

enum { WIDE_BLANKS = sizeof wide_blanks / sizeof *wide_blanks };

static bool begins_with_blank(struct str text)
{
	bool begins = text.len && (text.at[0] == ' ' || text.at[0] == '\t');

	for (size_t i = 0; i < WIDE_BLANKS; i++)
		begins |= str_starts(text, wide_blanks[i]);
	return begins;
}

struct str name_undressed(struct str text)
{
	static const struct str dress = {" \t\r\n*_`[]@", 10};

	for (bool again = true; again && text.len;) {
		size_t before = text.len;

		for (size_t i = 0; i < WIDE_BLANKS; i++) {
			if (str_starts(text, wide_blanks[i]))
				text = str_slice(text, wide_blanks[i].len, text.len);
			if (str_ends(text, wide_blanks[i]))
				text.len -= wide_blanks[i].len;
		}
		if (text.len && str_find_byte(dress, text.at[0], 0) < dress.len)
			text = str_slice(text, 1, text.len);
		if (text.len && str_find_byte(dress, text.at[text.len - 1], 0) < dress.len)
			text.len--;
		again = text.len < before;
	}
	return text;
}

/* --- "via le chat" ----------------------------------------------------------- */

/* Does a channel stand in these words? */
static bool names_channel(struct arena *arena, struct str words)
{
	static const char *const channels[] = {
		"chat",	 "tchat",     "zoom",  "teams",	  "jitsi",    "visio", "mail",
		"email", "courriel",  "sms",   "signal",  "discord",  "slack", "forum",
		"pad",	 "telephone", "phone", "message", "whatsapp", NULL,
	};
	struct str rest = text_fold(arena, words), word;

	while (text_next_word(&rest, &word))
		if (str_is_one_of(word, channels))
			return true;
	return false;
}

/* Takes off how something was said: in brackets, or "via …", "dans le chat", "on the phone". */
static void take_channel(struct arena *arena, struct beginning *beginning)
{
	static const char *const openers[] = {"via", "dans", "sur",  "par",	"in",
					      "on",  "by",   "from", "through", NULL};
	struct str name = beginning->name, rest = name, word, behind;
	size_t bracket = str_find_byte(name, '(', 1);

	if (bracket < name.len && str_ends(name, STR(")"))) {
		beginning->through_chat = names_channel(arena, str_slice(name, bracket, name.len));
		beginning->name = name_undressed(str_slice(name, 0, bracket));
		return;
	}
	while (str_next_word(&rest, &word)) {
		if (word.at == name.at || !str_is_one_of(text_fold(arena, word), openers))
			continue;
		behind = str_slice(name, (size_t)(word.at - name.at), name.len);
		if (!names_channel(arena, behind))
			continue;
		beginning->through_chat = true;
		beginning->name = name_undressed(str_slice(name, 0, (size_t)(word.at - name.at)));
		return;
	}
}

/* --- titles, and other words around a name ------------------------------------ */

/* Takes off the first word where another follows. out: false: it is none of them */
static bool take_first(struct arena *arena, struct str *name, const char *const *list)
{
	struct str rest = *name, word, behind;

	if (!str_next_word(&rest, &word))
		return false;
	behind = name_undressed(rest);
	if (word.len > 1 && word.at[word.len - 1] == '.')
		word.len--;
	if (behind.len == 0 || !str_is_one_of(text_fold(arena, word), list))
		return false;
	*name = behind;
	return true;
}

/* "Selon Fatou", "d'après Fatou", "according to Fatou" */
static void take_preposition(struct arena *arena, struct beginning *beginning)
{
	static const char *const first[] = {"selon", "d'apres", "according", NULL};
	static const char *const second[] = {"to", NULL};

	if (!take_first(arena, &beginning->name, first))
		return;
	take_first(arena, &beginning->name, second);
	beginning->known_only = true;
}

/* --- where a name ends ------------------------------------------------------- */

/* "Name : rest". A colon within a word, as in 12:30 or https://, ends no name. */
static bool ends_at_colon(struct str text, struct beginning *out)
{
	size_t colon = str_find_byte(text, ':', 0);

	if (colon == 0 || colon > BEGINNING_BYTES || colon == text.len)
		return false;
	struct str rest = str_slice(text, colon + 1, text.len);
	if (rest.len && !begins_with_blank(rest) && !str_starts(rest, STR("**")) &&
	    !str_starts(rest, STR("__")))
		return false;
	*out = (struct beginning){.as = name_undressed(str_slice(text, 0, colon)),
				  .rest = name_undressed(rest)};
	out->name = out->as;
	return out->name.len > 0;
}

static bool is_saying(struct str folded)
{
	static const char *const verbs[] = {
		"pense",   "dit",      "propose",  "demande",  "souligne",    "rappelle",
		"ajoute",  "precise",  "explique", "remarque", "note",	      "estime",
		"trouve",  "raconte",  "signale",  "suggere",  "constate",    "confirme",
		"repond",  "evoque",   "insiste",  "partage",  "s'interroge", "se",
		"thinks",  "says",     "asks",	   "proposes", "suggests",    "adds",
		"notes",   "explains", "reminds",  "remarks",  "believes",    "wonders",
		"reports", "answers",  "points",   "mentions", "feels",	      "agrees",
		NULL,
	};

	return str_is_one_of(folded, verbs);
}

/* "Name, pense que …" */
static bool ends_at_verb(struct arena *arena, struct str text, struct beginning *out)
{
	size_t comma = str_find_byte(text, ',', 0);
	struct str rest, word;

	if (comma == 0 || comma > BEGINNING_BYTES || comma == text.len)
		return false;
	*out = (struct beginning){.as = name_undressed(str_slice(text, 0, comma)),
				  .rest = name_undressed(str_slice(text, comma + 1, text.len)),
				  .is_person = true};
	out->name = out->as;
	rest = out->rest;
	return str_next_word(&rest, &word) && is_saying(text_fold(arena, word));
}

/* "Fatou dit :" */
static void take_verb(struct arena *arena, struct beginning *beginning)
{
	struct str rest = beginning->name, word, last = {0};

	while (str_next_word(&rest, &word))
		last = word;
	if (last.len == 0 || last.at == beginning->name.at || !is_saying(text_fold(arena, last)))
		return;
	beginning->name = name_undressed(
		str_slice(beginning->name, 0, (size_t)(last.at - beginning->name.at)));
	beginning->known_only = true;
}

/* "que", "qu'on", "that" */
static bool opens_clause(struct arena *arena, struct str word)
{
	static const struct str first_letters = {"qQtT", 4};

	if (str_find_byte(first_letters, word.at[0], 0) == first_letters.len)
		return false;
	word = text_fold(arena, word);
	return str_equal(word, STR("que")) || str_starts(word, STR("qu'")) ||
	       str_equal(word, STR("that"));
}

/* "Fatou pense que …" */
static bool ends_before_verb(struct arena *arena, struct str text, struct beginning *out)
{
	struct str rest = text, word, verb;

	str_next_word(&rest, &word);
	str_next_word(&rest, &verb);
	for (int words = 1; words <= NAME_WORDS && str_next_word(&rest, &word); words++) {
		struct str before = verb;

		verb = word;
		if (!opens_clause(arena, word) || !is_saying(text_fold(arena, before)))
			continue;
		*out = (struct beginning){
			.as = name_undressed(str_slice(text, 0, (size_t)(before.at - text.at))),
			.rest = name_undressed(
				str_slice(text, (size_t)(word.at - text.at), text.len)),
			.known_only = true,
		};
		out->name = out->as;
		return out->name.len > 0;
	}
	return false;
}

bool beginning_find(struct arena *arena, struct str text, struct beginning *out)
{
	text = name_undressed(text);
	return ends_at_colon(text, out) || ends_at_verb(arena, text, out) ||
	       ends_before_verb(arena, text, out);
}

void beginning_bare(struct arena *arena, struct beginning *beginning)
{
	take_channel(arena, beginning);
	take_verb(arena, beginning);
	take_preposition(arena, beginning);
	/* "Hier, Fatou :" */
	if (str_find_byte(beginning->name, ',', 0) < beginning->name.len)
		beginning->known_only = true;
}
