#include "merge/lines_back.h"

#include "merge/hold.h"
#include "merge/tally.h"

enum { FEWEST_WORDS = 3 };

/* The texts by lines, or by words. */
struct taken_apart {
	struct dictionary numbers;
	struct tokens of[TALLIED_TEXTS];
	struct token_counts counts;
};

static void take_apart(struct taken_apart *texts, splitting *split,
		       const struct str bytes[TALLIED_TEXTS])
{
	const struct tokens *all[TALLIED_TEXTS];

	for (int t = 0; t < TALLIED_TEXTS; t++) {
		texts->of[t] = split(&texts->numbers, bytes[t]);
		all[t] = texts->of + t;
	}
	texts->counts = tokens_count(texts->numbers.arena, all, TALLIED_TEXTS);
}

/* Whether the other took a line or a word out that stands in the whole. */
static bool is_back(const struct taken_apart *texts, uint32_t id)
{
	const struct token_count *count = token_count_of(&texts->counts, id);

	return count && count->in[1] < count->in[0] && count->in[2] > count->in[1];
}

/* Words are looked at where there is a line to ask for. */
static bool has_word_back(struct taken_apart *words, const struct str bytes[TALLIED_TEXTS],
			  struct str line)
{
	if (!words->counts.at)
		take_apart(words, tokens_of_words, bytes);
	struct tokens tokens = tokens_of_words(&words->numbers, line);

	for (int i = 0; i < tokens.count; i++)
		if (!word_is_mark(tokens.at[i]) && is_back(words, tokens.ids[i]))
			return true;
	return false;
}

struct lines_back find_lines_back(struct arena *arena, struct str base, struct str other,
				  struct str whole)
{
	struct str texts[TALLIED_TEXTS] = {base, other, whole};
	struct arena scratch = {0};
	struct taken_apart lines = {.numbers.arena = &scratch}, words = lines;
	struct lines_back back = {0};
	/* What all three have is in none of them oftener. */
	size_t room = 0, above = str_line_count(str_slice(base, 0, leave_middle(texts)));

	take_apart(&lines, tokens_of_lines, texts);
	for (int i = 0; i < lines.of[2].count; i++) {
		struct str line = lines.of[2].at[i];

		if (!is_back(&lines, lines.of[2].ids[i]) || str_word_count(line) < FEWEST_WORDS ||
		    !has_word_back(&words, texts, line))
			continue;
		arena_push(arena, back.at, back.count, room);
		back.at[back.count++] =
			(struct line_back){str_trim(line), (uint32_t)(above + (size_t)i) + 1};
	}
	arena_free(&scratch);
	return back;
}
