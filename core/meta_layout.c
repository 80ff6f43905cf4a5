#include "core/meta_layout.h"

/* Offsets into the source. */
struct span {
	size_t from, to;
};

static size_t offset_in(struct str source, const char *at)
{
	return (size_t)(at - source.at);
}

static size_t end_of(struct str source, struct str part)
{
	return offset_in(source, part.at) + part.len;
}

static size_t line_end(struct str source, size_t at, size_t limit)
{
	size_t end = str_find_byte(source, '\n', at);

	return end + 1 < limit ? end + 1 : limit;
}

/* The end of a comment, by YAML's line ends: U+0085, U+2028 and U+2029 are some. */
static size_t comment_end(struct str source, size_t at)
{
	for (; at < source.len; at++) {
		struct str rest = str_slice(source, at, source.len);
		if (rest.at[0] == '\n' || rest.at[0] == '\r' || str_starts(rest, STR("\xC2\x85")) ||
		    str_starts(rest, STR("\xE2\x80\xA8")) || str_starts(rest, STR("\xE2\x80\xA9")))
			break;
	}
	return at;
}

/* The next thing in the source that is neither blank nor comment. */
static size_t skip_notes(struct str source, size_t at)
{
	while (at < source.len) {
		char byte = source.at[at];
		if (byte == '#')
			at = comment_end(source, at);
		else if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n')
			at++;
		else
			break;
	}
	return at;
}

/* Where entry `i` of a block begins: at its key or its dash. */
static size_t entry_start(struct str source, const struct meta *node, size_t i)
{
	if (node->kind == META_MAP)
		return offset_in(source, meta_key_raw(&node->entries[i]).at);
	if (i == 0)
		return offset_in(source, node->at);
	return skip_notes(source, end_of(source, meta_raw(node->entries[i - 1].value)));
}

static bool begins_its_line(struct str source, size_t at)
{
	for (size_t i = str_line_start(source, at); i < at; i++)
		if (source.at[i] != ' ' && source.at[i] != '-')
			return false;
	return true;
}

/* The end of the lines that an entry owns: its content and comments indented deeper below. */
static size_t own_end(struct str source, const struct meta *node, const struct meta_entry *entry,
		      size_t limit)
{
	size_t content = end_of(source, meta_raw(entry->value));

	if (entry->key_raw_length && content < end_of(source, meta_key_raw(entry)))
		content = end_of(source, meta_key_raw(entry));
	if (str_ends(meta_raw(entry->value), STR("\n")))
		content--;
	size_t own = line_end(source, content, limit);
	for (size_t at = own; at < limit; at = line_end(source, at, limit)) {
		size_t text = at;
		while (text < limit && source.at[text] == ' ')
			text++;
		if (text < limit && source.at[text] == '#' && text - at > node->column)
			own = line_end(source, text, limit);
	}
	return own;
}

/* The bytes [from, to) are the entry's; until then it begins with its key. */
static void set_whole(struct meta_entry *entry, const char *from, const char *to)
{
	if (entry->key)
		entry->key_raw_from = (uint32_t)(entry->at - from);
	entry->at = from;
	entry->whole_length = (uint32_t)(to - from);
}

static void lay_flow(struct meta *node)
{
	for (size_t i = 0; i < node->count; i++) {
		struct meta_entry *entry = &node->entries[i];
		struct str value = meta_raw(entry->value);
		const char *key = meta_key_raw(entry).at;
		set_whole(entry, key && key < value.at ? key : value.at, value.at + value.len);
		lay_flow(entry->value);
	}
}

static void set_lines(struct str source, struct meta *node, struct span region)
{
	node->lines_before = (uint32_t)(offset_in(source, node->at) - region.from);
	node->lines_length = (uint32_t)(region.to - region.from);
}

static bool lay_block(struct str source, struct meta *node, struct span region, uint32_t *line);

static bool lay_value(struct str source, struct meta *value, size_t owner, size_t end,
		      uint32_t *line)
{
	size_t at = offset_in(source, value->at);

	if (value->kind == META_SCALAR || value->flow) {
		lay_flow(value);
		return true;
	}
	size_t below = line_end(source, owner, end);
	return lay_block(source, value, (struct span){at < below ? at : below, end}, line);
}

/* The region begins below the owner's line, or right at the first entry. */
static bool lay_block(struct str source, struct meta *node, struct span region, uint32_t *line)
{
	size_t done = region.from, start = entry_start(source, node, 0);

	set_lines(source, node, region);
	for (size_t i = 0; i < node->count; i++) {
		struct meta_entry *entry = &node->entries[i];
		size_t begin = str_line_start(source, start);
		*line = entry->value->line;
		if (!begins_its_line(source, start) || (i > 0 && begin < done))
			return false;
		if (begin < done)
			begin = start;

		size_t next = i + 1 < node->count ? entry_start(source, node, i + 1) : region.to;
		size_t limit = i + 1 < node->count ? str_line_start(source, next) : region.to;
		done = own_end(source, node, entry, limit);
		set_whole(entry, source.at + begin, source.at + done);
		if (!lay_value(source, entry->value, start, done, line))
			return false;
		start = next;
	}
	return true;
}

bool meta_lay_out(struct str source, struct meta *root, uint32_t *line)
{
	struct span all = {0, source.len};

	if (root->kind != META_SCALAR && !root->flow)
		return lay_block(source, root, all, line);
	lay_flow(root);
	if (root->kind != META_SCALAR)
		set_lines(source, root, all);
	return true;
}
