#include "merge/put_back.h"

#include "core/point.h"
#include "merge/merge.h"

/* How many blocks before `index` have the same key: which of several equals it is. */
static size_t rank_of(const struct doc *doc, size_t index)
{
	size_t rank = 0;

	for (size_t i = 0; i < index; i++)
		rank += key_equal(doc->blocks[i].normal, doc->blocks[index].normal);
	return rank;
}

/* The same block in another version; doc->count: it is not there. */
static size_t find_same(const struct doc *doc, const struct doc *in, size_t index)
{
	size_t rank = rank_of(in, index);

	for (size_t i = 0; i < doc->count; i++)
		if (doc->blocks[i].kind == in->blocks[index].kind &&
		    key_equal(doc->blocks[i].normal, in->blocks[index].normal) && rank-- == 0)
			return i;
	return doc->count;
}

/* A block on lines of its own. */
static void add_block(struct buf *out, const struct block *block, bool with_gap)
{
	buf_end_line(out, STR("\n"));
	if (with_gap)
		buf_add(out, block->gap);
	/* What began on the line of another has no mark in front of its own. */
	for (uint32_t i = 0; block->joined && i < block->indent; i++)
		buf_add_byte(out, ' ');
	buf_add(out, block->raw);
}

/* The block and those below it that are not in `after`, as they stood. */
static struct str piece_of(struct arena *arena, const struct put_back *what,
			   const struct doc *after, size_t *blocks)
{
	const struct doc *before = what->before;
	struct buf piece = {.arena = arena};

	*blocks = 1;
	add_block(&piece, &before->blocks[what->index], false);
	for (size_t i = what->index + 1, last = what->index; i < before->blocks[what->index].end;
	     i++) {
		if (find_same(after, before, i) < after->count)
			continue;
		if (before->blocks[i].joined && last == i - 1)
			buf_add(&piece, before->blocks[i].raw);
		else
			add_block(&piece, &before->blocks[i], true);
		last = i;
		*blocks += !speaks_for_item(before, i);
	}
	buf_end_line(&piece, STR("\n"));
	return buf_str(&piece);
}

/* Where it goes: behind which block of `after`, and whether one stood before it. */
struct place {
	size_t behind; /* blocks in front of it */
	bool found;
};

static struct place find_place(const struct put_back *what, const struct doc *after)
{
	const struct doc *before = what->before;

	for (size_t i = what->index; i-- > 0;) {
		size_t same = find_same(after, before, i);

		if (same < after->count)
			return (struct place){same + 1, true};
	}
	for (size_t i = before->blocks[what->index].end; i < before->count; i++) {
		size_t same = find_same(after, before, i);

		if (same < after->count)
			return (struct place){same, true};
	}
	return (struct place){after->count, false};
}

/* Text that would run together with its neighbour gets a blank line. */
static struct str parting_gap(const struct block *above, const struct block *below, struct str gap)
{
	bool items = above->kind == BLOCK_POINT && below->kind == BLOCK_POINT;

	return gap.len || items || above->kind == BLOCK_HEADING ? gap : STR("\n");
}

/* The blank lines in front of what follows: as they were, where the two were neighbours. */
static struct str gap_behind(const struct put_back *what, const struct doc *after, size_t next)
{
	const struct doc *before = what->before;
	const struct block *block = &before->blocks[what->index];
	struct str gap = after->blocks[next].gap;

	if (block->end < before->count &&
	    key_equal(before->blocks[block->end].normal, after->blocks[next].normal))
		gap = before->blocks[block->end].gap;
	else if (next == 0)
		gap = STR("");
	return parting_gap(block, &after->blocks[next], gap);
}

static struct str insert(struct arena *arena, const struct put_back *what, const struct doc *after,
			 struct str piece)
{
	struct place place = find_place(what, after);
	const struct block *block = &what->before->blocks[what->index];
	struct buf out = {.arena = arena};

	if (after->bom)
		buf_add(&out, BYTE_ORDER_MARK);
	buf_add(&out, after->front);
	for (size_t i = 0; i < after->count; i++) {
		if (i == place.behind) {
			buf_add(&out, i ? parting_gap(&after->blocks[i - 1], block, block->gap)
					: block->gap);
			buf_add(&out, piece);
			buf_add(&out, gap_behind(what, after, i));
		} else {
			buf_add(&out, after->blocks[i].gap);
		}
		buf_add(&out, after->blocks[i].raw);
	}
	if (place.behind == after->count) {
		buf_end_line(&out, STR("\n"));
		buf_add(&out, after->count ? parting_gap(&after->blocks[after->count - 1], block,
							 place.found ? block->gap : STR("\n"))
					   : STR(""));
		buf_add(&out, piece);
	}
	buf_add(&out, after->tail);
	return buf_str(&out);
}

/* A new note: the headings that it stood under, then the piece. */
static struct str under_headings(struct arena *arena, const struct put_back *what, struct str piece)
{
	const struct doc *before = what->before;
	struct buf out = {.arena = arena};

	buf_add(&out, before->front);
	for (size_t i = 0; i < what->index; i++)
		if (before->blocks[i].kind == BLOCK_HEADING && before->blocks[i].end > what->index)
			add_block(&out, &before->blocks[i], true);
	buf_end_line(&out, STR("\n"));
	struct str gap = before->blocks[what->index].gap;
	buf_add(&out, gap.len || out.len == 0 ? gap : STR("\n"));
	buf_add(&out, piece);
	return buf_str(&out);
}

static size_t occurrences(const struct doc *doc, struct key key)
{
	size_t count = 0;

	for (size_t i = 0; i < doc->count; i++)
		count += key_equal(doc->blocks[i].normal, key);
	return count;
}

struct str put_back(struct arena *arena, const struct put_back *what, size_t *blocks)
{
	struct key key = what->before->blocks[what->index].normal;
	struct doc after = doc_read(arena, what->after.at ? what->after : what->now);
	struct doc now = doc_read(arena, what->now);
	struct str piece = piece_of(arena, what, &after, blocks);

	if (!what->now.at)
		return under_headings(arena, what, piece);
	struct str with = insert(arena, what, &after, piece);
	if (!what->after.at || str_equal(what->after, what->now))
		return with;
	struct merge_input input = {.base = what->after, .ours = what->now, .theirs = with};
	struct merged merged = merge_texts(arena, input);
	struct doc result = doc_read(arena, merged.text);
	if (occurrences(&result, key) > occurrences(&now, key))
		return merged.text;
	return insert(arena, what, &now, piece_of(arena, what, &now, blocks));
}
