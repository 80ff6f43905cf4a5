#include "cmd/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd/print.h"
#include "core/utf8.h"

enum { FRACTION_DIGITS = 6 };

/* Jansson's own type, under the name that the header gives it. */
static json_t *value_of(struct json *json)
{
	return (json_t *)json;
}

static void *must_allocate(size_t bytes)
{
	void *at = malloc(bytes);

	if (!at) {
		fputs("atelier: out of memory / mémoire épuisée\n", stderr);
		_Exit(STATUS_IO);
	}
	return at;
}

static json_t *put(struct json *parent, const char *key, json_t *value)
{
	json_t *target = value_of(parent);

	if (json_is_array(target))
		json_array_append_new(target, value);
	else
		json_object_set_new(target, key, value);
	return value;
}

/* The text with U+FFFD for each byte that belongs to no character. */
static char *safe_text(struct str text, size_t *length)
{
	static const char replacement[] = "\xEF\xBF\xBD";
	char *safe = must_allocate(text.len * (sizeof replacement - 1) + 1);
	size_t used = 0;
	uint32_t code;

	while (text.len) {
		size_t bytes = utf8_next(text, &code);
		struct str part = bytes ? str_slice(text, 0, bytes)
					: (struct str){replacement, sizeof replacement - 1};
		for (size_t i = 0; i < part.len; i++)
			safe[used++] = part.at[i];
		text = str_slice(text, bytes ? bytes : 1, text.len);
	}
	*length = used;
	return safe;
}

struct json *json_record(void)
{
	json_set_alloc_funcs(must_allocate, free);
	json_t *record = json_object();
	json_object_set_new(record, "v", json_integer(1));
	return (struct json *)record;
}

struct json *json_add_object(struct json *parent, const char *key)
{
	return (struct json *)put(parent, key, json_object());
}

struct json *json_add_array(struct json *parent, const char *key)
{
	return (struct json *)put(parent, key, json_array());
}

void json_add_text(struct json *parent, const char *key, struct str text)
{
	size_t length;
	char *safe = safe_text(text, &length);

	put(parent, key, json_stringn_nocheck(safe, length));
	free(safe);
}

void json_add_text_or_null(struct json *parent, const char *key, struct str text)
{
	if (text.len)
		json_add_text(parent, key, text);
	else
		json_add_null(parent, key);
}

void json_add_c(struct json *parent, const char *key, const char *text)
{
	if (text)
		json_add_text(parent, key, str_of(text));
	else
		json_add_null(parent, key);
}

void json_add_number(struct json *parent, const char *key, int64_t number)
{
	put(parent, key, json_integer(number));
}

void json_add_fraction(struct json *parent, const char *key, double fraction)
{
	put(parent, key, json_real(fraction));
}

void json_add_bool(struct json *parent, const char *key, bool value)
{
	put(parent, key, json_boolean(value));
}

void json_add_null(struct json *parent, const char *key)
{
	put(parent, key, json_null());
}

/* "\u202e"; two of them for what is above U+FFFF */
static size_t escape(uint32_t code, char *at)
{
	enum { ROOM = 13 };

	if (code <= 0xFFFF)
		return (size_t)snprintf(at, ROOM, "\\u%04x", (unsigned)code);
	code -= 0x10000;
	return (size_t)snprintf(at, ROOM, "\\u%04x\\u%04x", 0xD800 + (unsigned)(code >> 10),
				0xDC00 + (unsigned)(code & 0x3FF));
}

/* Only strings hold such characters, and there an escape means the same. */
static char *without_acting(char *line)
{
	struct str rest = str_of(line);
	size_t used = 0, acting = 0;
	uint32_t code;

	for (struct str left = rest; left.len;) {
		size_t bytes = utf8_next(left, &code);

		acting += acts_on_terminal(code);
		left = str_slice(left, bytes ? bytes : 1, left.len);
	}
	if (acting == 0)
		return line;
	char *safe = must_allocate(rest.len + 12 * acting + 1);
	while (rest.len) {
		size_t bytes = utf8_next(rest, &code);

		if (acts_on_terminal(code)) {
			used += escape(code, safe + used);
		} else {
			memcpy(safe + used, rest.at, bytes);
			used += bytes;
		}
		rest = str_slice(rest, bytes, rest.len);
	}
	safe[used] = '\0';
	free(line);
	return safe;
}

/* In one piece: jansson gives a stream every comma by itself. */
static char *dump(struct json *record)
{
	char *line =
		json_dumps(value_of(record), JSON_COMPACT | JSON_REAL_PRECISION(FRACTION_DIGITS));

	json_decref(value_of(record));
	return without_acting(line);
}

struct str json_line(struct arena *arena, struct json *record)
{
	char *line = dump(record);
	struct buf out = {.arena = arena};

	buf_add_c(&out, line);
	buf_add_c(&out, "\n");
	free(line);
	return buf_str(&out);
}

void json_print(struct app *app, struct json *record)
{
	char *line = dump(record);

	(void)app;
	fputs(line, stdout);
	fputc('\n', stdout);
	free(line);
}
