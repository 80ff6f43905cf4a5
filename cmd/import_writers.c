#include "cmd/import_writers.h"

#include <stdlib.h>

#include "core/hash.h"
#include "merge/diff.h"

/* Words of texts, as numbers that are equal where the words are. */
struct words {
	struct str *at;
	uint32_t *numbers;
	size_t count, room;
};

/* A word of the note's files. */
struct owned_word {
	uint32_t writer; /* NOBODY: from the start */
	bool old;	 /* stood there before */
};

/* --- whose word it is ---------------------------------------------------------------- */

static void add_words(struct arena *arena, struct words *words, struct str text)
{
	struct str word;

	while (str_next_word(&text, &word)) {
		arena_push(arena, words->at, words->count, words->room);
		words->at[words->count++] = word;
	}
}

struct keyed {
	struct key key;
	uint32_t *number;
};

static int compare_keyed(const void *left, const void *right)
{
	const struct keyed *a = left, *b = right;

	return key_compare(a->key, b->key);
}

/* Numbers the words of two texts. */
static void number_words(struct arena *arena, struct words *a, struct words *b)
{
	size_t count = a->count + b->count, used = 0;
	struct keyed *all = arena_array(arena, struct keyed, count + 1);
	struct words *both[] = {a, b};

	for (int side = 0; side < 2; side++) {
		both[side]->numbers = arena_array(arena, uint32_t, both[side]->count + 1);
		for (size_t i = 0; i < both[side]->count; i++)
			all[used++] =
				(struct keyed){key_of(both[side]->at[i]), &both[side]->numbers[i]};
	}
	qsort(all, count, sizeof *all, compare_keyed);
	for (size_t i = 0, number = 0; i < count; i++) {
		number += i > 0 && !key_equal(all[i].key, all[i - 1].key);
		*all[i].number = (uint32_t)number;
	}
}

/* For every word of `a` its partner in `b`, or -1. */
static int *partners_of(struct arena *arena, struct words *a, struct words *b)
{
	number_words(arena, a, b);
	return diff_partners(arena, (struct numbers){a->numbers, (int)a->count},
			     (struct numbers){b->numbers, (int)b->count});
}

/* The writer of most bytes of a word of the document. */
static uint32_t writer_of_word(const struct document *document, struct str word)
{
	size_t from = (size_t)(word.at - document->text.at), most = 0;
	uint32_t found = NOBODY;

	for (size_t i = 0; i < word.len; i++) {
		uint32_t writer = document->written_by[from + i];
		size_t bytes = 0;

		for (size_t j = 0; j < word.len; j++)
			bytes += document->written_by[from + j] == writer;
		if (writer != NOBODY && bytes > most) {
			found = writer;
			most = bytes;
		}
	}
	return found;
}

static struct words words_of_files(struct arena *arena, const struct imported *note)
{
	struct words words = {0};

	/* workshop.yml is made by the import, so it is its own. */
	for (size_t i = 1; i < note->count; i++)
		add_words(arena, &words, note->files[i].bytes);
	return words;
}

/* Every word of the section files, in order: whose it is, and whether it was there before. */
static struct owned_word *own_words(struct arena *arena, const struct document *document,
				    const struct imported *note, const struct imported *before)
{
	struct words words = words_of_files(arena, note), said = {0}, old;
	struct owned_word *owned = arena_array(arena, struct owned_word, words.count + 1);

	add_words(arena, &said, document->text);
	int *partner = partners_of(arena, &words, &said);
	for (size_t i = 0; i < words.count; i++)
		owned[i].writer =
			partner[i] < 0 ? NOBODY : writer_of_word(document, said.at[partner[i]]);
	old = words_of_files(arena, before);
	partner = partners_of(arena, &words, &old);
	for (size_t i = 0; i < words.count; i++)
		owned[i].old = partner[i] >= 0;
	return owned;
}

/* --- the files at one of the saves ------------------------------------------------------ */

/* How far the series has come: all founders up to one writer, or all words up to one. */
struct progress {
	uint32_t founders;  /* lines of writers below this are there */
	uint32_t additions; /* and of these their words in others' lines */
};

/* Who has most words of a line that are new; the earlier writer where two have as many. */
static uint32_t founder_of(const struct owned_word *words, size_t count)
{
	uint32_t founder = NOBODY;
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		size_t same = 0;

		for (size_t j = 0; j < count; j++)
			same += words[j].writer == words[i].writer;
		if (words[i].writer != NOBODY &&
		    (same > most || (same == most && words[i].writer < founder))) {
			founder = words[i].writer;
			most = same;
		}
	}
	return founder;
}

static bool is_there(const struct owned_word *word, uint32_t founder, struct progress progress)
{
	if (word->old || word->writer == NOBODY)
		return true;
	return word->writer == founder ? word->writer < progress.founders
				       : word->writer < progress.additions;
}

/* A word that only marks a line: what stays of it alone would be an empty point. */
static bool is_mark(struct str word)
{
	return str_equal(word, STR("-")) || str_equal(word, STR("*")) ||
	       str_equal(word, STR("+")) || str_ends(word, STR("."));
}

/* Adds what is there of a line; nothing where none of its words is. */
static void add_line(struct buf *out, struct str line, const struct owned_word *words, size_t count,
		     struct progress progress)
{
	bool heading = str_starts(line, STR("#"));
	uint32_t founder = founder_of(words, count);
	struct str rest = line, word;
	size_t before = out->len, kept = 0, index = 0;
	const char *at = line.at;

	for (; str_next_word(&rest, &word); index++) {
		bool mark = index == 0 && is_mark(word);

		if (heading || mark || is_there(&words[index], founder, progress)) {
			buf_add(out, (struct str){at, (size_t)(word.at + word.len - at)});
			kept += !mark || count == 1;
		}
		at = word.at + word.len;
	}
	if (count && kept == 0)
		out->len = before;
	else
		buf_add(out, (struct str){at, (size_t)(line.at + line.len - at)});
}

static struct imported note_at(struct arena *arena, const struct imported *note,
			       const struct owned_word *words, struct progress progress)
{
	struct imported state = *note;

	state.files = arena_array(arena, struct imported_file, note->count);
	state.files[0] = note->files[0];
	for (size_t i = 1; i < note->count; i++) {
		struct buf bytes = {.arena = arena};
		struct str rest = note->files[i].bytes, line;

		while (str_next_line(&rest, &line)) {
			size_t count = str_word_count(line);

			add_line(&bytes, line, words, count, progress);
			words += count;
		}
		state.files[i] = (struct imported_file){note->files[i].name, buf_str(&bytes)};
	}
	return state;
}

static bool are_equal(const struct imported *a, const struct imported *b)
{
	bool equal = a->count == b->count;

	for (size_t i = 0; equal && i < a->count; i++)
		equal = str_equal(a->files[i].name, b->files[i].name) &&
			str_equal(a->files[i].bytes, b->files[i].bytes);
	return equal;
}

struct writer_save *writer_saves(struct arena *arena, const struct document *document,
				 const struct imported *note, const struct imported *before,
				 size_t *count)
{
	uint32_t writers = (uint32_t)document->writer_count;
	struct owned_word *words = own_words(arena, document, note, before);
	struct writer_save *saves = arena_array(arena, struct writer_save, 2 * (size_t)writers + 1);
	const struct imported *last = before;

	*count = 0;
	for (uint32_t step = 0; step <= 2 * writers; step++) {
		struct progress progress = {.founders = step < writers ? step : writers,
					    .additions = step > writers ? step - writers : 0};
		struct writer_save save = {
			.writer = step == 0	    ? NOBODY
				  : step <= writers ? step - 1
						    : step - writers - 1,
			.note = note_at(arena, note, words, progress),
		};

		if (are_equal(&save.note, last))
			continue;
		saves[*count] = save;
		last = &saves[(*count)++].note;
	}
	return saves;
}
