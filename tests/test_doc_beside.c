/* A note read beside another version of it: what is read is the same as alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/doc.h"
#include "tests/support_markdown.h"
#include "tests/support_notes.h"

static bool is_same_slice(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || a.at == b.at);
}

/* In all that is told of it, bytes and where they stand. */
static bool is_same_block(const struct block *a, const struct block *b)
{
	return a->kind == b->kind && a->parent == b->parent && a->line == b->line &&
	       a->lines == b->lines && a->indent == b->indent && a->content == b->content &&
	       a->level == b->level && a->underlined == b->underlined && a->joined == b->joined &&
	       a->glyph == b->glyph && a->checkbox == b->checkbox && a->numbered == b->numbered &&
	       a->number == b->number && is_same_slice(a->gap, b->gap) &&
	       is_same_slice(a->raw, b->raw) && is_same_slice(a->text, b->text) &&
	       key_equal(a->normal, b->normal) && a->words == b->words && a->label == b->label &&
	       a->end == b->end;
}

/* Whether what a block is told to be like is so. */
static bool is_like(const struct block *block, const struct doc *other)
{
	const struct block *like = block->like ? &other->blocks[block->like - 1] : NULL;

	return !like || (block->like <= other->count && like->kind == block->kind &&
			 str_equal(like->text, block->text));
}

static bool reads_alike_beside(struct arena *arena, struct str known, struct str note)
{
	struct doc other = doc_read(arena, known), alone = doc_read(arena, note);
	struct doc beside = doc_read_beside(arena, note, &other);

	if (beside.count != alone.count || !is_same_slice(beside.tail, alone.tail))
		return false;
	for (size_t i = 0; i < alone.count; i++)
		if (!is_same_block(&beside.blocks[i], &alone.blocks[i]) ||
		    !is_like(&beside.blocks[i], &other))
			return false;
	return true;
}

/* `before`, what was put between, `behind`. */
static struct str put_between(struct arena *arena, struct str before, struct str between,
			      struct str behind)
{
	struct buf out = {.arena = arena};

	buf_add(&out, before);
	buf_add(&out, between);
	buf_add(&out, behind);
	return buf_str(&out);
}

static void versions_read_as_alone(void **state)
{
	struct seeds seeds = seeds_from(1, 20000);
	(void)state;

	for (uint64_t i = seeds.first; i < seeds.end; i++) {
		struct arena arena = {0};
		struct seeded seeded = {&arena, i};
		struct str note = seeded_note(&seeded), edited = seeded_edit(&seeded, note, 'o');
		struct str rest = seeded_note(&seeded), between = nasty_bytes(&arena, i);
		struct str text = put_between(&arena, note, between, rest);

		if (!reads_alike_beside(&arena, note, edited))
			fail_msg("SEED=%llu: an edited note", (unsigned long long)i);
		if (!reads_alike_beside(&arena, text, put_between(&arena, note, STR("\n"), rest)) ||
		    !reads_alike_beside(&arena, put_between(&arena, edited, between, rest), text))
			fail_msg("SEED=%llu: a note with more in it", (unsigned long long)i);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_read_as_alone),
	};

	return cmocka_run_group_tests_name("doc_beside", tests, NULL, NULL);
}
