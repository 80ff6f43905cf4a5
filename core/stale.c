#include "core/stale.h"

#include <stdlib.h>

#include "core/late.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/stale_lines.h"

/* The judging of one save. */
struct judging {
	struct arena *arena;
	const struct repo *repo;
	const struct stale_log *log;
	struct object_id head;
	struct str path;
	const struct stale_step *steps[STALE_VERSIONS]; /* of this path, the latest last */
	size_t step_count;
	/* What each of them replaced, and by what; empty: no longer to be had. */
	struct str replaced[STALE_VERSIONS];
	struct pieces before[STALE_VERSIONS], after[STALE_VERSIONS];
	struct reference *waiting; /* earlier saves that no union has taken in yet */
	size_t waiting_count;
	struct str present, saved;
	struct pieces saved_lines;
	struct pieces written; /* lines of the save that no version has */
};

/* A text that the editor may have shown. */
struct candidate {
	struct object_id commit, blob;
	bool waiting;		  /* it is an earlier save that no union has taken in */
	size_t first_step;	  /* syncs from this one on came after it */
	size_t lines_apart, cost; /* how far the save is from it: pieces_cost() */
};

static void collect_steps(struct judging *judging)
{
	const struct stale_log *log = judging->log;
	size_t count = 0;

	for (size_t i = log->step_count; i-- > 0 && count < STALE_VERSIONS;)
		if (str_equal(log->steps[i].path, judging->path))
			judging->steps[STALE_VERSIONS - ++count] = &log->steps[i];
	for (size_t i = 0; i < count; i++)
		judging->steps[i] = judging->steps[STALE_VERSIONS - count + i];
	judging->step_count = count;
}

/* out: false where that text is no longer to be had. */
static bool read_text(struct judging *judging, struct object_id blob, struct str *out)
{
	err e = repo_blob_read(judging->arena, judging->repo, blob, LIMIT_FILE_BYTES, out);
	bool read = e == NULL;

	err_free(e);
	return read;
}

static void read_steps(struct judging *judging)
{
	for (size_t i = 0; i < judging->step_count; i++) {
		struct str text;

		if (!read_text(judging, judging->steps[i]->from, &judging->replaced[i]) ||
		    !read_text(judging, judging->steps[i]->to, &text)) {
			judging->replaced[i] = (struct str){0};
			continue;
		}
		judging->before[i] = pieces_lines(judging->arena, judging->replaced[i]);
		judging->after[i] = pieces_lines(judging->arena, text);
	}
}

/* A line that some version has is no rewording of what came later. */
static void find_written(struct judging *judging)
{
	const struct pieces *saved = &judging->saved_lines;
	struct pieces *written = &judging->written;

	written->all = arena_array(judging->arena, struct piece, saved->count);
	for (size_t i = 0; i < saved->count; i++) {
		bool known = false;

		for (size_t k = 0; k < judging->step_count && !known; k++)
			known = pieces_count(&judging->before[k], saved->all[i].key) > 0 ||
				pieces_count(&judging->after[k], saved->all[i].key) > 0;
		if (!known)
			written->all[written->count++] = saved->all[i];
	}
}

/* What a commit holds at the path; none: nothing, or it cannot be read. */
static struct object_id blob_in(struct judging *judging, struct object_id commit)
{
	struct tree_files files;
	err e = repo_tree_read(judging->arena, judging->repo, commit, &files);

	if (e) {
		err_free(e);
		return (struct object_id){{0}};
	}
	const struct tree_file *file = tree_file_find(&files, judging->path);
	return file ? file->id : (struct object_id){{0}};
}

static bool is_waiting(const struct judging *judging, struct object_id commit)
{
	bool found = false;

	for (size_t i = 0; i < judging->waiting_count && !found; i++)
		found = object_id_equal(judging->waiting[i].id, commit);
	return found && !repo_descends(judging->repo, judging->head, commit);
}

/* A commit that is recorded no longer, or does not hold the text, is nothing to build on. */
static bool is_sound(struct judging *judging, const struct candidate *candidate)
{
	return (candidate->waiting ||
		repo_descends(judging->repo, judging->head, candidate->commit)) &&
	       object_id_equal(blob_in(judging, candidate->commit), candidate->blob);
}

/* How far the save is from a text. */
static void measure(struct judging *judging, struct str text, struct candidate *candidate)
{
	struct pieces lines = pieces_lines(judging->arena, text);

	candidate->lines_apart = pieces_apart(&judging->saved_lines, &lines);
	candidate->cost = pieces_cost(judging->arena, &judging->saved_lines, &lines);
}

/*
 * As near as what is present is near enough, and of two that are as near the older
 * one: if that is wrong, somebody is asked whether lines are to go; the other way
 * round, lines of others would go.
 */
static bool is_nearer(const struct candidate *a, const struct candidate *b)
{
	if (object_id_is_none(b->commit) && !a->waiting)
		return a->lines_apart <= b->lines_apart || a->cost <= b->cost;
	return a->cost < b->cost || (a->cost == b->cost && !b->waiting);
}

static void consider(struct judging *judging, struct candidate candidate, struct object_id present,
		     struct candidate *best)
{
	struct str text;

	if (object_id_equal(candidate.blob, present) || !read_text(judging, candidate.blob, &text))
		return;
	measure(judging, text, &candidate);
	if (is_nearer(&candidate, best) && is_sound(judging, &candidate))
		*best = candidate;
}

/* The parent of a save beside the branch; none: it cannot be read. */
static struct object_id parent_of(struct judging *judging, struct object_id commit)
{
	struct commit read = {0};
	err e = repo_commit_read(judging->arena, judging->repo, commit, &read);
	bool has_one = !e && read.parent_count > 0;

	err_free(e);
	return has_one ? read.parents[0] : (struct object_id){{0}};
}

/* Which sync was the first after the text that a waiting save was made from. */
static size_t first_step_after(struct judging *judging, struct object_id waiting)
{
	for (int depth = 0; depth < STALE_VERSIONS; depth++) {
		struct object_id parent = parent_of(judging, waiting);
		struct object_id blob = blob_in(judging, parent);

		for (size_t i = judging->step_count; i-- > 0;) {
			if (object_id_equal(judging->steps[i]->to, blob))
				return i + 1;
			if (object_id_equal(judging->steps[i]->from, blob))
				return i;
		}
		if (!is_waiting(judging, parent))
			break;
		waiting = parent;
	}
	return judging->step_count;
}

/*
 * Saves beside the branch that a killed sync recorded and did not take in: an
 * editor goes on from the last of them.
 */
static void consider_waiting(struct judging *judging, struct object_id present,
			     struct candidate *best)
{
	for (size_t i = 0; i < judging->waiting_count; i++) {
		struct candidate earlier = {.commit = judging->waiting[i].id, .waiting = true};

		if (!is_waiting(judging, earlier.commit))
			continue;
		earlier.blob = blob_in(judging, earlier.commit);
		if (object_id_is_none(earlier.blob) ||
		    object_id_equal(earlier.blob,
				    blob_in(judging, parent_of(judging, earlier.commit))))
			continue;
		earlier.first_step = first_step_after(judging, earlier.commit);
		consider(judging, earlier, present, best);
	}
}

static size_t lines_in(const struct pieces *pieces, const struct str *lines, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += pieces_count(pieces, key_of(lines[i])) > 0;
	return found;
}

/* Did an editor of this clone show a line before a sync brought it? */
static bool was_shown_before(const struct judging *judging, size_t step, struct key line)
{
	bool found = pieces_count(&judging->before[step], line) > 0;

	for (size_t i = 0; i < step && !found; i++)
		found = pieces_count(&judging->before[i], line) > 0 ||
			pieces_count(&judging->after[i], line) > 0;
	return found;
}

/* Where much else was written, some of it may be like what came in by chance. */
static bool is_much_nearer(struct judging *judging, const struct pieces *to,
			   const struct pieces *than)
{
	enum { NEARER = 4, THAN = 5 };

	return THAN * pieces_cost(judging->arena, &judging->saved_lines, to) <=
	       NEARER * pieces_cost(judging->arena, &judging->saved_lines, than);
}

/*
 * Does the save have a line that only that sync can have shown to its writer, as it
 * was or reworded? Whoever chooses a wording of a set writes the same line as others
 * who do, and has not seen theirs.
 */
static bool shows(struct judging *judging, size_t step)
{
	const struct pieces *after = &judging->after[step];
	struct pieces chosen = pieces_lines_settled(judging->arena, judging->replaced[step]);
	struct str *lines = arena_array(judging->arena, struct str, after->count);
	size_t count = 0;

	for (size_t i = 0; i < after->count; i++)
		if (!was_shown_before(judging, step, after->all[i].key) &&
		    pieces_count(&chosen, after->all[i].key) == 0)
			lines[count++] = after->all[i].text;
	if (lines_in(&judging->saved_lines, lines, count) > 0)
		return true;
	return is_much_nearer(judging, after, &judging->before[step]) &&
	       lines_reworded(judging->arena, lines, count, &judging->written,
			      &judging->before[step]);
}

/* How many of the syncs the writer has certainly seen. */
static size_t count_seen(struct judging *judging)
{
	for (size_t i = judging->step_count; i > 0; i--)
		if (shows(judging, i - 1))
			return i;
	return 0;
}

/*
 * The version nearest to the save that its writer can have seen; of equal ones the oldest, for the
 * same reason: what has changed since is then not taken for something that the writer took away.
 */
static bool find_nearest(struct judging *judging, struct object_id present, struct candidate *out)
{
	struct candidate best = {0};
	size_t seen = count_seen(judging);

	measure(judging, judging->present, &best);
	consider_waiting(judging, present, &best);
	for (size_t i = judging->step_count; i-- > 0 && i + 1 >= seen;) {
		const struct stale_step *step = judging->steps[i];
		struct candidate later = {
			.commit = step->to_commit, .blob = step->to, .first_step = i + 1};
		struct candidate earlier = {
			.commit = step->from_commit, .blob = step->from, .first_step = i};

		consider(judging, later, present, &best);
		if (i >= seen)
			consider(judging, earlier, present, &best);
	}
	*out = best;
	return !object_id_is_none(best.commit);
}

/* Did the syncs from one on change a line: is it in `with` and not in `without` of any? */
static bool was_changed(const struct judging *judging, const struct pieces *with,
			const struct pieces *without, size_t first, struct key line)
{
	for (size_t i = first; i < judging->step_count; i++)
		if (pieces_count(&with[i], line) > 0 && pieces_count(&without[i], line) == 0)
			return true;
	return false;
}

/* The lines of `text` that are not in `others` and that syncs changed, each once, in order. */
static struct str *changed_lines(const struct judging *judging, struct str text,
				 const struct pieces *others, const struct pieces *with,
				 const struct pieces *without, size_t first, size_t *count)
{
	struct str line, *out = NULL;
	size_t room = 0;

	*count = 0;
	while (str_next_line(&text, &line)) {
		bool known = false;

		line = str_trim(line);
		if (!line_says_something(line) || pieces_count(others, key_of(line)) > 0 ||
		    !was_changed(judging, with, without, first, key_of(line)))
			continue;
		for (size_t i = 0; i < *count && !known; i++)
			known = str_equal(out[i], line);
		if (known)
			continue;
		arena_push(judging->arena, out, *count, room);
		out[(*count)++] = line;
	}
	return out;
}

/* What the syncs after a version brought into the file and took out of it. */
static bool find_changes(struct judging *judging, const struct candidate *seen,
			 struct stale_save *out)
{
	struct pieces present = pieces_lines(judging->arena, judging->present), known;
	struct str shown;

	if (!read_text(judging, seen->blob, &shown))
		return false;
	known = pieces_lines(judging->arena, str_printf(judging->arena, "%.*s\n%.*s",
							STR_ARGS(shown), STR_ARGS(judging->saved)));
	out->stayed = changed_lines(judging, judging->present, &known, judging->after,
				    judging->before, seen->first_step, &out->stayed_count);
	out->gone = changed_lines(judging, shown, &present, judging->before, judging->after,
				  seen->first_step, &out->gone_count);
	return true;
}

static bool was_told(const struct judging *judging, struct str line)
{
	const struct stale_log *log = judging->log;

	for (size_t i = 0; i < log->told_count; i++)
		if (str_equal(log->told[i].path, judging->path) &&
		    key_equal(log->told[i].line, key_of(line)))
			return true;
	return false;
}

static bool is_among(const struct str *lines, size_t count, struct str line)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(lines[i], line))
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
static bool changes_nothing_else(const struct judging *judging, const struct stale_save *save)
{
	struct str present_rest = judging->present, saved_rest = judging->saved;
	struct str present = next_line(&present_rest), saved = next_line(&saved_rest);
	size_t places = 0;

	while (present.len || saved.len) {
		if (str_equal(present, saved)) {
			places = 0;
			present = next_line(&present_rest);
			saved = next_line(&saved_rest);
		} else if (present.len && is_among(save->stayed, save->stayed_count, present)) {
			places++;
			present = next_line(&present_rest);
		} else if (saved.len && (places > 0 || save->stayed_count == 0) &&
			   is_among(save->gone, save->gone_count, saved)) {
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
static bool is_asked_twice(const struct judging *judging, const struct stale_save *save)
{
	for (size_t i = 0; i < save->stayed_count; i++)
		if (!was_told(judging, save->stayed[i]))
			return false;
	for (size_t i = 0; save->stayed_count == 0 && i < save->gone_count; i++)
		if (!was_told(judging, save->gone[i]))
			return false;
	return changes_nothing_else(judging, save);
}

/*
 * A save that lacks what came in. Where nothing came in and lines only went,
 * one that has them all again and more besides; with nothing besides, somebody
 * wants them back.
 */
static bool is_stale(const struct judging *judging, const struct candidate *seen,
		     const struct stale_save *save)
{
	if (save->stayed_count)
		return true;
	return save->gone_count && seen->lines_apart > 0 &&
	       lines_in(&judging->saved_lines, save->gone, save->gone_count) == save->gone_count;
}

static err read_both(struct judging *judging, const struct file_change *save)
{
	err e = repo_blob_read(judging->arena, judging->repo, save->from, LIMIT_FILE_BYTES,
			       &judging->present);

	if (!e)
		e = repo_blob_read(judging->arena, judging->repo, save->to, LIMIT_FILE_BYTES,
				   &judging->saved);
	return e;
}

err stale_judge(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		struct object_id head, const struct file_change *save, bool *stale,
		struct stale_save *out)
{
	struct judging judging = {
		.arena = arena, .repo = repo, .log = log, .head = head, .path = save->path};
	struct stale_save found = {.path = save->path, .saved = save->to, .mode = save->to_mode};
	struct candidate seen;
	err e;

	*stale = false;
	if (object_id_is_none(save->from) || object_id_is_none(save->to))
		return NULL;
	collect_steps(&judging);
	if ((e = late_list(arena, repo, &judging.waiting, &judging.waiting_count)))
		return e;
	if (judging.step_count + judging.waiting_count == 0)
		return NULL;
	if ((e = read_both(&judging, save)))
		return e;
	judging.saved_lines = pieces_lines(arena, judging.saved);
	read_steps(&judging);
	find_written(&judging);
	if (!find_nearest(&judging, save->from, &seen) || !find_changes(&judging, &seen, &found))
		return NULL;
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

/* A line that a save has and that the recorded text of its file has not. */
static err is_brought(struct arena *arena, const struct repo *repo, const struct file_change *save,
		      struct str line, bool *brought)
{
	struct str before = {0}, after = {0};
	err e = NULL;

	*brought = false;
	if (object_id_is_none(save->to))
		return NULL;
	e = repo_blob_read(arena, repo, save->to, LIMIT_FILE_BYTES, &after);
	if (!e && !object_id_is_none(save->from))
		e = repo_blob_read(arena, repo, save->from, LIMIT_FILE_BYTES, &before);
	if (e)
		return e;
	struct pieces old = pieces_lines(arena, before), saved = pieces_lines(arena, after);
	*brought = pieces_count(&saved, key_of(line)) > pieces_count(&old, key_of(line));
	return NULL;
}

/*
 * Were all lines that a save lacks put into other files at the same time? Then
 * they were cut and pasted by somebody who saw them, and none of them is missed.
 * Only files that are no old texts themselves count.
 */
static err is_cut_and_pasted(struct arena *arena, const struct repo *repo,
			     const struct stale_save *save, const struct file_changes *sound,
			     bool *pasted)
{
	bool found = save->stayed_count > 0;

	for (size_t i = 0; i < save->stayed_count && found; i++) {
		found = false;
		for (size_t j = 0; j < sound->count && !found; j++) {
			err e = is_brought(arena, repo, &sound->files[j], save->stayed[i], &found);

			if (e)
				return e;
		}
	}
	*pasted = found;
	return NULL;
}

static err judge_all(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		     struct object_id head, struct file_changes *changes,
		     struct file_changes *doubted, struct stale_saves *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < changes->count; i++) {
		struct stale_save save;
		bool stale = false;
		err e = stale_judge(arena, repo, log, head, &changes->files[i], &stale, &save);

		if (e)
			return e;
		if (!stale) {
			changes->files[kept++] = changes->files[i];
			continue;
		}
		arena_push(arena, doubted->files, doubted->count, doubted->room);
		doubted->files[doubted->count++] = changes->files[i];
		arena_push(arena, out->saves, out->count, out->room);
		out->saves[out->count++] = save;
	}
	changes->count = kept;
	return NULL;
}

static int compare_changes(const void *left, const void *right)
{
	const struct file_change *a = left, *b = right;

	return str_compare(a->path, b->path);
}

err stale_divert(struct arena *arena, const struct repo *repo, const struct stale_log *log,
		 struct object_id head, struct file_changes *changes, struct stale_saves *out)
{
	struct file_changes doubted = {0};
	size_t first = out->count, kept = first;
	err e = judge_all(arena, repo, log, head, changes, &doubted, out);
	struct file_changes sound = *changes;

	for (size_t i = 0; !e && i < doubted.count; i++) {
		bool pasted = false;

		e = is_cut_and_pasted(arena, repo, &out->saves[first + i], &sound, &pasted);
		if (!pasted) {
			out->saves[kept++] = out->saves[first + i];
			continue;
		}
		/* There is room: it was among them. */
		changes->files[changes->count++] = doubted.files[i];
	}
	out->count = kept;
	if (changes->count > sound.count)
		qsort(changes->files, changes->count, sizeof *changes->files, compare_changes);
	return e;
}

/* All saves that were made from one commit, as one commit on top of it. */
static err record_on(struct arena *arena, struct repo *repo, struct stale_saves *saves,
		     struct object_id seen, const struct signature *author)
{
	struct file_changes changes = {0};
	struct object_id commit;

	for (size_t i = 0; i < saves->count; i++) {
		const struct stale_save *save = &saves->saves[i];

		if (!object_id_equal(save->seen, seen))
			continue;
		arena_push(arena, changes.files, changes.count, changes.room);
		changes.files[changes.count++] = (struct file_change){
			.path = save->path, .to = save->saved, .to_mode = save->mode};
	}
	err e = late_record(arena, repo, seen, &changes, author, &commit);
	for (size_t i = 0; !e && i < saves->count; i++)
		if (object_id_equal(saves->saves[i].seen, seen))
			saves->saves[i].commit = commit;
	return e;
}

err stale_record(struct arena *arena, struct repo *repo, struct stale_saves *saves,
		 const struct signature *author)
{
	for (size_t i = 0; i < saves->count; i++) {
		err e = NULL;

		if (object_id_is_none(saves->saves[i].commit))
			e = record_on(arena, repo, saves, saves->saves[i].seen, author);
		if (e)
			return e;
	}
	return NULL;
}
