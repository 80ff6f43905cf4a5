#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/commit_text.h"
#include "core/file.h"
#include "support_notes.h"
#include "support_repo.h"

/* --- the bytes of one ------------------------------------------------------------ */

#define TREE	  "tree 1234567890123456789012345678901234567890\n"
#define PARENT	  "parent 0123456789012345678901234567890123456789\n"
#define AUTHOR	  "author Anne Bo <a@x.org> 1700000000 +0130\n"
#define COMMITTER "committer Bruno <b@x.org> 1700000001 -0100\n"

static const struct {
	const char *why, *bytes;
	/* "parents|author|address|time zone|committer|time|message", or nothing: no commit */
	const char *wanted;
} texts[] = {
	{"as git writes it", TREE PARENT AUTHOR COMMITTER "\nWords\n",
	 "1|Anne Bo|a@x.org|1700000000 90|Bruno|1700000001|Words\n"},
	{"two parents", TREE PARENT PARENT AUTHOR COMMITTER "\n",
	 "2|Anne Bo|a@x.org|1700000000 90|Bruno|1700000001|"},
	{"no author", TREE COMMITTER "\nx\n", "0|||0 0|Bruno|1700000001|x\n"},
	{"no committer", TREE AUTHOR "\nx\n", "0|Anne Bo|a@x.org|1700000000 90||0|x\n"},
	{"neither", TREE "\nx\n", "0|||0 0||0|x\n"},
	{"no message and no empty line", TREE AUTHOR COMMITTER,
	 "0|Anne Bo|a@x.org|1700000000 90|Bruno|1700000001|"},
	{"a time that no number holds", TREE "author A <a> 99999999999999999999999 +0000\n\n",
	 "0|A|a|0 0||0|"},
	{"a time of letters", TREE "author A <a> soon +0000\n\n", "0|A|a|0 0||0|"},
	{"a time before 1970", TREE "author A <a> -5 +0000\n\n", "0|A|a|-5 0||0|"},
	{"no time", TREE "author A <a>\n\n", "0|A|a|0 0||0|"},
	{"a zone of letters", TREE "author A <a> 7 CET\n\n", "0|A|a|7 0||0|"},
	{"a zone of no place", TREE "author A <a> 7 +9999\n\n", "0|A|a|7 0||0|"},
	{"a zone that no number holds", TREE "author A <a> 7 +99999999999\n\n", "0|A|a|7 0||0|"},
	{"no angles", TREE "author A a@x.org 7 +0000\n\n", "0|||0 0||0|"},
	{"angles the wrong way round", TREE "author A >a< 7 +0000\n\n", "0|||0 0||0|"},
	{"angles in a name", TREE "author A <<b>> c> 7 +0000\n\n", "0|A|b>> c|7 0||0|"},
	{"what git drops around names", TREE "author  .,Anne B.; < a@x.org > 7 +0000\n\n",
	 "0|Anne B|a@x.org|7 0||0|"},
	{"two authors", TREE AUTHOR "author C <c> 8 +0000\n" COMMITTER "\n",
	 "0|Anne Bo|a@x.org|1700000000 90|Bruno|1700000001|"},
	{"an author within a signature", TREE "gpgsig x\n author C <c> 8 +0000\n" AUTHOR "\n",
	 "0|Anne Bo|a@x.org|1700000000 90||0|"},
	{"an author in the message", TREE COMMITTER "\nauthor C <c> 8 +0000\n",
	 "0|||0 0|Bruno|1700000001|author C <c> 8 +0000\n"},
	{"a parent after the author", TREE AUTHOR PARENT "\n",
	 "0|Anne Bo|a@x.org|1700000000 90||0|"},
	{"a parent cut short", TREE "parent 0123\n" AUTHOR "\n",
	 "0|Anne Bo|a@x.org|1700000000 90||0|"},
	{"only a tree", TREE, "0|||0 0||0|"},
	{"a tree without its line's end", "tree 1234567890123456789012345678901234567890", NULL},
	{"a tree cut short", "tree 12345\n", NULL},
	{"a tree of letters", "tree 123456789012345678901234567890123456789z\n", NULL},
	{"no tree", AUTHOR COMMITTER "\nx\n", NULL},
	{"only words", "words\n", NULL},
	{"nothing", "", NULL},
};

static void reads_any_commit(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena arena = {0};
		struct commit read = {0};
		bool is_commit = commit_text_read(&arena, str_of(texts[i].bytes), &read);

		if (is_commit != (texts[i].wanted != NULL))
			fail_msg("%s: %s", texts[i].why, is_commit ? "is read" : "is not read");
		if (!is_commit)
			continue;
		struct str found =
			str_printf(&arena, "%zu|%.*s|%.*s|%lld %d|%.*s|%lld|%.*s",
				   read.parent_count, STR_ARGS(read.author.name),
				   STR_ARGS(read.author.email), (long long)read.author.time,
				   read.author.offset_minutes, STR_ARGS(read.committer.name),
				   (long long)read.committer.time, STR_ARGS(read.message));
		if (!str_equal(found, str_of(texts[i].wanted)))
			fail_msg("%s: %.*s, not %s", texts[i].why, STR_ARGS(found),
				 texts[i].wanted);
		arena_free(&arena);
	}
}

static void reads_what_it_writes(void **state)
{
	struct arena arena = {0};
	struct object_id parents[2] = {{{1}}, {{2}}};
	struct commit read, made = {
				    .tree = {{3}},
				    .parents = parents,
				    .parent_count = 2,
				    .author = {STR("Zoé"), STR("z@x.org"), 1700000000, 330},
				    .committer = {STR("B"), STR(""), 1, -90},
				    .message = STR("Two\n\nlines\n"),
			    };

	(void)state;
	assert_true(commit_text_read(&arena, commit_text_write(&arena, &made), &read));
	assert_true(object_id_equal(read.tree, made.tree));
	assert_int_equal(read.parent_count, 2);
	assert_memory_equal(read.parents, parents, sizeof parents);
	assert_true(str_equal(read.author.name, made.author.name));
	assert_true(str_equal(read.author.email, made.author.email));
	assert_int_equal(read.author.time, made.author.time);
	assert_int_equal(read.author.offset_minutes, 330);
	assert_int_equal(read.committer.offset_minutes, -90);
	assert_true(str_equal(read.message, made.message));
	arena_free(&arena);
}

/* --- how they relate --------------------------------------------------------------- */

enum { COMMITS = 14, GRAPHS = 24 };

/* Commits with parents among those before; sets of them are bits. */
struct world {
	struct repo *repo;
	struct object_id ids[COMMITS];
	uint32_t parents[COMMITS], reached[COMMITS];
	bool clocks_are_right;
};

static void make_graph(struct world *world, struct seeded *seeded, int number)
{
	world->clocks_are_right = number % 2 == 0;
	for (uint32_t i = 0; i < COMMITS; i++) {
		struct object_id parents[3];
		int64_t now = 1000 + (world->clocks_are_right ? i : seeded_next(seeded, COMMITS));
		struct signature by = {STR("A"), STR("a"), now, 0};
		struct commit commit = {.parents = parents, .author = by, .committer = by};

		world->parents[i] = 0;
		/* One in seven begins a history of its own; the others go on from what is near. */
		for (uint32_t j = 0; i && j < 3 && seeded_next(seeded, 7) > (j ? 3 : 0); j++) {
			uint32_t back = 1 + seeded_next(seeded, i < 4 ? i : 4);

			world->parents[i] |= 1U << (i - back);
		}
		world->reached[i] = 1U << i;
		for (uint32_t j = 0; j < i; j++)
			if (world->parents[i] & 1U << j) {
				parents[commit.parent_count++] = world->ids[j];
				world->reached[i] |= world->reached[j];
			}
		commit.message = str_printf(seeded->arena, "%d %u\n", number, i);
		check(repo_tree_write(world->repo, &(struct tree_files){0}, &commit.tree));
		check(repo_commit_write(world->repo, &commit));
		world->ids[i] = commit.id;
	}
}

static uint32_t bit_of(const struct world *world, struct object_id id)
{
	uint32_t i = 0;

	while (i < COMMITS && !object_id_equal(world->ids[i], id))
		i++;
	return i;
}

/* What both reach, without what another one of these reaches. */
static uint32_t bases_of(const struct world *world, uint32_t one, uint32_t others)
{
	uint32_t reached = 0, best;

	for (uint32_t i = 0; i < COMMITS; i++)
		if (others & 1U << i)
			reached |= world->reached[i];
	best = reached &= world->reached[one];
	for (uint32_t i = 0; i < COMMITS; i++)
		if (reached & 1U << i)
			best &= ~(world->reached[i] & ~(1U << i));
	return best;
}

static void check_bases(const struct world *world, struct arena *arena, uint32_t one,
			uint32_t others)
{
	struct object_id *found, ids[2];
	size_t count, other_count = 0;
	uint32_t set = 0;

	for (uint32_t i = 0; i < COMMITS; i++)
		if (others & 1U << i)
			ids[other_count++] = world->ids[i];
	check(repo_merge_bases(arena, world->repo, world->ids[one], ids, other_count, &found,
			       &count));
	for (size_t i = 0; i < count; i++) {
		set |= 1U << bit_of(world, found[i]);
		if (i)
			assert_true(object_id_compare(found[i - 1], found[i]) < 0);
	}
	assert_int_equal(set, bases_of(world, one, others));
}

static void check_history(const struct world *world, struct arena *arena, uint32_t from,
			  uint32_t without)
{
	struct commit *found;
	size_t count;
	uint32_t set = 0, wanted = world->reached[from] & ~world->reached[without];

	check(repo_history(arena, world->repo, world->ids[from], world->ids[without], &found,
			   &count));
	for (size_t i = 0; i < count; i++) {
		uint32_t bit = bit_of(world, found[i].id);

		assert_int_equal(world->reached[bit] & wanted & ~set, 1U << bit & wanted);
		set |= 1U << bit;
	}
	if (world->clocks_are_right)
		assert_int_equal(set, wanted);
	else
		assert_int_equal(set & wanted, wanted);
	check(repo_history(arena, world->repo, world->ids[from], OBJECT_ID_NONE, &found, &count));
	for (size_t i = 0, all = 0; i < count; i++) {
		uint32_t bit = bit_of(world, found[i].id);

		assert_int_equal(world->reached[bit] & ~all, 1U << bit);
		all |= 1U << bit;
	}
}

static void relates_as_counted_by_hand(void **state)
{
	char folder[MADE_FOLDER_BYTES];
	struct arena arena = {0};
	const char *wish = getenv("SEED");
	struct seeded seeded = {&arena, wish ? strtoull(wish, NULL, 10) : 7};
	struct world world = {.repo = repo_make(folder)};

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seeded.state);
	for (int number = 0; number < GRAPHS; number++) {
		make_graph(&world, &seeded, number);
		for (uint32_t i = 0; i < COMMITS * COMMITS; i++) {
			uint32_t a = i / COMMITS, b = i % COMMITS;

			assert_int_equal(repo_descends(world.repo, world.ids[a], world.ids[b]),
					 world.reached[a] >> b & 1);
			check_bases(&world, &arena, a, 1U << b);
			check_bases(&world, &arena, a,
				    1U << b | 1U << seeded_next(&seeded, COMMITS));
			check_history(&world, &arena, a, b);
		}
	}
	repo_unmake(world.repo, folder);
	arena_free(&arena);
}

static void what_a_shortened_history_lacks_is_nobodys_ancestor(void **state)
{
	char folder[MADE_FOLDER_BYTES];
	struct arena arena = {0};
	struct object_id lacking = {{1}};
	struct repo *repo = repo_make(folder);
	struct signature by = {STR("A"), STR("a"), 1000, 0};
	struct commit commit = {
		.parents = &lacking, .parent_count = 1, .author = by, .committer = by};

	(void)state;
	check(repo_tree_write(repo, &(struct tree_files){0}, &commit.tree));
	check(repo_commit_write(repo, &commit));
	struct str cut_off = str_printf(&arena, "%s\n", object_id_hex(&arena, commit.id).at);
	check(file_append_cache(repo_common_path(&arena, repo, "shallow"), cut_off));
	assert_true(repo_is_shallow(repo));
	assert_false(repo_descends(repo, commit.id, lacking));
	assert_true(repo_descends(repo, commit.id, commit.id));
	repo_unmake(repo, folder);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_any_commit),
		cmocka_unit_test(reads_what_it_writes),
		cmocka_unit_test(relates_as_counted_by_hand),
		cmocka_unit_test(what_a_shortened_history_lacks_is_nobodys_ancestor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
