#include "merge/trace.h"

#include <stdlib.h>
#include <string.h>

#include "merge/trace_inside.h"

uint32_t trace_word_commit(const struct trace_wording *wording, uint32_t index)
{
	for (uint32_t i = 0; i < wording->run_count; i++) {
		if (index < wording->runs[i].words)
			return wording->runs[i].commit;
		index -= wording->runs[i].words;
	}
	return TRACE_NONE;
}

/* The number of each path that differs from parent `index`, in `changes` order. */
static uint32_t *number_paths(struct work *work, const struct trace_parent *parent)
{
	struct tracer *tracer = work->tracer;
	uint32_t *paths = arena_array(&work->scratch, uint32_t, parent->change_count);

	for (size_t i = 0; i < parent->change_count; i++)
		paths[i] =
			vocabulary_number(tracer->arena, &tracer->paths, parent->changes[i].path);
	return paths;
}

static void change_single(struct work *work, const struct trace_parent *parent)
{
	struct tracer *tracer = work->tracer;
	const uint32_t *paths = number_paths(work, parent);

	for (size_t i = 0; i < parent->change_count; i++) {
		struct file_state *old = tree_find(work->tree, paths[i]);
		struct file_state *file = NULL;

		if (parent->changes[i].blob != TRACE_NONE)
			file = read_file(work, paths[i], parent->changes[i].blob, old, 0);
		else if (old)
			add_candidates(work, old, paths[i], 0, 0, old->count);
		/* The parent's own tree still holds the old state. */
		tree_put(tracer, work->tree, paths[i], file);
	}
}

/* Whether another parent has a path as the merge has it. out: its state there, NULL: it is gone */
static bool find_same(struct work *work, uint32_t *const *paths, uint32_t path,
		      struct file_state **out)
{
	const struct trace_commit *input = work->input;

	for (size_t i = 1; i < input->parent_count; i++) {
		bool differs = false;

		for (size_t j = 0; j < input->parents[i].change_count && !differs; j++)
			differs = paths[i][j] == path;
		if (!differs && input->parents[i].commit != TRACE_NONE) {
			*out = tree_find(&work->tracer->trees[input->parents[i].commit], path);
			return true;
		}
	}
	return false;
}

/*
 * Both parents have the same bytes by different ways: of each block the wording
 * that was there first stays, and who else wrote it is credited too. What one of
 * them has twice, as a copy, are two.
 */
static struct file_state *join_equal(struct work *work, struct file_state *a, struct file_state *b)
{
	struct tracer *tracer = work->tracer;
	struct file_state *file = file_new(tracer, a->blob, a->count);
	struct arena scratch = {0};
	struct present in_a = present_in_file(&scratch, tracer, a);
	struct present in_b = present_in_file(&scratch, tracer, b);

	for (uint32_t i = 0; i < a->count; i++) {
		uint32_t first = a->entries[i].wording, second = b->entries[i].wording;

		file->entries[i] = a->entries[i];
		if (first == second || first == TRACE_NONE || second == TRACE_NONE ||
		    is_present(&in_a, second) || is_present(&in_b, first))
			continue;
		if (second < first)
			file->entries[i] = b->entries[i];

		uint32_t kept = tracer->wordings[first < second ? first : second].point;
		uint32_t other = tracer->wordings[first < second ? second : first].point;

		if (kept == other)
			continue;
		point_also_of(tracer, kept, other);
		point_event(tracer, other,
			    (struct trace_event){
				    .kind = TRACE_JOIN, .commit = work->commit, .other = kept});
	}
	arena_free(&scratch);
	return file;
}

static void join_equal_files(struct work *work, const struct tree *parent)
{
	for (uint32_t i = 0; i < work->tree->count; i++) {
		struct tree_file here = work->tree->files[i];
		struct file_state *there = tree_find(parent, here.path);

		if (there && there != here.file && there->blob == here.file->blob &&
		    there->count == here.file->count)
			tree_put(work->tracer, work->tree, here.path,
				 join_equal(work, here.file, there));
	}
}

/* What a parent has that the merge does not simply take over. */
static void add_parent_candidates(struct work *work, const struct tree *parent, uint32_t number)
{
	for (uint32_t i = 0; i < parent->count; i++) {
		struct tree_file was = parent->files[i];
		struct file_state *now = tree_find(work->tree, was.path);

		if (now != was.file && !(now && now->blob == was.file->blob))
			add_candidates(work, was.file, was.path, number, 0, was.file->count);
	}
}

static void change_merge(struct work *work)
{
	struct tracer *tracer = work->tracer;
	const struct trace_commit *input = work->input;
	uint32_t **paths = arena_array(&work->scratch, uint32_t *, input->parent_count);

	for (size_t i = 0; i < input->parent_count; i++)
		paths[i] = number_paths(work, &input->parents[i]);
	for (size_t i = 0; i < input->parents[0].change_count; i++) {
		uint32_t blob = input->parents[0].changes[i].blob;
		struct file_state *file = NULL;

		if (blob != TRACE_NONE && !find_same(work, paths, paths[0][i], &file))
			file = read_file(work, paths[0][i], blob,
					 tree_find(work->tree, paths[0][i]), 0);
		tree_put(tracer, work->tree, paths[0][i], file);
	}
	for (size_t i = 1; i < input->parent_count; i++)
		if (input->parents[i].commit != TRACE_NONE)
			join_equal_files(work, &tracer->trees[input->parents[i].commit]);
	mark_alive(work);
	for (size_t i = 0; i < input->parent_count; i++)
		if (input->parents[i].commit != TRACE_NONE)
			add_parent_candidates(work, &tracer->trees[input->parents[i].commit],
					      (uint32_t)i);
}

static void follow_parents(struct work *work)
{
	struct tracer *tracer = work->tracer;
	const struct trace_commit *input = work->input;
	uint32_t first = input->parents[0].commit;

	/* A record says what differs; the parent's tree itself is no longer needed. */
	if (work->commit < tracer->input->record_count && input->parent_count == 1 &&
	    first != TRACE_NONE && tracer->trees[first].children == 1)
		tree_replace(work->tree, &tracer->trees[first]);
	else
		for (size_t i = 0; i < input->parent_count; i++) {
			uint32_t parent = input->parents[i].commit;

			tree_follow(tracer, work->tree,
				    parent == TRACE_NONE ? NULL : &tracer->trees[parent]);
		}
	work->tree->ancestors[work->commit / 64] |= UINT64_C(1) << (work->commit % 64);
}

static void release_parents(struct work *work)
{
	for (size_t i = 0; i < work->input->parent_count; i++) {
		uint32_t parent = work->input->parents[i].commit;

		if (parent != TRACE_NONE && --work->tracer->trees[parent].children == 0)
			tree_release(work->tracer, &work->tracer->trees[parent]);
	}
}

static void change_points(struct work *work)
{
	if (work->input->parent_count == 1)
		change_single(work, &work->input->parents[0]);
	else
		change_merge(work);
	match_exact(work);
	match_earlier(work);
	match_similar(work);
	match_runs(work);
	match_graves(work);
	match_left(work);
	settle_fresh(work);
	record_moves(work);
	record_ends(work);
	record_commit(work);
}

/* out: false: the record of the commit is none of this history */
static bool trace_commit(struct tracer *tracer, uint32_t commit)
{
	struct work work = {
		.tracer = tracer,
		.commit = commit,
		.input = &tracer->input->commits[commit],
		.tree = &tracer->trees[commit],
		.before = trace_counts_of(tracer),
	};
	bool known = commit < tracer->input->record_count, good = true;

	tracer->deeds.count = 0;
	tracer->recording = !known && tracer->input->keep;
	follow_parents(&work);
	if (known)
		good = replay_commit(&work, tracer->input->records[commit]);
	else
		change_points(&work);
	release_parents(&work);
	arena_free(&work.scratch);
	return good;
}

static void count_children(struct tracer *tracer)
{
	const struct trace_input *input = tracer->input;

	for (uint32_t i = 0; i < input->commit_count; i++)
		for (size_t j = 0; j < input->commits[i].parent_count; j++)
			if (input->commits[i].parents[j].commit != TRACE_NONE)
				tracer->trees[input->commits[i].parents[j].commit].children++;
}

static int compare_files(const void *left, const void *right)
{
	const struct trace_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static void write_files(struct tracer *tracer, struct trace *trace, const struct tree *tip)
{
	struct trace_file *files = arena_array(tracer->arena, struct trace_file, tip->count);

	for (uint32_t i = 0; i < tip->count; i++) {
		const struct file_state *file = tip->files[i].file;
		struct trace_entry *entries =
			arena_array(tracer->arena, struct trace_entry, file->count);

		if (file->count)
			memcpy(entries, file->entries, file->count * sizeof *entries);
		files[i] = (struct trace_file){tracer->paths.words[tip->files[i].path], entries,
					       file->count};
		for (uint32_t j = 0; j < file->count; j++) {
			uint32_t wording = entries[j].wording;

			if (wording == TRACE_NONE)
				continue;

			struct trace_point *point =
				&tracer->points[tracer->wordings[wording].point];

			point->alive = true;
			point->wording = wording;
		}
	}
	if (tip->count)
		qsort(files, tip->count, sizeof *files, compare_files);
	trace->files = files;
	trace->file_count = tip->count;
}

/* The deletion by which a point ended, NULL: it went into another. */
static const struct trace_event *last_deletion(const struct tracer *tracer,
					       const struct trace_point *point)
{
	const struct trace_commit *commits = tracer->input->commits;
	const struct trace_event *last = NULL;
	bool restored = false;

	for (const struct trace_event *event = point->events; event; event = event->next) {
		restored = restored || event->kind == TRACE_RESTORE;
		if (event->kind != TRACE_DELETE && event->kind != TRACE_JOIN)
			continue;
		/* What ends once more knows that it had ended before, whatever clocks say. */
		if (!last || restored || commits[event->seen].time >= commits[last->seen].time)
			last = event;
		restored = false;
	}
	return last && last->kind == TRACE_DELETE ? last : NULL;
}

static bool has_words(const struct trace *trace, uint32_t wording, uint32_t other)
{
	return key_equal(trace->wordings[wording].key, trace->wordings[other].key);
}

bool trace_took_words(const struct trace *trace, const struct trace_point *point,
		      const struct trace_event *event)
{
	bool restored = false;

	if (event->kind != TRACE_DELETE || event == point->deletion)
		return event->kind == TRACE_DELETE;
	if (has_words(trace, point->wording, event->wording))
		return false;
	for (const struct trace_event *later = event->next; later; later = later->next) {
		restored = restored || later->kind == TRACE_RESTORE;
		/* They stood again, or who deleted them last is told. */
		if ((later->kind == TRACE_RESTORE || later->kind == TRACE_DELETE) &&
		    has_words(trace, later->wording, event->wording))
			return false;
	}
	return restored;
}

/* Versions that did not know of a deletion went on changing the point; it ended as it was deleted.
 */
static void end_points(struct tracer *tracer)
{
	for (uint32_t i = 0; i < tracer->point_count; i++) {
		struct trace_point *point = &tracer->points[i];

		if (!point->alive)
			point->deletion = last_deletion(tracer, point);
		if (point->deletion)
			point->wording = point->deletion->wording;
	}
}

static void write_result(struct tracer *tracer, struct trace *trace)
{
	uint32_t count = tracer->input->commit_count;

	if (count)
		write_files(tracer, trace, &tracer->trees[count - 1]);
	end_points(tracer);
	trace->wordings = tracer->wordings;
	trace->points = tracer->points;
	trace->vocabulary = tracer->vocabulary.words;
	trace->wording_count = tracer->wording_count;
	trace->point_count = tracer->point_count;
	trace->word_count = tracer->vocabulary.count;
}

struct trace trace_history(struct arena *arena, const struct trace_input *input)
{
	struct tracer tracer = {
		.arena = arena,
		.input = input,
		.all_known = input->record_count == input->commit_count,
	};
	struct trace trace = {0};

	tracer.store.arena = &tracer.states;
	tracer.trees = arena_array(&tracer.states, struct tree, input->commit_count);
	count_children(&tracer);
	make_known_room(&tracer);
	for (uint32_t commit = 0; commit < input->commit_count && !trace.bad_record; commit++)
		trace.bad_record = !trace_commit(&tracer, commit);
	if (!trace.bad_record)
		write_result(&tracer, &trace);
	/* States that no child took over: the tip's, and any other end. */
	for (uint32_t commit = 0; commit < input->commit_count; commit++)
		if (tracer.trees[commit].ancestors)
			tree_release(&tracer, &tracer.trees[commit]);
	arena_free(&tracer.states);
	return trace;
}
