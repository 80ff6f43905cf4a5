#include "merge/alike_opposed.h"

enum {
	SHORTEST = 4,	    /* letters of a stem that a prefix may turn round */
	LONGEST_PREFIX = 4, /* letters of such a prefix, and two at least */
};

bool stems_differ_by_prefix(struct str a, struct str b)
{
	static const char *const prefixes[] = {"in",  "im",  "il",  "ir",  "un",   "dis",
					       "des", "non", "mal", "mis", "anti", NULL};
	struct str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
	size_t more = longer.len - shorter.len;

	return shorter.len >= SHORTEST && more >= 2 && more <= LONGEST_PREFIX &&
	       str_ends(longer, shorter) && str_is_one_of(str_slice(longer, 0, more), prefixes);
}

/* A word is known by the beginning of its stem; a short one by all of it. */
static bool is_form_of(struct str stem, const char *beginning)
{
	if (stem.len == 0 || stem.at[0] != beginning[0])
		return false;
	struct str wanted = str_of(beginning);
	return wanted.len > SHORTEST ? str_starts(stem, wanted) : str_equal(stem, wanted);
}

/* Written down from grammar: opposites that notes of meetings are full of. */
static const char *const opposites[][2] = {
	{"plus", "moins"},     {"davantag", "moins"}, {"davantage", "moins"},
	{"pour", "contre"},    {"avant", "apres"},    {"augment", "diminu"},
	{"augment", "reduir"}, {"augment", "reduc"},  {"augment", "baiss"},
	{"hauss", "baiss"},    {"accept", "refus"},   {"accept", "rejet"},
	{"ouvr", "ferm"},      {"ouvrir", "ferm"},    {"autoris", "interd"},
	{"ajout", "supprim"},  {"ajout", "retir"},    {"cre", "supprim"},
	{"garder", "supprim"}, {"gard", "supprim"},   {"mainten", "supprim"},
	{"soutien", "oppos"},  {"favor", "defavor"},  {"premi", "derni"},
	{"gratuit", "payant"}, {"public", "priv"},    {"more", "less"},
	{"for", "against"},    {"before", "after"},   {"increas", "decreas"},
	{"increas", "reduc"},  {"rais", "lower"},     {"accept", "reject"},
	{"accept", "refus"},   {"open", "close"},     {"open", "shut"},
	{"allow", "forbid"},   {"allow", "ban"},      {"support", "oppos"},
	{"first", "last"},     {"start", "stop"},     {"begin", "end"},
	{"win", "lose"},       {"free", "paid"},      {"public", "privat"},
	{"add", "remov"},      {"keep", "remov"},
};

_Static_assert(sizeof opposites / sizeof *opposites <= 64, "a row is a bit");

struct poles poles_of(struct str stem)
{
	struct poles poles = {0};

	for (size_t i = 0; i < sizeof opposites / sizeof *opposites; i++) {
		if (is_form_of(stem, opposites[i][0]))
			poles.one |= UINT64_C(1) << i;
		if (is_form_of(stem, opposites[i][1]))
			poles.other |= UINT64_C(1) << i;
	}
	return poles;
}

bool poles_are_opposed(struct poles a, struct poles b)
{
	return (a.one & b.other) || (a.other & b.one);
}
