/*
 * What tracing one commit changed, made again from its record (trace_record.c).
 * Every number is checked before it is used: a record may be of another history.
 */
#include <string.h>

#include "core/bytes.h"
#include "merge/trace_inside.h"

static void read_vocabulary(struct tracer *tracer, struct bytes_reader *in,
			    struct vocabulary *vocabulary)
{
	for (uint32_t left = bytes_count(in); left && !in->failed; left--) {
		uint32_t expected = vocabulary->count;

		if (vocabulary_number(tracer->arena, vocabulary, bytes_text(in)) != expected)
			in->failed = true;
	}
}

static void read_points(struct work *work, struct bytes_reader *in)
{
	for (uint32_t left = bytes_count(in); left && !in->failed; left--) {
		uint32_t value = bytes_below(in, 2 * ((uint64_t)work->commit + 1));

		point_new(work->tracer, value / 2, value & 1);
	}
}

/* A number that is stored with one added, 0 for none. */
static uint32_t read_or_none(struct bytes_reader *in, uint32_t limit)
{
	return bytes_below(in, (uint64_t)limit + 1) - 1;
}

static const struct trace_run *read_runs(struct work *work, struct bytes_reader *in, uint32_t count,
					 uint32_t words)
{
	struct trace_run *runs = arena_array(work->tracer->arena, struct trace_run, count);

	for (uint32_t i = 0; i < count; i++) {
		runs[i].words = bytes_below(in, (uint64_t)words + 1);
		runs[i].commit = bytes_below(in, (uint64_t)work->commit + 1);
		words -= runs[i].words;
	}
	if (words)
		in->failed = true;
	return runs;
}

static void read_wording(struct work *work, struct bytes_reader *in)
{
	struct tracer *tracer = work->tracer;
	struct trace_wording wording = {.commit = work->commit};
	struct str key = bytes_take(in, sizeof wording.key);
	uint32_t point, *words;

	if (in->failed)
		return;
	memcpy(&wording.key, key.at, sizeof wording.key);
	point = bytes_below(in, 2 * (uint64_t)tracer->point_count);
	wording.point = point / 2;
	wording.heading = point & 1;
	wording.earlier = read_or_none(in, tracer->wording_count);
	wording.word_count = bytes_count(in);
	words = arena_array(tracer->arena, uint32_t, wording.word_count);
	for (uint32_t i = 0; i < wording.word_count; i++)
		words[i] = bytes_below(in, tracer->vocabulary.count);
	wording.words = words;
	wording.run_count = bytes_count(in);
	wording.runs = read_runs(work, in, wording.run_count, wording.word_count);
	if (!in->failed)
		wording_add(tracer, &wording);
}

/* What `other` of a deed is below: a commit, a wording or a point. */
static uint32_t deed_limit(const struct work *work, unsigned kind)
{
	if (kind == DEED_ALSO)
		return work->commit + 1;
	return kind == DEED_WORDING ? work->tracer->wording_count : work->tracer->point_count;
}

static void read_place(struct work *work, struct bytes_reader *in, struct deed *deed)
{
	struct arena *arena = work->tracer->arena;
	struct trace_place *place = arena_new(arena, struct trace_place);

	place->path = str_copy(arena, bytes_text(in));
	place->section = str_copy(arena, bytes_text(in));
	place->text = str_copy(arena, bytes_text(in));
	place->line = bytes_below(in, UINT32_MAX);
	deed->place = place;
}

static void read_deed(struct work *work, struct bytes_reader *in)
{
	struct tracer *tracer = work->tracer;
	struct deed deed = {.kind = bytes_below(in, DEED_KINDS), .commit = work->commit};

	deed.subject = bytes_below(in, deed.kind == DEED_BURIED ? tracer->wording_count
								: tracer->point_count);
	deed.other = read_or_none(in, deed_limit(work, deed.kind));
	deed.words = bytes_below(in, UINT32_MAX);
	if (work->input->automatic && deed.kind <= TRACE_RENAME)
		deed.commit = bytes_below(in, work->commit + 1);
	if (deed.kind == TRACE_DELETE || deed.kind == TRACE_RESTORE)
		deed.wording = bytes_below(in, tracer->wording_count);
	if (deed.kind == TRACE_DELETE)
		read_place(work, in, &deed);
	if (in->failed)
		return;
	if (deed.kind == DEED_ALSO)
		point_also(tracer, deed.subject, deed.other);
	else if (deed.kind == DEED_WORDING)
		point_wording(tracer, deed.subject, deed.other);
	else if (deed.kind == DEED_BURIED)
		bury(tracer, deed.subject);
	else
		point_event_in(tracer, deed.subject,
			       (struct trace_event){.kind = (enum trace_kind)deed.kind,
						    .commit = deed.commit,
						    .other = deed.other,
						    .words = deed.words,
						    .wording = deed.wording,
						    .place = deed.place},
			       work->commit);
}

static void read_entries(const struct tracer *tracer, struct bytes_reader *in,
			 struct trace_entry *entries, uint32_t count)
{
	uint32_t offset = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t wording;

		offset += bytes_below(in, UINT32_MAX - offset);
		wording = read_or_none(in, tracer->wording_count);
		if (in->failed)
			return;
		entries[i] = (struct trace_entry){
			.offset = offset,
			.wording = wording,
			.hash = wording == TRACE_NONE ? 0 : tracer->wordings[wording].key.low,
		};
	}
}

/* Puts `read` entries between the first and the last ones of a file's state. */
static struct trace_entry *make_gap(struct tracer *tracer, struct file_state *file, uint32_t before,
				    uint32_t behind, uint32_t read)
{
	size_t size = sizeof *file->entries, old_count = file->count;
	struct trace_entry *entries = file->entries;

	file->count = before + read + behind;
	if (!store_is_same(old_count * size, file->count * size)) {
		entries = store_take(&tracer->store, file->count * size);
		memcpy(entries, file->entries, before * size);
	}
	memmove(entries + before + read, file->entries + old_count - behind, behind * size);
	if (entries != file->entries)
		store_give(&tracer->store, file->entries, old_count * size);
	file->entries = entries;
	return entries + before;
}

/* The state of the first parent's file, to be changed: its own, or a copy where others hold it. */
static struct file_state *own_state(struct tracer *tracer, struct tree *tree, uint32_t path)
{
	struct file_state *old = tree_find(tree, path), *file;

	if (!old || old->holders == 1)
		return old;
	file = file_new(tracer, old->blob, old->count);
	if (old->count)
		memcpy(file->entries, old->entries, old->count * sizeof *file->entries);
	tree_put(tracer, tree, path, file);
	return file;
}

static void shift_entries(struct trace_entry *entries, uint32_t count, int64_t shift)
{
	for (uint32_t i = 0; shift && i < count; i++)
		entries[i].offset = (uint32_t)(entries[i].offset + (uint64_t)shift);
}

/* New entries, and between them runs of the `old_count` that stood there. */
static void read_pieces(struct tracer *tracer, struct bytes_reader *in, struct trace_entry *entries,
			uint32_t count, const struct trace_entry *old, uint32_t old_count)
{
	uint32_t at = 0, was = 0;

	for (uint32_t runs = bytes_count(in); runs && !in->failed; runs--) {
		uint32_t ahead = bytes_below(in, (uint64_t)count - at + 1), kept;

		read_entries(tracer, in, entries + at, ahead);
		at += ahead;
		was += bytes_below(in, (uint64_t)old_count - was + 1);
		kept = count - at < old_count - was ? count - at : old_count - was;
		kept = bytes_below(in, (uint64_t)kept + 1);
		memcpy(entries + at, old + was, kept * sizeof *old);
		shift_entries(entries + at, kept, bytes_signed(in));
		at += kept;
		was += kept;
	}
	read_entries(tracer, in, entries + at, count - at);
}

static void read_middle(struct tracer *tracer, struct bytes_reader *in, struct file_state *file,
			uint32_t before, uint32_t behind)
{
	uint32_t old_count = file->count - before - behind;
	/* Each takes a byte, or stood there. */
	uint32_t count = bytes_below(in, (uint64_t)in->rest.len + old_count + 1);
	size_t old_bytes = old_count * sizeof *file->entries;
	struct trace_entry *old = store_take(&tracer->store, old_bytes);

	memcpy(old, file->entries + before, old_bytes);
	read_pieces(tracer, in, make_gap(tracer, file, before, behind, count), count, old,
		    old_count);
	store_give(&tracer->store, old, old_bytes);
}

static void read_changed_file(struct work *work, struct bytes_reader *in, uint32_t path)
{
	struct tracer *tracer = work->tracer;
	uint32_t blob = bytes_below(in, UINT32_MAX), before, behind;
	struct file_state *file = own_state(tracer, work->tree, path);
	int64_t shift;

	before = bytes_below(in, file ? (uint64_t)file->count + 1 : 0);
	behind = bytes_below(in, file ? (uint64_t)file->count - before + 1 : 0);
	shift = bytes_signed(in);
	if (in->failed)
		return;
	read_middle(tracer, in, file, before, behind);
	if (in->failed)
		return;
	shift_entries(file->entries + file->count - behind, behind, shift);
	file_forget_text(tracer, file);
	file->blob = blob;
}

static void read_whole_file(struct work *work, struct bytes_reader *in, uint32_t path)
{
	uint32_t blob = bytes_below(in, UINT32_MAX), count = bytes_count(in);
	struct file_state *file = file_new(work->tracer, blob, count);

	tree_put(work->tracer, work->tree, path, file);
	read_entries(work->tracer, in, file->entries, count);
}

static void read_shared_file(struct work *work, struct bytes_reader *in, uint32_t path)
{
	uint32_t number = bytes_below(in, work->input->parent_count), parent;
	struct file_state *file = NULL;

	parent = work->input->parents[number].commit;
	if (parent != TRACE_NONE)
		file = tree_find(&work->tracer->trees[parent], path);
	if (file)
		tree_put(work->tracer, work->tree, path, file);
	else
		in->failed = true;
}

static void read_file_record(struct work *work, struct bytes_reader *in)
{
	uint32_t path = bytes_below(in, work->tracer->paths.count);

	switch ((enum file_record)bytes_below(in, FILE_WHOLE + 1)) {
	case FILE_GONE:
		if (!in->failed)
			tree_put(work->tracer, work->tree, path, NULL);
		break;
	case FILE_SHARED:
		read_shared_file(work, in, path);
		break;
	case FILE_CHANGED:
		read_changed_file(work, in, path);
		break;
	case FILE_WHOLE:
		read_whole_file(work, in, path);
		break;
	}
}

bool replay_commit(struct work *work, struct str record)
{
	struct bytes_reader in = {.rest = record};

	read_vocabulary(work->tracer, &in, &work->tracer->paths);
	read_vocabulary(work->tracer, &in, &work->tracer->vocabulary);
	read_points(work, &in);
	for (uint32_t left = bytes_count(&in); left && !in.failed; left--)
		read_wording(work, &in);
	for (uint32_t left = bytes_count(&in); left && !in.failed; left--)
		read_deed(work, &in);
	while (in.rest.len && !in.failed)
		read_file_record(work, &in);
	return !in.failed;
}
