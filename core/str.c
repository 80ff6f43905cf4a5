#include "core/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/eight.h"

struct str str_of(const char *c_string)
{
	return c_string ? (struct str){c_string, strlen(c_string)} : (struct str){0};
}

int str_compare(struct str a, struct str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.at, b.at, common) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t str_find(struct str text, struct str needle, size_t from)
{
	if (from >= text.len)
		return text.len;
	/* One byte is found more quickly than several, and mostly tells that there is nothing. */
	if (needle.len)
		from = str_find_byte(text, needle.at[0], from);
	const char *hit = memmem(text.at + from, text.len - from, needle.at, needle.len);
	return hit ? (size_t)(hit - text.at) : text.len;
}

bool str_contains(struct str text, struct str needle)
{
	return needle.len == 0 || str_find(text, needle, 0) < text.len;
}

/* Compared at once, the most first: most of two versions of a text is the same. */
enum { MANY_BYTES = 4096, SOME_BYTES = 64 };

static size_t same_from(const char *a, const char *b, size_t most, size_t step, size_t at)
{
	while (most - at >= step && memcmp(a + at, b + at, step) == 0)
		at += step;
	return at;
}

size_t str_common_start(struct str a, struct str b)
{
	size_t most = a.len < b.len ? a.len : b.len;
	size_t at = same_from(a.at, b.at, most, MANY_BYTES, 0);

	at = same_from(a.at, b.at, most, SOME_BYTES, at);
	while (most - at >= 8 && eight_read(a.at + at) == eight_read(b.at + at))
		at += 8;
	while (at < most && a.at[at] == b.at[at])
		at++;
	return at;
}

static size_t same_up_to(const char *a_end, const char *b_end, size_t most, size_t step, size_t at)
{
	while (most - at >= step && memcmp(a_end - at - step, b_end - at - step, step) == 0)
		at += step;
	return at;
}

size_t str_common_end(struct str a, struct str b, size_t most)
{
	if (most == 0)
		return 0; /* a text that is empty may have no place */
	const char *a_end = a.at + a.len, *b_end = b.at + b.len;
	size_t at = same_up_to(a_end, b_end, most, MANY_BYTES, 0);

	at = same_up_to(a_end, b_end, most, SOME_BYTES, at);
	while (at < most && a_end[-1 - (ptrdiff_t)at] == b_end[-1 - (ptrdiff_t)at])
		at++;
	return at;
}

struct str str_trim_right(struct str text)
{
	while (text.len && byte_is_blank(text.at[text.len - 1]))
		text.len--;
	return text;
}

void str_common_ends(struct str a, struct str b, size_t *start, size_t *end)
{
	size_t most = a.len < b.len ? a.len : b.len;

	*start = str_common_start(a, b);
	*end = str_common_end(a, b, most - *start);
}

bool str_is_one_of(struct str text, const char *const *list)
{
	/* Words that begin otherwise, nearly all of them, are not measured. */
	for (size_t i = 0; list[i]; i++)
		if ((text.len ? list[i][0] == text.at[0] : list[i][0] == '\0') &&
		    str_equal(text, str_of(list[i])))
			return true;
	return false;
}

bool str_is_among(struct str text, const struct str *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(texts[i], text))
			return true;
	return false;
}

struct str str_trim(struct str text)
{
	while (text.len && byte_is_blank(text.at[0]))
		text = str_slice(text, 1, text.len);
	return str_trim_right(text);
}

bool str_is_blank(struct str text)
{
	return str_trim_right(text).len == 0;
}

bool str_next_word(struct str *rest, struct str *word)
{
	size_t from = 0, to;

	while (from < rest->len && byte_is_blank(rest->at[from]))
		from++;
	for (to = from; to < rest->len && !byte_is_blank(rest->at[to]);)
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->len);
	return word->len > 0;
}

size_t str_word_count(struct str text)
{
	size_t count = 0;
	bool behind_blank = true;

	for (size_t i = 0; i < text.len; i++) {
		bool blank = byte_is_blank(text.at[i]);

		count += behind_blank & !blank;
		behind_blank = blank;
	}
	return count;
}

struct str str_take_digits(struct str *rest)
{
	size_t end = 0;

	while (end < rest->len && byte_is_digit(rest->at[end]))
		end++;
	struct str digits = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return digits;
}

bool str_take_number(struct str *rest, int64_t most, int64_t *out)
{
	int64_t value = 0;
	size_t at = 0;

	for (; at < rest->len && byte_is_digit(rest->at[at]); at++) {
		int digit = rest->at[at] - '0';

		if (value > (most - digit) / 10)
			return false;
		value = 10 * value + digit;
	}
	if (at == 0)
		return false;
	*rest = str_slice(*rest, at, rest->len);
	*out = value;
	return true;
}

size_t str_line_start(struct str text, size_t at)
{
	while (at > 0 && text.at[at - 1] != '\n')
		at--;
	return at;
}

size_t str_line_count(struct str text)
{
	struct str line;
	size_t count = 0;

	while (str_next_line(&text, &line))
		count++;
	return count;
}

bool str_next_part(struct str *rest, char separator, struct str *part)
{
	if (rest->len == 0)
		return false;
	size_t end = str_find_byte(*rest, separator, 0);
	*part = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

char *str_writable(struct arena *arena, struct str text)
{
	char *at = arena_alloc(arena, text.len + 1, 1);

	if (text.len)
		memcpy(at, text.at, text.len);
	return at;
}

struct str str_copy(struct arena *arena, struct str text)
{
	return (struct str){str_writable(arena, text), text.len};
}

const char *str_c(struct arena *arena, struct str text)
{
	return str_writable(arena, text);
}

static char *buf_room(struct buf *buf, size_t bytes)
{
	if (buf->room - buf->len < bytes) {
		size_t room = buf->room ? buf->room : 64;

		while (room - buf->len < bytes)
			room *= 2;
		buf->at = arena_grow(buf->arena, buf->at, buf->room, room, 1);
		buf->room = room;
	}
	return buf->at + buf->len;
}

void buf_add(struct buf *buf, struct str text)
{
	if (text.len == 0)
		return;
	memcpy(buf_room(buf, text.len), text.at, text.len);
	buf->len += text.len;
}

void buf_add_byte(struct buf *buf, char byte)
{
	*buf_room(buf, 1) = byte;
	buf->len++;
}

void buf_add_c(struct buf *buf, const char *c_string)
{
	buf_add(buf, str_of(c_string));
}

void buf_end_line(struct buf *buf, struct str line_end)
{
	if (buf->len && buf->at[buf->len - 1] != '\n')
		buf_add(buf, line_end);
}

__attribute__((format(printf, 2, 0))) static void buf_vprintf(struct buf *buf, const char *format,
							      va_list args)
{
	va_list again;

	va_copy(again, args);
	int bytes = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (bytes <= 0)
		return;
	vsnprintf(buf_room(buf, (size_t)bytes + 1), (size_t)bytes + 1, format, args);
	buf->len += (size_t)bytes;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

struct str buf_str(const struct buf *buf)
{
	return (struct str){buf->at, buf->len};
}

struct str str_in_one_line(struct arena *arena, struct str text)
{
	struct buf joined = {.arena = arena};
	struct str line;

	while (str_next_line(&text, &line)) {
		line = str_trim(line);
		if (joined.len == 0 && text.len == 0)
			return line;
		if (joined.len && line.len)
			buf_add_byte(&joined, ' ');
		buf_add(&joined, line);
	}
	return buf_str(&joined);
}

struct str str_printf(struct arena *arena, const char *format, ...)
{
	struct buf buf = {.arena = arena};
	va_list args;

	va_start(args, format);
	buf_vprintf(&buf, format, args);
	va_end(args);
	return buf_str(&buf);
}
