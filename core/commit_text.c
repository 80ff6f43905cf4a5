#include "core/commit_text.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST_HOURS = 14, /* east or west; source: the zones that there are */
	MOST_MINUTES = 59,
};

/* --- reading ------------------------------------------------------------------- */

/* "NAME ID\n" at the start of `rest`, which then begins behind it. */
static bool take_id(struct str *rest, struct str name, struct object_id *out)
{
	struct str after = *rest, line;

	if (!str_starts(*rest, name) || !str_next_line(&after, &line) ||
	    !str_ends(line, STR("\n")) ||
	    !object_id_read(str_slice(line, name.len, line.len - 1), out))
		return false;
	*rest = after;
	return true;
}

/* C strings are what git makes of texts: nothing behind a NUL is shown anywhere. */
static struct str before_nul(struct str text)
{
	return str_slice(text, 0, str_find_byte(text, '\0', 0));
}

/* What git drops around a name. source: ident.c, crud() */
static bool is_around_names(char byte)
{
	return (unsigned char)byte <= ' ' || (byte && strchr(".,:;<>\"\\'", byte));
}

static struct str trim_name(struct str name)
{
	while (name.len && is_around_names(name.at[0]))
		name = str_slice(name, 1, name.len);
	while (name.len && is_around_names(name.at[name.len - 1]))
		name.len--;
	return before_nul(name);
}

static bool take_sign(struct str *rest, bool *negative)
{
	if (rest->len == 0 || (rest->at[0] != '-' && rest->at[0] != '+'))
		return false;
	*negative = rest->at[0] == '-';
	*rest = str_slice(*rest, 1, rest->len);
	return true;
}

void signature_time_read(struct str text, struct signature *out)
{
	struct str rest = text;
	bool negative = false;
	int64_t value;

	take_sign(&rest, &negative);
	if (!str_take_number(&rest, INT64_MAX, &value))
		return;
	out->time = negative ? -value : value;
	rest = str_trim(rest);
	if (!take_sign(&rest, &negative) || !str_take_number(&rest, INT32_MAX, &value))
		return;
	int hours = (int)(value / 100), minutes = (int)(value % 100);
	if (hours <= MOST_HOURS && minutes <= MOST_MINUTES)
		out->offset_minutes = (negative ? -1 : 1) * (60 * hours + minutes);
}

static size_t find_last(struct str text, char byte)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != byte)
		at--;
	return at ? at - 1 : text.len;
}

/* "Name <address> SECONDS ZONE" */
static struct signature read_signature(struct str line)
{
	size_t open = find_last(line, '<'), close = find_last(line, '>');
	struct signature out = {.name = STR(""), .email = STR("")};

	if (open >= close || close == line.len)
		return out;
	out.name = trim_name(str_slice(line, 0, open));
	out.email = trim_name(str_slice(line, open + 1, close));
	signature_time_read(str_trim(str_slice(line, close + 1, line.len)), &out);
	return out;
}

/* The part above the message, and the message; between them is an empty line. */
static void part(struct str bytes, struct str *headers, struct str *message)
{
	struct str rest = bytes, line;
	size_t end = bytes.len;

	while (str_next_line(&rest, &line))
		if (line.at[0] == '\n') {
			end = (size_t)(line.at - bytes.at);
			break;
		}
	*headers = str_slice(bytes, 0, end);
	*message = str_slice(bytes, end + 1, bytes.len);
}

struct str commit_text_header(struct str bytes, struct str name)
{
	struct str headers, message, line;

	part(bytes, &headers, &message);
	while (str_next_line(&headers, &line))
		if (str_starts(line, name) && line.len > name.len && line.at[name.len] == ' ')
			return str_chomp(str_slice(line, name.len + 1, line.len));
	return (struct str){0};
}

bool commit_text_read(struct arena *arena, struct str bytes, struct commit *out)
{
	struct commit read = {0};
	struct str rest = bytes, headers;
	struct object_id parent;
	size_t room = 0;

	if (!take_id(&rest, STR("tree "), &read.tree))
		return false;
	while (take_id(&rest, STR("parent "), &parent)) {
		arena_push(arena, read.parents, read.parent_count, room);
		read.parents[read.parent_count++] = parent;
	}
	read.author = read_signature(commit_text_header(rest, STR("author")));
	read.committer = read_signature(commit_text_header(rest, STR("committer")));
	part(rest, &headers, &read.message);
	read.message = before_nul(read.message);
	*out = read;
	return true;
}

/* --- writing ------------------------------------------------------------------- */

/* git delimits names with <, > and the line's end, and drops blanks around them. */
static void add_name(struct buf *buf, struct str name)
{
	name = str_trim(name);
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("<>\n", name.at[i]))
			buf_add_byte(buf, name.at[i]);
}

void signature_time_write(struct buf *out, const struct signature *from)
{
	int minutes = abs(from->offset_minutes);

	buf_printf(out, "%lld %c%02d%02d", (long long)from->time,
		   from->offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void add_signature(struct buf *buf, const char *role, const struct signature *from)
{
	buf_printf(buf, "%s ", role);
	add_name(buf, from->name);
	buf_add_c(buf, " <");
	add_name(buf, from->email);
	buf_add_c(buf, "> ");
	signature_time_write(buf, from);
	buf_add_byte(buf, '\n');
}

struct str commit_text_write(struct arena *arena, const struct commit *commit)
{
	struct buf bytes = {.arena = arena};

	buf_printf(&bytes, "tree %s\n", object_id_hex(arena, commit->tree).at);
	for (size_t i = 0; i < commit->parent_count; i++)
		buf_printf(&bytes, "parent %s\n", object_id_hex(arena, commit->parents[i]).at);
	add_signature(&bytes, "author", &commit->author);
	add_signature(&bytes, "committer", &commit->committer);
	buf_add_byte(&bytes, '\n');
	buf_add(&bytes, commit->message);
	return buf_str(&bytes);
}
