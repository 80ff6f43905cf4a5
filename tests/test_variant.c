/*
 * Sets of wordings in a note, and what becomes of one when somebody deletes
 * wordings in an editor.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/variant_deleted.h"
#include "core/variant_settling.h"
#include "tests/support_seeded.h"

static const struct {
	const char *why, *before, *saved, *settled;
} deletions[] = {
	{"one of two is left, with what stands below",
	 "- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n  - d\n", "- a c ⟨version 2⟩\n  - d\n",
	 "- a c\n  - d\n"},
	{"the first of two is left", "- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n- d\n",
	 "- a b ⟨version 1⟩\n- d\n", "- a b\n- d\n"},
	{"two of three are left", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- c ⟨version 3⟩", "- a ⟨version 1⟩\n- c ⟨version 2⟩"},
	{"the first of three went", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- b ⟨version 2⟩\n- c ⟨version 3⟩\n", "- b ⟨version 1⟩\n- c ⟨version 2⟩\n"},
	{"the last of three went: still a set",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n"},
	{"the third of four went",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d ⟨version 3⟩\n"},
	{"the third of four went, and the second is worded anew",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- e ⟨version 2⟩\n- d ⟨version 4⟩\n",
	 "- a ⟨version 1⟩\n- e ⟨version 2⟩\n- d ⟨version 3⟩\n"},
	{"one of two went, and the other is worded anew",
	 "# T\n\n- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n  - d\n- e\n",
	 "# T\n\n- a d ⟨version 2⟩\n  - d\n- e\n", "# T\n\n- a d\n  - d\n- e\n"},
	{"two of three went, and the first is worded anew",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n", "- d ⟨version 1⟩\n", "- d\n"},
	{"one of three went, and another one is worded anew",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- d ⟨version 2⟩\n- c ⟨version 3⟩\n", "- d ⟨version 1⟩\n- c ⟨version 2⟩\n"},
	{"one of three went, and the other two are worded anew",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- d ⟨version 2⟩\n- e ⟨version 3⟩\n", "- d ⟨version 1⟩\n- e ⟨version 2⟩\n"},
	{"of each of two sets one went, and the others are worded anew: whose is whose",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c\n- d ⟨version 1⟩\n- e ⟨version 2⟩\n",
	 "- f ⟨version 2⟩\n- c\n- e ⟨version 2⟩\n", "- f ⟨version 2⟩\n- c\n- e ⟨version 2⟩\n"},
	{"one went, and somebody writes a label in a paragraph there",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n", "- p\n\n  see ⟨version 2⟩\n",
	 "- p\n\n  see ⟨version 2⟩\n"},
	{"both went, and a line that was text is worded anew",
	 "# D\n\n- a ⟨version 1⟩\n- b ⟨version 2⟩\n- old quote ⟨version 1⟩\n",
	 "# D\n\n- old quote of it ⟨version 1⟩\n", "# D\n\n- old quote of it ⟨version 1⟩\n"},
	{"both went, and somebody writes a label elsewhere there",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c\n", "- c\n- the site says ⟨version 2⟩\n",
	 "- c\n- the site says ⟨version 2⟩\n"},
	{"one went, and another set stands there now", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c\n",
	 "- b ⟨version 2⟩\n- c\n- d ⟨version 1⟩\n- e ⟨version 2⟩\n",
	 "- b\n- c\n- d ⟨version 1⟩\n- e ⟨version 2⟩\n"},
	{"the second of two is worded anew", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- c ⟨version 2⟩\n", "- a ⟨version 1⟩\n- c ⟨version 2⟩\n"},
	{"a heading", "# T\n\n## A ⟨version 1⟩\n## B ⟨version 2⟩\n\n- c\n",
	 "# T\n\n## B ⟨version 2⟩\n\n- c\n", "# T\n\n## B\n\n- c\n"},
	{"a row", "| a | b |\n|---|---|\n| x | 1 ⟨version 1⟩ |\n| x | 2 ⟨version 2⟩ |\n",
	 "| a | b |\n|---|---|\n| x | 1 ⟨version 1⟩ |\n", "| a | b |\n|---|---|\n| x | 1 |\n"},
	{"a fence, whose label has a line",
	 "```\na\n```\n⟨version 1⟩\n\n```\nb\n```\n⟨version 2⟩\n\nc\n",
	 "```\nb\n```\n⟨version 2⟩\n\nc\n", "```\nb\n```\n\nc\n"},
	{"two sets, one each",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- c ⟨version 1⟩\n- d ⟨version 2⟩\n",
	 "- b ⟨version 2⟩\n\n# T\n\n- c ⟨version 1⟩\n", "- b\n\n# T\n\n- c\n"},
	{"two points share a wording, the other one of one went",
	 "- p\n  - no ⟨version 1⟩\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes "
	 "⟨version 2⟩\n",
	 "- p\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes ⟨version 2⟩\n",
	 "- p\n  - yes\n- q\n  - perhaps ⟨version 1⟩\n  - yes ⟨version 2⟩\n"},
	{"two points share a wording, the other ones of both went",
	 "- p\n  - no ⟨version 1⟩\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes "
	 "⟨version 2⟩\n",
	 "- p\n  - yes ⟨version 2⟩\n- q\n  - yes ⟨version 2⟩\n", "- p\n  - yes\n- q\n  - yes\n"},
	{"what two points share moved to a third",
	 "- p\n  - no ⟨version 1⟩\n  - yes ⟨version 2⟩\n- q\n  - perhaps ⟨version 1⟩\n  - yes "
	 "⟨version 2⟩\n",
	 "- p\n- q\n  - perhaps ⟨version 1⟩\n- r\n  - yes ⟨version 2⟩\n",
	 "- p\n- q\n  - perhaps ⟨version 1⟩\n- r\n  - yes ⟨version 2⟩\n"},
	{"it moved as well", "- a b ⟨version 1⟩\n- a c ⟨version 2⟩\n\n# T\n\n- d\n",
	 "# T\n\n- d\n- a c ⟨version 2⟩\n", "# T\n\n- d\n- a c\n"},
	{"none is left", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c\n", "- c\n", "- c\n"},
	{"a label that was alone before is text", "- a ⟨version 2⟩\n- b\n", "- a ⟨version 2⟩\n",
	 "- a ⟨version 2⟩\n"},
	{"so is one that somebody writes", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\nsee c ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\nsee c ⟨version 2⟩\n"},
	{"a label that somebody writes elsewhere leaves nothing in doubt",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n\n# T\n",
	 "- p\n  - b ⟨version 2⟩\n\n# T\n\nsee c ⟨version 2⟩\n",
	 "- p\n  - b\n\n# T\n\nsee c ⟨version 2⟩\n"},
	{"one wording moved, and the other was reworded where it stood",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n- q\n",
	 "- p\n  - c ⟨version 2⟩\n- q\n  - a ⟨version 1⟩\n",
	 "- p\n  - c ⟨version 2⟩\n- q\n  - a ⟨version 1⟩\n"},
	{"what they stand under was reworded as well as one of them",
	 "- p\n  - a ⟨version 1⟩\n  - b ⟨version 2⟩\n- q\n",
	 "- r\n  - c ⟨version 1⟩\n  - d\n  - b ⟨version 2⟩\n- q\n",
	 "- r\n  - c ⟨version 1⟩\n  - d\n  - b ⟨version 2⟩\n- q\n"},
	{"the second of three went, and another point took its place",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- d\n- c ⟨version 3⟩\n", "- a ⟨version 1⟩\n- d\n- c ⟨version 3⟩\n"},
	{"the set is whole, and its first wording stands twice",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- a ⟨version 1⟩\n- a ⟨version 1⟩\n- b ⟨version 2⟩\n"},
	{"the set is whole, and one more says the same",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- b ⟨version 2⟩\n- c\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- b ⟨version 2⟩\n- d\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n\n# T\n\n- b ⟨version 2⟩\n- d\n"},
	{"the third moved, none went", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- c ⟨version 3⟩\n- d\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d\n- c ⟨version 3⟩\n",
	 "- a ⟨version 1⟩\n- b ⟨version 2⟩\n- d\n- c ⟨version 3⟩\n"},
	{"the other one was reworded, none went", "- a ⟨version 1⟩\n- b ⟨version 2⟩\n",
	 "- dark a ⟨version 1⟩\n- c\n- b ⟨version 2⟩\n",
	 "- dark a ⟨version 1⟩\n- c\n- b ⟨version 2⟩\n"},
};

static void settles_what_somebody_deleted(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof deletions / sizeof *deletions; i++) {
		struct arena arena = {0};
		struct doc before = doc_read(&arena, str_of(deletions[i].before));
		struct doc saved = doc_read(&arena, str_of(deletions[i].saved));
		struct str settled = variant_settle_deleted(&arena, &before, &saved);

		if (!str_equal(settled, str_of(deletions[i].settled)))
			fail_msg("%s: %.*s", deletions[i].why, STR_ARGS(settled));
		arena_free(&arena);
	}
}

enum { MOST_LINES = 40, MOST_SETS = 5, MOST_WORDINGS = 5 };

struct note_lines {
	struct str lines[MOST_LINES];
	size_t count;
};

/* Few words for many sets, so that some are shared, and labels that somebody typed. */
static struct note_lines note_with_sets(struct seeded *seeded)
{
	struct note_lines note = {0};

	for (uint32_t sets = 1 + seeded_next(seeded, MOST_SETS - 1); sets > 0; sets--) {
		bool under_point = seeded_next(seeded, 2);
		const char *indent = under_point ? "  " : "";
		uint32_t wordings = 1 + seeded_next(seeded, MOST_WORDINGS - 1);

		note.lines[note.count++] =
			str_printf(seeded->arena, under_point ? "- p%u\n" : "\n# T%u\n\n",
				   seeded_next(seeded, 3));
		for (uint32_t n = 1; n <= wordings; n++)
			note.lines[note.count++] =
				str_printf(seeded->arena, "%s- w%u ⟨version %u⟩\n", indent,
					   seeded_next(seeded, 8), n);
		if (seeded_next(seeded, 4) == 0)
			note.lines[note.count++] =
				str_printf(seeded->arena, "%s- t%u ⟨version %u⟩\n", indent,
					   seeded_next(seeded, 4), 1 + seeded_next(seeded, 3));
	}
	return note;
}

/* Lines deleted, worded anew, and two that changed places. */
static struct note_lines edited(struct seeded *seeded, const struct note_lines *note)
{
	struct note_lines now = {0};

	for (size_t i = 0; i < note->count; i++) {
		uint32_t what = seeded_next(seeded, 12);

		if (what > 3)
			now.lines[now.count++] = note->lines[i];
		else if (what == 3)
			now.lines[now.count++] =
				str_printf(seeded->arena, "- n%u ⟨version %u⟩\n",
					   seeded_next(seeded, 3), 1 + seeded_next(seeded, 3));
	}
	if (now.count > 1 && seeded_next(seeded, 3) == 0) {
		size_t one = seeded_next(seeded, (uint32_t)now.count);
		size_t other = seeded_next(seeded, (uint32_t)now.count);
		struct str line = now.lines[one];

		now.lines[one] = now.lines[other];
		now.lines[other] = line;
	}
	return now;
}

static struct doc read_lines(struct arena *arena, const struct note_lines *note)
{
	struct buf text = {.arena = arena};

	for (size_t i = 0; i < note->count; i++)
		buf_add(&text, note->lines[i]);
	return doc_read(arena, buf_str(&text));
}

/* Is it a wording of a set, or does it stand under something that had one, and no text with a
 * label? */
static bool may_be_of_set(struct arena *arena, const struct doc *before, const struct doc *saved,
			  size_t index)
{
	const size_t *numbers = variant_numbers(arena, before);
	bool set_there = false, text_there = false;

	for (size_t i = 0; i < before->count; i++) {
		if (before->blocks[i].label == 0)
			continue;
		if (key_equal(before->blocks[i].normal, saved->blocks[index].normal))
			return true;
		if (key_equal(variant_parent_says(before, i), variant_parent_says(saved, index))) {
			set_there |= numbers[i] > 0;
			text_there |= numbers[i] == 0;
		}
	}
	return set_there && !text_there;
}

/* Why a settlement may not have made the one block of the other, NULL: it may. */
static const char *wrong_with(struct arena *arena, const struct doc *before, const struct doc *was,
			      const struct doc *is, size_t index)
{
	const struct block *saved = &was->blocks[index], *settled = &is->blocks[index];

	if (!key_equal(saved->normal, settled->normal))
		return "words are lost";
	if (saved->label == settled->label)
		return NULL;
	if (saved->label == 0)
		return "a label where none was";
	return may_be_of_set(arena, before, was, index) ? NULL
							: "a label that somebody typed is another";
}

static void takes_nothing_but_labels(void **state)
{
	struct seeds seeds = seeds_from(1, 5000);
	size_t settled_count = 0;

	(void)state;
	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct arena arena = {0};
		struct seeded seeded = {&arena, seed};
		struct note_lines note = note_with_sets(&seeded), now = edited(&seeded, &note);
		struct doc before = read_lines(&arena, &note), saved = read_lines(&arena, &now);
		struct str text = variant_settle_deleted(&arena, &before, &saved);
		struct doc settled = doc_read(&arena, text);

		if (settled.count != saved.count)
			fail_msg("SEED=%ju: blocks are lost", (uintmax_t)seed);
		for (size_t i = 0; i < saved.count; i++) {
			const char *why = wrong_with(&arena, &before, &saved, &settled, i);

			if (why)
				fail_msg("SEED=%ju: %s: %.*s", (uintmax_t)seed, why,
					 STR_ARGS(saved.blocks[i].raw));
		}
		if (!str_equal(variant_settle_deleted(&arena, &before, &before), before.source))
			fail_msg("SEED=%ju: where nothing changed, labels do", (uintmax_t)seed);
		if (!str_equal(variant_settle_deleted(&arena, &saved, &settled), text))
			fail_msg("SEED=%ju: settled again it is another", (uintmax_t)seed);
		settled_count += !str_equal(text, saved.source);
		arena_free(&arena);
	}
	assert_true(seeds.replayed || settled_count > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settles_what_somebody_deleted),
		cmocka_unit_test(takes_nothing_but_labels),
	};

	return cmocka_run_group_tests_name("variant", tests, NULL, NULL);
}
