#include "merge/akin.h"

#include <string.h>

#include "core/doc_lines.h"
#include "merge/opening.h"
#include "merge/shared_lines.h"
#include "merge/similar_many.h"

static bool is_prose(enum block_kind kind)
{
	return kind == BLOCK_PARAGRAPH || kind == BLOCK_POINT;
}

bool blocks_are_akin(const struct block *a, const struct block *b)
{
	return a->kind == b->kind || (is_prose(a->kind) && is_prose(b->kind));
}

static bool has_name(enum block_kind kind)
{
	return kind == BLOCK_ROW || kind == BLOCK_DEFINITION;
}

struct str block_name(const struct block *block)
{
	if (!has_name(block->kind))
		return (struct str){0};
	struct str text = block->text, name = {0};
	if (block->kind == BLOCK_DEFINITION)
		return str_trim(str_slice(text, 0, str_find(text, STR("]:"), 0)));
	if (str_starts(text, STR("|")))
		text = str_slice(text, 1, text.len);
	row_next_cell(&text, &name);
	return str_trim(name);
}

/*
 * Whether the marks of their words show that two pieces are less alike than
 * `least`: a mark that only one of them has stands for a word that it has alone.
 */
static bool is_unlike(const struct piece_words *a, const struct piece_words *b, int least)
{
	int m = a->numbers.count - count_bits(a->marks & ~b->marks);
	int n = b->numbers.count - count_bits(b->marks & ~a->marks);

	return 2 * SAME * (int64_t)(m < n ? m : n) <
	       (int64_t)least * (a->numbers.count + b->numbers.count);
}

static bool has_name_of(const struct block *a, const struct block *b)
{
	if (!has_name(a->kind))
		return false;
	struct str name = block_name(a);

	return name.len && str_equal(name, block_name(b));
}

/* A piece and what its wordings say. */
struct compared {
	struct side *side;
	int piece, count;
	struct piece_words *wordings;
};

/* A piece of the base and one of a side. */
struct pair {
	struct compared base, side;
	bool akin; /* these may become each other */
	int alike; /* their words, of one wording each; NOT_COMPARED: not known yet */
};

static struct compared compared_piece(struct dictionary *words, struct side *side, int piece)
{
	return (struct compared){
		.side = side,
		.piece = piece,
		.count = compared_wordings(side->pieces + piece),
		.wordings = piece_words(words, side, piece),
	};
}

static struct pair pair_of(struct compared base, struct compared side)
{
	return (struct pair){
		.base = base,
		.side = side,
		.akin = blocks_are_akin(base.wordings->block, side.wordings->block) &&
			!lead_elsewhere(base.wordings->link, side.wordings->link),
		.alike = NOT_COMPARED,
	};
}

static struct pair pair_of_pieces(struct match_input *input, int base, int side)
{
	return pair_of(compared_piece(input->words, input->base, base),
		       compared_piece(input->words, input->side, side));
}

/* Whether the order of its words is looked at. */
static bool is_ordered(const struct piece_words *words)
{
	return words->numbers.count <= ORDERED_WORDS;
}

int piece_words_shared(struct arena *arena, struct piece_words *a, struct piece_words *b)
{
	if (!a->sorted)
		a->sorted = numbers_sorted(arena, a->numbers);
	if (!b->sorted)
		b->sorted = numbers_sorted(arena, b->numbers);
	return sorted_common(a->sorted, a->numbers.count, b->sorted, b->numbers.count);
}

/* As similarity(), the order of all words aside, even where both begin and end alike. */
static int unordered_similarity(struct arena *arena, struct piece_words *a, struct piece_words *b)
{
	return (int)((int64_t)2 * SAME * piece_words_shared(arena, a, b) /
		     (a->numbers.count + b->numbers.count));
}

static int wording_similarity(struct match_input *input, const struct pair *pair,
			      struct piece_words *a, struct piece_words *b, int least)
{
	if (has_name_of(a->block, b->block))
		return SAME;
	if (pair->alike != NOT_COMPARED)
		return pair->alike;
	if (is_unlike(a, b, least))
		return 0;
	if (!is_ordered(a) || !is_ordered(b))
		return unordered_similarity(input->words->arena, a, b);
	if (input->ready)
		return similarity_of_ready(input->arena, input->ready, a->numbers, b->numbers,
					   least);
	return similarity(input->arena, a->numbers, b->numbers);
}

static bool pair_says_the_same(const struct pair *pair)
{
	const struct compared *a = &pair->base, *b = &pair->side;

	return a->side->pieces[a->piece].word_count &&
	       pieces_say_the_same(a->side, a->piece, b->side, b->piece);
}

static int pair_similarity(struct match_input *input, const struct pair *pair, int least)
{
	int best = 0;

	if (!pair->akin)
		return pair_says_the_same(pair) ? SAME : 0;
	for (int i = 0; i < pair->base.count; i++)
		for (int j = 0; j < pair->side.count; j++) {
			int alike = wording_similarity(input, pair, pair->base.wordings + i,
						       pair->side.wordings + j, least);

			best = alike > best ? alike : best;
		}
	return best;
}

int piece_similarity(struct match_input *input, int base, int side, int least)
{
	struct pair pair = pair_of_pieces(input, base, side);

	return pair_similarity(input, &pair, least);
}

static int alike_enough(int alike, uint32_t words, uint32_t other_words)
{
	uint32_t shorter = words < other_words ? words : other_words;

	return alike >= (shorter < SHORT_WORDS ? ALIKE_SHORT : ALIKE) ? alike : 0;
}

/* A word without the marks that what comes next asks for. */
static struct str bare_word(const struct dictionary *words, uint32_t id)
{
	struct str word = dictionary_bytes(words, id);

	while (word.len > 1 && strchr(".,;:!?)", word.at[word.len - 1]))
		word.len--;
	return word;
}

/* Whether the words of the part stand at `at`, where its last may have got a comma. */
static bool stands_at(const struct dictionary *words, struct numbers part, const uint32_t *at)
{
	int last = part.count - 1;

	/* A word or two tell it of nearly all. */
	for (int i = 0; i < last; i++)
		if (part.at[i] != at[i])
			return false;
	return part.at[last] == at[last] ||
	       str_equal(bare_word(words, part.at[last]), bare_word(words, at[last]));
}

/* Whether the longer one begins or ends with all of the other. */
static bool is_grown(const struct dictionary *words, struct numbers a, struct numbers b)
{
	struct numbers part = a.count < b.count ? a : b, whole = a.count < b.count ? b : a;

	return part.count > 0 && (stands_at(words, part, whole.at) ||
				  stands_at(words, part, whole.at + whole.count - part.count));
}

/* Whether both open with a link to where no other of their texts opens with one. */
static bool opens_as(struct match_input *input, const struct pair *pair,
		     const struct piece_words *a, const struct piece_words *b)
{
	return a->link.place && a->link.place == b->link.place &&
	       is_only_link_to(input->words->arena, pair->base.side, a->link.place) &&
	       is_only_link_to(input->words->arena, pair->side.side, a->link.place);
}

/*
 * Whether some wording of one piece grew into one of the other, or, both `in_one_place`,
 * shares its lines or opens as it does.
 */
static bool any_akin(struct match_input *input, const struct pair *pair, bool in_one_place)
{
	if (!pair->akin)
		return false;
	for (int i = 0; i < pair->base.count; i++)
		for (int j = 0; j < pair->side.count; j++) {
			struct piece_words *a = pair->base.wordings + i;
			struct piece_words *b = pair->side.wordings + j;

			if (is_grown(input->words, a->numbers, b->numbers) ||
			    (in_one_place && (a->marks & b->marks) &&
			     (pieces_share_lines(input->words, a, b) ||
			      opens_as(input, pair, a, b))))
				return true;
		}
	return false;
}

/* How alike two of which one grew into the other are; a word that got a comma is no common one. */
static int grown_similarity(struct match_input *input, const struct pair *pair)
{
	int alike = pair_similarity(input, pair, 0);

	return alike > 0 ? alike : 1;
}

static int pair_fit(struct match_input *input, const struct pair *pair)
{
	int alike = alike_enough(pair_similarity(input, pair, ALIKE),
				 input->base->pieces[pair->base.piece].word_count,
				 input->side->pieces[pair->side.piece].word_count);

	if (alike == 0 && any_akin(input, pair, true))
		alike = grown_similarity(input, pair);
	return alike;
}

int piece_fit(struct match_input *input, int base, int side)
{
	struct pair pair = pair_of_pieces(input, base, side);

	return pair_fit(input, &pair);
}

void pieces_fit(struct match_input *input, struct piece_run base, struct piece_run side, int *fits)
{
	struct arena scratch = {0};
	int height = base.end - base.from, width = side.end - side.from;
	struct numbers *texts = arena_array(&scratch, struct numbers, (size_t)width);
	struct compared *theirs = arena_array(&scratch, struct compared, (size_t)width);
	int *alike = arena_array(&scratch, int, (size_t)width);

	for (int j = 0; j < width; j++) {
		theirs[j] = compared_piece(input->words, input->side, side.from + j);
		if (theirs[j].count == 1)
			texts[j] = theirs[j].wordings->numbers;
	}
	struct crowd crowd = crowd_new(&scratch, texts, width);
	for (int i = 0; i < height; i++) {
		struct compared ours = compared_piece(input->words, input->base, base.from + i);

		crowd_compare(&crowd, ours.wordings->numbers, alike);
		for (int j = 0; j < width; j++) {
			struct pair pair = pair_of(ours, theirs[j]);

			if (ours.count == 1)
				pair.alike = alike[j];
			fits[i * width + j] = pair_fit(input, &pair);
		}
	}
	arena_free(&scratch);
}

/* Whether one has not even so many words that half of what both say could be the same. */
static bool differ_in_length(struct numbers a, struct numbers b)
{
	int least = a.count < b.count ? a.count : b.count;

	return 2 * SAME * (int64_t)least < ALIKE * ((int64_t)a.count + b.count);
}

bool is_rewording(struct arena *arena, const struct dictionary *words, struct numbers before,
		  struct numbers after)
{
	if (is_grown(words, before, after))
		return true;
	return !differ_in_length(before, after) &&
	       alike_enough(similarity(arena, before, after), (uint32_t)before.count,
			    (uint32_t)after.count) > 0;
}

/* The words that two texts begin and end with alike. */
static size_t words_at_ends(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len, head = str_common_start(a, b), tail;

	/* A word that goes on otherwise is another one. */
	while (head > 0 && a.at[head - 1] != ' ')
		head--;
	tail = str_common_end(a, b, least - head);
	while (tail > 0 && a.at[a.len - tail] != ' ')
		tail--;
	return str_word_count(str_slice(a, 0, head)) +
	       str_word_count(str_slice(a, a.len - tail, a.len));
}

/*
 * Whether what two texts begin and end with is enough for them to be alike, so that
 * their words need not be numbered. False says nothing, as of what may open with a link.
 */
static bool is_plainly_alike(const struct block *x, const struct block *y)
{
	if (!is_prose(x->kind) || !is_prose(y->kind) || str_starts(block_text(x), STR("[")))
		return false;
	size_t total = (size_t)x->words + y->words;
	return total > 0 && 2 * SAME * words_at_ends(block_text(x), block_text(y)) >= ALIKE * total;
}

bool piece_stands_for(struct match_input *input, int base, int side)
{
	if (input->base->pieces[base].wordings == 1 && input->side->pieces[side].wordings == 1 &&
	    is_plainly_alike(piece_block(input->base, base), piece_block(input->side, side)))
		return true;
	return piece_similarity(input, base, side, ALIKE) >= ALIKE;
}

int piece_moved_alike(struct match_input *input, int base, int side)
{
	const struct piece *a = input->base->pieces + base, *b = input->side->pieces + side;
	struct pair pair = pair_of_pieces(input, base, side);

	if (pieces_say_the_same(input->base, base, input->side, side))
		return SAME;
	if (any_akin(input, &pair, false))
		return grown_similarity(input, &pair);
	if (a->word_count < MOVED_WORDS || b->word_count < MOVED_WORDS)
		return 0;
	int alike = pair_similarity(input, &pair, MOVED_ALIKE);
	return alike >= MOVED_ALIKE ? alike : 0;
}
