/* Laws of the merge of whole workshops, on seeded versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/hash.h"
#include "merge/tree.h"
#include "tests/support_seeded.h"

enum { CASES = 20000 };

/* An id that stands for the bytes, as git's would. */
static struct object_id id_of(struct str bytes)
{
	struct key key = key_of(bytes);
	struct object_id id = {{1}};

	for (int i = 0; i < 8; i++) {
		id.bytes[1 + i] = (unsigned char)(key.high >> (8 * i));
		id.bytes[9 + i] = (unsigned char)(key.low >> (8 * i));
	}
	return id;
}

static struct version_file file(const char *path, struct str bytes)
{
	return (struct version_file){
		.path = str_of(path), .mode = 0100644, .id = id_of(bytes), .bytes = bytes};
}

static const char *const paths[] = {"a/01-x.md",   "a/02-y.md",	   "a/workshop.yml", "b/01-x.md",
				    "b/photo.png", "c/d/deep.txt", "root.md",	     "b"};

static struct str note(struct seeded *seeded)
{
	static const char *const points[] = {"the garden opens in spring",
					     "water comes from the roof", "who keeps the key",
					     "a list of tools to buy", "neighbours are invited"};
	struct buf text = {.arena = seeded->arena};

	buf_add_c(&text, "# Title\n\n");
	for (uint32_t i = 0, count = 1 + seeded_next(seeded, 5); i < count; i++)
		buf_printf(&text, "- %s %u\n", points[seeded_next(seeded, 5)],
			   seeded_next(seeded, 3));
	return buf_str(&text);
}

/* A version with some of the paths; "b" as a file is left to whoever has no "b/". */
static struct version version_new(struct seeded *seeded)
{
	struct version out = {.files = arena_array(seeded->arena, struct version_file, 8)};
	bool has_folder = false;

	for (size_t i = 0; i < 7; i++) {
		if (seeded_next(seeded, 3) == 0)
			continue;
		has_folder |= paths[i][0] == 'b';
		out.files[out.count++] = file(paths[i], note(seeded));
	}
	if (!has_folder && seeded_next(seeded, 2)) {
		size_t at = out.count;

		while (at > 0 && str_compare(out.files[at - 1].path, STR("b")) > 0) {
			out.files[at] = out.files[at - 1];
			at--;
		}
		out.files[at] = file("b", note(seeded));
		out.count++;
	}
	return out;
}

/* Some files changed, gone or replaced by those of another version. */
static struct version version_from(struct seeded *seeded, const struct version *base)
{
	struct version out = {.files =
				      arena_array(seeded->arena, struct version_file, base->count)};

	for (size_t i = 0; i < base->count; i++) {
		uint32_t what = seeded_next(seeded, 6);
		struct str bytes = base->files[i].bytes;

		if (what == 0)
			continue;
		if (what == 1)
			bytes = str_printf(seeded->arena, "%.*s- added %u here\n", STR_ARGS(bytes),
					   seeded_next(seeded, 100));
		out.files[out.count] = base->files[i];
		out.files[out.count].bytes = bytes;
		out.files[out.count++].id = id_of(bytes);
	}
	return out;
}

static struct str bytes_of(const struct version *versions, size_t count,
			   const struct merged_file *merged)
{
	if (merged->made)
		return merged->merge.text;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < versions[i].count; j++)
			if (object_id_equal(versions[i].files[j].id, merged->id))
				return versions[i].files[j].bytes;
	fail_msg("a result that no version has");
	return (struct str){0};
}

static struct version merge(struct arena *arena, struct version base, struct version ours,
			    struct version theirs)
{
	struct version versions[] = {base, ours, theirs};
	struct merged_tree tree = merge_workshops(arena, &base, &ours, &theirs);
	struct version out = {.files = arena_array(arena, struct version_file, tree.count),
			      .count = tree.count};

	for (size_t i = 0; i < tree.count; i++) {
		struct str bytes = bytes_of(versions, 3, &tree.files[i]);

		out.files[i] = (struct version_file){.path = tree.files[i].path,
						     .mode = tree.files[i].mode,
						     .id = id_of(bytes),
						     .bytes = bytes};
	}
	return out;
}

static void assert_same(const char *why, uint64_t seed, struct version a, struct version b)
{
	bool same = a.count == b.count;

	for (size_t i = 0; same && i < a.count; i++)
		same = str_equal(a.files[i].path, b.files[i].path) &&
		       str_equal(a.files[i].bytes, b.files[i].bytes);
	if (!same) {
		for (size_t i = 0; i < a.count; i++)
			printf("%.*s:\n%.*s", STR_ARGS(a.files[i].path),
			       STR_ARGS(a.files[i].bytes));
		fail_msg("%s: SEED=%llu", why, (unsigned long long)seed);
	}
}

static void test_laws(void **state)
{
	struct seeds seeds = seeds_from(1, CASES);

	(void)state;
	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};
		struct seeded seeded = {&arena, seed * 2654435761u};
		struct version b = version_new(&seeded), x = version_new(&seeded);
		struct version ours = version_from(&seeded, &b), theirs = version_from(&seeded, &b);

		assert_same("m(b,b,x) = x", seed, merge(&arena, b, b, x), x);
		assert_same("m(b,x,b) = x", seed, merge(&arena, b, x, b), x);
		assert_same("m(b,x,x) = x", seed, merge(&arena, b, x, x), x);
		struct version result = merge(&arena, b, ours, theirs);
		assert_same("swap", seed, merge(&arena, b, theirs, ours), result);
		assert_same("swap, unlike", seed, merge(&arena, b, x, ours),
			    merge(&arena, b, ours, x));
		assert_same("m(b,a,r) = r", seed, merge(&arena, b, ours, result), result);
		arena_free(&arena);
	}
}

struct side {
	const char *path, *text; /* path NULL: no file */
};

static struct version version_of(struct arena *arena, const struct side *side)
{
	struct version out = {.files = arena_array(arena, struct version_file, 3)};

	for (; out.count < 3 && side[out.count].path; out.count++)
		out.files[out.count] = file(side[out.count].path, str_of(side[out.count].text));
	return out;
}

#define RENT  "- the rent is due in spring\n"
#define RENTS "- the rent is due in late spring\n"
#define KEYS  "- keys are kept by the caretaker\n"
#define KEYS2 "- keys are kept by the old caretaker\n"

static const struct {
	const char *why;
	struct side base[3], ours[3], theirs[3], want[3];
} cases[] = {
	{"deleted and unchanged: gone", {{"a", "x\n"}}, {{0}}, {{"a", "x\n"}}, {{0}}},
	{"deleted and edited: kept", {{"a", "x\n"}}, {{0}}, {{"a", "y\n"}}, {{"a", "y\n"}}},
	{"new on one side", {{0}}, {{"a", "x\n"}}, {{0}}, {{"a", "x\n"}}},
	{"the same new file", {{0}}, {{"a", "x\n"}}, {{"a", "x\n"}}, {{"a", "x\n"}}},
	{"renamed and unchanged", {{"a", "x\n"}}, {{"b", "x\n"}}, {{"a", "x\n"}}, {{"b", "x\n"}}},
	{"renamed by both: the smaller name",
	 {{"a", "x\n"}},
	 {{"c", "x\n"}},
	 {{"b", "x\n"}},
	 {{"b", "x\n"}}},
	{"renamed and edited",
	 {{"w/1.md", "# T\n\n- one long point\n- two\n"}},
	 {{"w/2.md", "# T\n\n- one long point\n- two\n"}},
	 {{"w/1.md", "# T\n\n- one long point\n- two\n- three\n"}},
	 {{"w/2.md", "# T\n\n- one long point\n- two\n- three\n"}}},
	{"folder and section renamed by different people",
	 {{"w/1.md", "# T\n\n- one long point\n"}},
	 {{"v/1.md", "# T\n\n- one long point\n"}},
	 {{"w/2.md", "# T\n\n- one long point\n"}},
	 {{"v/2.md", "# T\n\n- one long point\n"}}},
	{"bytes that are no text: both",
	 {{"p.png", "\xff"}},
	 {{"p.png", "\xfe"}},
	 {{"p.png", "\xfd"}},
	 {{"p \xe2\x9f\xa8version 2\xe2\x9f\xa9.png", "\xfe"}, {"p.png", "\xfd"}}},
	{"a file where the other has a folder",
	 {{0}},
	 {{"a", "x\n"}},
	 {{"a/b", "y\n"}},
	 {{"a \xe2\x9f\xa8version 2\xe2\x9f\xa9", "x\n"}, {"a/b", "y\n"}}},
	{"a point moved to another file and edited",
	 {{"w/1.md", "# A\n\n" RENT KEYS}, {"w/2.md", "# B\n\n- tea\n"}},
	 {{"w/1.md", "# A\n\n" KEYS}, {"w/2.md", "# B\n\n- tea\n" RENT}},
	 {{"w/1.md", "# A\n\n" RENTS KEYS}, {"w/2.md", "# B\n\n- tea\n"}},
	 {{"w/1.md", "# A\n\n" KEYS}, {"w/2.md", "# B\n\n- tea\n" RENTS}}},
	{"a point moved with its children, one of them edited",
	 {{"w/1.md", "# A\n\n" RENT "  - for all\n" KEYS}, {"w/2.md", "# B\n"}},
	 {{"w/1.md", "# A\n\n" KEYS}, {"w/2.md", "# B\n\n" RENT "  - for all\n"}},
	 {{"w/1.md", "# A\n\n" RENT "  - for all\n  - and us\n" KEYS}, {"w/2.md", "# B\n"}},
	 {{"w/1.md", "# A\n\n" KEYS}, {"w/2.md", "# B\n\n" RENT "  - for all\n  - and us\n"}}},
	{"a point ticked where it was, moved by the other",
	 {{"w/1.md", "# A\n\n- [ ] call the mayor soon\n"}, {"w/2.md", "# B\n"}},
	 {{"w/1.md", "# A\n"}, {"w/2.md", "# B\n\n- [ ] call the mayor soon\n"}},
	 {{"w/1.md", "# A\n\n- [x] call the mayor soon\n"}, {"w/2.md", "# B\n"}},
	 {{"w/1.md", "# A\n"}, {"w/2.md", "# B\n\n- [x] call the mayor soon\n"}}},
	{"a section given a file of its own, edited by the other",
	 {{"w/1.md", "# A\n\n- tea\n\n## The rent of all\n\n" RENT KEYS}},
	 {{"w/1.md", "# A\n\n- tea\n"}, {"w/2.md", "# The rent of all\n\n" RENT KEYS}},
	 {{"w/1.md", "# A\n\n- tea\n\n## The rent of all\n\n" RENT KEYS2 "- flowers\n"}},
	 {{"w/1.md", "# A\n\n- tea\n"},
	  {"w/2.md", "# The rent of all\n\n" RENT KEYS2 "- flowers\n"}}},
	{"two sections made one, edited by the other",
	 {{"w/1.md", "# A\n\n- tea\n"}, {"w/2.md", "# B\n\n" RENT KEYS}},
	 {{"w/1.md", "# A\n\n- tea\n" RENT KEYS}},
	 {{"w/1.md", "# A\n\n- tea\n"}, {"w/2.md", "# B\n\n" RENTS KEYS}},
	 {{"w/1.md", "# A\n\n- tea\n" RENTS KEYS}}},
	{"moved by both to different files: the first of them",
	 {{"w/0.md", "# O\n\n" RENT KEYS}, {"w/1.md", "# A\n"}},
	 {{"w/0.md", "# O\n\n" KEYS}, {"w/1.md", "# A\n\n" RENT}},
	 {{"w/0.md", "# O\n\n" KEYS}, {"w/1.md", "# A\n"}, {"w/2.md", "# B\n\n" RENTS}},
	 {{"w/0.md", "# O\n\n" KEYS}, {"w/1.md", "# A\n\n" RENTS}, {"w/2.md", "# B\n"}}},
	{"two points moved, one edited and one deleted by the other: each once",
	 {{"w/1.md", "# A\n\n- tea\n" RENT KEYS}, {"w/2.md", "# B\n"}},
	 {{"w/1.md", "# A\n\n- tea\n"}, {"w/2.md", "# B\n\n" RENT KEYS}},
	 {{"w/1.md", "# A\n\n- tea\n" RENTS}, {"w/2.md", "# B\n"}},
	 {{"w/1.md", "# A\n\n- tea\n"}, {"w/2.md", "# B\n\n" RENTS KEYS}}},
	{"moved to another workshop: gone there, new here, and the edit kept",
	 {{"v/1.md", "# A\n"}, {"w/1.md", "# A\n\n" RENT KEYS}},
	 {{"v/1.md", "# A\n\n" RENT}, {"w/1.md", "# A\n\n" KEYS}},
	 {{"v/1.md", "# A\n"}, {"w/1.md", "# A\n\n" RENTS KEYS}},
	 {{"v/1.md", "# A\n\n" RENT}, {"w/1.md", "# A\n\n" RENTS KEYS}}},
};

static void test_cases(void **state)
{
	struct arena arena = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_same(cases[i].why, i,
			    merge(&arena, version_of(&arena, cases[i].base),
				  version_of(&arena, cases[i].ours),
				  version_of(&arena, cases[i].theirs)),
			    version_of(&arena, cases[i].want));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
					   cmocka_unit_test(test_laws)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
