#include "merge/entries.h"

/* What stands between commas is the name of somebody or something, not a statement. */
enum { ENTRY_WORDS = 4 };

static const struct {
	const char *bytes;
	size_t len;
} partings[] = {{", ", 2}, {" et ", 4}, {" and ", 5}};

/* The bytes of what parts two entries at `at`, 0: nothing does. */
static size_t parting_at(struct str text, size_t at)
{
	if (at + 1 >= text.len || (text.at[at] != ',' && text.at[at] != ' '))
		return 0;
	for (size_t i = 0; i < sizeof partings / sizeof *partings; i++)
		if (text.at[at + 1] == partings[i].bytes[1] &&
		    str_starts(str_slice(text, at, text.len),
			       (struct str){partings[i].bytes, partings[i].len}))
			return partings[i].len;
	return 0;
}

/* Where the blanks behind the label end, 0: there is no label. */
static size_t label_end(struct str text)
{
	size_t colon = str_find_byte(text, ':', 0), end = colon + 1;

	if (end >= text.len || !byte_is_blank(text.at[end]) || str_find_byte(text, ',', 0) < colon)
		return 0;
	while (end < text.len && byte_is_blank(text.at[end]))
		end++;
	return end;
}

/* Takes an entry and what parts it from the next. out: false once none is left */
static bool next_entry(struct str *rest, struct str *entry, struct str *parting)
{
	size_t end = 0, length = 0;

	while (end < rest->len && (length = parting_at(*rest, end)) == 0)
		end++;
	*entry = str_slice(*rest, 0, end);
	*parting = str_slice(*rest, end, end + length);
	*rest = str_slice(*rest, end + length, rest->len);
	return entry->len > 0 || parting->len > 0;
}

/* How many entries a text lists, 0: it is no listing. */
static int count_entries(struct str text)
{
	struct str rest = str_slice(text, label_end(text), text.len), entry, parting;
	int count = 0;

	while (next_entry(&rest, &entry, &parting)) {
		size_t words = str_word_count(entry);

		if (words == 0 || words > ENTRY_WORDS)
			return 0;
		count++;
	}
	return count;
}

bool is_listing(struct str text)
{
	return !str_contains(text, STR("\n")) && count_entries(text) > 0;
}

/* Prose has "and" as well. */
static bool is_marked_as_listing(struct str text)
{
	return label_end(text) > 0 || str_contains(text, STR(", "));
}

bool are_listings(struct str base, struct str ours, struct str theirs)
{
	return is_marked_as_listing(base) && is_listing(base) && is_listing(ours) &&
	       is_listing(theirs) &&
	       (count_entries(base) > 1 || (count_entries(ours) > 1 && count_entries(theirs) > 1));
}

static void add_entry(struct dictionary *words, struct tokens *tokens, struct str entry,
		      struct str parting)
{
	tokens->at[tokens->count] = entry;
	tokens->spaces[tokens->count] = (uint32_t)parting.len;
	tokens->ids[tokens->count++] = word_id(words, entry);
}

struct tokens tokens_of_entries(struct dictionary *words, struct str text)
{
	size_t room = str_word_count(text) + 1, end = label_end(text);
	struct str rest = str_slice(text, end, text.len), entry, parting;
	struct tokens tokens = {
		.lead = str_slice(text, 0, end),
		.at = arena_array(words->arena, struct str, room),
		.spaces = arena_array(words->arena, uint32_t, room),
		.ids = arena_array(words->arena, uint32_t, room),
	};

	while (next_entry(&rest, &entry, &parting))
		add_entry(words, &tokens, entry, parting);
	return tokens;
}
