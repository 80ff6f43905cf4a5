#include "core/speaker.h"

#include "core/text.h"
#include "core/title.h"

enum {
	BEGINNING_BYTES = 100, /* in which a name may end */
	NAME_WORDS = 4,
	LABEL_CAPITALS = 3, /* letters of a word in capitals beyond which it is a heading */
};

/* How a name stands in front of what was said. */
struct beginning {
	struct str as;	   /* all of it */
	struct str name;   /* without "via le chat" */
	struct str rest;   /* what was said */
	bool through_chat; /* by a channel that guests use */
	bool is_person;	   /* "Aminata, pense que …", "Mme Ndiaye": only a name stands so */
	struct title title;
	bool known_only; /* "Selon Fatou", "Fatou pense que": much else is written so */
};

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

/* Blanks of every width, and marks that only emphasise. */
static struct str trim_dress(struct str text)
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
		beginning->name = trim_dress(str_slice(name, 0, bracket));
		return;
	}
	while (str_next_word(&rest, &word)) {
		if (word.at == name.at || !str_is_one_of(text_fold(arena, word), openers))
			continue;
		behind = str_slice(name, (size_t)(word.at - name.at), name.len);
		if (!names_channel(arena, behind))
			continue;
		beginning->through_chat = true;
		beginning->name = trim_dress(str_slice(name, 0, (size_t)(word.at - name.at)));
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
	behind = trim_dress(rest);
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
	*out = (struct beginning){.as = trim_dress(str_slice(text, 0, colon)),
				  .rest = trim_dress(rest)};
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
	*out = (struct beginning){.as = trim_dress(str_slice(text, 0, comma)),
				  .rest = trim_dress(str_slice(text, comma + 1, text.len)),
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
	beginning->name =
		trim_dress(str_slice(beginning->name, 0, (size_t)(last.at - beginning->name.at)));
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
			.as = trim_dress(str_slice(text, 0, (size_t)(before.at - text.at))),
			.rest = trim_dress(str_slice(text, (size_t)(word.at - text.at), text.len)),
			.known_only = true,
		};
		out->name = out->as;
		return out->name.len > 0;
	}
	return false;
}

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
	*name = trim_dress(str_slice(*rest, 0, cut));
	*rest = str_slice(*rest, cut + length, rest->len);
	return true;
}

/* Does the text begin as what somebody said does? */
static bool find_beginning(struct arena *arena, struct str text, struct beginning *out)
{
	text = trim_dress(text);
	return ends_at_colon(text, out) || ends_at_verb(arena, text, out) ||
	       ends_before_verb(arena, text, out);
}

bool speakers_may_be(struct arena *arena, struct str text)
{
	struct beginning beginning;

	return find_beginning(arena, text, &beginning);
}

struct speakers speakers_of(struct arena *arena, struct roster *roster, struct str text)
{
	struct speakers found = {0};
	struct beginning beginning;
	struct str rest, name;
	size_t room = 0, known = 0;

	if (!find_beginning(arena, text, &beginning))
		return found;
	take_channel(arena, &beginning);
	take_verb(arena, &beginning);
	take_preposition(arena, &beginning);
	/* "Hier, Fatou :" */
	if (str_find_byte(beginning.name, ',', 0) < beginning.name.len)
		beginning.known_only = true;
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
