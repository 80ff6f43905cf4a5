#include "merge/shared_lines.h"

#include "merge/similar.h"

/* So many of the shorter's lines, in per mille. */
enum { HALF = SAME / 2, MOST = 3 * SAME / 4 };

static bool is_code(enum block_kind kind)
{
	return kind == BLOCK_HTML || kind == BLOCK_FENCE;
}

static bool has_lines(enum block_kind kind)
{
	return kind == BLOCK_PARAGRAPH || kind == BLOCK_POINT || is_code(kind);
}

/* The lines of a text that are not blank, by number. */
static struct numbers lines_of(struct dictionary *words, struct str text)
{
	uint32_t *ids = arena_array(words->arena, uint32_t, str_line_count(text) + 1);
	struct numbers lines = {ids, 0};
	struct str line;

	while (str_next_line(&text, &line))
		if (!str_is_blank(line))
			ids[lines.count++] = word_id(words, str_trim(line));
	lines.at = numbers_sorted(words->arena, lines);
	return lines;
}

static struct numbers piece_lines(struct dictionary *words, struct piece_words *piece)
{
	if (!piece->lines.at)
		piece->lines = lines_of(words, block_text(piece->block));
	return piece->lines;
}

static int shared_of(struct numbers a, struct numbers b)
{
	int least = a.count < b.count ? a.count : b.count;

	return least ? SAME * sorted_common(a.at, a.count, b.at, b.count) / least : 0;
}

bool pieces_share_lines(struct dictionary *words, struct piece_words *a, struct piece_words *b)
{
	const struct block *x = a->block, *y = b->block;

	return x->lines + y->lines > 2 && has_lines(x->kind) && has_lines(y->kind) &&
	       shared_of(piece_lines(words, a), piece_lines(words, b)) >=
		       (is_code(x->kind) ? MOST : HALF);
}

bool texts_share_lines(struct dictionary *words, enum block_kind kind, struct str a, struct str b)
{
	return has_lines(kind) && kind != BLOCK_POINT &&
	       shared_of(lines_of(words, a), lines_of(words, b)) >= MOST;
}
