#include "merge/collection_keys.h"

#include <stdlib.h>

#include "core/ascending.h"

uint64_t *stem_hashes(struct arena *arena, const struct lexicon *lexicon)
{
	uint64_t *hashes = arena_array(arena, uint64_t, lexicon->stem_count);

	for (size_t i = 0; i < lexicon->stem_count; i++)
		hashes[i] = key_of(lexicon->stems[i]).low;
	return hashes;
}

struct key key_of_words(const struct lexicon *lexicon, struct alike_text text, struct buf *scratch)
{
	scratch->len = 0;
	for (size_t i = 0; i < text.count; i++) {
		if (text.words[i] == 0)
			continue;
		if (scratch->len)
			buf_add_byte(scratch, ' ');
		buf_add(scratch, lexicon_word(lexicon, text.words[i])->text);
	}
	return scratch->len ? key_of(buf_str(scratch)) : (struct key){0};
}

static void add_hash(struct buf *to, uint64_t hash)
{
	buf_add(to, (struct str){(const char *)&hash, sizeof hash});
}

/* The hash of the first content stem behind word `at`, in its clause; 0: none. */
static uint64_t counted_by(const struct lexicon *lexicon, const uint64_t *hashes,
			   struct alike_text text, size_t at)
{
	for (size_t i = at + 1; i < text.count && text.words[i]; i++) {
		const struct word *word = lexicon_word(lexicon, text.words[i]);

		if (word->kind == WORD_CONTENT)
			return hashes[word->stem];
	}
	return 0;
}

/* The hash of the figure right behind figure `at`, or behind one small word; 0: none. */
static uint64_t followed_by(const struct lexicon *lexicon, const uint64_t *hashes,
			    struct alike_text text, size_t at)
{
	for (size_t i = at + 1; i < text.count && i <= at + 2 && text.words[i]; i++) {
		const struct word *word = lexicon_word(lexicon, text.words[i]);

		if (word->kind == WORD_NUMBER)
			return hashes[word->stem];
		if (word->kind != WORD_COMMON)
			break;
	}
	return 0;
}

static size_t count_figures(const struct lexicon *lexicon, struct alike_text text)
{
	size_t figures = 0;

	for (size_t i = 0; i < text.count; i++)
		figures += lexicon_word(lexicon, text.words[i])->kind == WORD_NUMBER;
	return figures;
}

/* Adds the hashes of the members. out: how many */
static size_t add_members(const struct lexicon *lexicon, const uint64_t *hashes,
			  struct alike_text text, struct buf *to)
{
	bool several = count_figures(lexicon, text) > 1;
	size_t count = 0;

	for (size_t i = 0; i < text.count; i++) {
		const struct word *word = lexicon_word(lexicon, text.words[i]);
		uint64_t hash = hashes[word->stem];

		if (text.words[i] == 0 || (!word_is_matter(word->kind) && word->kind != WORD_POLE))
			continue;
		if (several && word->kind == WORD_NUMBER)
			hash = (hash << 1) + counted_by(lexicon, hashes, text, i) +
			       3 * followed_by(lexicon, hashes, text, i);
		add_hash(to, hash);
		count++;
	}
	return count;
}

bool key_of_bag(const struct lexicon *lexicon, const uint64_t *hashes, struct alike_text text,
		struct buf *scratch, struct key *out)
{
	uint64_t *members;
	size_t kept = 0;

	scratch->len = 0;
	size_t count = add_members(lexicon, hashes, text, scratch);
	if (count < 2)
		return false;
	members = (uint64_t *)(void *)scratch->at;
	qsort(members, count, sizeof *members, ascending_u64);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || members[i] != members[kept - 1])
			members[kept++] = members[i];
	if (kept < 2)
		return false;
	scratch->len = kept * sizeof *members;
	struct negations negations = {0};
	for (size_t i = 0; i < text.count; i++) {
		const struct word *word = lexicon_word(lexicon, text.words[i]);

		if (text.words[i])
			negations_count(&negations, word->kind, word->text);
	}
	add_hash(scratch, (uint64_t)negations.strong << 32 | negations.ne);
	*out = key_of(buf_str(scratch));
	return true;
}
