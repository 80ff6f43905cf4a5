#include "cmd/merge_command.h"

#include <unistd.h>

#include "cmd/json.h"
#include "cmd/print.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "merge/merge.h"

struct merge_order merge_order_of_driver(char **arguments)
{
	return (struct merge_order){
		.base = arguments[0],
		.ours = arguments[1],
		.theirs = arguments[2],
		.named = arguments[4],
	};
}

/* Whatever the reason, an input that cannot be read is bad input to the caller. */
static err unreadable(err cause)
{
	err e = err_new(STATUS_BAD_INPUT, "%s", err_message(cause));

	err_free(cause);
	return err_advise(e, _("No file was changed. Give three files that can be read."));
}

static err read_texts(struct arena *arena, const struct merge_order *order, struct merge_input *out)
{
	err e;

	*out = (struct merge_input){0};
	out->format = text_format_of(str_of(order->named ? order->named : order->ours));
	if ((e = file_read(arena, order->base, LIMIT_FILE_BYTES, &out->base)) ||
	    (e = file_read(arena, order->ours, LIMIT_FILE_BYTES, &out->ours)) ||
	    (e = file_read(arena, order->theirs, LIMIT_FILE_BYTES, &out->theirs)))
		return unreadable(e);
	return NULL;
}

/* Names for programs are never translated. */
static const char *decision_name(enum decision_kind kind)
{
	static const char *const names[] = {
		[DECISION_MOVED] = "moved",	    [DECISION_BOTH_KEPT] = "both-kept",
		[DECISION_EDIT_KEPT] = "edit-kept", [DECISION_VARIANTS] = "variants",
		[DECISION_DEGRADED] = "degraded",
	};

	return names[kind];
}

static const char *degradation_name(enum degradation degradation)
{
	static const char *const names[] = {
		[DEGRADED_NOT] = "none",
		[DEGRADED_NO_WORD_MERGE] = "no-word-merge",
		[DEGRADED_NO_SIMILARITY] = "no-similarity",
		[DEGRADED_KEEP_BOTH] = "keep-both",
	};

	return names[degradation];
}

static const char *decision_sentence(enum decision_kind kind)
{
	static const char *const sentences[] = {
		[DECISION_MOVED] = N_("moved by one, kept as the other worded it"),
		[DECISION_BOTH_KEPT] = N_("written alike by both, both kept"),
		[DECISION_EDIT_KEPT] =
			N_("deleted by one, kept as the other edited or repeated it"),
		[DECISION_VARIANTS] = N_("worded differently by both, yours to choose"),
		[DECISION_DEGRADED] = N_("merged by a simpler method, to be safe"),
	};

	return _(sentences[kind]);
}

/* One line for each decision, in order. */
static struct str report_of(struct arena *arena, const struct merged *merged)
{
	struct buf report = {.arena = arena};

	for (size_t i = 0; i < merged->decision_count; i++) {
		const struct decision *decision = &merged->decisions[i];
		struct str about = printable(arena, decision->text);

		buf_printf(&report, _("line %u: %s: %.*s\n"), decision->line,
			   decision_sentence(decision->kind), STR_ARGS(about));
	}
	return buf_str(&report);
}

/* What was decided, and the result with it where that is asked for. */
static struct json *record_of(const struct merged *merged, bool with_text)
{
	struct json *record = json_record();

	if (with_text)
		json_add_text(record, "text", merged->text);
	json_add_c(record, "degraded", degradation_name(merged->degraded));
	struct json *decisions = json_add_array(record, "decisions");
	for (size_t i = 0; i < merged->decision_count; i++) {
		const struct decision *decision = &merged->decisions[i];
		struct json *row = json_add_object(decisions, NULL);

		json_add_c(row, "kind", decision_name(decision->kind));
		json_add_number(row, "line", decision->line);
		json_add_text(row, "text", decision->text);
	}
	return record;
}

static err write_report(struct app *app, const struct merge_order *order,
			const struct merged *merged)
{
	bool json =
		*order->report && (order->json || str_ends(str_of(order->report), STR(".json")));
	struct str report = json ? json_line(&app->arena, record_of(merged, false))
				 : report_of(&app->arena, merged);

	if (*order->report)
		return file_put(order->report, report);
	if (!isatty(STDERR_FILENO))
		return file_write_open(STDERR_FILENO, _("standard error"), report);
	complain(app, "%.*s", STR_ARGS(report));
	return NULL;
}

static err write_out(struct app *app, const struct merge_order *order, const struct merged *merged)
{
	bool json = order->json && !(order->report && *order->report);
	err e = NULL;

	if (order->report && (e = write_report(app, order, merged)))
		return e;
	if (!order->to_output && (e = file_put(order->ours, merged->text)))
		return e;
	if (json)
		json_print(app, record_of(merged, order->to_output));
	else if (order->to_output && isatty(STDOUT_FILENO))
		print_text(app, merged->text);
	else if (order->to_output)
		e = file_write_open(STDOUT_FILENO, _("standard output"), merged->text);
	return e;
}

err merge_order_run(struct app *app, const struct merge_order *order)
{
	struct merge_input input;
	err e = read_texts(&app->arena, order, &input);

	if (e)
		return e;
	struct merged merged = merge_texts(&app->arena, input);

	return write_out(app, order, &merged);
}
