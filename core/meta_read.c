#include "core/meta.h"

#include <yaml.h>

#include "core/limits.h"
#include "core/message.h"
#include "core/meta_layout.h"

/* libyaml counts characters, we count bytes: one known offset every so many characters. */
enum { CHARACTERS_A_STEP = 64 };

_Static_assert((int)LIMIT_FILE_BYTES <= (int)META_COLUMN_MOST, "a column is less than a text");

struct yaml_reading {
	struct arena *arena;
	struct str source;
	const char *name;
	size_t *steps; /* byte offset of character i * CHARACTERS_A_STEP */
	size_t step_count;
	yaml_parser_t parser;
	struct frame {
		struct meta *node;
		size_t first; /* of its entries among the pending ones */
		bool has_key; /* a map's key was read and its value is next */
	} open[LIMIT_YAML_DEPTH];
	size_t depth, nodes;
	struct arena scratch;
	/* Of all that is open: how many entries a list or map has is known when it closes. */
	struct meta_entry *pending;
	size_t pending_count, pending_room;
	struct meta *root;
};

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

static void note_steps(struct yaml_reading *reading)
{
	size_t characters = 0, room = reading->source.len / CHARACTERS_A_STEP + 1;

	reading->steps = arena_array(&reading->scratch, size_t, room);
	for (size_t i = 0; i < reading->source.len; i++) {
		if (is_continuation(reading->source.at[i]))
			continue;
		if (characters % CHARACTERS_A_STEP == 0)
			reading->steps[reading->step_count++] = i;
		characters++;
	}
}

static size_t offset_of(const struct yaml_reading *reading, yaml_mark_t mark)
{
	size_t step = mark.index / CHARACTERS_A_STEP, left = mark.index % CHARACTERS_A_STEP;

	if (step >= reading->step_count)
		return reading->source.len;
	size_t at = reading->steps[step];
	/* As many bytes as characters. */
	if (step + 1 < reading->step_count && reading->steps[step + 1] == at + CHARACTERS_A_STEP)
		return at + left;
	for (; left && at < reading->source.len; left--)
		for (at++; at < reading->source.len && is_continuation(reading->source.at[at]);)
			at++;
	return at;
}

static err refuse(const struct yaml_reading *reading, size_t line, const char *why,
		  const char *advice)
{
	err e = err_new(STATUS_BAD_INPUT, _("%s: line %zu: %s"), reading->name, line, why);

	return err_advise(e, "%s", advice);
}

/* libyaml's own words are English, and about scanners and blocks. */
static err refuse_syntax(const struct yaml_reading *reading)
{
	const yaml_parser_t *parser = &reading->parser;
	size_t line = 1;

	if (parser->error != YAML_READER_ERROR)
		return refuse(reading, parser->problem_mark.line + 1, _("not valid YAML"),
			      _("Look at this line and the one above: a value with “: ” or “ #” in "
				"it wants quotes, and lines of one list begin in one column."));
	struct str before = str_slice(reading->source, 0, parser->problem_offset);
	for (size_t at = 0; at < before.len; at++)
		line += before.at[at] == '\n';
	return refuse(reading, line, _("there is a character in it that no text has"),
		      _("Write this line anew, in UTF-8."));
}

static err refuse_reference(const struct yaml_reading *reading, const yaml_event_t *event)
{
	return refuse(reading, event->start_mark.line + 1,
		      _("anchors (&), references (*) and tags (!) are not read here"),
		      _("Write the value out in full, or put it in quotes if it is text."));
}

/* "|+": the empty lines below a text block are part of its text. */
static bool keeps_line_ends(const yaml_event_t *event, struct str raw)
{
	struct str header = str_slice(raw, 0, str_find_byte(raw, '\n', 0));

	return event->type == YAML_SCALAR_EVENT &&
	       (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
		event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE) &&
	       str_find_byte(header, '+', 0) < header.len;
}

static void set_range(const struct yaml_reading *reading, struct meta *node,
		      const yaml_event_t *event)
{
	size_t from = offset_of(reading, event->start_mark);
	size_t to = offset_of(reading, event->end_mark);

	struct str raw = str_slice(reading->source, from, to);

	node->at = raw.at;
	node->raw_length = (uint32_t)(keeps_line_ends(event, raw) ? raw : str_trim_right(raw)).len;
	node->line = (uint32_t)event->start_mark.line + 1;
	node->column = (unsigned)event->start_mark.column & META_COLUMN_MOST;
}

/* What a scalar says, as it stands in the source where it says that. */
static struct str text_of(const struct yaml_reading *reading, const yaml_event_t *event,
			  struct str raw)
{
	struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};

	return str_equal(text, raw) ? raw : str_copy(reading->arena, text);
}

static struct meta_entry *add_entry(struct yaml_reading *reading)
{
	if (reading->pending_count == reading->pending_room) {
		size_t room = reading->pending_room ? 2 * reading->pending_room : 64;

		reading->pending =
			arena_resize(&reading->scratch, reading->pending, reading->pending_count,
				     room, sizeof *reading->pending);
		reading->pending_room = room;
	}
	return &reading->pending[reading->pending_count++];
}

static void take_key(struct yaml_reading *reading, const yaml_event_t *event)
{
	struct meta at = {0};

	set_range(reading, &at, event);
	*add_entry(reading) =
		meta_entry_of(text_of(reading, event, meta_raw(&at)), meta_raw(&at), NULL);
	reading->open[reading->depth - 1].has_key = true;
}

/* Hangs the node where the document is just now. */
static void place(struct yaml_reading *reading, struct meta *node)
{
	if (reading->depth == 0) {
		reading->root = node;
		return;
	}
	struct frame *frame = &reading->open[reading->depth - 1];
	if (frame->node->kind == META_LIST)
		*add_entry(reading) = (struct meta_entry){0};
	reading->pending[reading->pending_count - 1].value = node;
	frame->has_key = false;
}

static bool wants_key(const struct yaml_reading *reading)
{
	const struct frame *frame = reading->depth ? &reading->open[reading->depth - 1] : NULL;

	return frame && frame->node->kind == META_MAP && !frame->has_key;
}

static err take_scalar(struct yaml_reading *reading, const yaml_event_t *event)
{
	if (event->data.scalar.anchor || event->data.scalar.tag)
		return refuse_reference(reading, event);
	if (wants_key(reading)) {
		take_key(reading, event);
		return NULL;
	}
	struct meta *node = arena_new(reading->arena, struct meta);
	node->kind = META_SCALAR;
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	set_range(reading, node, event);
	struct str says = text_of(reading, event, meta_raw(node));
	node->says = says.at;
	node->says_length = (uint32_t)says.len;
	place(reading, node);
	return NULL;
}

static err open_collection(struct yaml_reading *reading, const yaml_event_t *event)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	size_t line = event->start_mark.line + 1;

	if (map ? event->data.mapping_start.anchor || event->data.mapping_start.tag
		: event->data.sequence_start.anchor || event->data.sequence_start.tag)
		return refuse_reference(reading, event);
	if (wants_key(reading))
		return refuse(reading, line, _("a key must be a word, not a list"),
			      _("Put quotes around the key."));
	if (reading->depth == LIMIT_YAML_DEPTH)
		return refuse(reading, line, _("lists stand in lists too deep"),
			      _("Nothing here needs more than a few levels: write it flatter."));
	struct meta *node = arena_new(reading->arena, struct meta);
	node->kind = map ? META_MAP : META_LIST;
	node->flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			 : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	set_range(reading, node, event);
	place(reading, node);
	reading->open[reading->depth++] =
		(struct frame){.node = node, .first = reading->pending_count};
	return NULL;
}

static err sort_keys(const struct yaml_reading *reading, struct meta *map)
{
	const struct meta_entry *twice = meta_sort(map);

	if (!twice)
		return NULL;
	err e = err_new(STATUS_BAD_INPUT, _("%s: line %u: “%.*s” stands twice"), reading->name,
			twice->value->line, STR_ARGS(meta_key(twice)));
	return err_advise(e, _("Keep one of the two."));
}

/* Gives the node that closes its entries. */
static void take_entries(struct yaml_reading *reading, const struct frame *frame)
{
	struct meta *node = frame->node;

	node->count = (uint32_t)(reading->pending_count - frame->first);
	meta_make_room(reading->arena, node, 0, node->count);
	if (node->count)
		memcpy(node->entries, reading->pending + frame->first,
		       node->count * sizeof *node->entries);
	reading->pending_count = frame->first;
}

static err close_collection(struct yaml_reading *reading, const yaml_event_t *event)
{
	const struct frame *frame = &reading->open[--reading->depth];
	struct meta *node = frame->node;
	struct str end = {reading->source.at, offset_of(reading, event->end_mark)};

	take_entries(reading, frame);

	/* A block ends where libyaml meets the next thing: its last entry knows better. */
	if (!node->flow)
		end = node->count ? meta_raw(node->entries[node->count - 1].value)
				  : (struct str){node->at, 0};
	node->raw_length = (uint32_t)(end.at + end.len - node->at);
	return node->kind == META_MAP ? sort_keys(reading, node) : NULL;
}

static err start_document(const struct yaml_reading *reading, const yaml_event_t *event)
{
	if (reading->root)
		return refuse(reading, event->start_mark.line + 1,
			      _("a second YAML document begins"),
			      _("Keep one document: take the line “---” out."));
	if (event->data.document_start.version_directive ||
	    event->data.document_start.tag_directives.start !=
		    event->data.document_start.tag_directives.end)
		return refuse(reading, event->start_mark.line + 1,
			      _("directives (%) are not read here"), _("Take this line out."));
	return NULL;
}

static err take(struct yaml_reading *reading, const yaml_event_t *event)
{
	if (++reading->nodes > 2 * (size_t)LIMIT_YAML_NODES)
		return refuse(reading, event->start_mark.line + 1, _("too many entries"),
			      _("Split the file."));
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return start_document(reading, event);
	case YAML_ALIAS_EVENT:
		return refuse_reference(reading, event);
	case YAML_SCALAR_EVENT:
		return take_scalar(reading, event);
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		return open_collection(reading, event);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return close_collection(reading, event);
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
	default:
		return NULL;
	}
}

static err read_events(struct yaml_reading *reading)
{
	bool more = true;

	while (more) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reading->parser, &event))
			return refuse_syntax(reading);
		err e = take(reading, &event);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		if (e)
			return e;
	}
	return NULL;
}

err meta_read(struct arena *arena, struct str text, const char *name, struct meta_doc *out)
{
	bool bom = str_starts(text, BYTE_ORDER_MARK);
	struct yaml_reading reading = {
		.arena = arena,
		.source = text.len ? str_slice(text, bom ? 3 : 0, text.len) : STR(""),
		.name = name,
	};
	uint32_t line = 0;

	if (text.len > LIMIT_FILE_BYTES)
		return err_advise(err_new(STATUS_BAD_INPUT, _("%s: larger than %d MB"), name,
					  LIMIT_FILE_BYTES / (1024 * 1024)),
				  _("Split the file."));
	note_steps(&reading);
	if (!yaml_parser_initialize(&reading.parser)) {
		arena_free(&reading.scratch);
		return err_new(STATUS_IO, _("%s: out of memory"), name);
	}
	yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reading.parser, (const unsigned char *)reading.source.at,
				     reading.source.len);
	err e = read_events(&reading);
	if (!e && reading.root && !meta_lay_out(reading.source, reading.root, &line))
		e = refuse(&reading, line, _("this way of writing a key (“?”) is not read here"),
			   _("Write “key: value”."));
	yaml_parser_delete(&reading.parser);
	arena_free(&reading.scratch);
	if (e)
		return e;
	*out = (struct meta_doc){.source = reading.source, .bom = bom, .root = reading.root};
	return NULL;
}
