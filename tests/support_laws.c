#include "tests/support_laws.h"

#include "core/text.h"
#include "merge/verify.h"

static struct str merged(struct arena *arena, struct merge_input input, struct str ours,
			 struct str theirs)
{
	return merge_texts(arena, (struct merge_input){input.base, ours, theirs, input.format})
		.text;
}

static bool is_number(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.at[i] < '0' || word.at[i] > '9')
			return false;
	return true;
}

/* Words as readers see them, marks aside. */
struct words {
	struct str *at;
	size_t count, room;
};

struct counted {
	struct words base, ours, theirs, result;
};

static struct words words_of(struct arena *arena, struct str text)
{
	struct words words = {0};
	struct str word;

	while (text_next_word(&text, &word)) {
		arena_push(arena, words.at, words.count, words.room);
		words.at[words.count++] = word;
	}
	return words;
}

static struct counted counted_of(struct arena *arena, struct merge_input input, struct str result)
{
	return (struct counted){
		.base = words_of(arena, input.base),
		.ours = words_of(arena, input.ours),
		.theirs = words_of(arena, input.theirs),
		.result = words_of(arena, result),
	};
}

static size_t count_word(struct words words, struct str word)
{
	size_t count = 0;

	for (size_t i = 0; i < words.count; i++)
		count += str_equal(words.at[i], word);
	return count;
}

/* Lists are numbered anew and wordings labelled; all else has to come from somewhere. */
static bool is_made(struct str word)
{
	return is_number(word) || str_equal(word, STR("version"));
}

static bool invents(const struct counted *words)
{
	for (size_t i = 0; i < words->result.count; i++) {
		struct str word = words->result.at[i];

		if (!is_made(word) && !count_word(words->base, word) &&
		    !count_word(words->ours, word) && !count_word(words->theirs, word))
			return true;
	}
	return false;
}

const char *merge_breach(struct arena *arena, struct merge_input input)
{
	struct str result = merged(arena, input, input.ours, input.theirs);
	struct counted words = counted_of(arena, input, result);

	if (!str_equal(merged(arena, input, input.base, input.ours), input.ours) ||
	    !str_equal(merged(arena, input, input.ours, input.base), input.ours))
		return "what only one side changed is taken as it is";
	if (!str_equal(merged(arena, input, input.ours, input.ours), input.ours))
		return "what both made alike is taken as it is";
	if (!str_equal(merged(arena, input, input.theirs, input.ours), result))
		return "the sides exchanged give the same bytes";
	if (invents(&words))
		return "no word is invented";
	return NULL;
}

/* Then each side only deletes some of the words of base, and counts tell how many. */
static bool sides_insert_new_words_only(const struct counted *words)
{
	for (size_t i = 0; i < words->base.count; i++) {
		struct str word = words->base.at[i];
		size_t base = count_word(words->base, word);

		if (!is_made(word) && (count_word(words->ours, word) > base ||
				       count_word(words->theirs, word) > base))
			return false;
	}
	return true;
}

static bool is_lost(const struct counted *words, struct str word)
{
	size_t base = count_word(words->base, word), ours = count_word(words->ours, word);
	size_t theirs = count_word(words->theirs, word), count = count_word(words->result, word);

	if (is_made(word))
		return false;
	if (base == 0)
		return count < (ours > theirs ? ours : theirs);
	return count + base < ours + theirs;
}

static bool loses_one_of(const struct counted *words, struct words some)
{
	for (size_t i = 0; i < some.count; i++)
		if (is_lost(words, some.at[i]))
			return true;
	return false;
}

const char *merge_loss(struct arena *arena, struct merge_input input)
{
	struct counted words =
		counted_of(arena, input, merged(arena, input, input.ours, input.theirs));

	if (sides_insert_new_words_only(&words) &&
	    (loses_one_of(&words, words.ours) || loses_one_of(&words, words.theirs)))
		return "no word is lost";
	return NULL;
}

/* The line of the text that holds the word, once in all; without bytes if it is not once. */
static struct str line_of(struct arena *arena, struct str text, struct str word)
{
	struct str line, found = {0};
	size_t count = 0;

	while (str_next_line(&text, &line)) {
		size_t here = count_word(words_of(arena, line), word);

		count += here;
		if (here)
			found = str_trim(line);
	}
	return count == 1 ? found : (struct str){0};
}

/*
 * Everybody has the word once, and somebody left its line as it was: no edit has
 * to stand beside a deletion, so nothing is a reason to have it twice.
 */
static bool is_doubled(struct arena *arena, struct merge_input input, const struct counted *words,
		       struct str word)
{
	struct str base = line_of(arena, input.base, word), ours = line_of(arena, input.ours, word);
	struct str theirs = line_of(arena, input.theirs, word);

	return base.len && ours.len && theirs.len &&
	       (str_equal(base, ours) || str_equal(base, theirs)) && !is_made(word) &&
	       count_word(words->result, word) > 1;
}

const char *merge_doubling(struct arena *arena, struct merge_input input)
{
	struct str result = merged(arena, input, input.ours, input.theirs);
	struct counted words = counted_of(arena, input, result);

	if (str_contains(result, STR("⟨version")))
		return NULL;
	for (size_t i = 0; i < words.base.count; i++)
		if (is_doubled(arena, input, &words, words.base.at[i]))
			return "a word that everybody has once stands once";
	return NULL;
}

const char *merge_undoing(struct arena *arena, struct merge_input input)
{
	struct merged result = merge_texts(arena, input);
	struct finding finding = verify_merge(arena, input, result.text);
	struct str back = str_trim(finding.text);

	if (finding.verdict == VERDICT_DELETED_BACK && result.decision_count == 0 &&
	    (!str_contains(input.ours, back) || !str_contains(input.theirs, back)))
		return "what one deleted and the other left is not back untold";
	return NULL;
}

bool merge_rests(struct arena *arena, struct merge_input input)
{
	struct str result = merged(arena, input, input.ours, input.theirs);

	return str_equal(merged(arena, input, input.ours, result), result) &&
	       str_equal(merged(arena, input, input.theirs, result), result);
}
