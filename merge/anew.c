#include "merge/anew.h"

#include <string.h>

#include "core/eight.h"

/* What is smaller is quickly compared. */
enum { LARGE_BYTES = 1 << 18 };

/* One in so many blocks of a side stands in the base at most. */
enum { BLOCKS_TO_ONE = 8 };

/*
 * Passages are so many bytes, and one in so many of those of one text stands in another at
 * most: where four of ten words were changed more do, and by chance fewer, even of a text
 * that is made of three letters.
 */
enum { PASSAGE_BYTES = 20, PASSAGES_TO_ONE = 32 };

/* So few tell nothing. */
enum { FEW_PASSAGES = 256 };

static bool is_mostly_new(const struct doc *side)
{
	size_t known = 0;

	for (size_t i = 0; i < side->count; i++)
		known += side->blocks[i].like > 0;
	return BLOCKS_TO_ONE * known <= side->count;
}

/*
 * Without what changes where lines are indented otherwise, quoted or made points of. Lines and
 * cells of a table stay apart: of short ones each may go on though all around were changed.
 */
static struct str bare_text(struct arena *arena, struct str text)
{
	static const bool left_out[256] = {
		[' '] = true, ['\t'] = true, ['\r'] = true, ['-'] = true,
		['*'] = true, ['+'] = true,  ['>'] = true,  ['#'] = true,
	};
	char *bytes = arena_array(arena, char, text.len + 1);
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++) {
		bytes[count] = text.at[i] == '|' ? '\n' : text.at[i];
		count += !left_out[(unsigned char)text.at[i]];
	}
	return (struct str){bytes, count};
}

/* Passages begin where the bytes themselves say so, at one in some fifty: so in all texts alike. */
static bool begins_passage(const char *at)
{
	const uint64_t spread = 0x9E3779B97F4A7C15U;

	return eight_read(at) * spread >> 58 == 0;
}

/* Adds the passages of a text, each within a line. out: how many; `known`: there were before */
static size_t add_passages(struct dictionary *passages, struct str text, size_t *known)
{
	const size_t before = passages->count;
	struct str bare = bare_text(passages->arena, text);
	size_t count = 0;

	*known = 0;
	for (size_t at = 0; at + PASSAGE_BYTES <= bare.len; at++)
		if (begins_passage(bare.at + at)) {
			struct str passage = str_slice(bare, at, at + PASSAGE_BYTES);

			if (memchr(passage.at, '\n', passage.len))
				continue;
			*known += word_id(passages, passage) <= before;
			count++;
		}
	return count;
}

static bool share_hardly_a_passage(const struct texts *texts)
{
	struct arena scratch = {0};
	struct dictionary passages = {.arena = &scratch};
	bool apart = true;

	for (int t = 0; t < TEXTS && apart; t++) {
		size_t known, count = add_passages(&passages, texts->raw[t], &known);

		apart = count >= FEW_PASSAGES && (t == BASE || PASSAGES_TO_ONE * known <= count);
	}
	arena_free(&scratch);
	return apart;
}

/* Code or HTML that is left open would take in what stands below, and a point what is indented. */
static bool stand_apart(const struct doc *above, const struct doc *below)
{
	if (above->count == 0 || below->count == 0)
		return false;
	enum block_kind last = above->blocks[above->count - 1].kind;

	return last != BLOCK_FENCE && last != BLOCK_HTML && below->blocks[0].indent == 0;
}

bool wrote_anew(const struct texts *texts)
{
	const struct doc *doc = texts->doc;

	for (int t = 0; t < TEXTS; t++)
		if (texts->raw[t].len < LARGE_BYTES)
			return false;
	return stand_apart(&doc[OURS], &doc[THEIRS]) && is_mostly_new(&doc[OURS]) &&
	       is_mostly_new(&doc[THEIRS]) &&
	       (doc[OURS].front.len > 0) == (doc[THEIRS].front.len > 0) &&
	       share_hardly_a_passage(texts);
}

struct str anew_both(struct arena *arena, struct str ours, struct str theirs)
{
	struct buf out = {.arena = arena};

	buf_add(&out, ours);
	buf_end_line(&out, STR("\n"));
	buf_add_byte(&out, '\n');
	buf_add(&out, theirs);
	return buf_str(&out);
}
