#include "merge/recut_zone.h"

#include <string.h>

#include "merge/tokens.h"

static bool stays(const struct plan *plan, int base)
{
	for (int s = 0; s < SIDES; s++) {
		int piece = plan->match[s].side_of[base];

		if (piece < 0 || plan->side[s].ids[piece] != plan->base.ids[base] ||
		    is_moved_in(&plan->match[s], base))
			return false;
	}
	return true;
}

static bool is_changed(const struct plan *plan, int s, int base)
{
	int piece = plan->match[s].side_of[base];

	return piece < 0 || plan->side[s].ids[piece] != plan->base.ids[base];
}

/* Whether a run is so short that what became of it can be told: not where all is changed. */
static bool is_short(const struct side *side, struct piece_run run)
{
	enum { ZONE_PIECES = 1024, ZONE_WORDS = 32 * 1024 };
	size_t words = 0;

	if (run.end - run.from > ZONE_PIECES)
		return false;
	for (int i = run.from; i < run.end; i++)
		words += piece_block(side, i)->words;
	return words <= ZONE_WORDS;
}

/*
 * Whether both sides changed a piece of the zone, which somebody may have made several of
 * or a part of one.
 */
static bool is_worth_reading(const struct plan *plan, const struct piece_run run[TEXTS])
{
	bool several = false;

	for (int t = BASE; t < TEXTS; t++) {
		several |= run[t].end - run[t].from > 1;
		if (run[t].end <= run[t].from || !is_short(plan_text(plan, t), run[t]))
			return false;
	}
	for (int i = run[BASE].from; several && i < run[BASE].end; i++)
		if (piece_can_be_cut(&plan->base, i) && is_changed(plan, 0, i) &&
		    is_changed(plan, 1, i))
			return true;
	return false;
}

bool zone_next(const struct plan *plan, int *next, struct piece_run run[TEXTS])
{
	int from = *next;

	for (int i = from; i <= plan->base.count; i++) {
		bool at_end = i == plan->base.count;

		if (!at_end && !stays(plan, i))
			continue;
		for (int s = 0; s < SIDES; s++) {
			const int *side_of = plan->match[s].side_of;

			run[OURS + s].from = from > 0 ? side_of[from - 1] + 1 : 0;
			run[OURS + s].end = at_end ? plan->side[s].count : side_of[i];
		}
		run[BASE] = (struct piece_run){from, i};
		from = *next = i + 1;
		if (is_worth_reading(plan, run))
			return true;
	}
	return false;
}

/* Whether all lines of an item stand below its text: others may have been meant for themselves. */
static bool is_indented(const struct block *block)
{
	struct str rest = block->text, line;

	str_next_line(&rest, &line);
	while (str_next_line(&rest, &line)) {
		size_t blanks = 0;

		while (blanks < line.len && byte_is_blank(line.at[blanks]))
			blanks++;
		if (blanks < block->content && !str_starts(line, STR("\t")))
			return false;
	}
	return true;
}

bool piece_can_be_cut(const struct side *side, int piece)
{
	const struct block *block = piece_block(side, piece);

	return (block->kind == BLOCK_PARAGRAPH ||
		(block->kind == BLOCK_POINT && is_indented(block))) &&
	       !block->joined && side->pieces[piece].wordings == 1 && block->label == 0;
}

bool are_marked_alike(const struct laid_text *a, int word, const struct laid_text *b,
		      int other_word)
{
	const struct block *one = block_of_word(a, word), *other = block_of_word(b, other_word);

	return one->kind == other->kind && one->indent == other->indent &&
	       one->numbered == other->numbered;
}

static void lay_piece(struct dictionary *words, struct laid_text *text, int piece)
{
	struct str rest = piece_block(text->side, piece)->text, word, space;
	size_t at = 0;

	while (next_token(rest, &at, &word, &space)) {
		text->at[text->count] = word;
		/* Who makes items of a sentence takes off the comma behind each. */
		text->ids[text->count] = word_id(words, word_without_marks_behind(word));
		text->piece[text->count++] = piece;
	}
}

static struct laid_text lay(struct arena *arena, struct dictionary *words, const struct side *side,
			    struct piece_run run)
{
	struct laid_text text = {.side = side, .run = run};
	size_t room = 0;

	for (int i = run.from; i < run.end; i++)
		room += piece_block(side, i)->words;
	text.at = arena_array(arena, struct str, room + 1);
	text.ids = arena_array(arena, uint32_t, room + 1);
	text.piece = arena_array(arena, int, room + 1);
	text.first = arena_array(arena, int, (size_t)(run.end - run.from) + 1);
	for (int i = run.from; i < run.end; i++) {
		text.first[i - run.from] = text.count;
		if (piece_can_be_cut(side, i))
			lay_piece(words, &text, i);
	}
	text.first[run.end - run.from] = text.count;
	return text;
}

/* Whether a sentence begins with the word. */
static bool begins_sentence(const struct laid_text *text, int word)
{
	return word == 0 || ends_piece(text, word - 1) || ends_sentence(text->at[word - 1]);
}

/*
 * What two sentences begin with alike is taken for the beginning of the first of them, as
 * words are told apart from the front: but what is known of the second speaks for that.
 *
 *     base   S.               Le jardin       S.               Le jardin
 *     side   S. Le café sert. Le jardin   =>  S. Le café sert. Le jardin
 *               ^^                ^^^^^^                       ^^ ^^^^^^
 */
static void go_with_what_follows(const struct laid_text *base, const struct laid_text *side,
				 int *to)
{
	enum { BEGINNING_WORDS = 8 };

	for (int i = base->count - 1; i >= 0; i--) {
		int words = 1, next;

		if (to[i] < 0)
			continue;
		while (words < BEGINNING_WORDS && i + words < base->count &&
		       to[i + words] == to[i] + words)
			words++;
		for (next = i + words; next < base->count && to[next] < 0;)
			next++;
		if (next == base->count)
			continue;
		int moved = next - words, moved_to = to[next] - words;
		if (moved_to == to[i] || !begins_sentence(base, moved) ||
		    !begins_sentence(side, moved_to) ||
		    memcmp(base->ids + i, base->ids + moved, (size_t)words * sizeof *base->ids) !=
			    0 ||
		    memcmp(base->ids + i, side->ids + moved_to,
			   (size_t)words * sizeof *base->ids) != 0)
			continue;
		for (int k = 0; k < words; k++)
			to[i + k] = NONE;
		for (int k = 0; k < words; k++)
			to[moved + k] = moved_to + k;
	}
}

static struct way way_of(struct arena *arena, int *to, int count)
{
	struct way way = {.to = to,
			  .before = arena_array(arena, int, (size_t)count + 1),
			  .behind = arena_array(arena, int, (size_t)count + 1)};
	int last = NONE, next = count;

	for (int i = 0; i < count; i++)
		way.before[i] = last = to[i] >= 0 ? i : last;
	way.behind[count] = count;
	for (int i = count - 1; i >= 0; i--)
		way.behind[i] = next = to[i] >= 0 ? i : next;
	return way;
}

static struct way way_back(struct arena *arena, const struct way *way, int from, int count)
{
	int *to = arena_array(arena, int, (size_t)count + 1);

	for (int i = 0; i < count; i++)
		to[i] = NONE;
	for (int i = 0; i < from; i++)
		if (way->to[i] >= 0)
			to[way->to[i]] = i;
	return way_of(arena, to, count);
}

static struct numbers ids_of(const struct laid_text *text)
{
	return (struct numbers){text->ids, text->count};
}

struct zone zone_read(struct arena *arena, const struct plan *plan,
		      const struct piece_run run[TEXTS])
{
	struct dictionary words = {.arena = arena};
	struct zone zone;

	for (int t = BASE; t < TEXTS; t++)
		zone.text[t] = lay(arena, &words, plan_text(plan, t), run[t]);
	const struct laid_text *base = &zone.text[BASE];
	for (int s = 0; s < SIDES; s++) {
		const struct laid_text *side = &zone.text[OURS + s];
		int *to = diff_partners(arena, ids_of(base), ids_of(side));

		go_with_what_follows(base, side, to);
		zone.to_side[s] = way_of(arena, to, base->count);
		zone.to_base[s] = way_back(arena, &zone.to_side[s], base->count, side->count);
	}
	return zone;
}
