#include "core/stale.h"

#include "core/stale_lines.h"
#include "core/stale_seen.h"

/* The text before and after each of some syncs; the other way round, what they took out. */
struct syncs {
	const struct pieces *before, *after;
	size_t count;
};

static bool brought_in(const struct syncs *syncs, struct key line)
{
	for (size_t i = 0; i < syncs->count; i++)
		if (pieces_count(&syncs->after[i], line) > 0 &&
		    pieces_count(&syncs->before[i], line) == 0)
			return true;
	return false;
}

/* The lines of `text` that are not in `others` and that syncs brought, each once, in order. */
static struct str *brought_lines(struct arena *arena, const struct syncs *syncs, struct str text,
				 const struct pieces *others, size_t *count)
{
	struct str line, *out = NULL;
	size_t room = 0;

	*count = 0;
	while (str_next_line(&text, &line)) {
		bool known = false;

		line = str_trim(line);
		if (!line_says_something(line) || pieces_count(others, key_of(line)) > 0 ||
		    !brought_in(syncs, key_of(line)))
			continue;
		for (size_t i = 0; i < *count && !known; i++)
			known = str_equal(out[i], line);
		if (known)
			continue;
		arena_push(arena, out, *count, room);
		out[(*count)++] = line;
	}
	return out;
}

/* What the syncs after a version brought into the file and took out of it. */
static void find_changes(const struct stale_judging *judging, const struct stale_seen *seen,
			 struct stale_save *out)
{
	struct pieces known;
	const struct pieces *before = judging->before + seen->first_step;
	const struct pieces *after = judging->after + seen->first_step;
	size_t count = judging->step_count - seen->first_step;
	struct buf both = {.arena = judging->arena}; /* notes may hold a NUL */

	buf_add(&both, seen->text);
	buf_add_byte(&both, '\n');
	buf_add(&both, judging->saved);
	known = pieces_lines(judging->arena, buf_str(&both));
	out->stayed = brought_lines(judging->arena, &(struct syncs){before, after, count},
				    judging->present, &known, &out->stayed_count);
	out->gone = brought_lines(judging->arena, &(struct syncs){after, before, count}, seen->text,
				  &judging->present_lines, &out->gone_count);
}

static bool was_told(const struct stale_judging *judging, struct str line)
{
	const struct stale_log *log = judging->log;

	for (size_t i = 0; i < log->told_count; i++)
		if (str_equal(log->told[i].path, judging->path) &&
		    key_equal(log->told[i].line, key_of(line)))
			return true;
	return false;
}

/* The next line that says something; empty: there is none. */
static struct str next_line(struct str *rest)
{
	struct str line;

	while (str_next_line(rest, &line))
		if (line_says_something(line))
			return str_trim(line);
	return (struct str){0};
}

/*
 * Is the save what is present, in its order, but for lines that came in or went?
 * Where some came in, those that went may only stand in the places of them: an old
 * text would have the others as well.
 */
static bool changes_nothing_else(const struct stale_judging *judging, const struct stale_save *save)
{
	struct str present_rest = judging->present, saved_rest = judging->saved;
	struct str present = next_line(&present_rest), saved = next_line(&saved_rest);
	size_t places = 0;

	while (present.len || saved.len) {
		if (str_equal(present, saved)) {
			places = 0;
			present = next_line(&present_rest);
			saved = next_line(&saved_rest);
		} else if (present.len && str_is_among(present, save->stayed, save->stayed_count)) {
			places++;
			present = next_line(&present_rest);
		} else if (saved.len && (places > 0 || save->stayed_count == 0) &&
			   str_is_among(saved, save->gone, save->gone_count)) {
			places -= places > 0;
			saved = next_line(&saved_rest);
		} else {
			return false;
		}
	}
	return true;
}

/*
 * The person was told that all these lines stay as they are, and now saves just
 * that again. One who goes on typing into the old text would save that as well,
 * so whatever else has changed is no answer.
 */
static bool is_asked_twice(const struct stale_judging *judging, const struct stale_save *save)
{
	for (size_t i = 0; i < save->stayed_count; i++)
		if (!was_told(judging, save->stayed[i]))
			return false;
	for (size_t i = 0; save->stayed_count == 0 && i < save->gone_count; i++)
		if (!was_told(judging, save->gone[i]))
			return false;
	return changes_nothing_else(judging, save);
}

/* Has the save the line, or one that its writer made of it? */
static bool has_still(const struct stale_judging *judging, struct str line)
{
	return pieces_count(&judging->saved_lines, key_of(line)) > 0 ||
	       lines_reworded(judging->arena, &line, 1, &judging->saved_lines,
			      &judging->present_lines);
}

/*
 * A save that lacks what came in. Where nothing came in and lines only went,
 * one that has them all again and more besides, or reworded; with nothing besides,
 * somebody wants them back.
 */
static bool is_stale(const struct stale_judging *judging, const struct stale_seen *seen,
		     const struct stale_save *save)
{
	size_t had = 0;

	if (save->stayed_count)
		return true;
	while (had < save->gone_count && has_still(judging, save->gone[had]))
		had++;
	return save->gone_count && seen->lines_apart > 0 && had == save->gone_count;
}

err stale_judge(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		struct object_id head, const struct file_change *save, bool *stale,
		struct stale_save *out)
{
	struct stale_judging judging = {
		.arena = arena, .repo = repo, .log = log, .head = head, .path = save->path};
	struct stale_save found = {.path = save->path, .saved = save->to, .mode = save->to_mode};
	struct stale_seen seen;
	bool is_older;
	err e;

	*stale = false;
	if (object_id_is_none(save->from) || object_id_is_none(save->to))
		return NULL;
	e = stale_seen_find(&judging, save, &seen, &is_older);
	if (e || !is_older)
		return e;
	find_changes(&judging, &seen, &found);
	if (!seen.waiting &&
	    (!is_stale(&judging, &seen, &found) || is_asked_twice(&judging, &found)))
		return NULL;
	found.seen = seen.commit;
	if (seen.waiting && object_id_equal(seen.blob, save->to))
		found.commit = seen.commit;
	*stale = true;
	*out = found;
	return NULL;
}
