#include "merge/alike_why.h"

enum { MOST_EXPLAINED = 64 };

static bool tells(const struct compared_word *entry)
{
	return word_is_matter(entry->kind) || entry->kind == WORD_NEGATION ||
	       entry->kind == WORD_NE;
}

static void add_once(const struct lexicon *lexicon, struct word_list *list, uint32_t word)
{
	uint32_t stem = lexicon_word(lexicon, word)->stem;

	for (size_t i = 0; i < list->count; i++)
		if (lexicon_word(lexicon, list->at[i])->stem == stem)
			return;
	arena_push(list->arena, list->at, list->count, list->room);
	list->at[list->count++] = word;
}

struct alike_why alike_explain(struct arena *arena, const struct lexicon *lexicon,
			       struct stem_weights weights, struct alike_text text,
			       const struct alike_text *others, size_t count)
{
	struct alike_why why = {{.arena = arena}, {.arena = arena}, {.arena = arena}};
	size_t met[COMPARED_WORDS] = {0}; /* by place: in how many of the others */
	struct compared_text side, other;
	size_t explained = count < MOST_EXPLAINED ? count : MOST_EXPLAINED;

	side_fill(&side, lexicon, weights, text.words, text.count);
	for (size_t n = 0; n < explained; n++) {
		side_fill(&other, lexicon, weights, others[n].words, others[n].count);
		sides_pair(&side, &other, lexicon);
		for (size_t i = 0; i < side.count; i++)
			met[side.entries[i].place] += side.entries[i].shared > 0;
		for (size_t place = 0; place < other.count; place++) {
			const struct compared_word *entry = &other.entries[other.at_place[place]];
			if (tells(entry) && !entry->shared)
				add_once(lexicon, &why.only_b, entry->word);
		}
		/* Slips take weight off; the next comparison begins anew. */
		if (n + 1 < explained)
			side_fill(&side, lexicon, weights, text.words, text.count);
	}
	for (size_t place = 0; place < side.count; place++) {
		const struct compared_word *entry = &side.entries[side.at_place[place]];

		if (!tells(entry))
			continue;
		if (met[place] == explained)
			add_once(lexicon, &why.shared, entry->word);
		else if (met[place] == 0)
			add_once(lexicon, &why.only_a, entry->word);
	}
	return why;
}
