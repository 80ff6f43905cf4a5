/*
 * JSON for programs: one object a line, UTF-8, first key "v":1, keys in the
 * order they were given. Bytes that are no UTF-8 become U+FFFD; what would act on
 * a terminal is written as \u….
 *
 * A record owns all that is put into it; json_print() prints and releases it.
 * `key` is NULL for an element of an array.
 */
#ifndef CMD_JSON_H
#define CMD_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/app.h"

struct json; /* an object or array under construction */

/* How each line that is printed begins. */
#define JSON_BEGINS "{\"v\":1,"

/* A new object that holds "v":1; for json_print(). */
struct json *json_record(void);
/* An empty object or array under `key`; lives as long as the record. */
struct json *json_add_object(struct json *parent, const char *key);
struct json *json_add_array(struct json *parent, const char *key);

void json_add_text(struct json *parent, const char *key, struct str text);
/* The same; what is empty gives null. */
void json_add_text_or_null(struct json *parent, const char *key, struct str text);
/* The same; NULL gives null. */
void json_add_c(struct json *parent, const char *key, const char *text);
void json_add_number(struct json *parent, const char *key, int64_t number);
/* A fraction, with at most six digits. */
void json_add_fraction(struct json *parent, const char *key, double fraction);
void json_add_bool(struct json *parent, const char *key, bool value);
void json_add_null(struct json *parent, const char *key);

/* The record as one line, its line end included; releases it. */
struct str json_line(struct arena *arena, struct json *record);
/* Prints the record as one line and releases it. */
void json_print(struct app *app, struct json *record);

#endif
