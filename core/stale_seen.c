#include "core/stale_seen.h"

#include "core/late.h"
#include "core/limits.h"

static void collect_steps(struct stale_judging *judging)
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
static bool read_text(struct stale_judging *judging, struct object_id blob, struct str *out)
{
	err e = repo_blob_read(judging->arena, judging->repo, blob, LIMIT_FILE_BYTES, out);
	bool read = e == NULL;

	err_free(e);
	return read;
}

static void read_steps(struct stale_judging *judging)
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
static void find_written(struct stale_judging *judging)
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
static struct object_id blob_in(struct stale_judging *judging, struct object_id commit)
{
	struct tree_files files;
	err e = repo_tree_read(judging->arena, judging->repo, commit, &files);

	if (e) {
		err_free(e);
		return OBJECT_ID_NONE;
	}
	const struct tree_file *file = tree_file_find(&files, judging->path);
	return file ? file->id : OBJECT_ID_NONE;
}

static bool is_waiting(const struct stale_judging *judging, struct object_id commit)
{
	bool found = false;

	for (size_t i = 0; i < judging->log->waiting_count && !found; i++)
		found = object_id_equal(judging->log->waiting[i].id, commit);
	return found && !repo_descends(judging->repo, judging->head, commit);
}

/* A commit that is recorded no longer, or does not hold the text, is nothing to build on. */
static bool is_sound(struct stale_judging *judging, const struct stale_seen *candidate)
{
	return (candidate->waiting ||
		repo_descends(judging->repo, judging->head, candidate->commit) ||
		late_is_of_former(judging->arena, judging->repo, judging->head,
				  candidate->commit)) &&
	       object_id_equal(blob_in(judging, candidate->commit), candidate->blob);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How far the save is from a text: that a wording of a set was chosen there costs nothing. */
static void measure(struct stale_judging *judging, struct stale_seen *candidate)
{
	struct arena *arena = judging->arena;
	const struct pieces *saved = &judging->saved_lines;
	struct pieces lines = pieces_lines(arena, candidate->text);
	struct pieces chosen = pieces_lines_chosen(arena, candidate->text, saved);

	candidate->lines_apart = smaller(pieces_apart(saved, &lines), pieces_apart(saved, &chosen));
	candidate->cost =
		smaller(pieces_cost(arena, saved, &lines), pieces_cost(arena, saved, &chosen));
}

/* The parent of a save beside the branch; none: it cannot be read. */
static struct object_id parent_of(struct stale_judging *judging, struct object_id commit)
{
	struct commit read = {0};
	err e = repo_commit_read(judging->arena, judging->repo, commit, &read);
	bool has_one = !e && read.parent_count > 0;

	err_free(e);
	return has_one ? read.parents[0] : OBJECT_ID_NONE;
}

/* Did an editor of this clone show a line before the syncs from one on? */
static bool was_shown_before(const struct stale_judging *judging, size_t step, struct key line)
{
	bool found = false;

	for (size_t i = 0; i < step && !found; i++)
		found = pieces_count(&judging->before[i], line) > 0 ||
			pieces_count(&judging->after[i], line) > 0;
	return found;
}

/*
 * Is the save much nearer the text after a sync, or what became of that since, than a
 * version? Where much else was written, some of it may be like what came in by chance.
 */
static bool is_much_nearer(struct stale_judging *judging, const struct pieces *after,
			   const struct pieces *version)
{
	enum { NEARER = 4, THAN = 5 };
	size_t cost = smaller(judging->present_cost,
			      pieces_cost(judging->arena, &judging->saved_lines, after));

	return THAN * cost <= NEARER * pieces_cost(judging->arena, &judging->saved_lines, version);
}

/* A version that lines may have come after. */
struct version {
	struct pieces lines;
	struct pieces settled; /* what it may say once its sets are settled */
	size_t steps;	       /* lines that were shown before so many syncs do not count */
};

/*
 * Does the save have a line, as it was or reworded, that a sync brought after a version?
 * Whoever chooses a wording of a set writes the same line as others who do, and has not
 * seen theirs.
 */
static bool has_brought(struct stale_judging *judging, size_t step, const struct version *version)
{
	const struct pieces *after = &judging->after[step];
	struct str *lines = arena_array(judging->arena, struct str, after->count);
	size_t count = 0;

	for (size_t i = 0; i < after->count; i++) {
		struct key line = after->all[i].key;

		if (pieces_count(&version->lines, line) == 0 &&
		    pieces_count(&version->settled, line) == 0 &&
		    !was_shown_before(judging, version->steps, line))
			lines[count++] = after->all[i].text;
	}
	if (pieces_count_lines(&judging->saved_lines, lines, count) > 0)
		return true;
	return is_much_nearer(judging, after, &version->lines) &&
	       lines_reworded(judging->arena, lines, count, &judging->written, &version->lines);
}

/* Does the save have a line that only that sync can have shown to its writer? */
static bool shows(struct stale_judging *judging, size_t step)
{
	const struct version version = {
		.lines = judging->before[step],
		.settled = pieces_lines_settled(judging->arena, judging->replaced[step]),
		.steps = step,
	};

	return has_brought(judging, step, &version);
}

/*
 * Does the save have a line that a sync brought after this version, which lacks it? The
 * writer may have shown it there before, in a text of their own, but not in this one.
 */
static bool is_refuted(struct stale_judging *judging, const struct stale_seen *candidate)
{
	const struct version version = {
		.lines = pieces_lines(judging->arena, candidate->text),
		.settled = pieces_lines_settled(judging->arena, candidate->text),
	};
	bool refuted = false;

	for (size_t i = candidate->first_step; i < judging->step_count && !refuted; i++)
		refuted = has_brought(judging, i, &version);
	return refuted;
}

/* How many of the syncs the writer has certainly seen. */
static size_t count_seen(struct stale_judging *judging)
{
	for (size_t i = judging->step_count; i > 0; i--)
		if (shows(judging, i - 1))
			return i;
	return 0;
}

/*
 * As near as what is present is near enough, and of two that are as near the older
 * one: if that is wrong, somebody is asked whether lines are to go; the other way
 * round, lines of others would go.
 */
static bool is_nearer(const struct stale_seen *a, const struct stale_seen *b)
{
	if (object_id_is_none(b->commit) && !a->waiting)
		return a->lines_apart <= b->lines_apart || a->cost <= b->cost;
	return a->cost < b->cost || (a->cost == b->cost && !b->waiting);
}

static void consider(struct stale_judging *judging, struct stale_seen candidate,
		     struct object_id present, struct stale_seen *best)
{
	if (object_id_equal(candidate.blob, present) ||
	    !read_text(judging, candidate.blob, &candidate.text))
		return;
	measure(judging, &candidate);
	if (is_nearer(&candidate, best) && is_sound(judging, &candidate) &&
	    !is_refuted(judging, &candidate))
		*best = candidate;
}

/* Which sync was the first after the text that a waiting save was made from. */
static size_t first_step_after(struct stale_judging *judging, struct object_id waiting)
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
static void consider_waiting(struct stale_judging *judging, struct object_id present,
			     struct stale_seen *best)
{
	for (size_t i = 0; i < judging->log->waiting_count; i++) {
		struct stale_seen earlier = {.commit = judging->log->waiting[i].id,
					     .waiting = true};

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

/*
 * The version nearest to the save that its writer can have seen; of equal ones the oldest, for the
 * same reason: what has changed since is then not taken for something that the writer took away.
 */
static bool find_nearest(struct stale_judging *judging, struct object_id present,
			 struct stale_seen *out)
{
	struct stale_seen best = {.text = judging->present};
	size_t seen;

	measure(judging, &best);
	judging->present_cost = best.cost;
	seen = count_seen(judging);
	consider_waiting(judging, present, &best);
	for (size_t i = judging->step_count; i-- > 0 && i + 1 >= seen;) {
		const struct stale_step *step = judging->steps[i];
		struct stale_seen later = {
			.commit = step->to_commit, .blob = step->to, .first_step = i + 1};
		struct stale_seen earlier = {
			.commit = step->from_commit, .blob = step->from, .first_step = i};

		consider(judging, later, present, &best);
		if (i >= seen)
			consider(judging, earlier, present, &best);
	}
	*out = best;
	return !object_id_is_none(best.commit);
}

static err read_both(struct stale_judging *judging, const struct file_change *save)
{
	err e = repo_blob_read(judging->arena, judging->repo, save->from, LIMIT_FILE_BYTES,
			       &judging->present);

	if (!e)
		e = repo_blob_read(judging->arena, judging->repo, save->to, LIMIT_FILE_BYTES,
				   &judging->saved);
	return e;
}

err stale_seen_find(struct stale_judging *judging, const struct file_change *save,
		    struct stale_seen *out, bool *found)
{
	err e;

	*found = false;
	collect_steps(judging);
	if (judging->step_count + judging->log->waiting_count == 0)
		return NULL;
	if ((e = read_both(judging, save)))
		return e;
	judging->saved_lines = pieces_lines(judging->arena, judging->saved);
	judging->present_lines = pieces_lines(judging->arena, judging->present);
	read_steps(judging);
	find_written(judging);
	*found = find_nearest(judging, save->from, out);
	return NULL;
}
