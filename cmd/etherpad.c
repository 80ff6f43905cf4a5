#include "cmd/etherpad.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/text.h"

enum {
	MOST_WRITERS = 10000,
	MILLISECONDS = 1000,
	DIGITS_BASE = 36,
	DIGITS_DECIMAL = 10,
	MOST_NUMBER = 1000000,
	BEYOND_BMP = 0xFFFF, /* characters above it are two units of UTF-16 */
};

/* What the pad says of a stretch of characters. */
struct attributes {
	uint32_t writer;
	const char *list;    /* "bullet2", "number1", "indent1"; NULL: none */
	const char *heading; /* "h1"; NULL: none */
	const char *number;  /* of a numbered line; NULL: none */
};

struct pad {
	struct arena *arena;
	struct document *document;
	enum language language;
	json_t *root;
	const char *name; /* of the pad */
	size_t writer_room;
	json_t *pool; /* attributes by number */
	struct buf text;
	bool in_list;	      /* the line before has a mark */
	uint32_t *written_by; /* beside text */
	size_t room;
};

static err broken(const struct pad *pad)
{
	return err_advise(err_new(STATUS_BAD_INPUT,
				  _("%s: this is not a complete export of a pad."),
				  pad->document->path),
			  _("In the pad, export once more as “Etherpad”, or as plain text."));
}

/* --- the writers -------------------------------------------------------------------- */

/* A pad knows its writers by ids, not by addresses; no mail ever goes to ".invalid". */
static const struct str address_end = {"@etherpad.invalid", sizeof "@etherpad.invalid" - 1};

static uint32_t find_writer(const struct document *document, struct str id)
{
	for (size_t i = 0; i < document->writer_count; i++) {
		struct str address = document->writers[i].address;

		if (address.len == id.len + address_end.len && str_starts(address, id))
			return (uint32_t)i;
	}
	return NOBODY;
}

/* The writer with this id, added when new; NOBODY for none. */
static uint32_t writer_of(struct pad *pad, const char *id)
{
	struct document *document = pad->document;
	uint32_t known = id ? find_writer(document, str_of(id)) : NOBODY;

	if (!id || !*id || known != NOBODY || document->writer_count == MOST_WRITERS)
		return known;
	const char *key = str_c(pad->arena, str_printf(pad->arena, "globalAuthor:%s", id));
	json_t *author = json_object_get(pad->root, key);
	struct str name = str_trim(str_of(json_string_value(json_object_get(author, "name"))));

	arena_push(pad->arena, document->writers, document->writer_count, pad->writer_room);
	document->writers[document->writer_count] = (struct writer){
		.name = str_copy(pad->arena, name.len ? name : str_of(id)),
		.address = str_printf(pad->arena, "%s%.*s", id, STR_ARGS(address_end)),
	};
	return (uint32_t)document->writer_count++;
}

/* An entry that belongs to the pad: its name, ":revs:" or ":chat:", and a number. */
static json_t *numbered_entry(const struct pad *pad, const char *kind, json_int_t number)
{
	return json_object_get(pad->root,
			       str_c(pad->arena, str_printf(pad->arena, "%s:%s:%lld", pad->name,
							    kind, (long long)number)));
}

/* Who began when, and changed something last when: the revisions tell, where they are there. */
static void read_revisions(struct pad *pad, json_int_t last)
{
	if (last > (json_int_t)json_object_size(pad->root))
		last = (json_int_t)json_object_size(pad->root);
	for (json_int_t i = 0; i <= last; i++) {
		json_t *meta = json_object_get(numbered_entry(pad, "revs", i), "meta");
		uint32_t writer =
			writer_of(pad, json_string_value(json_object_get(meta, "author")));
		json_t *time = json_object_get(meta, "timestamp");

		if (writer != NOBODY && json_number_value(time) > 0)
			pad->document->writers[writer].time =
				(int64_t)(json_number_value(time) / MILLISECONDS);
	}
}

/* --- the text ------------------------------------------------------------------------ */

static void add_by(struct pad *pad, struct str text, uint32_t writer)
{
	while (pad->room < pad->text.len + text.len) {
		size_t count = pad->room;

		arena_push(pad->arena, pad->written_by, count, pad->room);
	}
	for (size_t i = 0; i < text.len; i++)
		pad->written_by[pad->text.len + i] = writer;
	buf_add(&pad->text, text);
}

/* A number with 36 digits, as changesets have them. out: false where none stands there. */
static bool take_number(struct str *rest, size_t *out)
{
	size_t number = 0, digits = 0;

	for (; digits < rest->len; digits++) {
		char c = rest->at[digits];
		int value = byte_is_digit(c) ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
		if (value < 0 || number > SIZE_MAX / (2 * DIGITS_BASE))
			break;
		number = number * DIGITS_BASE + (size_t)value;
	}
	*rest = str_slice(*rest, digits, rest->len);
	*out = number;
	return digits > 0;
}

static void apply_attribute(struct pad *pad, size_t number, struct attributes *out)
{
	char key[24];

	snprintf(key, sizeof key, "%zu", number);
	json_t *pair = json_object_get(pad->pool, key);
	const char *name = json_string_value(json_array_get(pair, 0));
	const char *value = json_string_value(json_array_get(pair, 1));

	if (!name || !value || !*value)
		return;
	if (strcmp(name, "author") == 0)
		out->writer = writer_of(pad, value);
	else if (strcmp(name, "list") == 0)
		out->list = value;
	else if (strcmp(name, "heading") == 0)
		out->heading = value;
	else if (strcmp(name, "start") == 0)
		out->number = value;
}

/* The next stretch: "*0*3|1+5", its attributes and how many units of UTF-16 it has. */
static bool take_stretch(struct pad *pad, struct str *rest, struct attributes *out, size_t *units)
{
	size_t number;

	*out = (struct attributes){.writer = NOBODY};
	while (str_starts(*rest, STR("*"))) {
		*rest = str_slice(*rest, 1, rest->len);
		if (!take_number(rest, &number))
			return false;
		apply_attribute(pad, number, out);
	}
	if (str_starts(*rest, STR("|"))) {
		*rest = str_slice(*rest, 1, rest->len);
		if (!take_number(rest, &number))
			return false;
	}
	if (!str_starts(*rest, STR("+")))
		return false;
	*rest = str_slice(*rest, 1, rest->len);
	return take_number(rest, units);
}

/* What stands for the star that a pad keeps in front of a line with a list or heading. */
static bool add_line_mark(struct pad *pad, const struct attributes *attributes)
{
	const char *list = attributes->list, *heading = attributes->heading;

	if (heading && heading[0] == 'h' && heading[1] >= '1' && heading[1] <= '6') {
		add_by(pad, str_slice(STR("######"), 0, (size_t)(heading[1] - '0')), NOBODY);
		add_by(pad, STR(" "), NOBODY);
		return true;
	}
	if (!list)
		return heading != NULL;
	size_t letters = strcspn(list, "0123456789");
	long level = strtol(list + letters, NULL, DIGITS_DECIMAL);
	bool numbered = strncmp(list, "number", letters) == 0;

	if (strncmp(list, "indent", letters) == 0)
		return true;
	for (long i = 1; i < level && i < LIMIT_DEPTH; i++)
		add_by(pad, numbered ? STR("   ") : STR("  "), NOBODY);
	long number = attributes->number ? strtol(attributes->number, NULL, DIGITS_DECIMAL) : 1;
	add_by(pad,
	       numbered ? str_printf(pad->arena, "%ld. ",
				     number > 0 && number < MOST_NUMBER ? number : 1)
			: STR("- "),
	       attributes->writer);
	return true;
}

/* Adds a stretch of the pad's text. out: false where the text ends before it. */
static bool add_stretch(struct pad *pad, struct str *text, const struct attributes *attributes,
			size_t units)
{
	while (units > 0) {
		struct str rest = *text;
		bool begins = pad->text.len == 0 || pad->text.at[pad->text.len - 1] == '\n';

		if (rest.len == 0)
			return false;
		uint32_t code = text_next_char(&rest);
		struct str character = {text->at, (size_t)(rest.at - text->at)};
		size_t taken = code > BEYOND_BMP ? 2 : 1;

		bool marked = begins && code == '*' && add_line_mark(pad, attributes);
		/* Without it, Markdown would take the line for more of the item above. */
		if (begins && !marked && pad->in_list && code != '\n')
			add_by(pad, STR("\n"), NOBODY);
		if (!marked)
			add_by(pad, character, attributes->writer);
		if (begins)
			pad->in_list = marked;
		units -= taken < units ? taken : units;
		*text = rest;
	}
	return true;
}

static err add_text(struct pad *pad, json_t *atext)
{
	const char *all = json_string_value(json_object_get(atext, "text"));
	const char *told = json_string_value(json_object_get(atext, "attribs"));
	struct str text = str_of(all), rest = str_of(told);
	struct attributes attributes;
	size_t units;

	if (!all || !told)
		return broken(pad);
	while (rest.len)
		if (!take_stretch(pad, &rest, &attributes, &units) ||
		    !add_stretch(pad, &text, &attributes, units))
			return broken(pad);
	/* What the attributes do not reach is text all the same. */
	add_by(pad, text, NOBODY);
	return NULL;
}

/* --- the chat -------------------------------------------------------------------------- */

/* What was said beside the pad, each message a point of its own with its speaker. */
static void add_chat(struct pad *pad)
{
	json_t *message;

	for (json_int_t i = 0; (message = numbered_entry(pad, "chat", i)); i++) {
		json_t *author = json_object_get(message, "userId");
		const char *id =
			json_string_value(author ? author : json_object_get(message, "authorId"));
		uint32_t writer = writer_of(pad, id);
		struct str text =
			str_trim(str_of(json_string_value(json_object_get(message, "text"))));
		struct str name = writer == NOBODY ? STR("?") : pad->document->writers[writer].name;

		if (i == 0)
			add_by(pad, STR("\n# Chat\n\n"), NOBODY);
		if (pad->language == LANGUAGE_FRENCH)
			add_by(pad, str_printf(pad->arena, "- %.*s via le chat : ", STR_ARGS(name)),
			       writer);
		else
			add_by(pad, str_printf(pad->arena, "- %.*s via the chat: ", STR_ARGS(name)),
			       writer);
		for (struct str line; str_next_line(&text, &line);) {
			add_by(pad, str_chomp(line), writer);
			add_by(pad, text.len ? STR("\n  ") : STR("\n"), writer);
		}
	}
}

/* --- the whole ---------------------------------------------------------------------------- */

/* The pad itself: "pad:NAME", without the parts that follow a second colon. */
static json_t *find_pad(struct pad *pad)
{
	const char *key;
	json_t *value;

	json_object_foreach(pad->root, key, value)
	{
		if (strncmp(key, "pad:", 4) == 0 && json_object_get(value, "atext")) {
			pad->name = key;
			return value;
		}
	}
	return NULL;
}

static err read_pad(struct pad *pad)
{
	json_t *found = find_pad(pad);
	err e;

	if (!found)
		return broken(pad);
	pad->pool = json_object_get(json_object_get(found, "pool"), "numToAttrib");
	read_revisions(pad, json_integer_value(json_object_get(found, "head")));
	if ((e = add_text(pad, json_object_get(found, "atext"))))
		return e;
	add_chat(pad);
	pad->document->text = buf_str(&pad->text);
	pad->document->written_by = pad->written_by;
	return NULL;
}

err etherpad_read(struct arena *arena, struct str bytes, enum language language,
		  struct document *out)
{
	struct pad pad = {
		.arena = arena, .document = out, .language = language, .text = {.arena = arena}};
	json_error_t where;
	err e;

	pad.root = json_loadb(bytes.at, bytes.len, 0, &where);
	e = pad.root ? read_pad(&pad) : broken(&pad);
	json_decref(pad.root);
	return e;
}
