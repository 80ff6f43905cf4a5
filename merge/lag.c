#include "merge/lag.h"

enum {
	TRIED_LINES = 3, /* to look for a line everywhere takes long */
	TOLD_BYTES = 12, /* a shorter one mostly stands elsewhere too */
	HITS = 8,
};

/* How often the line stands in the text; more than HITS looks are not taken. */
static int count_in_text(struct str text, struct str line)
{
	int count = 0;

	for (size_t at = 0, hits = 0; hits < HITS; at++, hits++) {
		at = str_find(text, line, at);
		if (at == text.len)
			return count;
		size_t end = at + line.len;
		count += (at == 0 || text.at[at - 1] == '\n') &&
			 (end == text.len || text.at[end] == '\n');
	}
	return HITS;
}

/* Whether a line, which may have its line end, is this one; mostly its length tells. */
static inline bool is_line(struct str raw, struct str line)
{
	return raw.len - line.len <= 1 && str_starts(raw, line) &&
	       (raw.len == line.len || raw.at[line.len] == '\n');
}

/* The same, block by block where these are whole lines, which is quicker. */
static int count_line(struct noted noted, struct str line)
{
	const struct doc *doc = noted.doc;

	if (doc->opaque || doc->bom || doc->source.at != noted.text.at)
		return count_in_text(noted.text, line);
	int count = count_in_text(doc->front, line);

	for (size_t i = 0; i < doc->count && count < HITS; i++) {
		const struct block *block = &doc->blocks[i];

		if (block->joined)
			return count_in_text(noted.text, line);
		if (block->lines > 1)
			count += count_in_text(block->raw, line);
		else
			count += is_line(block->raw, line);
	}
	return count;
}

static struct str behind_line(struct str text)
{
	size_t end = str_find_byte(text, '\n', 0);

	return str_slice(text, end + 1, text.len);
}

/* What of a version is still to be gone through. */
struct way {
	struct str rest;
	struct str behind; /* its first line; at NULL: not looked for yet */
};

/*
 * Follows one line of the base in a version of it. `next`: what stands behind it
 * in the base. out: whether the line is there
 */
static bool follow(struct way *version, struct str line, struct str next)
{
	if (!str_starts(version->rest, line)) {
		if (!version->behind.at)
			version->behind = behind_line(version->rest);
		struct str behind = version->behind, next_line;
		bool is_next = str_starts(behind, line); /* another was put before it */

		if (is_next || !str_next_line(&next, &next_line) || str_starts(behind, next_line))
			*version = (struct way){.rest = behind}; /* or it was reworded */
		if (!is_next)
			return false;
	}
	*version = (struct way){.rest = str_slice(version->rest, line.len, version->rest.len)};
	return true;
}

bool clearly_lags(struct noted base, struct noted other, struct noted whole)
{
	struct way in_other = {.rest = other.text}, in_whole = {.rest = whole.text};
	struct str rest = base.text, line;
	int tried = 0;

	while (tried < TRIED_LINES && str_next_line(&rest, &line)) {
		bool gone = !follow(&in_other, line, rest), kept = follow(&in_whole, line, rest);
		struct str bytes =
			str_ends(line, STR("\n")) ? str_slice(line, 0, line.len - 1) : line;

		if (!gone || !kept || bytes.len < TOLD_BYTES || str_is_blank(bytes))
			continue;
		if (count_line(other, bytes) == 0 && count_line(base, bytes) == 1 &&
		    count_line(whole, bytes) == 1)
			return true;
		tried++;
	}
	return false;
}
