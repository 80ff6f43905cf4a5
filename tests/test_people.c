#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/people.h"
#include "core/people_groups.h"

static const char mailmap[] = "# who is who\n"
			      "Anne Berlemont <anne@example.org>\n"
			      "Michel Briand <michel@example.org> <mb@old.example.org>\n"
			      "Inès Diallo <ines@example.org> shared <desk@example.org>\n"
			      "Omar Benali <omar@example.org> Evening <desk@example.org>\n"
			      "Équipe #3 <team@example.org> <t#3@old.example.org>\n"
			      "Zoé Roy <zoe@example.org> # not <anne@example.org>\n"
			      "no address\n<broken\n";

static const char roster[] =
	"people:\n"
	"  - name: Aymeric SAUVAGE\n"
	"    emails: [aymeric@example.org, a.sauvage@work.example]\n"
	"    initials: AyS\n"
	"  - {name: Léa Petit, email: lea@example.org, aliases: [Zaza, l@x.example]}\n"
	"  - Omar Benali <omar@example.org>\n"
	"  - name: Cécile Roy\n"
	"    emails: cecile@example.org, c.roy@work.example;cr@x.example\n"
	"    aliases: [\"roy@y.example, cr@z.example\"]\n"
	"  - name: Nour Haddad\n"
	"    emails: nour@example.org  nh@x.example, Nour H. <nh@y.example>\n";

static void claims_unite_addresses_and_nothing_else_does(void **state)
{
	static const struct {
		const char *why, *name, *email, *shown, *address;
	} rows[] = {
		{"a name replaced by address", "anne", "Anne@Example.org", "Anne Berlemont",
		 "Anne@Example.org"},
		{"an address replaced", "mb", "mb@old.example.org", "Michel Briand",
		 "michel@example.org"},
		{"a shared address, by its name", "Shared", "desk@example.org", "Inès Diallo",
		 "ines@example.org"},
		{"a shared address, by its other name", "evening", "desk@example.org",
		 "Omar Benali", "omar@example.org"},
		{"the same address, another name", "Guest", "desk@example.org", "Guest",
		 "desk@example.org"},
		{"the roster's second address", "x", "a.sauvage@work.example", "Aymeric SAUVAGE",
		 "aymeric@example.org"},
		{"an alias that is an address", "l", "l@x.example", "Léa Petit", "lea@example.org"},
		{"several in one text", "c", "c.roy@work.example", "Cécile Roy",
		 "cecile@example.org"},
		{"the last of several in one text", "c", "cr@x.example", "Cécile Roy",
		 "cecile@example.org"},
		{"several in one alias", "c", "cr@z.example", "Cécile Roy", "cecile@example.org"},
		{"parted by blanks", "n", "nh@x.example", "Nour Haddad", "nour@example.org"},
		{"behind a name", "n", "nh@y.example", "Nour Haddad", "nour@example.org"},
		{"written as one text", "o", "omar@example.org", "Omar Benali", "omar@example.org"},
		{"an equal name is no claim", "Anne Berlemont", "anne@elsewhere.example",
		 "Anne Berlemont", "anne@elsewhere.example"},
		{"number signs in a name and an address", "t", "t#3@old.example.org", "Équipe #3",
		 "team@example.org"},
		{"a comment behind", "z", "zoe@example.org", "Zoé Roy", "zoe@example.org"},
		{"no address", "Nobody", "", "Nobody", ""},
	};
	struct arena arena = {0};
	struct people people;

	(void)state;
	assert_null(people_of(&arena, str_of(mailmap), str_of(roster), &people));
	assert_int_equal(people.count, 5);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct signature author = {.name = str_of(rows[i].name),
					   .email = str_of(rows[i].email)};
		const struct person *person = people_find(&people, &author);

		if (!str_equal(person->name, str_of(rows[i].shown)) ||
		    !str_equal(person->email, str_of(rows[i].address)))
			fail_msg("%s: %.*s <%.*s>", rows[i].why, STR_ARGS(person->name),
				 STR_ARGS(person->email));
		assert_ptr_equal(person, people_find(&people, &author));
	}
	arena_free(&arena);
}

static void a_broken_roster_leaves_the_rest(void **state)
{
	struct arena arena = {0};
	struct people people;
	err e = people_of(&arena, str_of(mailmap), STR("- {name: [\n"), &people);
	struct signature author = {.name = STR("mb"), .email = STR("mb@old.example.org")};

	(void)state;
	assert_non_null(e);
	err_free(e);
	assert_true(str_equal(people_find(&people, &author)->name, STR("Michel Briand")));
	arena_free(&arena);
}

static void signs_tell_people_apart(void **state)
{
	static const char *const names[] = {"Anne Berlemont", "Aurore Bourge", "Jean-Marc d'Agen",
					    "Aurore Bourge", "Zoé Éluard"};
	static const char *const emails[] = {"a@x", "b@x", "c@x", "d@x", "e@x"};
	struct arena arena = {0};
	struct people people;

	(void)state;
	assert_null(people_of(&arena, (struct str){0}, (struct str){0}, &people));
	for (size_t i = 0; i < 5; i++)
		people_find(&people, &(struct signature){.name = str_of(names[i]),
							 .email = str_of(emails[i])});
	struct str *signs = people_signs(&arena, &people);
	assert_true(str_equal(signs[0], STR("ABe")));
	assert_true(str_equal(signs[2], STR("JMA")));
	assert_true(str_equal(signs[4], STR("ZE")));
	for (size_t i = 0; i < 5; i++)
		for (size_t j = 0; j < i; j++)
			assert_false(str_equal(signs[i], signs[j]));
	arena_free(&arena);
}

static void what_looks_alike_is_a_suggestion(void **state)
{
	static const struct {
		const char *why, *name, *email, *other_name, *other_email;
		size_t alike;
	} rows[] = {
		{"one name, two addresses", "Léa Petit", "lea@a.example", "lea petit",
		 "l@b.example", 1},
		{"surname first", "Michel Briand", "m@a.example", "BRIAND Michel", "mb@b.example",
		 1},
		{"a slip of the pen", "Charlotte Staelens", "c@a", "Charlote Staelens", "d@b", 1},
		{"one box at two hosts", "aymeric", "aymeric.s@a.example", "A. Sauvage",
		 "12+aymeric.s@users.noreply.github.com", 1},
		{"short names differ", "Anne", "x@a.example", "Anna", "y@b.example", 0},
		{"a box that all have", "Bruno", "contact@a.example", "Zoé", "contact@b.example",
		 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena arena = {0};
		struct people people;

		assert_null(people_of(&arena, (struct str){0}, (struct str){0}, &people));
		people_find(&people, &(struct signature){.name = str_of(rows[i].name),
							 .email = str_of(rows[i].email)});
		people_find(&people, &(struct signature){.name = str_of(rows[i].other_name),
							 .email = str_of(rows[i].other_email)});
		if (people_alike(&arena, &people).count != rows[i].alike)
			fail_msg("%s", rows[i].why);
		arena_free(&arena);
	}
}

static void lists_of_people_are_read_however_written(void **state)
{
	static const struct {
		const char *why, *about, *shown; /* a group a line */
	} rows[] = {
		{"as the program writes them",
		 "people:\n  - {heading: Hosts, role: facilitator, names: [Anne Petit, Omar]}\n",
		 "Hosts: Anne Petit, Omar\n"},
		{"one name in the place of a list", "people:\n  - {heading: Hosts, names: Anne}\n",
		 "Hosts: Anne\n"},
		{"names as in a sentence",
		 "people:\n  - heading: Hosts\n    names: Anne, Léa et Omar\n",
		 "Hosts: Anne, Léa, Omar\n"},
		{"names alone", "people:\n  - Anne Petit\n  - Omar\n", "Anne Petit, Omar\n"},
		{"a name of a list is one, comma and all", "people:\n  - \"Petit, Anne\"\n",
		 "Petit, Anne\n"},
		{"names alone, a group, names alone",
		 "people:\n  - Anne\n  - {heading: Absent, names: [Léa]}\n  - Omar\n",
		 "Anne\nAbsent: Léa\nOmar\n"},
		{"no list at all", "people: Anne Petit, Omar\n", "Anne Petit, Omar\n"},
		{"one group in the place of the list", "people: {heading: Hosts, names: [Anne]}\n",
		 "Hosts: Anne\n"},
		{"lists of names", "people:\n  - [Anne, Omar]\n  - [Léa]\n", "Anne, Omar\nLéa\n"},
		{"a colon behind the heading",
		 "people:\n  - {heading: \"Présents :\", names: [Anne]}\n", "Présents: Anne\n"},
		{"a colon behind a blank that breaks no line",
		 "people:\n  - {heading: \"Présents\u202F:\", names: [Anne]}\n",
		 "Présents: Anne\n"},
		{"nobody", "people:\n  - \n  - ~\n  - {names: []}\n  - []\n", ""},
		{"nothing", "title: T\n", ""},
		{"names that are none", "people:\n  - {heading: H, names: [{a: b}, \" \"]}\n",
		 "H: \n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena arena = {0};
		struct buf shown = {.arena = &arena};
		struct meta_doc about = {0};

		assert_null(meta_read(&arena, str_of(rows[i].about), "workshop.yml", &about));
		struct people_groups groups = people_groups_of(&arena, about.root);
		for (size_t g = 0; g < groups.count; g++) {
			buf_add(&shown, people_group_shown(&arena, &groups.all[g]));
			buf_add_byte(&shown, '\n');
		}
		if (!str_equal(buf_str(&shown), str_of(rows[i].shown)))
			fail_msg("%s: %.*s", rows[i].why, STR_ARGS(buf_str(&shown)));
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_unite_addresses_and_nothing_else_does),
		cmocka_unit_test(a_broken_roster_leaves_the_rest),
		cmocka_unit_test(signs_tell_people_apart),
		cmocka_unit_test(what_looks_alike_is_a_suggestion),
		cmocka_unit_test(lists_of_people_are_read_however_written),
	};

	return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
