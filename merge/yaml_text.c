#include "merge/yaml_text.h"

#include <string.h>

#include "merge/merge_set.h"

void lines_add(struct arena *arena, struct lines *lines, struct str line)
{
	arena_push(arena, lines->line, lines->count, lines->room);
	lines->line[lines->count++] = line;
}

struct lines lines_of(struct arena *arena, struct str text)
{
	struct lines lines = {0};
	struct str line;

	while (str_next_line(&text, &line))
		lines_add(arena, &lines, line);
	return lines;
}

void lines_add_comments(struct arena *arena, struct lines *to, struct lines more)
{
	for (size_t i = 0; i < more.count; i++) {
		struct str text = str_trim(more.line[i]);
		if (text.len)
			lines_add(arena, to, text);
	}
}

static bool lines_equal(struct lines a, struct lines b)
{
	for (size_t i = 0; a.count == b.count && i < a.count; i++)
		if (!str_equal(a.line[i], b.line[i]))
			return false;
	return a.count == b.count;
}

struct lines lines_merge(struct arena *arena, struct lines base, struct lines ours,
			 struct lines theirs)
{
	struct set_side set[TEXTS] = {
		{.count = base.count}, {.count = ours.count}, {.count = theirs.count}};
	const struct set_names names = {.of = {base.line, ours.line, theirs.line}};
	struct lines merged = {0};
	size_t count;

	if (lines_equal(ours, theirs) || lines_equal(base, theirs))
		return ours;
	if (lines_equal(base, ours))
		return theirs;
	set_align(arena, set, &names, 1);
	struct set_pick *picks = set_merge(arena, set, &count);
	for (size_t i = 0; i < count; i++)
		lines_add(arena, &merged,
			  picks[i].ours != SET_ABSENT ? ours.line[picks[i].ours]
						      : theirs.line[picks[i].theirs]);
	return merged;
}

struct str text_outdent(struct arena *arena, struct str text, size_t column)
{
	struct str out = {NULL, 0}, line;

	if (text.len == 0 || (column == 0 && str_ends(text, STR("\n"))))
		return text;
	/* Of no more bytes than it had, but for the line end. */
	char *at = arena_alloc(arena, text.len + 1, 1);
	out.at = at;
	while (str_next_line(&text, &line)) {
		size_t spaces = 0;
		while (spaces < column && spaces < line.len && line.at[spaces] == ' ')
			spaces++;
		memcpy(at + out.len, line.at + spaces, line.len - spaces);
		out.len += line.len - spaces;
	}
	if (out.len && !str_ends(out, STR("\n")))
		at[out.len++] = '\n';
	return out;
}

void text_indent(struct buf *out, struct str text, size_t column, bool first)
{
	struct str line;

	for (; str_next_line(&text, &line); first = true) {
		for (size_t i = 0; i < column && first && !str_is_blank(line); i++)
			buf_add_byte(out, ' ');
		buf_add(out, line);
	}
}

static bool separates(char byte)
{
	switch (byte) {
	case '\0':
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case '"':
	case '\'':
	case ',':
	case '[':
	case ']':
	case '{':
	case '}':
		return true;
	default:
		return false;
	}
}

static struct str next_word(struct str *rest)
{
	struct str word;

	do {
		size_t from = 0, to;
		while (from < rest->len && separates(rest->at[from]))
			from++;
		for (to = from; to < rest->len && !separates(rest->at[to]);)
			to++;
		word = str_slice(*rest, from, to);
		*rest = str_slice(*rest, to, rest->len);
	} while (str_equal(word, STR("-")));
	return word;
}

bool text_same_words(struct str a, struct str b)
{
	struct str left, right;

	if (str_equal(a, b))
		return true;
	do {
		left = next_word(&a);
		right = next_word(&b);
	} while (left.len && str_equal(left, right));
	return left.len == 0 && right.len == 0;
}

/* Comments between two scalars, where a # can be nothing else. */
static void add_gap(struct arena *arena, struct lines *out, const char *from, const char *to)
{
	struct str gap = {from, from < to ? (size_t)(to - from) : 0};
	struct str line;

	while (str_next_line(&gap, &line)) {
		size_t sharp = str_find_byte(line, '#', 0);
		if (sharp < line.len)
			lines_add(arena, out, str_trim(str_slice(line, sharp, line.len)));
	}
}

/* "| # note": a comment in the first line of a text block. */
static void add_header(struct arena *arena, struct lines *out, struct str raw)
{
	struct str line = str_slice(raw, 0, str_find_byte(raw, '\n', 0));
	size_t sharp = str_find(line, STR(" #"), 0);

	if ((str_starts(raw, STR("|")) || str_starts(raw, STR(">"))) && sharp < line.len)
		lines_add(arena, out, str_trim(str_slice(line, sharp, line.len)));
}

/* Adds the comments between `from` and the end of the node; gives that end. */
static const char *add_within(struct arena *arena, struct lines *out, const struct meta *node,
			      const char *from)
{
	if (node->kind == META_SCALAR) {
		add_gap(arena, out, from, node->at);
		add_header(arena, out, meta_raw(node));
		return node->at + node->raw_length > from ? node->at + node->raw_length : from;
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct meta_entry *entry = &node->entries[i];
		struct str key = meta_key_raw(entry);
		if (key.at) {
			add_gap(arena, out, from, key.at);
			from = key.at + key.len;
		}
		from = add_within(arena, out, entry->value, from);
	}
	return from;
}

struct lines entry_comments(struct arena *arena, const struct meta_entry *entry)
{
	const struct meta *value = entry->value;
	struct str key = meta_key_raw(entry);
	const char *from = key.at ? key.at + key.len : entry->at;
	const char *end = entry->at + entry->whole_length;
	struct lines comments = {0};

	if (value->kind != META_SCALAR && !value->flow) {
		struct str first = {from, (size_t)(end - from)};
		first.len = str_find_byte(first, '\n', 0);
		add_gap(arena, &comments, from,
			value->at < first.at + first.len ? value->at : first.at + first.len);
		return comments;
	}
	from = add_within(arena, &comments, value, from);
	add_gap(arena, &comments, from, end);
	return comments;
}

struct lines node_comments(struct arena *arena, const struct meta *node)
{
	struct lines comments = {0};
	const char *at = add_within(arena, &comments, node, node->at);

	add_gap(arena, &comments, at, node->at + node->raw_length);
	return comments;
}

struct lines document_comments(struct arena *arena, const struct meta_doc *doc)
{
	struct lines comments = {0};
	const char *at = doc->source.at;

	if (doc->root)
		at = add_within(arena, &comments, doc->root, at);
	add_gap(arena, &comments, at, doc->source.at + doc->source.len);
	return comments;
}
