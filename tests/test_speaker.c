#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/speaker.h"

static const struct workshop_file files[] = {
	{{"w/workshop.yml", 14},
	 {"title: T\n"
	  "people:\n"
	  "  - {heading: Hosts, role: facilitator, names: [Omar Benali, Yann Kerjean]}\n"
	  "  - {heading: P, names: [Zoé GARNIER, Fatou Ndiaye, Yann Le Goff, Amélie Roux-Dubois, "
	  "MARTIN Solène, Inès d'Orves, Jean-Pierre Petit, Maël Salaün, Anne-Marie Quéré, "
	  "☀️ Tara Ourson, ㅤ Kim Minh]}\n",
	  0},
	 false},
	{{"w/01.md", 7}, {"# Freins\n\n- le budget de la ville\n- un Bruno\n", 0}, false},
};

static const char roster_text[] = "- {name: Zoé Garnier, email: z@x, aliases: [La Présidente]}\n"
				  "- {name: Hélène Morvan, email: h@x, initials: HMo}\n"
				  "- {name: Omar Lefèvre, email: o@x}\n";

static const struct {
	const char *why, *text, *as, *name, *how, *near;
} rows[] = {
	{"a full name", "Fatou Ndiaye : oui", "Fatou Ndiaye", "Fatou Ndiaye", "full-name", ""},
	{"case and accents aside", "zoe garnier: oui", "zoe garnier", "Zoé GARNIER", "full-name",
	 ""},
	{"the list of the workshop goes first", "Omar : oui", "Omar", "Omar Benali", "first-name",
	 ""},
	{"a tab behind the colon", "Fatou Ndiaye :\toui", "Fatou Ndiaye", "Fatou Ndiaye",
	 "full-name", ""},
	{"a narrow blank behind it", "Fatou Ndiaye : oui", "Fatou Ndiaye", "Fatou Ndiaye",
	 "full-name", ""},
	{"a sign before the name", "Tara : oui", "Tara", "☀️ Tara Ourson", "first-name", ""},
	{"nothing to be seen before the name", "Minh : oui", "Minh", "ㅤ Kim Minh", "surname", ""},
	{"surname first", "Solène : oui", "Solène", "MARTIN Solène", "first-name", ""},
	{"a surname", "Ndiaye : oui", "Ndiaye", "Fatou Ndiaye", "surname", ""},
	{"a part of one", "Orves : oui", "Orves", "Inès d'Orves", "surname", ""},
	{"initials", "FN : oui", "FN", "Fatou Ndiaye", "initials", ""},
	{"of a compound surname", "ARD : oui", "ARD", "Amélie Roux-Dubois", "initials", ""},
	{"initials of people.yml", "HMo : oui", "HMo", "Hélène Morvan", "initials", ""},
	{"an alias", "La Présidente : oui", "La Présidente", "Zoé GARNIER", "alias", ""},
	{"people.yml", "Hélène : oui", "Hélène", "Hélène Morvan", "first-name", ""},
	{"first name and initial", "Yann K. : oui", "Yann K.", "Yann Kerjean", "first-name", ""},
	{"a beginning", "Amél : oui", "Amél", "Amélie Roux-Dubois", "prefix", ""},
	{"one letter off", "Fatu : oui", "Fatu", "Fatou Ndiaye", "spelling", ""},
	{"emphasis, a hard space", "**Fatou**\xC2\xA0: oui", "Fatou", "Fatou Ndiaye", "first-name",
	 ""},
	{"a member through the chat", "fatou (via le chat) : oui", "fatou", "Fatou Ndiaye",
	 "first-name", ""},
	{"a guest", "bruno via le chat : oui", "bruno", "bruno", "guest", ""},
	{"a guest in brackets", "Maïwenn (chat): yes", "Maïwenn", "Maïwenn", "guest", ""},
	{"a verb", "Fatou, pense que oui", "Fatou", "Fatou Ndiaye", "first-name", ""},
	{"two of one first name", "Yann : oui", "Yann", "", "ambiguous",
	 "Yann Kerjean,Yann Le Goff"},
	{"a stranger near somebody", "Fatoumata : oui", "Fatoumata", "", "unresolved",
	 "Fatou Ndiaye"},
	{"a stranger who says", "Régis, propose de voter", "Régis", "", "unresolved", ""},
	{"a letter and a surname", "F. Ndiaye : oui", "F. Ndiaye", "Fatou Ndiaye", "first-name",
	 ""},
	{"letters of a compound name", "J-P Petit : oui", "J-P Petit", "Jean-Pierre Petit",
	 "first-name", ""},
	{"a part of a compound first name", "Pierre : oui", "Pierre", "", "unresolved",
	 "Jean-Pierre Petit"},
	{"the whole of it", "Jean-Pierre : oui", "Jean-Pierre", "Jean-Pierre Petit", "first-name",
	 ""},
	{"a letter for all of it", "JP : oui", "JP", "Jean-Pierre Petit", "initials", ""},
	{"the letters of the first name alone", "AM : oui", "AM", "Anne-Marie Quéré", "initials",
	 ""},
	{"a letter for each part", "JPP : oui", "JPP", "Jean-Pierre Petit", "initials", ""},
	{"initials like a title", "M. S. : oui", "M. S.", "Maël Salaün", "initials", ""},
	{"initials with dots", "F.N. : oui", "F.N.", "Fatou Ndiaye", "initials", ""},
	{"a title", "Mme Ndiaye : oui", "Mme Ndiaye", "Fatou Ndiaye", "surname", ""},
	{"a title and a whole name", "Dr. Hélène Morvan : oui", "Dr. Hélène Morvan",
	 "Hélène Morvan", "full-name", ""},
	{"a title with a dot", "M. Benali, pense que oui", "M. Benali", "Omar Benali", "surname",
	 ""},
	{"a title of a stranger", "Mme Durand : 12 voix", "Mme Durand", "", "unresolved", ""},
	{"a title that is not his", "Mme Kerjean : oui", "Mme Kerjean", "", "unresolved",
	 "Yann Kerjean"},
	{"a title that is none", "M. : oui", "", "", "", ""},
	{"a verb before the colon", "Fatou propose : oui", "Fatou", "Fatou Ndiaye", "first-name",
	 ""},
	{"a verb and that", "Fatou pense qu'il faut", "Fatou", "Fatou Ndiaye", "first-name", ""},
	{"two verbs and that", "Fatou se demande qu'en faire", "Fatou", "Fatou Ndiaye",
	 "first-name", ""},
	{"a verb, and that of something else", "Fatou dit le prix que tous paient", "", "", "", ""},
	{"a verb and that, of a stranger", "Régis pense que oui", "", "", "", ""},
	{"a verb and no more", "Fatou propose un vote", "", "", "", ""},
	{"according to", "Selon Fatou : oui", "Fatou", "Fatou Ndiaye", "first-name", ""},
	{"according to a stranger", "Selon Régis : oui", "", "", "", ""},
	{"a day and a name", "Hier, Fatou : oui", "", "", "", ""},
	{"another name, longer", "Omare : oui", "Omare", "", "unresolved",
	 "Omar Benali,Omar Lefèvre"},
	{"a letter left out at the end", "Morva : oui", "Morva", "Hélène Morvan", "spelling", ""},
	{"another name, of another end", "Fatoi : oui", "Fatoi", "", "unresolved", "Fatou Ndiaye"},
	{"a word near a name", "Année : 2026", "", "", "", ""},
	{"a label with an accent", "Coût : oui", "", "", "", ""},
	{"a label of two words", "Prochaine réunion : oui", "", "", "", ""},
	{"a label in English", "Next meeting: yes", "", "", "", ""},
	{"a day", "Mardi : oui", "", "", "", ""},
	{"a list of things to do", "TODO: oui", "", "", "", ""},
	{"for and against", "Contre : oui", "", "", "", ""},
	{"a word by its end", "Mutualisation : oui", "", "", "", ""},
	{"a name with such an end", "Clément : oui", "Clément", "", "unresolved", ""},
	{"an acronym", "RGPD : oui", "", "", "", ""},
	{"hours", "14h30 : accueil", "", "", "", ""},
	{"an address", "https://example.org : oui", "", "", "", ""},
	{"a label", "Note : oui", "", "", "", ""},
	{"a word that stands small too", "Budget : le double", "", "", "", ""},
	{"a heading of the workshop", "Freins : oui", "", "", "", ""},
	{"capitals as in a heading", "CONCLUSION : oui", "", "", "", ""},
	{"a phrase", "exemple sur le budget : <http://x>", "", "", "", ""},
	{"a phrase with a capital", "Exemple de Bretagne : oui", "", "", "", ""},
	{"a link", "Wikipedia : <http://x>", "", "", "", ""},
	{"a time", "Zurich 12:30", "", "", "", ""},
	{"a clause", "Hier, on a voté", "", "", "", ""},
	{"no colon", "Fatou est là", "", "", "", ""},
	{"nothing", "", "", "", "", ""},
	{"only a colon", ":", "", "", "", ""},
};

static struct roster *sample(struct arena *arena, struct people *people)
{
	struct workshop_file own[2];

	for (size_t i = 0; i < 2; i++)
		own[i] = (struct workshop_file){files[i].path, str_of(files[i].bytes.at), false};
	struct workshops *workshops = arena_new(arena, struct workshops);
	*workshops = workshops_of(arena, own, 2);
	assert_null(people_of(arena, (struct str){0}, str_of(roster_text), people));
	return roster_of(arena, &workshops->all[0], people);
}

static struct str listed(struct arena *arena, const struct names *names)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < names->count; i++) {
		buf_add_c(&out, i ? "," : "");
		buf_add(&out, names->at[i]);
	}
	return buf_str(&out);
}

static void speakers_are_resolved_never_guessed(void **state)
{
	struct arena arena = {0};
	struct people people;
	struct roster *roster = sample(&arena, &people);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct speakers found = speakers_of(&arena, roster, str_of(rows[i].text));
		struct speaker *one = found.all;

		if (found.count != (rows[i].as[0] ? 1 : 0))
			fail_msg("%s: %zu speakers", rows[i].why, found.count);
		if (found.count == 0)
			continue;
		if (!str_equal(one->as, str_of(rows[i].as)) ||
		    !str_equal(one->name, str_of(rows[i].name)) ||
		    !str_equal(str_of(speaker_how_name(one->how)), str_of(rows[i].how)) ||
		    !str_equal(listed(&arena, &one->near), str_of(rows[i].near)))
			fail_msg("%s: %.*s is %.*s, %s, near %.*s", rows[i].why, STR_ARGS(one->as),
				 STR_ARGS(one->name), speaker_how_name(one->how),
				 STR_ARGS(listed(&arena, &one->near)));
	}
	arena_free(&arena);
}

static void several_may_say_one_thing(void **state)
{
	struct arena arena = {0};
	struct people people;
	struct roster *roster = sample(&arena, &people);
	struct speakers found = speakers_of(&arena, roster, STR("Fatou/OB : oui"));

	(void)state;
	assert_int_equal(found.count, 2);
	assert_true(str_equal(found.as, STR("Fatou/OB")));
	assert_true(str_equal(found.all[1].name, STR("Omar Benali")));
	assert_int_equal(speakers_of(&arena, roster, STR("Fatou et Régis : oui")).count, 2);
	assert_int_equal(speakers_of(&arena, roster, STR("Paris/Brest : non")).count, 0);
	assert_int_equal(speakers_of(&arena, roster, STR("Fatou, Omar et Zoé : oui")).count, 3);
	assert_int_equal(speakers_of(&arena, roster, STR("Fatou et M. Benali : oui")).count, 2);
	assert_int_equal(speakers_of(&arena, roster, STR("Fatou, Régis : oui")).count, 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(speakers_are_resolved_never_guessed),
		cmocka_unit_test(several_may_say_one_thing),
	};

	return cmocka_run_group_tests_name("speaker", tests, NULL, NULL);
}
