#include "core/variant.h"

#include "core/label.h"

/* Is `next` the wording that follows `block` in one set? */
static bool follows(const struct doc *doc, size_t block, size_t next)
{
	const struct block *one = &doc->blocks[block], *other = &doc->blocks[next];

	return other->kind == one->kind && other->parent == one->parent &&
	       other->label == one->label + 1;
}

struct variant_sets variant_sets_of(struct arena *arena, const struct doc *doc)
{
	struct variant_sets found = {0};
	size_t room = 0, last;

	for (size_t i = 0; i < doc->count; i++) {
		if (doc->blocks[i].label != 1)
			continue;
		struct variant_set set = {.count = 1};
		for (last = i; doc->blocks[last].end < doc->count &&
			       follows(doc, last, doc->blocks[last].end);
		     set.count++)
			last = doc->blocks[last].end;
		if (set.count < 2)
			continue;
		set.blocks = arena_array(arena, size_t, set.count);
		last = i;
		for (size_t n = 0; n < set.count; n++, last = doc->blocks[last].end)
			set.blocks[n] = last;
		arena_push(arena, found.sets, found.count, room);
		found.sets[found.count++] = set;
	}
	return found;
}

size_t *variant_numbers(struct arena *arena, const struct doc *doc)
{
	size_t *numbers = arena_array(arena, size_t, doc->count);
	struct variant_sets sets = variant_sets_of(arena, doc);

	for (size_t i = 0; i < sets.count; i++)
		for (size_t n = 0; n < sets.sets[i].count; n++)
			numbers[sets.sets[i].blocks[n]] = i + 1;
	return numbers;
}

/* "⟨version 2⟩" */
static struct str mark_of(struct arena *arena, uint32_t label)
{
	struct buf out = {.arena = arena};

	label_write(&out, label);
	return str_trim(buf_str(&out));
}

/* Where the label stands that ends a block; the block's length: nowhere. */
static size_t find_mark(const struct block *block, struct str mark)
{
	size_t at = block->raw.len;

	for (size_t next = 0; (next = str_find(block->raw, mark, next)) < block->raw.len; next++)
		at = next;
	return at;
}

/* A block's bytes without the label that ends them, nor the line it had for itself. */
static struct str without_label(struct arena *arena, const struct block *block)
{
	struct buf rest = {.arena = arena};
	struct str mark = mark_of(arena, block->label);
	size_t at = find_mark(block, mark);

	if (at == block->raw.len)
		return block->raw;
	struct str before = str_slice(block->raw, 0, at);
	struct str behind = str_slice(block->raw, at + mark.len, block->raw.len);
	while (before.len && before.at[before.len - 1] == ' ')
		before.len--;
	if (str_ends(before, STR("\n")) && str_is_blank(behind))
		behind = str_slice(behind, behind.len, behind.len);
	buf_add(&rest, before);
	buf_add(&rest, behind);
	return buf_str(&rest);
}

struct str variant_labelled(struct arena *arena, const struct block *block, uint32_t label)
{
	struct str mark = mark_of(arena, block->label);
	size_t at = find_mark(block, mark);
	struct buf out = {.arena = arena};

	if (label == 0 || at == block->raw.len)
		return without_label(arena, block);
	buf_add(&out, str_slice(block->raw, 0, at));
	buf_add(&out, mark_of(arena, label));
	buf_add(&out, str_slice(block->raw, at + mark.len, block->raw.len));
	return buf_str(&out);
}

static void end_line(struct buf *out, const struct doc *doc)
{
	if (!str_ends(buf_str(out), STR("\n")))
		buf_add(out, doc_line_end(doc));
}

struct str variant_unlabelled(struct arena *arena, const struct doc *doc,
			      const struct variant_set *set)
{
	struct buf all = {.arena = arena};

	for (size_t n = 0; n < set->count; n++) {
		const struct block *block = &doc->blocks[set->blocks[n]];

		if (n > 0)
			end_line(&all, doc);
		if (n > 0)
			buf_add(&all, block->gap);
		buf_add(&all, without_label(arena, block));
	}
	return buf_str(&all);
}

struct str variant_settle_as(struct arena *arena, const struct doc *doc,
			     const struct variant_set *set, struct str bytes)
{
	const struct block *first = &doc->blocks[set->blocks[0]];
	const struct block *last = &doc->blocks[set->blocks[set->count - 1]];
	const char *end = last->raw.at + last->raw.len;
	struct buf out = {.arena = arena};

	buf_add(&out, (struct str){doc->source.at, (size_t)(first->raw.at - doc->source.at)});
	buf_add(&out, bytes);
	/* What was put below another wording by hand is nobody's to drop. */
	for (size_t n = 0; n + 1 < set->count; n++) {
		size_t index = set->blocks[n];

		for (size_t i = index + 1; i < doc->blocks[index].end; i++) {
			end_line(&out, doc);
			buf_add(&out, doc->blocks[i].gap);
			buf_add(&out, doc->blocks[i].raw);
		}
	}
	if (end < doc->source.at + doc->source.len)
		end_line(&out, doc);
	buf_add(&out, (struct str){end, (size_t)(doc->source.at + doc->source.len - end)});
	return buf_str(&out);
}

struct str variant_settle(struct arena *arena, const struct doc *doc, const struct variant_set *set,
			  size_t kept)
{
	return variant_settle_as(arena, doc, set,
				 without_label(arena, &doc->blocks[set->blocks[kept]]));
}
