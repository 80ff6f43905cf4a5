#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/alike.h"

static struct alikeness compare(const char *a, const char *b)
{
	struct arena arena = {0};
	struct lexicon *lexicon = lexicon_open(&arena);
	struct word_list words = {.arena = &arena};

	lexicon_read(lexicon, str_of(a), LANGUAGE_FRENCH, &words);
	size_t middle = words.count;
	lexicon_read(lexicon, str_of(b), LANGUAGE_FRENCH, &words);
	struct alike_text texts[2] = {{words.at, middle},
				      {words.at + middle, words.count - middle}};
	struct stem_weights weights = alike_weigh(&arena, lexicon, texts, 2);
	struct alikeness found = alike_compare(lexicon, weights, texts[0], texts[1]);

	lexicon_close(lexicon);
	arena_free(&arena);
	return found;
}

static void levels(void **state)
{
	(void)state;
	static const struct {
		const char *why, *a, *b;
		enum alike_level level;
	} cases[] = {
		{"dress is no difference", "- L’école  d'été !", "l'ecole d’ÉTÉ", ALIKE_IDENTICAL},
		{"order and small words are none", "le budget voté par la commune",
		 "la commune, un budget voté", ALIKE_SAME_WORDS},
		{"thousands are written in many ways", "Budget de 12 000 euros",
		 "budget de 12000 euros", ALIKE_IDENTICAL},
		{"figures differ", "Budget voté de 12000 euros", "Budget voté de 12500 euros",
		 ALIKE_CONTRADICTS},
		{"negation differs", "Le wiki est ouvert à tous", "Le wiki n'est pas ouvert à tous",
		 ALIKE_CONTRADICTS},
		{"English negation differs", "The garden is open to visitors",
		 "The garden isn't open to visitors", ALIKE_CONTRADICTS},
		{"a negation that stays in speech", "Le wiki n'est plus ouvert à tous",
		 "Le wiki est ouvert à tous", ALIKE_CONTRADICTS},
		{"a negation misspelt still negates", "La commune n'a jamais voté ce budget",
		 "La commune n'a jammais voté ce budget", ALIKE_NEAR},
		{"without is a negation", "Visits without a guide are welcome",
		 "Visits with a guide are welcome", ALIKE_CONTRADICTS},
		{"opposed by a prefix", "une visite possible du jardin partagé",
		 "une visite impossible du jardin partagé", ALIKE_CONTRADICTS},
		{"figures that change places", "3 agents et 2 élus sont venus au conseil",
		 "2 agents et 3 élus sont venus au conseil", ALIKE_CONTRADICTS},
		{"a figure and the word for it", "trois agents sont venus au conseil",
		 "3 agents sont venus au conseil", ALIKE_SAME_WORDS},
		{"a number of several words", "vingt-cinq agents sont venus au conseil",
		 "25 agents sont venus au conseil", ALIKE_IDENTICAL},
		{"a date in two ways", "le conseil du 12 mars 2026 à la mairie",
		 "le conseil du 12/03/2026 à la mairie", ALIKE_IDENTICAL},
		{"another month", "le conseil du 12 mars à la mairie du quartier",
		 "le conseil du 12 avril à la mairie du quartier", ALIKE_CONTRADICTS},
		{"figures that turn round", "le taux passe de 5 à 7 cette année",
		 "le taux passe de 7 à 5 cette année", ALIKE_CONTRADICTS},
		{"opposites among small words", "une réunion avant le conseil municipal",
		 "une réunion après le conseil municipal", ALIKE_CONTRADICTS},
		{"for and against", "je suis pour la gratuité des transports",
		 "je suis contre la gratuité des transports", ALIKE_CONTRADICTS},
		{"one frame with two fillings", "la coopération rime avec bienveillance",
		 "la coopération rime aussi avec frugalité", ALIKE_RELATED},
		{"a share is no count", "12 % des habitants composent leurs déchets",
		 "12 des habitants composent leurs déchets", ALIKE_CONTRADICTS},
		{"who said it in the chat", "Marie via le chat : le jardin est ouvert",
		 "le jardin est ouvert", ALIKE_IDENTICAL},
		{"a space in the wrong place", "former les agents des collectivités",
		 "formerl es agents des collectivités", ALIKE_NEAR},
		{"a slip of the pen", "former les agents des collectivités",
		 "former les agents des colectivités", ALIKE_NEAR},
		{"one says all of the other", "la frugalité des moyens",
		 "la frugalité des moyens, argument important auprès des élus locaux inquiets",
		 ALIKE_PART_OF},
		{"nothing shared", "planter des arbres", "The train was late", ALIKE_UNRELATED},
		{"no words at all", "…", "…", ALIKE_UNRELATED},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct alikeness found = compare(cases[i].a, cases[i].b);
		struct alikeness swapped = compare(cases[i].b, cases[i].a);

		if (found.level != cases[i].level)
			fail_msg("%s: %s", cases[i].why, alike_level_name(found.level));
		assert_int_equal(found.level, swapped.level);
		assert_int_equal(found.score, swapped.score);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(levels)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
