#include "cmd/history_doubts.h"

#include "cmd/print.h"
#include "core/message.h"

static void add(struct doubt *out, size_t *count, const char *name, uint32_t number,
		struct str sentence)
{
	if (number)
		out[(*count)++] = (struct doubt){name, number, sentence};
}

size_t history_doubts(struct arena *arena, const struct history_trace *history,
		      struct doubt out[MOST_DOUBTS])
{
	/* Of a shortened history, what is missing is what was cut off. */
	uint32_t missing = history->shallow ? 0 : history->missing;
	uint32_t unreadable = history->unreadable, many = history->many_parents;
	uint32_t across = history->criss_cross;
	size_t count = 0;

	add(out, &count, "shallow", history->shallow,
	    str_of(_("Older versions are not here: what they brought in is credited to nobody.")));
	add(out, &count, "missing", missing,
	    str_printf(arena,
		       message_plural(
			       "%u version is missing: what it brought in is credited to nobody.",
			       "%u versions are missing: what they brought in is credited to "
			       "nobody.",
			       missing),
		       missing));
	add(out, &count, "unreadable", unreadable,
	    str_printf(arena,
		       message_plural("%u version of a note cannot be read: what it changed is "
				      "credited to the next one.",
				      "%u versions of notes cannot be read: what they changed is "
				      "credited to the next ones.",
				      unreadable),
		       unreadable));
	add(out, &count, "octopus", many,
	    str_printf(
		    arena,
		    message_plural("%u version joins more than two at once: who moved or deleted a "
				   "point there is less sure.",
				   "%u versions join more than two at once: who moved or deleted a "
				   "point there is less sure.",
				   many),
		    many));
	add(out, &count, "criss-cross", across,
	    str_printf(arena,
		       message_plural("%u version joins two that had been joined both ways "
				      "before: who moved or deleted a point there is less sure.",
				      "%u versions join two that had been joined both ways "
				      "before: who moved or deleted a point there is less sure.",
				      across),
		       across));
	return count;
}

void history_doubts_note(struct app *app, const struct history_trace *history)
{
	struct doubt doubts[MOST_DOUBTS];
	size_t count = history_doubts(&app->arena, history, doubts);

	for (size_t i = 0; i < count; i++)
		note(app, "%.*s\n", STR_ARGS(doubts[i].sentence));
}
