#include "core/text_stem.h"

#include <stdlib.h>
#include <string.h>

#include <libstemmer.h>

#include "core/hash.h"
#include "core/text_common.h"
#include "core/text_figures.h"
#include "core/text_scan.h"

enum { RATE_UNKNOWN = 10, RATE_FIGURE = 20, RATE_LINK = 1, LONGEST_STEMMED = 64, VOTE_COMMON = 2 };

/* A word as folded, and what it is in each language. */
struct surface {
	uint32_t hash;
	uint8_t votes[2]; /* how much it tells of a language */
	struct word in[2];
};

static uint32_t hash_of(struct str text)
{
	return (uint32_t)key_of(text).low;
}

/* Doubles a table of numbers (0: free, else number + 1) over `hashes` of its objects. */
static uint32_t *slots_grow(struct lexicon *lexicon, size_t *slot_count)
{
	*slot_count = *slot_count ? 2 * *slot_count : 4096;
	return arena_array(lexicon->arena, uint32_t, *slot_count);
}

static void slot_put(uint32_t *slots, size_t slot_count, uint32_t hash, size_t number)
{
	size_t at = hash & (slot_count - 1);

	while (slots[at])
		at = (at + 1) & (slot_count - 1);
	slots[at] = (uint32_t)number + 1;
}

static uint32_t stem_number(struct lexicon *lexicon, struct str stem)
{
	uint32_t hash = hash_of(stem);

	if (2 * lexicon->stem_count >= lexicon->stem_slot_count) {
		lexicon->stem_slots = slots_grow(lexicon, &lexicon->stem_slot_count);
		for (size_t i = 0; i < lexicon->stem_count; i++)
			slot_put(lexicon->stem_slots, lexicon->stem_slot_count,
				 hash_of(lexicon->stems[i]), i);
	}
	size_t mask = lexicon->stem_slot_count - 1, at = hash & mask;
	for (; lexicon->stem_slots[at]; at = (at + 1) & mask)
		if (str_equal(lexicon->stems[lexicon->stem_slots[at] - 1], stem))
			return lexicon->stem_slots[at] - 1;
	arena_push(lexicon->arena, lexicon->stems, lexicon->stem_count, lexicon->stem_room);
	lexicon->stems[lexicon->stem_count] = str_copy(lexicon->arena, stem);
	lexicon->stem_slots[at] = (uint32_t)lexicon->stem_count + 1;
	return (uint32_t)lexicon->stem_count++;
}

/* Groups of letters that one of the two languages hardly has; "|" stands at a word's end. */
static void vote_by_letters(struct surface *surface, struct str text)
{
	static const struct {
		enum language language;
		const char *letters;
	} hints[] = {
		{LANGUAGE_ENGLISH, "w"},   {LANGUAGE_ENGLISH, "k"},    {LANGUAGE_ENGLISH, "sh"},
		{LANGUAGE_ENGLISH, "th"},  {LANGUAGE_ENGLISH, "ing|"}, {LANGUAGE_ENGLISH, "y|"},
		{LANGUAGE_ENGLISH, "ed|"}, {LANGUAGE_ENGLISH, "oo"},   {LANGUAGE_FRENCH, "eau"},
		{LANGUAGE_FRENCH, "eux|"}, {LANGUAGE_FRENCH, "ment|"}, {LANGUAGE_FRENCH, "ique"},
		{LANGUAGE_FRENCH, "eur"},  {LANGUAGE_FRENCH, "ez|"},   {LANGUAGE_FRENCH, "aient|"},
		{LANGUAGE_FRENCH, "oir"},  {LANGUAGE_FRENCH, "er|"},
	};

	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
		struct str letters = str_of(hints[i].letters);
		bool at_end = letters.at[letters.len - 1] == '|';

		letters.len -= at_end;
		if (at_end ? str_ends(text, letters) : str_contains(text, letters))
			surface->votes[hints[i].language] = 1;
	}
}

static size_t surface_number(struct lexicon *lexicon, struct str text)
{
	uint32_t hash = hash_of(text);

	if (2 * lexicon->surface_count >= lexicon->surface_slot_count) {
		lexicon->surface_slots = slots_grow(lexicon, &lexicon->surface_slot_count);
		for (size_t i = 0; i < lexicon->surface_count; i++)
			slot_put(lexicon->surface_slots, lexicon->surface_slot_count,
				 lexicon->surfaces[i].hash, i);
	}
	size_t mask = lexicon->surface_slot_count - 1, at = hash & mask;
	for (; lexicon->surface_slots[at]; at = (at + 1) & mask) {
		size_t number = lexicon->surface_slots[at] - 1;
		if (lexicon->surfaces[number].hash == hash &&
		    str_equal(lexicon->surfaces[number].in[0].text, text))
			return number;
	}
	arena_push(lexicon->arena, lexicon->surfaces, lexicon->surface_count,
		   lexicon->surface_room);
	struct surface *surface = &lexicon->surfaces[lexicon->surface_count];
	*surface = (struct surface){.hash = hash};
	surface->in[0].text = surface->in[1].text = str_copy(lexicon->arena, text);
	vote_by_letters(surface, text);
	lexicon->surface_slots[at] = (uint32_t)lexicon->surface_count + 1;
	return lexicon->surface_count++;
}

/*
 * French endings that Snowball knows by their accents, which folding drops:
 * "financée" becomes "finance" and "possibilite" gets its accent back.
 */
static size_t mend_french(char *word, size_t len)
{
	if (len > 4 && memcmp(word + len - 3, "ees", 3) == 0)
		len--, word[len - 1] = 's';
	else if (len > 4 && memcmp(word + len - 2, "ee", 2) == 0)
		len--;
	bool plural = len > 7 && word[len - 1] == 's';
	size_t end = plural ? len - 1 : len;
	if (end > 6 && memcmp(word + end - 3, "ite", 3) == 0) {
		memcpy(word + end - 1, "\xC3\xA9s", 3);
		len = end + (plural ? 2 : 1);
	}
	return len;
}

static uint32_t snowball_stem(struct lexicon *lexicon, struct str text, enum language language)
{
	char word[LONGEST_STEMMED + 4];
	size_t len = text.len, kept = 0;

	if (len > LONGEST_STEMMED || !lexicon->snowball[language])
		return stem_number(lexicon, text);
	memcpy(word, text.at, len);
	if (language == LANGUAGE_FRENCH)
		len = mend_french(word, len);
	const sb_symbol *stem =
		sb_stemmer_stem(lexicon->snowball[language], (const sb_symbol *)word, (int)len);
	if (!stem)
		return stem_number(lexicon, text);
	len = (size_t)sb_stemmer_length(lexicon->snowball[language]);
	for (size_t i = 0; i < len; i++) {
		bool accent = i + 1 < len && stem[i] == 0xC3 && (stem[i + 1] & 0xF8) == 0xA8;
		word[kept++] = accent ? 'e' : (char)stem[i];
		i += accent;
	}
	return stem_number(lexicon, (struct str){word, kept});
}

static void add_common(struct lexicon *lexicon, const struct common_words *row)
{
	struct str rest = str_of(row->words), entry;

	while (str_next_word(&rest, &entry)) {
		size_t equals = str_find_byte(entry, '=', 0);
		struct str text = str_slice(entry, 0, equals);
		struct str stem =
			equals < entry.len ? str_slice(entry, equals + 1, entry.len) : text;
		size_t number = surface_number(lexicon, text);
		struct surface *surface = &lexicon->surfaces[number];
		struct word *word = &surface->in[row->language];

		if (word->known)
			continue;
		*word = (struct word){
			.text = word->text, .rate = row->rate, .kind = row->kind, .known = true};
		word->stem = row->kind == WORD_CONTENT ? snowball_stem(lexicon, stem, row->language)
						       : stem_number(lexicon, stem);
		if (row->kind != WORD_CONTENT)
			surface->votes[row->language] = VOTE_COMMON;
	}
}

struct lexicon *lexicon_open(struct arena *arena)
{
	struct lexicon *lexicon = arena_new(arena, struct lexicon);

	lexicon->arena = arena;
	lexicon->folded.arena = arena;
	lexicon->snowball[LANGUAGE_ENGLISH] = sb_stemmer_new("english", NULL);
	lexicon->snowball[LANGUAGE_FRENCH] = sb_stemmer_new("french", NULL);
	fold_table_make(&lexicon->fold);
	size_t clause_break = surface_number(lexicon, (struct str){0});
	for (int language = 0; language < 2; language++)
		lexicon->surfaces[clause_break].in[language] = (struct word){
			.stem = stem_number(lexicon, (struct str){0}), .rate = 1, .known = true};
	for (const struct common_words *row = common_words; row->words; row++)
		add_common(lexicon, row);
	for (size_t i = 0; i < lexicon->surface_count; i++) {
		uint8_t *votes = lexicon->surfaces[i].votes;
		if (votes[0] == votes[1])
			votes[0] = votes[1] = 0;
		else if (votes[0] == VOTE_COMMON || votes[1] == VOTE_COMMON)
			votes[votes[0] == VOTE_COMMON] = 0;
	}
	return lexicon;
}

void lexicon_close(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	sb_stemmer_delete(lexicon->snowball[LANGUAGE_ENGLISH]);
	sb_stemmer_delete(lexicon->snowball[LANGUAGE_FRENCH]);
}

/* Fills in what a surface is in `language`, on first sight. */
static void know(struct lexicon *lexicon, size_t number, enum language language,
		 enum token_kind kind)
{
	struct word *word = &lexicon->surfaces[number].in[language];
	struct word found = {
		.text = word->text, .rate = RATE_UNKNOWN, .kind = WORD_CONTENT, .known = true};

	if (kind == TOKEN_NUMBER) {
		found.kind = WORD_NUMBER;
		found.rate = RATE_FIGURE;
		found.stem = stem_number(lexicon, word->text);
	} else if (kind == TOKEN_LINK) {
		found.kind = WORD_LINK;
		found.rate = RATE_LINK;
		found.stem = stem_number(lexicon, word->text);
	} else {
		found.stem = snowball_stem(lexicon, word->text, language);
		if (word->text.len < 2) {
			found.kind = WORD_COMMON;
			found.rate = 300;
		}
	}
	lexicon->surfaces[number].in[language] = found;
}

/* Appends the surfaces of `text` with the kind of their token, and counts what speaks for a
 * language. */
static void read_surfaces(struct lexicon *lexicon, struct str text, struct word_list *out,
			  size_t votes[2])
{
	struct token token;
	size_t start = out->count;

	lexicon->folded.len = 0;
	votes[LANGUAGE_FRENCH] += text_fold_dress(&lexicon->fold, text, &lexicon->folded) ? 1 : 0;
	struct scan scan = scan_begin(buf_str(&lexicon->folded));
	while (scan_next(&scan, &token)) {
		size_t number = token.kind == TOKEN_BREAK ? 0 : surface_number(lexicon, token.text);

		if (number == 0 && (out->count == start || out->at[out->count - 1] == 0))
			continue;
		votes[0] += lexicon->surfaces[number].votes[0];
		votes[1] += lexicon->surfaces[number].votes[1];
		arena_push(out->arena, out->at, out->count, out->room);
		out->at[out->count++] = number ? (uint32_t)(4 * number + token.kind) : 0;
	}
	while (out->count > start && out->at[out->count - 1] == 0)
		out->count--;
}

static enum language settle(const size_t votes[2], enum language otherwise)
{
	if (votes[LANGUAGE_FRENCH] == votes[LANGUAGE_ENGLISH])
		return otherwise;
	return votes[LANGUAGE_FRENCH] > votes[LANGUAGE_ENGLISH] ? LANGUAGE_FRENCH
								: LANGUAGE_ENGLISH;
}

uint32_t lexicon_figure(struct lexicon *lexicon, struct str digits, enum language language)
{
	size_t number = surface_number(lexicon, digits);

	if (!lexicon->surfaces[number].in[language].known)
		know(lexicon, number, language, TOKEN_NUMBER);
	return (uint32_t)(2 * number + language);
}

void lexicon_read(struct lexicon *lexicon, struct str text, enum language otherwise,
		  struct word_list *out)
{
	size_t start = out->count, votes[2] = {0, 0};

	/* First the surfaces; then, the language known, the words. */
	read_surfaces(lexicon, text, out, votes);
	enum language language = settle(votes, otherwise);
	for (size_t i = start; i < out->count; i++) {
		size_t number = out->at[i] / 4;

		if (!lexicon->surfaces[number].in[language].known)
			know(lexicon, number, language, (enum token_kind)(out->at[i] % 4));
		out->at[i] = number ? (uint32_t)(2 * number + language) : 0;
	}
	figures_join(lexicon, out, start, language);
}

uint32_t *lexicon_unite(struct arena *arena, struct lexicon *lexicon, const struct lexicon *other)
{
	uint32_t *numbers = arena_array(arena, uint32_t, 2 * other->surface_count);

	for (size_t i = 1; i < other->surface_count; i++) {
		size_t number = surface_number(lexicon, other->surfaces[i].in[0].text);

		for (size_t language = 0; language < 2; language++) {
			struct word word = other->surfaces[i].in[language];

			numbers[2 * i + language] = (uint32_t)(2 * number + language);
			if (!word.known || lexicon->surfaces[number].in[language].known)
				continue;
			word.text = lexicon->surfaces[number].in[language].text;
			word.stem = stem_number(lexicon, other->stems[word.stem]);
			lexicon->surfaces[number].in[language] = word;
		}
	}
	return numbers;
}

const struct word *lexicon_word(const struct lexicon *lexicon, uint32_t number)
{
	return &lexicon->surfaces[number / 2].in[number % 2];
}
