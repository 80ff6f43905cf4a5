#include "cmd/document_words.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/hash.h"
#include "core/process.h"
#include "core/text.h"

enum {
	MOST_XML = 64 * 1024 * 1024,
	UNZIP_MILLISECONDS = 20 * 1000,
	HEXADECIMAL = 16,
	DECIMAL = 10
};

/* Elements that part words though no blank stands there; all others may stand inside a word. */
static bool parts_words(struct str tag)
{
	static const char *const tags[] = {
		"/text:p", "/text:h", "text:tab", "text:line-break", "text:s", "text:s/", "/w:p",
		"w:tab",   "w:br",    "w:tab/",	  "w:br/",	     "w:cr/",  NULL};
	struct str name = {0};

	str_next_word(&tag, &name);
	return str_is_one_of(name, tags);
}

/* What "&name;" stands for; a blank for what is not known. */
static uint32_t character_of(struct str name)
{
	static const struct {
		const char *name;
		char character;
	} known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_equal(name, str_of(known[i].name)))
			return (uint32_t)known[i].character;
	if (str_starts(name, STR("#x")))
		return (uint32_t)strtoul(name.at + 2, NULL, HEXADECIMAL);
	return str_starts(name, STR("#")) ? (uint32_t)strtoul(name.at + 1, NULL, DECIMAL) : ' ';
}

static void add_character(struct buf *out, uint32_t code)
{
	if (code < 0x80)
		buf_add_byte(out, (char)code);
	else if (code < 0x800)
		buf_printf(out, "%c%c", (int)(0xC0 | code >> 6), (int)(0x80 | (code & 0x3F)));
	else if (code < 0x10000)
		buf_printf(out, "%c%c%c", (int)(0xE0 | code >> 12),
			   (int)(0x80 | (code >> 6 & 0x3F)), (int)(0x80 | (code & 0x3F)));
}

/* What people read of XML: without its elements. */
static struct str text_of_xml(struct arena *arena, struct str xml)
{
	struct buf text = {.arena = arena};

	while (xml.len) {
		bool tag = xml.at[0] == '<', entity = xml.at[0] == '&';
		size_t end = tag      ? str_find_byte(xml, '>', 0)
			     : entity ? str_find_byte(xml, ';', 0)
				      : 0;

		if (end == xml.len || (!tag && !entity)) {
			buf_add_byte(&text, xml.at[0]);
			end = 0;
		} else if (entity) {
			add_character(&text, character_of(str_slice(xml, 1, end)));
		} else if (parts_words(str_slice(xml, 1, end))) {
			buf_add_byte(&text, ' ');
		}
		xml = str_slice(xml, end + 1, xml.len);
	}
	return buf_str(&text);
}

struct counted {
	struct key key; /* of the folded word */
	struct str word;
	size_t order;
};

struct counts {
	struct counted *at;
	size_t count, room;
};

static int by_key(const void *left, const void *right)
{
	const struct counted *a = left, *b = right;
	int order = key_compare(a->key, b->key);

	return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

static int by_order(const void *left, const void *right)
{
	const struct counted *a = left, *b = right;

	return a->order < b->order ? -1 : a->order > b->order;
}

static struct counts count_words(struct arena *arena, struct str text)
{
	struct counts counts = {0};
	struct str word;

	while (text_next_word(&text, &word)) {
		arena_push(arena, counts.at, counts.count, counts.room);
		counts.at[counts.count] =
			(struct counted){key_of(text_fold(arena, word)), word, counts.count};
		counts.count++;
	}
	if (counts.count)
		qsort(counts.at, counts.count, sizeof *counts.at, by_key);
	return counts;
}

/* Of the words of `all` those that `some` has not as often. */
static struct str difference(struct arena *arena, struct counts all, struct counts some)
{
	struct buf words = {.arena = arena};
	size_t kept = 0;

	for (size_t i = 0, j = 0; i < all.count; i++) {
		while (j < some.count && key_compare(some.at[j].key, all.at[i].key) < 0)
			j++;
		if (j < some.count && key_equal(some.at[j].key, all.at[i].key))
			j++;
		else
			all.at[kept++] = all.at[i];
	}
	if (kept)
		qsort(all.at, kept, sizeof *all.at, by_order);
	for (size_t i = 0; i < kept; i++) {
		buf_add_c(&words, i ? " " : "");
		buf_add(&words, all.at[i].word);
	}
	return buf_str(&words);
}

struct str document_words_missing(struct arena *arena, struct str file, const char *part,
				  struct str text, bool *checked)
{
	/* It reads the bytes that we have read, whatever the path holds by now. */
	const char *const argv[] = {"unzip", "-p", "/dev/stdin", part, NULL};
	struct process unzip = {
		.argv = argv,
		.input = file,
		.output_limit = MOST_XML,
		.timeout_milliseconds = UNZIP_MILLISECONDS,
	};
	struct process_result result;
	err e = process_run(arena, &unzip, &result);

	*checked = !e && result.status == 0 && !result.timed_out;
	err_free(e);
	if (!*checked)
		return (struct str){0};
	return difference(arena, count_words(arena, text_of_xml(arena, result.output)),
			  count_words(arena, text));
}
