/*
 * What tracing one commit changed, as bytes (trace_replay.c makes the same change
 * again from them): a history that was traced before need not be read again.
 *
 * A record holds, in this order: new paths and words; new points and wordings;
 * what happened to points; the files that differ from the first parent's.
 */
#include <string.h>

#include "core/bytes.h"
#include "merge/trace_inside.h"

struct trace_counts trace_counts_of(const struct tracer *tracer)
{
	return (struct trace_counts){
		.paths = tracer->paths.count,
		.words = tracer->vocabulary.count,
		.points = tracer->point_count,
		.wordings = tracer->wording_count,
	};
}

/* A number with one added, 0 for none. */
static void write_or_none(struct buf *out, uint32_t number)
{
	bytes_add_number(out, number == TRACE_NONE ? 0 : (uint64_t)number + 1);
}

static void write_vocabulary(struct buf *out, const struct vocabulary *vocabulary, uint32_t from)
{
	bytes_add_number(out, vocabulary->count - from);
	for (uint32_t i = from; i < vocabulary->count; i++)
		bytes_add_text(out, vocabulary->words[i]);
}

static void write_points(struct buf *out, const struct tracer *tracer, uint32_t from)
{
	bytes_add_number(out, tracer->point_count - from);
	for (uint32_t i = from; i < tracer->point_count; i++)
		bytes_add_number(out, 2 * (uint64_t)tracer->points[i].origin +
					      tracer->points[i].heading);
}

static void write_wording(struct buf *out, const struct trace_wording *wording)
{
	buf_add(out, (struct str){(const char *)&wording->key, sizeof wording->key});
	bytes_add_number(out, 2 * (uint64_t)wording->point + wording->heading);
	write_or_none(out, wording->earlier);
	bytes_add_number(out, wording->word_count);
	for (uint32_t i = 0; i < wording->word_count; i++)
		bytes_add_number(out, wording->words[i]);
	bytes_add_number(out, wording->run_count);
	for (uint32_t i = 0; i < wording->run_count; i++) {
		bytes_add_number(out, wording->runs[i].words);
		bytes_add_number(out, wording->runs[i].commit);
	}
}

static void write_place(struct buf *out, const struct deed *deed)
{
	bytes_add_text(out, deed->place->path);
	bytes_add_text(out, deed->place->section);
	bytes_add_text(out, deed->place->text);
	bytes_add_number(out, deed->place->line);
}

static void write_deeds(struct buf *out, const struct work *work)
{
	const struct deeds *deeds = &work->tracer->deeds;

	bytes_add_number(out, deeds->count);
	for (uint32_t i = 0; i < deeds->count; i++) {
		const struct deed *deed = &deeds->deeds[i];

		bytes_add_number(out, deed->kind);
		bytes_add_number(out, deed->subject);
		write_or_none(out, deed->other);
		bytes_add_number(out, deed->words);
		if (work->input->automatic && deed->kind <= TRACE_RENAME)
			bytes_add_number(out, deed->commit);
		if (deed->kind == TRACE_DELETE || deed->kind == TRACE_RESTORE)
			bytes_add_number(out, deed->wording);
		if (deed->kind == TRACE_DELETE)
			write_place(out, deed);
	}
}

/* Entries without their count. */
static void write_entries(struct buf *out, const struct file_state *file, uint32_t from,
			  uint32_t to)
{
	uint32_t offset = 0;

	for (uint32_t i = from; i < to; i++) {
		bytes_add_number(out, file->entries[i].offset - offset);
		write_or_none(out, file->entries[i].wording);
		offset = file->entries[i].offset;
	}
}

/* The runs of a file that stay between what was read anew, which stand together. */
static const struct kept_run *runs_of(const struct work *work, const struct file_state *file,
				      uint32_t *count)
{
	uint32_t first = 0;

	while (first < work->run_count && work->runs[first].file != file)
		first++;
	*count = 0;
	while (first + *count < work->run_count && work->runs[first + *count].file == file)
		++*count;
	return work->runs + first;
}

/* What stands between the ends that stay: new entries, and runs of the old file's. */
static void write_middle(struct buf *out, const struct work *work, const struct file_state *file)
{
	uint32_t run_count, at = file->same_before, was = at;
	uint32_t end = file->count - file->same_behind;
	const struct kept_run *run = runs_of(work, file, &run_count);

	bytes_add_number(out, end - at);
	bytes_add_number(out, run_count);
	for (; run_count; run_count--, run++) {
		bytes_add_number(out, run->index - at);
		write_entries(out, file, at, run->index);
		bytes_add_number(out, run->was - was);
		bytes_add_number(out, run->count);
		bytes_add_signed(out, (int64_t)file->entries[run->index].offset -
					      run->old->entries[run->was].offset);
		at = run->index + run->count;
		was = run->was + run->count;
	}
	write_entries(out, file, at, end);
}

static void write_file(struct buf *out, const struct work *work, uint32_t path,
		       const struct file_state *file, const struct file_state *old)
{
	const struct trace_commit *input = work->input;

	bytes_add_number(out, path);
	for (size_t i = 1; i < input->parent_count; i++) {
		uint32_t parent = input->parents[i].commit;

		if (parent != TRACE_NONE && tree_find(&work->tracer->trees[parent], path) == file) {
			bytes_add_number(out, FILE_SHARED);
			bytes_add_number(out, i);
			return;
		}
	}
	if (old && file->made_from == old) {
		bytes_add_number(out, FILE_CHANGED);
		bytes_add_number(out, file->blob);
		bytes_add_number(out, file->same_before);
		bytes_add_number(out, file->same_behind);
		bytes_add_signed(out, file->shift);
		write_middle(out, work, file);
		return;
	}
	bytes_add_number(out, FILE_WHOLE);
	bytes_add_number(out, file->blob);
	bytes_add_number(out, file->count);
	write_entries(out, file, 0, file->count);
}

static void write_files_of(struct buf *out, const struct work *work)
{
	const struct tree empty = {0}, *now = work->tree, *was = &empty;
	uint32_t i = 0, j = 0;

	if (work->input->parents[0].commit != TRACE_NONE)
		was = &work->tracer->trees[work->input->parents[0].commit];
	while (i < now->count || j < was->count) {
		const struct tree_file *here = i < now->count ? &now->files[i] : NULL;
		const struct tree_file *there = j < was->count ? &was->files[j] : NULL;

		if (here && there && here->path == there->path) {
			if (here->file != there->file)
				write_file(out, work, here->path, here->file, there->file);
			i++;
			j++;
		} else if (here && (!there || here->path < there->path)) {
			write_file(out, work, here->path, here->file, NULL);
			i++;
		} else {
			bytes_add_number(out, there->path);
			bytes_add_number(out, FILE_GONE);
			j++;
		}
	}
}

void record_commit(struct work *work)
{
	const struct tracer *tracer = work->tracer;
	struct buf out = {.arena = &work->scratch};

	if (!tracer->recording)
		return;
	write_vocabulary(&out, &tracer->paths, work->before.paths);
	write_vocabulary(&out, &tracer->vocabulary, work->before.words);
	write_points(&out, tracer, work->before.points);
	bytes_add_number(&out, tracer->wording_count - work->before.wordings);
	for (uint32_t i = work->before.wordings; i < tracer->wording_count; i++)
		write_wording(&out, &tracer->wordings[i]);
	write_deeds(&out, work);
	write_files_of(&out, work);
	tracer->input->keep(tracer->input->context, work->commit, buf_str(&out));
}
