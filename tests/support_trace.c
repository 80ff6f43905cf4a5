#include "tests/support_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static struct trace_text lend(void *context, uint32_t blob)
{
	const struct history *history = context;

	struct trace_text lent = {.text = history->texts[blob]};

	/* Every second one was compared with the one before. */
	if (blob % 2) {
		struct str before = history->texts[blob - 1];

		lent.compared = true;
		lent.beside = blob - 1;
		str_common_ends(before, lent.text, &lent.same_start, &lent.same_end);
	}
	return lent;
}

static void keep(void *context, uint32_t commit, struct str record)
{
	struct history *history = context;

	history->records[commit] = str_copy(&history->arena, record);
}

/* The same text is the same blob, as in git. */
static uint32_t blob_of(const struct history *history, uint32_t version)
{
	uint32_t blob = 0;

	while (!str_equal(history->texts[blob], history->texts[version]))
		blob++;
	return blob;
}

void trace_versions(struct history *history, const struct version *versions, uint32_t count)
{
	struct trace_commit *commits = arena_array(&history->arena, struct trace_commit, count);

	history->input = (struct trace_input){.commits = commits,
					      .commit_count = count,
					      .read = lend,
					      .records = history->records,
					      .keep = keep,
					      .context = history};

	for (uint32_t i = 0; i < count; i++) {
		size_t parents = strlen(versions[i].parents);
		struct trace_parent *at =
			arena_array(&history->arena, struct trace_parent, parents ? parents : 1);

		if (versions[i].text)
			history->texts[i] = str_of(versions[i].text);
		commits[i] = (struct trace_commit){
			.parents = at,
			.parent_count = parents ? parents : 1,
			.author = i,
			.automatic = history->automatic &&
				     strchr(history->automatic, (int)('a' + i)) != NULL,
			.time = history->clock ? history->clock[i] : 0,
		};
		for (size_t j = 0; j < commits[i].parent_count; j++) {
			struct trace_change *change =
				arena_new(&history->arena, struct trace_change);
			uint32_t parent =
				parents ? (uint32_t)(versions[i].parents[j] - 'a') : TRACE_NONE;

			*change = (struct trace_change){STR("note.md"), blob_of(history, i)};
			at[j] = (struct trace_parent){parent, change, 1};
			if (parents && blob_of(history, parent) == change->blob)
				at[j].change_count = 0;
		}
	}
	history->trace = trace_history(&history->arena, &history->input);
}

struct str describe_words(struct history *history)
{
	const struct trace *trace = &history->trace;
	struct buf out = {.arena = &history->arena};

	for (size_t i = 0; trace->file_count && i < trace->files[0].entry_count; i++) {
		uint32_t number = trace->files[0].entries[i].wording;

		if (number == TRACE_NONE)
			continue;
		if (out.len)
			buf_add_c(&out, " | ");
		for (uint32_t j = 0; j < trace->wordings[number].word_count; j++)
			buf_printf(&out, "%s%.*s/%c", j ? " " : "",
				   STR_ARGS(trace->vocabulary[trace->wordings[number].words[j]]),
				   (int)('a' + trace_word_commit(&trace->wordings[number], j)));
	}
	return buf_str(&out);
}

struct str describe_events(struct history *history)
{
	static const char *const names[] = {"add",    "reword",	 "move", "split", "join",
					    "delete", "restore", "copy", "rename"};
	const struct trace *trace = &history->trace;
	struct buf out = {.arena = &history->arena};

	for (uint32_t i = 0; i < trace->point_count; i++) {
		if (trace->points[i].heading)
			continue;
		if (out.len)
			buf_add_c(&out, " | ");
		for (const struct trace_event *event = trace->points[i].events; event;
		     event = event->next)
			buf_printf(&out, "%s%s %c", event == trace->points[i].events ? "" : ", ",
				   names[event->kind], (int)('a' + event->commit));
		for (const struct trace_also *also = trace->points[i].also; also; also = also->next)
			buf_printf(&out, ", also %c", (int)('a' + also->commit));
	}
	return buf_str(&out);
}

static void describe_end(const struct trace *trace, const struct trace_event *deletion,
			 struct buf *out)
{
	const struct trace_wording *wording = &trace->wordings[deletion->wording];

	for (uint32_t i = 0; i < wording->word_count; i++)
		buf_printf(out, "%s%.*s",
			   i	      ? " "
			   : out->len ? " | "
				      : "",
			   STR_ARGS(trace->vocabulary[wording->words[i]]));
	buf_printf(out, "/%c", (int)('a' + deletion->commit));
}

struct str describe_ends(struct history *history)
{
	const struct trace *trace = &history->trace;
	struct buf out = {.arena = &history->arena};

	for (uint32_t i = 0; i < trace->point_count; i++) {
		const struct trace_point *point = &trace->points[i];

		for (const struct trace_event *event = point->events; event; event = event->next)
			if (trace_took_words(trace, point, event))
				describe_end(trace, event, &out);
	}
	return buf_str(&out);
}

static struct str describe(struct history *history)
{
	struct buf out = {.arena = &history->arena};

	buf_add(&out, describe_words(history));
	buf_add_c(&out, "\n");
	buf_add(&out, describe_events(history));
	buf_add(&out, describe_ends(history));
	for (size_t i = 0; history->trace.file_count && i < history->trace.files[0].entry_count;
	     i++)
		buf_printf(&out, " %u", history->trace.files[0].entries[i].offset);
	return buf_str(&out);
}

void check_records(struct history *history, const char *why)
{
	struct str whole = describe(history);

	for (uint32_t known = 1; known <= history->input.commit_count; known++) {
		history->input.record_count = known;
		history->trace = trace_history(&history->arena, &history->input);
		if (history->trace.bad_record || !str_equal(whole, describe(history)))
			fail_msg("%s: %u records give something else", why, known);
	}
}

static void check_told(const struct traced *traced, const char *what, const char *wanted,
		       struct str told)
{
	if (wanted && !str_equal(told, str_of(wanted)))
		fail_msg("%s:\n  %s %.*s\n  wanted %s", traced->why, what, STR_ARGS(told), wanted);
}

void check_traced(const struct traced *traced)
{
	struct history history = {.clock = traced->clock, .automatic = traced->automatic};
	uint32_t count = 0;

	while (count < FEW_VERSIONS && traced->versions[count].parents)
		count++;
	trace_versions(&history, traced->versions, count);
	check_told(traced, "words ", traced->words, describe_words(&history));
	check_told(traced, "events", traced->events, describe_events(&history));
	check_told(traced, "ends  ", traced->ends, describe_ends(&history));
	check_records(&history, traced->why);
	arena_free(&history.arena);
}
