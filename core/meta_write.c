#include "core/meta.h"

#include <string.h>

/* What other readers of YAML 1.1 and 1.2 take for something else than text. */
static bool is_reserved(struct str text)
{
	static const char *const words[] = {"~",   "null", "true", "false", "yes", "no",   "on",
					    "off", "y",	   "n",	   "<<",    "=",   ".inf", ".nan"};
	enum { LONGEST = sizeof "false" - 1, OTHER_CASE = 'a' ^ 'A' };

	if (text.len == 0 || text.len > LONGEST)
		return false;
	/* Texts that begin otherwise, nearly all of them, are not measured. */
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (((text.at[0] ^ words[i][0]) & ~OTHER_CASE) == 0 &&
		    text.len == strlen(words[i]) && strncasecmp(text.at, words[i], text.len) == 0)
			return true;
	return false;
}

/* A number; a date stays plain, since every reader shows it as it is. */
static bool looks_like_number(struct str text)
{
	size_t dashes = 0, digits = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (!strchr("0123456789+-._:eExXabcdfABCDF", text.at[i]) || text.at[i] == '\0')
			return false;
		dashes += i > 0 && text.at[i] == '-';
		digits += byte_is_digit(text.at[i]);
	}
	return digits > 0 && dashes < 2;
}

/* U+0085, U+2028, U+2029 end a line in YAML; U+FEFF and U+FFFE upset readers; C1 is refused. */
static size_t special_length(struct str text, size_t at)
{
	struct str rest = str_slice(text, at, text.len);
	unsigned char byte = (unsigned char)rest.at[0];

	if (byte < 0x20 || byte == 0x7F)
		return 1;
	if (byte == 0xC2 && rest.len > 1 && (unsigned char)rest.at[1] < 0xA0)
		return 2;
	if (str_starts(rest, STR("\xE2\x80\xA8")) || str_starts(rest, STR("\xE2\x80\xA9")) ||
	    str_starts(rest, BYTE_ORDER_MARK) || str_starts(rest, STR("\xEF\xBF\xBE")) ||
	    str_starts(rest, STR("\xEF\xBF\xBF")))
		return 3;
	return 0;
}

static bool has_special(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		bool printed = byte >= 0x20 && byte < 0x7F;

		if (!printed && special_length(text, i))
			return true;
	}
	return false;
}

static bool is_safe_plain(struct str text, bool in_flow)
{
	const char *first = "-?:,[]{}#&*!|>'\"%@`";

	if (text.len == 0 || str_trim(text).len != text.len || is_reserved(text) ||
	    looks_like_number(text) || str_starts(text, STR("---")) || str_starts(text, STR("...")))
		return false;
	if (strchr(first, text.at[0]))
		return false;
	if (str_contains(text, STR(": ")) || str_contains(text, STR(" #")) ||
	    str_ends(text, STR(":")))
		return false;
	for (size_t i = 0; in_flow && i < text.len; i++)
		if (strchr(",[]{}:?", text.at[i]))
			return false;
	return true;
}

static void write_escaped(struct buf *out, struct str text, size_t length)
{
	const unsigned char *at = (const unsigned char *)text.at;

	if (length == 1 && at[0] == '\n')
		buf_add(out, STR("\\n"));
	else if (length == 1 && at[0] == '\t')
		buf_add(out, STR("\\t"));
	else if (length == 1)
		buf_printf(out, "\\x%02X", at[0]);
	else if (length == 2)
		buf_printf(out, "\\x%02X", at[1]);
	else
		buf_printf(out, "\\u%04X",
			   (at[0] & 0x0FU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU));
}

static void write_double_quoted(struct buf *out, struct str text)
{
	buf_add_byte(out, '"');
	for (size_t i = 0; i < text.len;) {
		size_t length = special_length(text, i);
		if (length) {
			write_escaped(out, str_slice(text, i, i + length), length);
			i += length;
			continue;
		}
		if (text.at[i] == '"' || text.at[i] == '\\')
			buf_add_byte(out, '\\');
		buf_add_byte(out, text.at[i++]);
	}
	buf_add_byte(out, '"');
}

static void write_single_quoted(struct buf *out, struct str text)
{
	buf_add_byte(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\'')
			buf_add_byte(out, '\'');
		buf_add_byte(out, text.at[i]);
	}
	buf_add_byte(out, '\'');
}

bool meta_is_written_bare(struct str text, bool in_flow)
{
	return is_safe_plain(text, in_flow) && !has_special(text);
}

void meta_write_scalar(struct buf *out, struct str text, bool in_flow)
{
	if (meta_is_written_bare(text, in_flow))
		buf_add(out, text);
	else if (has_special(text) || str_find_byte(text, '\'', 0) < text.len)
		write_double_quoted(out, text);
	else
		write_single_quoted(out, text);
}

static void write_flow_scalar(struct buf *out, const struct meta *scalar)
{
	/* Bare ~, 12 or yes stay bare: in quotes they would mean something else to others. */
	bool bare = scalar->plain &&
		    (is_reserved(meta_says(scalar)) || looks_like_number(meta_says(scalar))) &&
		    str_find_byte(meta_says(scalar), ':', 0) == scalar->says_length;

	bool quoted = scalar->raw_length && (scalar->at[0] == '"' || scalar->at[0] == '\'');

	if (scalar->plain && scalar->says_length == 0)
		buf_add_byte(out, '~');
	else if (quoted && str_find_byte(meta_raw(scalar), '\n', 0) == scalar->raw_length)
		buf_add(out, meta_raw(scalar));
	else if (bare)
		buf_add(out, meta_says(scalar));
	else
		meta_write_scalar(out, meta_says(scalar), true);
}

/* A key stays as it was written where that goes between brackets. */
static bool key_stays(const struct meta_entry *entry)
{
	struct str raw = meta_key_raw(entry);

	if (raw.len == 0 || str_find_byte(raw, '\n', 0) < raw.len)
		return false;
	if (raw.at[0] == '"' || raw.at[0] == '\'')
		return true;
	for (size_t i = 0; i < raw.len; i++)
		if (strchr(",[]{}:?", raw.at[i]))
			return false;
	return str_equal(raw, meta_key(entry));
}

static void write_flow_key(struct buf *out, const struct meta_entry *entry)
{
	if (key_stays(entry))
		buf_add(out, meta_key_raw(entry));
	else
		meta_write_scalar(out, meta_key(entry), true);
}

void meta_write_flow(struct buf *out, const struct meta *node)
{
	bool map = node->kind == META_MAP;

	if (node->kind == META_SCALAR) {
		write_flow_scalar(out, node);
		return;
	}
	buf_add_byte(out, map ? '{' : '[');
	for (size_t i = 0; i < node->count; i++) {
		if (i)
			buf_add(out, STR(", "));
		if (map) {
			write_flow_key(out, &node->entries[i]);
			buf_add(out, STR(": "));
		}
		meta_write_flow(out, node->entries[i].value);
	}
	buf_add_byte(out, map ? '}' : ']');
}

/* The document with the bytes [from, to) of its source replaced. */
static struct str replace(struct arena *arena, const struct meta_doc *doc, const char *from,
			  const char *to, struct str with)
{
	struct buf out = {.arena = arena};
	const char *start = doc->source.at, *end = start + doc->source.len;

	if (doc->bom)
		buf_add(&out, BYTE_ORDER_MARK);
	buf_add(&out, (struct str){start, (size_t)(from - start)});
	buf_add(&out, with);
	buf_add(&out, (struct str){to, (size_t)(end - to)});
	return buf_str(&out);
}

static struct str line_end_of(const struct meta_doc *doc)
{
	size_t end = str_find_byte(doc->source, '\n', 0);

	return end > 0 && end < doc->source.len && doc->source.at[end - 1] == '\r' ? STR("\r\n")
										   : STR("\n");
}

/* One more line, or lines, behind the last entry of a block, or of an empty document. */
static struct str add_below(struct arena *arena, const struct meta_doc *doc,
			    const struct meta *block, size_t column, struct str text)
{
	struct str last =
		block && block->count ? meta_whole(&block->entries[block->count - 1]) : doc->source;
	struct buf line = {.arena = arena};

	/* Comments indented like the entries stay with them. */
	if (column && meta_tail(block).len)
		last = meta_tail(block);
	const char *at = last.at + last.len;
	if (last.len && !str_ends(last, STR("\n")))
		buf_add(&line, line_end_of(doc));
	for (size_t i = 0; i < column; i++)
		buf_add_byte(&line, ' ');
	buf_add(&line, text);
	buf_add(&line, line_end_of(doc));
	return replace(arena, doc, at, at, buf_str(&line));
}

/* One more entry before the bracket that closes a flow list or map. */
static struct str add_inside(struct arena *arena, const struct meta_doc *doc,
			     const struct meta *flow, struct str text)
{
	const char *at = flow->at + flow->raw_length - 1;
	struct buf entry = {.arena = arena};

	if (flow->count) {
		struct str whole = meta_whole(&flow->entries[flow->count - 1]);
		at = whole.at + whole.len;
		buf_add(&entry, STR(", "));
	}
	buf_add(&entry, text);
	return replace(arena, doc, at, at, buf_str(&entry));
}

static struct str set_raw(struct arena *arena, const struct meta_doc *doc, struct str key,
			  struct str value)
{
	const struct meta_entry *entry = meta_find(doc->root, key);
	bool in_flow = doc->root && doc->root->flow;
	struct buf text = {.arena = arena};

	if (!entry) {
		meta_write_scalar(&text, key, in_flow);
		buf_add(&text, str_starts(value, line_end_of(doc)) ? STR(":") : STR(": "));
		buf_add(&text, value);
		return in_flow ? add_inside(arena, doc, doc->root, buf_str(&text))
			       : add_below(arena, doc, doc->root, doc->root ? doc->root->column : 0,
					   buf_str(&text));
	}
	struct str old = meta_raw(entry->value);
	if (old.len == 0 || (entry->value->kind != META_SCALAR && !entry->value->flow)) {
		struct str key_raw = meta_key_raw(entry);
		struct str colon = {key_raw.at, (size_t)(old.at - key_raw.at)};
		if (old.len && key_raw.at)
			old.at = colon.at + str_find_byte(colon, ':', key_raw.len) + 1;
		old.len = (size_t)(entry->value->at + entry->value->raw_length - old.at);
		if (!str_starts(value, line_end_of(doc)))
			buf_add_byte(&text, ' ');
	}
	buf_add(&text, value);
	return replace(arena, doc, old.at, old.at + old.len, buf_str(&text));
}

struct str meta_set(struct arena *arena, const struct meta_doc *doc, struct str key,
		    struct str value)
{
	struct buf text = {.arena = arena};

	meta_write_scalar(&text, value, doc->root && doc->root->flow);
	return set_raw(arena, doc, key, buf_str(&text));
}

struct str meta_append(struct arena *arena, const struct meta_doc *doc, struct str key,
		       struct str item)
{
	const struct meta *list = key.len ? meta_get(doc->root, key) : doc->root;

	if (list && list->kind == META_LIST && list->flow)
		return add_inside(arena, doc, list, item);
	if (list && list->kind == META_LIST && list->count)
		return add_below(arena, doc, list, list->column,
				 str_printf(arena, "- %.*s", STR_ARGS(item)));
	if (!key.len)
		return add_below(arena, doc, NULL, 0, str_printf(arena, "- %.*s", STR_ARGS(item)));
	if (doc->root && doc->root->flow)
		return set_raw(arena, doc, key, str_printf(arena, "[%.*s]", STR_ARGS(item)));
	return set_raw(
		arena, doc, key,
		str_printf(arena, "%.*s  - %.*s", STR_ARGS(line_end_of(doc)), STR_ARGS(item)));
}
