/* atelier merge-file: three versions of one text into one. */
#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/merge_command.h"

#include "core/message.h"

static void print_json(struct app *app, const struct merge_order *order,
		       const struct merged *merged)
{
	struct json *record = json_record();

	if (order->to_output)
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
	json_print(app, record);
}

static int run(struct app *app, int argc, char **argv)
{
	struct merge_order order = {
		.base = argv[1],
		.ours = argv[2],
		.theirs = argv[3],
		.to_output = option_given(app, "print"),
		.report = option_value(app, "report"),
	};
	struct merged merged;
	err e;

	(void)argc;
	if ((e = merge_order_read(&app->arena, &order, &merged)))
		return fail(app, e);
	if (app->json)
		print_json(app, &order, &merged);
	if (app->json && order.to_output)
		return STATUS_DONE;
	return fail(app, merge_order_write(&app->arena, &order, &merged));
}

static const struct option options[] = {
	{"print", 'p', NULL, N_("put the result on standard output, change no file")},
	{"report", 0, N_("[FILE]"), N_("tell what was decided, in FILE or on standard error")},
	{0},
};

const struct command command_merge_file = {
	.name = "merge-file",
	.french = "fusionner-fichiers",
	.arguments = N_("[-p] [--report[=FILE]] BASE OURS THEIRS"),
	.summary = N_("merge three versions of one text"),
	.details = N_("OURS and THEIRS are two versions that both began as BASE. The result is "
		      "written into OURS, or to standard output with -p. Nobody's words are lost "
		      "and no marks are left in the text; where both worded one point "
		      "differently, both wordings stand, numbered, for you to choose."),
	.options = options,
	.least = 3,
	.most = 3,
	.examples = N_("atelier merge-file base.md mine.md theirs.md\n"
		       "atelier merge-file -p base.md mine.md theirs.md --report"),
	.run = run,
};
