#include "merge/alike_figures.h"

/* So many words behind a figure may stand what it counts. */
enum { COUNTED_WITHIN = 4 };

/* Whether one side has a figure that the other lacks. */
static bool figures_missing(const struct compared_text *side)
{
	for (size_t i = 0; i < side->count; i++)
		if (side->entries[i].kind == WORD_NUMBER && !side->entries[i].shared)
			return true;
	return false;
}

/* The first content word behind the entry at `place`, at most a few words on; or NULL. */
static const struct compared_word *counted_behind(const struct compared_text *side, size_t place)
{
	for (size_t i = place + 1; i < side->count && i <= place + COUNTED_WITHIN; i++) {
		const struct compared_word *entry = &side->entries[side->at_place[i]];

		if (entry->kind == WORD_CONTENT)
			return entry;
	}
	return NULL;
}

/* Whether the figure stands before the same word somewhere on the other side. */
static bool counts_the_same(const struct compared_word *figure, const struct compared_word *counted,
			    const struct compared_text *other)
{
	for (size_t i = 0; i < other->count; i++) {
		const struct compared_word *entry = &other->entries[i];

		if (entry->kind != WORD_NUMBER || entry->stem != figure->stem)
			continue;
		const struct compared_word *there = counted_behind(other, entry->place);
		if (!there || there->shared != PER_MILLE || there->stem == counted->stem ||
		    there->place == counted->mate)
			return true;
	}
	return false;
}

/* "3 agents, 2 élus" against "2 agents, 3 élus": figures go with other words there. */
static bool figures_swapped(const struct compared_text *a, const struct compared_text *b)
{
	size_t swapped = 0;

	for (size_t i = 0; i < a->count; i++) {
		const struct compared_word *figure = &a->entries[i];

		if (figure->kind != WORD_NUMBER || figure->shared != PER_MILLE)
			continue;
		const struct compared_word *counted = counted_behind(a, figure->place);
		swapped += counted && counted->shared == PER_MILLE &&
			   !counts_the_same(figure, counted, b);
	}
	return swapped > 1;
}

/* Whether figure `first` stands right before `second`, or before one small word before it. */
static bool follow(const struct compared_text *side, uint32_t first, uint32_t second)
{
	for (size_t place = 0; place + 1 < side->count; place++) {
		if (side->entries[side->at_place[place]].stem != first)
			continue;
		for (size_t i = place + 1; i < side->count && i <= place + 2; i++) {
			const struct compared_word *entry = &side->entries[side->at_place[i]];

			if (entry->kind == WORD_NUMBER && entry->stem == second)
				return true;
			if (entry->kind != WORD_COMMON)
				break;
		}
	}
	return false;
}

/* "from 5 to 7" against "from 7 to 5", 03/12 against 12/03. */
static bool figures_turned(const struct compared_text *a, const struct compared_text *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < a->count && a->entries[i].kind == WORD_NUMBER; j++) {
			uint32_t one = a->entries[i].stem, two = a->entries[j].stem;

			if (a->entries[j].kind == WORD_NUMBER && one != two &&
			    follow(a, one, two) && !follow(a, two, one) && follow(b, two, one) &&
			    !follow(b, one, two))
				return true;
		}
	return false;
}

bool sides_figures_differ(const struct compared_text *a, const struct compared_text *b)
{
	return figures_missing(a) || figures_missing(b) || figures_swapped(a, b) ||
	       figures_turned(a, b);
}
