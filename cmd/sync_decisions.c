/* What the merges of a sync decided, as it is printed. */
#include "cmd/sync_report.h"

#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/text.h"

enum { SHOWN_BYTES = 70 };

static void print_decision(struct app *app, struct str path, const struct decision *decision)
{
	struct str text = text_opening(&app->arena, decision->text, SHOWN_BYTES);

	switch (decision->kind) {
	case DECISION_VARIANTS:
		print_line(app, _("To choose: %.*s:%u: %.*s\n"), STR_ARGS(path), decision->line,
			   STR_ARGS(text));
		break;
	case DECISION_EDIT_KEPT:
		print_line(app,
			   _("Kept, since one deleted it and another reworded or repeated it: "
			     "%.*s:%u: %.*s\n"),
			   STR_ARGS(path), decision->line, STR_ARGS(text));
		break;
	case DECISION_BOTH_KEPT:
		print_line(app, _("Alike, both kept: %.*s:%u: %.*s\n"), STR_ARGS(path),
			   decision->line, STR_ARGS(text));
		break;
	case DECISION_DEGRADED:
		print_line(app, _("Merged by a simpler method, to be safe: %.*s\n"),
			   STR_ARGS(path));
		break;
	case DECISION_MOVED:
		break;
	}
}

static void print_tree_decision(struct app *app, const struct tree_decision *decision)
{
	switch (decision->kind) {
	case TREE_EDIT_KEPT:
		print_line(app, _("Kept, since one deleted it and another changed it: %.*s\n"),
			   STR_ARGS(decision->path));
		break;
	case TREE_BOTH_KEPT:
		print_line(app, _("Changed by two people, both kept: %.*s and %.*s\n"),
			   STR_ARGS(decision->path), STR_ARGS(decision->other));
		break;
	case TREE_POINTS_MOVED:
		print_line(app, _("Moved, with what others changed in it: from %.*s to %.*s\n"),
			   STR_ARGS(decision->other), STR_ARGS(decision->path));
		break;
	case TREE_RENAMED:
		print_line(app, _("Renamed: %.*s is now %.*s\n"), STR_ARGS(decision->other),
			   STR_ARGS(decision->path));
		break;
	}
}

void sync_report_decisions(struct app *app, const struct plan *plan)
{
	for (size_t i = 0; i < plan->decision_count; i++)
		print_tree_decision(app, &plan->decisions[i]);
	for (size_t i = 0; i < plan->note_count; i++)
		for (size_t j = 0; j < plan->notes[i].merge.decision_count; j++)
			print_decision(app, plan->notes[i].path,
				       &plan->notes[i].merge.decisions[j]);
}
