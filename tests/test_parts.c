/* What was refused in one section leaves the others as fine as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/merge.h"
#include "tests/support_notes.h"

/* What the merge reaches today, so that it can only get better. */
enum { NOTES = 4000, DEGRADED_PER_MILLE = 2, SPOILED_OF = 10000 };

/* A section that both changed, each in another word, in front of a tangled note. */
static struct str with_section(struct arena *arena, const char *point, struct str note)
{
	struct buf out = {.arena = arena};

	buf_add_c(&out, "# Decided\n\n- ");
	buf_add_c(&out, point);
	buf_add_c(&out, "\n\n# Open questions\n\n");
	buf_add(&out, note);
	return buf_str(&out);
}

static struct merge_input notes_of(struct arena *arena, uint64_t seed)
{
	struct seeded_versions note = seeded_versions_of(arena, seed);

	return (struct merge_input){
		with_section(arena, "a room for forty people near the old harbour", note.base),
		with_section(arena, "a hall for forty people near the old harbour", note.ours),
		with_section(arena, "a room for forty people near the new harbour", note.theirs),
		FORMAT_NOTE,
	};
}

/* Whether the decision that a part was merged in a coarser way names a line of the note. */
static bool tells_where(const struct merged *merged)
{
	enum { LINE_OF_SECTION = 5 }; /* "# Open questions" */

	for (size_t i = 0; i < merged->decision_count; i++)
		if (merged->decisions[i].kind == DECISION_DEGRADED &&
		    merged->decisions[i].line >= LINE_OF_SECTION)
			return true;
	return false;
}

static void other_sections_stay_fine(void **state)
{
	struct seeds seeds = seeds_from(0, NOTES);
	int notes = (int)(seeds.end - seeds.first), degraded = 0, spoiled = 0, told = 0;
	(void)state;

	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};
		struct merged merged = merge_texts(&arena, notes_of(&arena, seed));
		bool fine =
			str_starts(merged.text, STR("# Decided\n\n- a hall for forty people near "
						    "the new harbour\n\n# Open questions\n"));

		degraded += merged.degraded != DEGRADED_NOT;
		told += merged.degraded != DEGRADED_NOT && tells_where(&merged);
		spoiled += !fine;
		arena_free(&arena);
	}
	print_message(
		"%d of %d degraded, %d with the place told; %d have spoiled another section\n",
		degraded, notes, told, spoiled);
	assert_true(spoiled <= notes / SPOILED_OF);
	assert_true(told + spoiled >= degraded);
	assert_true(seeds.replayed || degraded * 1000 <= notes * DEGRADED_PER_MILLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_sections_stay_fine),
	};

	return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
