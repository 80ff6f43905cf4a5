#include "merge/piece.h"

#include "core/doc_lines.h"
#include "core/label.h"
#include "core/text.h"
#include "merge/entries.h"
#include "merge/opening.h"

enum {
	FIRST_RANK = 10, /* below every heading */
	KIND_BIT = 56,	 /* where the kind enters a key */
};

struct str block_text(const struct block *block)
{
	struct str text = block->text;

	if (block->label == 0)
		return text;
	if (block->kind == BLOCK_ROW)
		text = row_without_last_mark(text);
	label_read(text, &text);
	return text;
}

/* Blocks from `first` on that are wordings of one thing; a lone label is ordinary text. */
static int wordings_at(const struct doc *doc, size_t first)
{
	const struct block *block = doc->blocks + first;
	size_t next = first + 1;

	if (block->label != 1)
		return 1;
	while (next < doc->count && doc->blocks[next].kind == block->kind &&
	       doc->blocks[next].parent == block->parent &&
	       doc->blocks[next].label == next - first + 1)
		next++;
	return (int)(next - first);
}

/* A heading in an item heads nothing behind that item. */
static uint32_t rank_of(const struct doc *doc, const struct block *block)
{
	bool in_item = block->parent != NO_PARENT && doc->blocks[block->parent].kind == BLOCK_POINT;

	if (block->kind == BLOCK_HEADING && !in_item)
		return block->level;
	return FIRST_RANK + 2 * block->indent +
	       (block->kind == BLOCK_POINT || block->kind == BLOCK_ROW ? 1 : 0);
}

/* What equal pieces have in common: kind, number of wordings, what each says. */
static struct key key_of_piece(const struct block *block, int wordings)
{
	struct key key = {(uint64_t)block->kind, (uint64_t)wordings};

	/* Of most there is one, whose key needs no mixing with others. */
	if (wordings == 1)
		return (struct key){block->normal.high, block->normal.low ^ key.high << KIND_BIT};
	for (int i = 0; i < wordings; i++)
		key = key_chain(key, block[i].normal);
	return key;
}

static uint32_t find_id(struct dictionary *pieces, const struct block *block, int wordings)
{
	struct piece_entry piece = {.key = key_of_piece(block, wordings), .block = block};

	return piece_id(pieces, piece, block_text(block));
}

/* The number of the piece of the base that this one is known to be like, 0: none. */
static uint32_t known_id(const struct side *base, const struct doc *doc, const struct piece *piece)
{
	uint32_t like = doc->blocks[piece->block].like;

	if (!base || like == 0 || doc->beside != base->doc->blocks || piece->wordings > 1)
		return 0;
	int known = base->piece_of[like - 1];
	return base->pieces[known].wordings == 1 ? base->ids[known] : 0;
}

/* A rule or an anchor in front of a heading goes with the heading. */
static void rank_separators(struct side *side)
{
	for (int i = side->count - 2; i >= 0; i--) {
		enum block_kind kind = piece_block(side, i)->kind;

		if ((kind == BLOCK_RULE || kind == BLOCK_HTML) &&
		    side->pieces[i + 1].rank < FIRST_RANK) {
			side->pieces[i].rank = side->pieces[i + 1].rank;
			side->pieces[i].parent = side->pieces[i + 1].parent;
		}
	}
}

static bool is_row(const struct block *block)
{
	return block->kind == BLOCK_ROW || block->kind == BLOCK_TABLE;
}

/* The rule under a table's header says nothing. */
static struct str without_rule(const struct block *block)
{
	struct str text = block_text(block);

	return block->kind == BLOCK_TABLE ? str_slice(text, 0, str_find_byte(text, '\n', 0)) : text;
}

/* How much a block says. In a row each cell counts besides its words, be it padded or not. */
static uint32_t word_count_of(const struct block *block)
{
	struct str rest, cell;
	/* The mark in front of a row, and the rule below a header, as one word each. */
	uint32_t count = block->kind == BLOCK_TABLE ? 2 : 1;

	if (!is_row(block))
		return block->words;
	rest = row_without_last_mark(without_rule(block));
	if (str_starts(rest, STR("|")))
		rest = str_slice(rest, 1, rest.len);
	while (row_next_cell(&rest, &cell))
		count += 1 + (uint32_t)str_word_count(cell);
	return count;
}

struct side side_read(struct arena *arena, struct dictionary *pieces, const struct doc *doc,
		      const struct side *base)
{
	struct side side = {.doc = doc};

	dictionary_expect(pieces, doc->count);
	side.piece_of = arena_array(arena, int, doc->count + 1);
	side.pieces = arena_array(arena, struct piece, doc->count + 1);
	side.ids = arena_array(arena, uint32_t, doc->count + 1);
	for (size_t i = 0; i < doc->count;) {
		const struct block *block = doc->blocks + i;
		struct piece *piece = side.pieces + side.count;

		piece->block = (int)i;
		piece->wordings = wordings_at(doc, i);
		piece->parent =
			block->parent == NO_PARENT ? NO_PARENT : side.piece_of[block->parent];
		piece->end = side.count + 1;
		piece->rank = rank_of(doc, block);
		if (block->kind == BLOCK_POINT && !block->numbered)
			side.bullets |= bullet_bit(block->glyph);
		uint32_t id = known_id(base, doc, piece);
		if (id == 0)
			id = find_id(pieces, block, piece->wordings);
		if (id > side.largest)
			side.largest = id;
		side.ids[side.count] = id;
		for (int wording = 0; wording < piece->wordings; wording++) {
			piece->word_count += word_count_of(&doc->blocks[i]);
			side.piece_of[i++] = side.count;
		}
		side.count++;
	}
	rank_separators(&side);
	for (int i = side.count - 1; i >= 0; i--) {
		int parent = side.pieces[i].parent;

		if (parent != NO_PARENT && side.pieces[parent].end < side.pieces[i].end)
			side.pieces[parent].end = side.pieces[i].end;
	}
	return side;
}

static bool is_marked_text(enum block_kind kind)
{
	return kind == BLOCK_PARAGRAPH || kind == BLOCK_POINT || kind == BLOCK_HEADING;
}

bool pieces_say_the_same(const struct side *a, int x, const struct side *b, int y)
{
	const struct block *one = piece_block(a, x), *other = piece_block(b, y);

	return is_marked_text(one->kind) && is_marked_text(other->kind) &&
	       a->pieces[x].wordings == 1 && b->pieces[y].wordings == 1 &&
	       key_equal(one->normal, other->normal);
}

bool piece_is_only_one(const struct side *side, int piece)
{
	for (int i = 0; i < side->count; i++)
		if (i != piece && side->ids[i] == side->ids[piece])
			return false;
	return true;
}

/* Takes the next word of a block; the marks between table cells are no words. */
static bool next_word(bool row, struct str *rest, struct str *word)
{
	if (!row)
		return str_next_word(rest, word);
	while (rest->len) {
		size_t from = 0, to;

		while (from < rest->len && (rest->at[from] == '|' || rest->at[from] == ' ' ||
					    rest->at[from] == '\t' || rest->at[from] == '\n'))
			from++;
		for (to = from; to < rest->len && rest->at[to] != '|' && rest->at[to] != ' ' &&
				rest->at[to] != '\t' && rest->at[to] != '\n';)
			to++;
		*word = str_slice(*rest, from, to);
		*rest = str_slice(*rest, to, rest->len);
		if (word->len)
			return true;
	}
	return false;
}

/* A comma says that more entries follow, and is no part of this one. */
static struct str without_comma(struct str word)
{
	return word.len > 1 && str_ends(word, STR(",")) ? str_slice(word, 0, word.len - 1) : word;
}

struct numbers text_words(struct arena *arena, struct dictionary *words, struct str text, bool row)
{
	/* Other quotes or no-break spaces make no other words. */
	struct str rest = text_normal(arena, text), word;
	size_t count = 0, room = str_word_count(rest) + 1;
	uint32_t *ids = arena_array(arena, uint32_t, room);
	bool lists = !row && is_listing(text);

	while (next_word(row, &rest, &word)) {
		arena_push(arena, ids, count, room);
		ids[count++] = word_id(words, lists ? without_comma(word) : word);
	}
	return (struct numbers){ids, (int)count};
}

struct numbers block_words(struct arena *arena, struct dictionary *words, const struct block *block)
{
	return text_words(arena, words, without_rule(block), is_row(block));
}

struct piece_words *piece_words(struct dictionary *words, struct side *side, int piece)
{
	struct piece *it = side->pieces + piece;
	int count = compared_wordings(it);

	if (it->words)
		return it->words;
	it->words = arena_array(words->arena, struct piece_words, (size_t)count);
	for (int w = 0; w < count; w++) {
		struct piece_words *made = it->words + w;

		made->block = piece_block(side, piece) + w;
		made->numbers = block_words(words->arena, words, made->block);
		if (made->block->kind == BLOCK_POINT || made->block->kind == BLOCK_PARAGRAPH)
			made->link = link_hashes_of(words->arena, block_text(made->block));
		for (int i = 0; i < made->numbers.count; i++)
			made->marks |= (uint64_t)1 << (made->numbers.at[i] % 64);
	}
	return it->words;
}
