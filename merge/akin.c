#include "merge/akin.h"

#include <string.h>

#include "merge/similar_many.h"

enum { COMPARED_WORDINGS = 8 }; /* of each of two sets */

static bool is_prose(enum block_kind kind)
{
	return kind == BLOCK_PARAGRAPH || kind == BLOCK_POINT;
}

bool blocks_are_akin(const struct block *a, const struct block *b)
{
	return a->kind == b->kind || (is_prose(a->kind) && is_prose(b->kind));
}

struct str block_name(const struct block *block)
{
	if (block->kind != BLOCK_ROW && block->kind != BLOCK_DEFINITION)
		return (struct str){0};
	struct str text = str_trim(block->text);
	if (block->kind == BLOCK_DEFINITION)
		return str_slice(text, 0, str_find(text, STR("]:"), 0));
	if (str_starts(text, STR("|")))
		text = str_slice(text, 1, text.len);
	return str_trim(str_slice(text, 0, str_find_byte(text, '|', 0)));
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

/* The words of the first wordings of a set: of more, some tell as much as all. */
struct set_words {
	struct numbers of[COMPARED_WORDINGS];
	int count;
};

static struct set_words read_set(struct arena *arena, struct match_input *input,
				 const struct side *side, int piece)
{
	struct set_words set = {.count = side->pieces[piece].wordings};

	if (set.count > COMPARED_WORDINGS)
		set.count = COMPARED_WORDINGS;
	for (int i = 0; i < set.count; i++)
		set.of[i] = block_words(arena, input->words, piece_block(side, piece) + i);
	return set;
}

static bool has_name_of(const struct block *a, const struct block *b)
{
	struct str name = block_name(a);

	return name.len && str_equal(name, block_name(b));
}

/* A piece of the base and one of a side. */
struct pair {
	int base, side;
	const struct block *x, *y; /* their first wordings */
	bool akin;		   /* these may become each other */
	/* Of akin ones, neither of which is a set; else NULL: */
	const struct piece_words *ours, *theirs;
	struct crowd *crowd; /* that the base's piece is in at `place`; NULL: it is in none */
	int place;
};

/* The words of a piece that is no set; NULL: it is one. */
static const struct piece_words *single_words(struct dictionary *words, struct side *side,
					      int piece)
{
	return side->pieces[piece].wordings == 1 ? piece_words(words, side, piece) : NULL;
}

static struct pair pair_of(struct match_input *input, int base, int side)
{
	struct pair pair = {
		.base = base,
		.side = side,
		.x = piece_block(input->base, base),
		.y = piece_block(input->side, side),
	};

	pair.akin = blocks_are_akin(pair.x, pair.y);
	if (pair.akin && input->base->pieces[base].wordings == 1 &&
	    input->side->pieces[side].wordings == 1) {
		pair.ours = piece_words(input->words, input->base, base);
		pair.theirs = piece_words(input->words, input->side, side);
	}
	return pair;
}

/* The best of their wordings, at least one of the two having several. */
static int set_similarity(struct match_input *input, const struct pair *pair)
{
	struct arena scratch = {0};
	struct set_words ours = read_set(&scratch, input, input->base, pair->base);
	struct set_words theirs = read_set(&scratch, input, input->side, pair->side);
	int best = 0;

	for (int i = 0; i < ours.count; i++)
		for (int j = 0; j < theirs.count; j++) {
			int alike = has_name_of(pair->x + i, pair->y + j)
					    ? SAME
					    : similarity(&scratch, ours.of[i], theirs.of[j]);
			best = alike > best ? alike : best;
		}
	arena_free(&scratch);
	return best;
}

static int pair_similarity(struct match_input *input, const struct pair *pair, int least)
{
	if (!pair->akin)
		return input->base->pieces[pair->base].word_count &&
				       pieces_say_the_same(input->base, pair->base, input->side,
							   pair->side)
			       ? SAME
			       : 0;
	if (!pair->ours)
		return set_similarity(input, pair);
	if (has_name_of(pair->x, pair->y))
		return SAME;
	if (pair->crowd)
		return crowd_similarity(input->arena, pair->crowd, pair->place,
					pair->theirs->numbers);
	if (is_unlike(pair->ours, pair->theirs, least))
		return 0;
	return similarity_of_ready(input->arena, &input->ready, pair->ours->numbers,
				   pair->theirs->numbers);
}

int piece_similarity(struct match_input *input, int base, int side, int least)
{
	struct pair pair = pair_of(input, base, side);

	return pair_similarity(input, &pair, least);
}

static int alike_enough(int alike, uint32_t words, uint32_t other_words)
{
	uint32_t shorter = words < other_words ? words : other_words;

	return alike >= (shorter < SHORT_WORDS ? ALIKE_SHORT : ALIKE) ? alike : 0;
}

/* Whether the longer one begins or ends with all of the other. */
static bool is_grown(struct numbers a, struct numbers b)
{
	struct numbers part = a.count < b.count ? a : b, whole = a.count < b.count ? b : a;
	size_t bytes = (size_t)part.count * sizeof *part.at;

	if (part.count == 0)
		return false;
	/* One word tells it of nearly all. */
	const uint32_t *end = whole.at + whole.count - part.count;
	return (part.at[0] == whole.at[0] && memcmp(part.at, whole.at, bytes) == 0) ||
	       (part.at[0] == end[0] && memcmp(part.at, end, bytes) == 0);
}

/*
 * Whether of two texts, one of several lines, half of the shorter stands in the other,
 * line by line.
 */
static bool shares_lines(const struct block *a, const struct block *b)
{
	if (a->lines + b->lines == 2 || !is_prose(a->kind) || !is_prose(b->kind))
		return false;
	struct arena scratch = {0};
	struct dictionary lines = {.arena = &scratch};
	struct str ours = block_text(a), theirs = block_text(b), line;
	uint32_t shared = 0;

	while (str_next_line(&theirs, &line))
		word_id(&lines, str_trim(line));
	size_t of_theirs = lines.count;
	while (str_next_line(&ours, &line))
		shared += !str_is_blank(line) && word_id(&lines, str_trim(line)) <= of_theirs;
	arena_free(&scratch);
	return 2 * shared >= (a->lines < b->lines ? a->lines : b->lines);
}

static bool is_grown_text(struct numbers a, struct numbers b, const struct block *x,
			  const struct block *y)
{
	(void)x;
	(void)y;
	return is_grown(a, b);
}

static bool is_grown_or_shares(struct numbers a, struct numbers b, const struct block *x,
			       const struct block *y)
{
	return is_grown(a, b) || shares_lines(x, y);
}

/* How the texts of two blocks are to each other. */
typedef bool akin_as(struct numbers, struct numbers, const struct block *, const struct block *);

static bool sets_are_akin(struct match_input *input, const struct pair *pair, akin_as *is_akin)
{
	struct arena scratch = {0};
	struct set_words ours = read_set(&scratch, input, input->base, pair->base);
	struct set_words theirs = read_set(&scratch, input, input->side, pair->side);
	bool found = false;

	for (int i = 0; !found && i < ours.count; i++)
		for (int j = 0; !found && j < theirs.count; j++)
			found = is_akin(ours.of[i], theirs.of[j], pair->x + i, pair->y + j);
	arena_free(&scratch);
	return found;
}

/* Whether some wording of one piece is to one of the other as `is_akin` says. */
static inline bool any_akin(struct match_input *input, const struct pair *pair, akin_as *is_akin)
{
	if (!pair->akin)
		return false;
	if (!pair->ours)
		return sets_are_akin(input, pair, is_akin);
	return (pair->ours->marks & pair->theirs->marks) &&
	       is_akin(pair->ours->numbers, pair->theirs->numbers, pair->x, pair->y);
}

static int pair_fit(struct match_input *input, const struct pair *pair)
{
	int alike = alike_enough(pair_similarity(input, pair, ALIKE),
				 input->base->pieces[pair->base].word_count,
				 input->side->pieces[pair->side].word_count);

	if (alike == 0 && any_akin(input, pair, is_grown_or_shares))
		alike = pair_similarity(input, pair, 0);
	return alike;
}

int piece_fit(struct match_input *input, int base, int side)
{
	struct pair pair = pair_of(input, base, side);

	return pair_fit(input, &pair);
}

void pieces_fit(struct match_input *input, struct piece_run base, struct piece_run side, int *fits)
{
	struct arena scratch = {0};
	int height = base.end - base.from, width = side.end - side.from;
	const struct piece_words **ours =
		arena_array(&scratch, const struct piece_words *, (size_t)height);
	struct numbers *texts = arena_array(&scratch, struct numbers, (size_t)height);

	for (int i = 0; i < height; i++) {
		ours[i] = single_words(input->words, input->base, base.from + i);
		texts[i] = ours[i] ? ours[i]->numbers : (struct numbers){0};
	}
	struct crowd crowd = crowd_new(&scratch, texts, height);
	for (int j = 0; j < width; j++) {
		struct pair pair = {.side = side.from + j, .crowd = &crowd};
		const struct piece_words *theirs =
			single_words(input->words, input->side, pair.side);

		pair.y = piece_block(input->side, pair.side);
		for (int i = 0; i < height; i++) {
			pair.base = base.from + i;
			pair.place = i;
			pair.x = piece_block(input->base, pair.base);
			pair.akin = blocks_are_akin(pair.x, pair.y);
			pair.ours = theirs ? ours[i] : NULL;
			pair.theirs = ours[i] ? theirs : NULL;
			fits[i * width + j] = pair_fit(input, &pair);
		}
	}
	arena_free(&scratch);
}

bool is_rewording(struct arena *arena, struct numbers before, struct numbers after)
{
	return is_grown(before, after) ||
	       alike_enough(similarity(arena, before, after), (uint32_t)before.count,
			    (uint32_t)after.count) > 0;
}

/* The words that two texts begin and end with alike. */
static size_t words_at_ends(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len, head = str_common_start(a, b), tail = 0;

	/* A word that goes on otherwise is another one. */
	while (head > 0 && a.at[head - 1] != ' ')
		head--;
	while (tail < least - head && a.at[a.len - tail - 1] == b.at[b.len - tail - 1])
		tail++;
	while (tail > 0 && a.at[a.len - tail] != ' ')
		tail--;
	return str_word_count(str_slice(a, 0, head)) +
	       str_word_count(str_slice(a, a.len - tail, a.len));
}

/*
 * Whether what two texts begin and end with is enough for them to be alike, so that
 * their words need not be numbered. False says nothing.
 */
static bool is_plainly_alike(const struct block *x, const struct block *y)
{
	if (!is_prose(x->kind) || !is_prose(y->kind))
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
	struct pair pair = pair_of(input, base, side);

	if (any_akin(input, &pair, is_grown_text))
		return pair_similarity(input, &pair, 0);
	if (a->word_count < MOVED_WORDS || b->word_count < MOVED_WORDS)
		return 0;
	int alike = pair_similarity(input, &pair, MOVED_ALIKE);
	return alike >= MOVED_ALIKE ? alike : 0;
}
