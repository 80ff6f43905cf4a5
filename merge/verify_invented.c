#include "merge/verify_invented.h"

/* Words that may be parts of others: each is looked for in all lines. */
enum { PARTS_SOUGHT = 64 };

/* The words, marks included, of lines that all texts hold equally often, be they YAML or not. */
static struct index words_of_still_lines(const struct reading *reading)
{
	struct index words = {0};
	struct str rest, word;
	bool cell;

	for (uint32_t i = 0; i < reading->lines.index.count; i++)
		for (int yaml = 0; yaml < 2 && is_still(reading, i); yaml++) {
			rest = line_bytes(reading, i);
			while (take_word(&rest, yaml, &word, &cell))
				index_add(&words, word);
		}
	return words;
}

/* Whether a line that all texts hold equally often has the word as a part of another. */
static bool stands_in_still_line(const struct reading *reading, struct str word)
{
	for (uint32_t i = 0; i < reading->lines.index.count; i++)
		if (is_still(reading, i) && str_contains(line_bytes(reading, i), word))
			return true;
	return false;
}

static bool no_input_counts(const struct indexed *word)
{
	return word->counts[OF_RESULT] > 0 && word->counts[OF_BASE] == 0 &&
	       word->counts[OF_OURS] == 0 && word->counts[OF_THEIRS] == 0;
}

bool find_invented_word(const struct reading *reading, struct str *out)
{
	struct index still = {0};
	bool found = false;
	int parts = 0;

	for (uint32_t i = PASSAGE_END + 1; i < reading->words.count && !found; i++) {
		const struct indexed *word = &reading->words.entries[i];

		if (!no_input_counts(word))
			continue;
		if (still.count == 0)
			still = words_of_still_lines(reading);
		size_t known = still.count;
		index_add(&still, indexed_bytes(word));
		if (still.count > known && (parts++ == PARTS_SOUGHT ||
					    !stands_in_still_line(reading, indexed_bytes(word)))) {
			*out = indexed_bytes(word);
			found = true;
		}
	}
	index_free(&still);
	return found;
}
