#include "cmd/facts.h"

#include "cmd/point_events.h"

/* Adds name, email, commit and at: who did what a commit number did. */
static void add_deed(struct json *object, struct app *app, const struct attribution *attribution,
		     uint32_t commit)
{
	const struct person *person = author_of(attribution, commit);
	const struct history_commit *recorded = recorded_commit(attribution, commit);

	json_add_text_or_null(object, "name", person ? person->name : (struct str){0});
	json_add_text_or_null(object, "email", person ? person->email : (struct str){0});
	/* A commit's id leads to its author's name. */
	if (recorded && !attribution->pseudonyms)
		json_add_text(object, "commit", object_id_hex(&app->arena, recorded->id));
	else
		json_add_null(object, "commit");
	if (recorded)
		json_add_number(object, "at", recorded->author.time);
	else
		json_add_null(object, "at");
}

/* The claims about who this is may be wrong: what the commit itself says stands beside them. */
static void add_raw_name(struct json *object, const struct attribution *attribution,
			 uint32_t commit)
{
	const struct history_commit *recorded = recorded_commit(attribution, commit);

	if (!recorded || attribution->pseudonyms)
		return;
	json_add_text(object, "raw_name", recorded->author.name);
	json_add_text(object, "raw_email", recorded->author.email);
}

/* By which the words of a point went that came back in others, NULL: its story is told whole. */
static const struct trace_event *end_of(const struct attributed *point)
{
	return point->deletion && point->deletion != point->trace->deletion ? point->deletion
									    : NULL;
}

static void add_writers(struct json *record, struct app *app, const struct attribution *attribution,
			const struct attributed *point)
{
	uint32_t origin = point->trace ? point->trace->origin : TRACE_NONE;
	struct json *list;

	if (author_of(attribution, origin) ||
	    (point->trace && origin == attribution->history.unrecorded)) {
		struct json *writer = json_add_object(record, "written_by");

		add_deed(writer, app, attribution, origin);
		add_raw_name(writer, attribution, origin);
	} else {
		json_add_null(record, "written_by");
	}
	list = json_add_array(record, "also_by");
	for (const struct trace_also *also = NULL;
	     point->trace && (also = other_writer(attribution, point->trace, also));)
		add_deed(json_add_object(list, NULL), app, attribution, also->commit);
	list = json_add_array(record, "edited_by");
	for (const struct trace_event *event = point->trace ? point->trace->events : NULL;
	     event && event != end_of(point); event = event->next)
		if (event->kind == TRACE_REWORD && author_of(attribution, event->commit))
			add_deed(json_add_object(list, NULL), app, attribution, event->commit);
}

static void add_words(struct json *record, struct app *app, const struct attribution *attribution,
		      const struct attributed *point)
{
	struct word_shares shares = word_shares_of(&app->arena, attribution, point);
	struct json *list = json_add_array(record, "words");

	for (size_t i = 0; i < shares.count; i++) {
		struct json *share = json_add_object(list, NULL);
		const struct person *person = shares.all[i].person;

		json_add_text_or_null(share, "email", person ? person->email : (struct str){0});
		json_add_number(share, "count", shares.all[i].count);
	}
}

/* Of several speakers the first, with the others beside. */
static void add_speaker(struct json *record, struct app *app, const struct speakers *speakers)
{
	struct buf names = {.arena = &app->arena};
	bool known = true;

	if (speakers->count == 0) {
		json_add_null(record, "speaker");
		return;
	}
	for (size_t i = 0; i < speakers->count; i++) {
		known = known && speaker_is_known(&speakers->all[i]);
		buf_add_c(&names, i ? " / " : "");
		buf_add(&names, speakers->all[i].name);
	}
	const struct speaker *first = &speakers->all[0];
	struct json *object = json_add_object(record, "speaker");
	json_add_text(object, "as", speakers->as);
	json_add_text_or_null(object, "name", known ? buf_str(&names) : first->name);
	json_add_c(object, "how", speaker_how_name(first->how));
	if (first->near.count == 0)
		return;
	struct json *near = json_add_array(object, "near");
	for (size_t i = 0; i < first->near.count; i++)
		json_add_text(near, NULL, first->near.at[i]);
}

void facts_add(struct json *record, struct app *app, const struct attribution *attribution,
	       const struct attributed *point)
{
	json_add_text_or_null(record, "workshop", point->folder);
	json_add_text_or_null(record, "file", point->file);
	/* Of a deleted point: where it last stood. */
	if (point->line)
		json_add_number(record, "line", point->line);
	else
		json_add_null(record, "line");
	json_add_text(record, "section", point->section);
	json_add_text(record, "text", point->text);
	json_add_text(record, "id", point->id);
	add_writers(record, app, attribution, point);
	add_words(record, app, attribution, point);
	add_speaker(record, app, &point->speakers);
	json_add_c(record, "trust",
		   trust_name(point->trace
				      ? trust_of(&app->arena, attribution, point->trace->origin)
				      : TRUST_DECLARED));
	if (point->deletion) {
		const struct attributed *again = stands_again_as(attribution, point);

		add_deed(json_add_object(record, "deleted_by"), app, attribution,
			 point->deletion->commit);
		if (again)
			json_add_text(record, "again", again->id);
	}
}

/* "add", "reword"…; never translated. */
static const char *event_name(enum trace_kind kind)
{
	static const char *const names[] = {
		[TRACE_ADD] = "add",	     [TRACE_REWORD] = "reword", [TRACE_MOVE] = "move",
		[TRACE_SPLIT] = "split",     [TRACE_JOIN] = "join",	[TRACE_DELETE] = "delete",
		[TRACE_RESTORE] = "restore", [TRACE_COPY] = "copy",	[TRACE_RENAME] = "rename",
	};

	return names[kind];
}

void facts_add_events(struct json *record, struct app *app, struct attribution *attribution,
		      const struct attributed *point)
{
	const struct trace *trace = &attribution->history.trace;
	struct json *list = json_add_array(record, "events");
	struct point_events events = {0};

	if (point->trace)
		events = point_events_of(&app->arena, attribution, point->trace);
	for (size_t i = 0; i < events.count; i++) {
		const struct trace_event *event = events.all[i].event;
		struct json *object = json_add_object(list, NULL);

		json_add_c(object, "event",
			   events.all[i].taken_in ? "take-in" : event_name(event->kind));
		add_deed(object, app, attribution, event->commit);
		if (event->kind == TRACE_REWORD)
			json_add_number(object, "words", event->words);
		/* A text may begin with a name. */
		if (events.all[i].other != TRACE_NONE && !attribution->pseudonyms)
			json_add_text(
				object, "other",
				wording_text(&app->arena, trace,
					     &trace->wordings[trace->points[events.all[i].other]
								      .wording]));
		if (event == end_of(point))
			break;
	}
}

void facts_add_tokens(struct json *record, struct app *app, const struct attribution *attribution,
		      const struct attributed *point)
{
	struct json *list = json_add_array(record, "tokens");
	struct str rest = point->text, word;

	for (uint32_t i = 0; next_traced_word(&rest, &word); i++) {
		uint32_t commit = text_word_commit(point, i);
		const struct person *person = author_of(attribution, commit);
		const struct history_commit *recorded = recorded_commit(attribution, commit);
		struct json *token = json_add_array(list, NULL);

		json_add_text(token, NULL, word);
		json_add_text_or_null(token, NULL, person ? person->email : (struct str){0});
		if (recorded && !attribution->pseudonyms)
			json_add_text(token, NULL, object_id_hex(&app->arena, recorded->id));
		else
			json_add_null(token, NULL);
	}
}

struct json *facts_add_point(struct json *list, const struct attributed *point, struct str email)
{
	struct json *object = json_add_object(list, NULL);

	json_add_text(object, "workshop", point->folder);
	json_add_text(object, "file", point->file);
	json_add_number(object, "line", point->line);
	json_add_text(object, "id", point->id);
	json_add_text(object, "text", point->text);
	json_add_text_or_null(object, "email", email);
	return object;
}
