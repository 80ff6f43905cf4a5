#include "core/title.h"

#include "core/text.h"

/* First names that only women or only men have. */
static const char *const women[] = {
	"anne",	     "marie",  "sophie", "julie",     "claire",	 "isabelle",  "nathalie",
	"sylvie",    "helene", "celine", "charlotte", "amelie",	 "lucie",     "emilie",
	"laure",     "aurore", "cecile", "sandrine",  "valerie", "christine", "catherine",
	"fatou",     "ines",   "zoe",	 "jeanne",    "louise",	 "emma",      "lea",
	"nadia",     "solene", "mary",	 "sarah",     "jane",	 "susan",     "linda",
	"elizabeth", "karen",  "emily",	 "alice",     NULL};
static const char *const men[] = {
	"michel",  "pierre",  "jean",	 "paul",    "jacques", "philippe", "bruno",	 "nicolas",
	"laurent", "olivier", "thomas",	 "julien",  "antoine", "francois", "christophe", "yann",
	"omar",	   "lionel",  "regis",	 "hugo",    "louis",   "henri",	   "marc",	 "luc",
	"alain",   "gerard",  "bernard", "patrick", "thierry", "eric",	   "john",	 "peter",
	"james",   "robert",  "william", "david",   "george",  "richard",  "aymeric",	 NULL};

struct title title_take(struct arena *arena, struct str *name)
{
	static const char *const of_women[] = {"mme", "mlle", "madame", "mademoiselle",
					       "mrs", "ms",   "miss",	NULL};
	static const char *const of_men[] = {"m", "mr", "monsieur", "sir", NULL};
	static const char *const of_either[] = {"me",	  "dr",		"docteur", "pr",
						"prof",	  "professeur", "mx",	   "maitre",
						"doctor", "professor",	NULL};
	struct title title = {0};
	struct str rest = *name, word, letter;

	if (!str_next_word(&rest, &word))
		return title;
	letter = rest = str_trim(rest);
	/* "me demander" has none. */
	if (rest.len == 0 || !text_is_capital(text_next_char(&letter)))
		return title;
	if (word.len > 1 && word.at[word.len - 1] == '.')
		word.len--;
	/* "M. S." are initials. */
	if (word.len == 1 && (letter.len == 0 || str_equal(letter, STR("."))))
		return title;
	word = text_fold(arena, word);
	title.woman = str_is_one_of(word, of_women);
	title.man = str_is_one_of(word, of_men);
	title.any = title.woman || title.man || str_is_one_of(word, of_either);
	if (title.any)
		*name = rest;
	return title;
}

static bool has_one_of(struct arena *arena, struct str name, const char *const *list)
{
	struct str rest = text_fold(arena, name), word;

	while (text_next_word(&rest, &word))
		if (str_is_one_of(word, list))
			return true;
	return false;
}

bool title_contradicts(struct arena *arena, struct title title, struct str name)
{
	return (title.woman && has_one_of(arena, name, men)) ||
	       (title.man && has_one_of(arena, name, women));
}
