#include <string.h>

#include "merge/trace_inside.h"

static size_t line_end_after(struct str text, size_t at)
{
	size_t end = str_find_byte(text, '\n', at);

	return end < text.len ? end + 1 : end;
}

static bool is_generated(const struct doc *doc)
{
	struct str rest = doc->front, line;

	while (str_next_line(&rest, &line))
		if (str_equal(str_trim(line), STR("generated: atelier")))
			return true;
	return false;
}

/*
 * Reads the stretch and the first line behind it, which must be the block it was.
 * out: false: the change reaches further
 */
static bool read_between(struct work *work, struct str text, struct stretch *stretch)
{
	size_t to = line_end_after(text, stretch->to);
	struct doc doc = doc_read(&work->scratch, str_slice(text, stretch->from, to));
	const struct block *last = doc.count ? &doc.blocks[doc.count - 1] : NULL;

	if (!last || last->raw.at != text.at + stretch->to ||
	    (last->kind != BLOCK_HEADING && last->kind != BLOCK_POINT))
		return false;
	stretch->blocks = doc.blocks;
	stretch->read = (uint32_t)doc.count - 1;
	return true;
}

/* out: false: it is no text that can be read */
static bool read_to_end(struct work *work, struct str text, struct stretch *stretch)
{
	struct doc doc = doc_read(&work->scratch, str_slice(text, stretch->from, text.len));

	stretch->to = text.len;
	stretch->blocks = doc.blocks;
	stretch->read = is_generated(&doc) ? 0 : (uint32_t)doc.count;
	return !doc.opaque;
}

/*
 * Where one of the stretches reaches further than it should, all from the first on is read.
 * out: false: it is no text that can be read
 */
static bool read_stretches(struct work *work, struct str text, struct stretches *stretches,
			   uint32_t old_count)
{
	for (uint32_t i = 0; i < stretches->count; i++) {
		struct stretch *stretch = &stretches->all[i];

		if (stretch->last < old_count && read_between(work, text, stretch))
			continue;
		if (stretch->last < old_count) {
			stretches->count = 1;
			stretch = &stretches->all[0];
			stretch->last = old_count;
		}
		if (!read_to_end(work, text, stretch))
			return false;
	}
	return true;
}

static struct trace_entry entry_of(const struct block *block, const char *start)
{
	struct trace_entry entry = {
		.offset = (uint32_t)(block->raw.at - start),
		.wording = TRACE_NONE,
	};

	if (block->kind != BLOCK_RULE && block->words > 0) {
		entry.hash = block->normal.low ^ (block->kind == BLOCK_HEADING);
		entry.hash += entry.hash == 0;
	}
	return entry;
}

static uint64_t neighbour(const struct file_state *file, uint32_t index, int step)
{
	for (int64_t at = (int64_t)index + step; at >= 0 && at < file->count; at += step)
		if (file->entries[at].hash)
			return file->entries[at].hash;
	return 0;
}

void add_candidates(struct work *work, struct file_state *file, uint32_t path, uint32_t parent,
		    uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		uint32_t wording = file->entries[i].wording;

		if (wording == TRACE_NONE || work->tracer->taken[wording] == work->commit + 1)
			continue;
		arena_push(&work->scratch, work->candidates, work->candidate_count,
			   work->candidate_room);
		work->candidates[work->candidate_count++] = (struct candidate){
			.file = file,
			.path = path,
			.index = i,
			.parent = parent,
			.wording = wording,
			.before = neighbour(file, i, -1),
			.after = neighbour(file, i, 1),
			.heir = TRACE_NONE,
			.taker = TRACE_NONE,
		};
	}
}

static void add_fresh(struct work *work, struct file_state *file, uint32_t path, uint32_t index,
		      const struct block *block)
{
	bool heading = block->kind == BLOCK_HEADING;

	if (file->entries[index].hash == 0)
		return;
	arena_push(&work->scratch, work->fresh, work->fresh_count, work->fresh_room);
	work->fresh[work->fresh_count++] = (struct fresh){
		.file = file,
		.path = path,
		.index = index,
		.block = *block,
		.key = {.high = block->normal.high, .low = file->entries[index].hash},
		.heading = heading,
		.before = neighbour(file, index, -1),
		.after = neighbour(file, index, 1),
		.wording = TRACE_NONE,
		.candidate = TRACE_NONE,
		.point = TRACE_NONE,
		.other = TRACE_NONE,
		.how = TRACE_ADD,
	};
}

/* A run of entries that stay as they are, `shift` bytes farther in the text. */
static struct trace_entry *keep_entries(struct trace_entry *at, const struct file_state *old,
					uint32_t from, uint32_t to, int64_t shift)
{
	if (to > from)
		memcpy(at, old->entries + from, (to - from) * sizeof *at);
	for (uint32_t i = 0; shift && i < to - from; i++)
		at[i].offset = (uint32_t)(at[i].offset + shift);
	return at + (to - from);
}

/* What stays between two stretches, for telling what moved. */
static void add_kept_run(struct work *work, struct kept_run run)
{
	arena_push(&work->scratch, work->runs, work->run_count, work->run_room);
	work->runs[work->run_count++] = run;
}

/* Puts together what was read and what stays. */
static void fill_entries(struct work *work, struct file_state *file, uint32_t path,
			 const struct file_state *old, const struct stretches *stretches)
{
	struct trace_entry *at = file->entries;
	const char *text = file->lent.text.at;

	for (uint32_t i = 0; i < stretches->count; i++) {
		const struct stretch *stretch = &stretches->all[i], *next = stretch + 1;
		bool is_last = i + 1 == stretches->count;
		uint32_t to = is_last ? old ? old->count : 0 : next->first;
		int64_t shift = 0;

		if (i == 0 && stretch->first)
			at = keep_entries(at, old, 0, stretch->first, 0);
		for (uint32_t j = 0; j < stretch->read; j++)
			*at++ = entry_of(&stretch->blocks[j], text);
		if (to > stretch->last)
			shift = (int64_t)stretch->to - (int64_t)old->entries[stretch->last].offset;
		if (!is_last)
			add_kept_run(work, (struct kept_run){
						   .path = path,
						   .was = stretch->last,
						   .index = (uint32_t)(at - file->entries),
						   .count = to - stretch->last,
						   .old = old,
						   .file = file,
					   });
		if (is_last)
			file->shift = shift;
		if (to > stretch->last)
			at = keep_entries(at, old, stretch->last, to, shift);
	}
}

static struct stretches stretches_of(struct work *work, struct file_state *old,
				     const struct trace_text *now)
{
	struct stretches all = {.all = arena_new(&work->scratch, struct stretch), .count = 1};

	if (old)
		return find_stretches(&work->scratch, old, file_text(work->tracer, old), now);
	all.all[0].to = now->text.len;
	return all;
}

struct file_state *read_file(struct work *work, uint32_t path, uint32_t blob,
			     struct file_state *old, uint32_t parent)
{
	struct tracer *tracer = work->tracer;
	struct trace_text lent = tracer->input->read(tracer->input->context, blob);
	uint32_t old_count = old ? old->count : 0, count = old_count;

	if (old && !lent.text.at)
		return old;
	struct stretches stretches = stretches_of(work, old, &lent);
	if (!read_stretches(work, lent.text, &stretches, old_count) && old) {
		if (tracer->input->give_back)
			tracer->input->give_back(tracer->input->context, lent);
		return old;
	}
	for (uint32_t i = 0; i < stretches.count; i++)
		count += stretches.all[i].read - (stretches.all[i].last - stretches.all[i].first);

	struct file_state *file = file_new(tracer, blob, count);
	uint32_t behind = old_count - stretches.all[stretches.count - 1].last;

	file->lent = lent;
	file->has_text = true;
	file->made_from = old;
	file->same_before = stretches.all[0].first;
	file->same_behind = behind;
	fill_entries(work, file, path, old, &stretches);
	for (uint32_t i = 0, at = 0, was = 0; i < stretches.count; i++) {
		const struct stretch *stretch = &stretches.all[i];

		at += stretch->first - was;
		for (uint32_t j = 0; j < stretch->read; j++)
			add_fresh(work, file, path, at + j, &stretch->blocks[j]);
		if (old)
			add_candidates(work, old, path, parent, stretch->first, stretch->last);
		at += stretch->read;
		was = stretch->last;
	}
	return file;
}
