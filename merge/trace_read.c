#include <string.h>

#include "core/limits.h"
#include "merge/trace_inside.h"

/* Bytes compared at once, and then the few that are left. */
enum { MANY_BYTES = 4096, SOME_BYTES = 64 };

/* What a heading or bullet takes to be known as one: a change so near may undo it. */
enum { SEAM_BYTES = 8 };

/* The part of a file that has to be read anew, and what it stands for. */
struct region {
	uint32_t first, last; /* entries of the old file before and behind it stay */
	size_t from, to;      /* bytes of the new text */
};

static size_t same_from(const char *a, const char *b, size_t most, size_t step, size_t at)
{
	while (at + step <= most && memcmp(a + at, b + at, step) == 0)
		at += step;
	return at;
}

static size_t common_start(struct str a, struct str b)
{
	size_t most = a.len < b.len ? a.len : b.len;
	size_t at = same_from(a.at, b.at, most, MANY_BYTES, 0);

	at = same_from(a.at, b.at, most, SOME_BYTES, at);
	while (at < most && a.at[at] == b.at[at])
		at++;
	return at;
}

static size_t same_up_to(const char *a_end, const char *b_end, size_t most, size_t step, size_t at)
{
	while (at + step <= most && memcmp(a_end - at - step, b_end - at - step, step) == 0)
		at += step;
	return at;
}

static size_t common_end(struct str a, struct str b, size_t most)
{
	const char *a_end = a.at + a.len, *b_end = b.at + b.len;
	size_t at = same_up_to(a_end, b_end, most, MANY_BYTES, 0);

	at = same_up_to(a_end, b_end, most, SOME_BYTES, at);
	while (at < most && a_end[-1 - (ptrdiff_t)at] == b_end[-1 - (ptrdiff_t)at])
		at++;
	return at;
}

/* The first entry that begins at or behind byte `offset`. */
static uint32_t entry_from(const struct file_state *file, size_t offset)
{
	uint32_t low = 0, high = file->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (file->entries[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * A heading or a bullet at the very start of a line, with text: whatever stands
 * before it, a fence or html aside, is closed there, so reading may begin or end.
 */
static bool is_seam(struct str text, const struct trace_entry *entry)
{
	size_t at = entry->offset;

	if (entry->hash == 0 || (at > 0 && text.at[at - 1] != '\n'))
		return false;
	if (text.at[at] == '#')
		while (at < text.len && text.at[at] == '#')
			at++;
	else if (strchr("-*+", text.at[at]))
		at++;
	else
		return false;
	return at + 1 < text.len && text.at[at] == ' ' && !strchr(" \t\r\n", text.at[at + 1]);
}

static size_t line_end_after(struct str text, size_t at)
{
	size_t end = str_find_byte(text, '\n', at);

	return end < text.len ? end + 1 : end;
}

/* Finds what differs between two texts, widened to seams on both sides. */
static struct region find_region(struct tracer *tracer, struct file_state *old, struct str text)
{
	struct str was = file_text(tracer, old);
	size_t start = common_start(was, text);
	size_t shorter = was.len < text.len ? was.len : text.len;
	size_t end = common_end(was, text, shorter - start);
	struct region region = {.last = old->count, .to = text.len};
	uint32_t first, last;

	/* The old text cannot be read any more. */
	if (old->count && old->entries[old->count - 1].offset >= was.len)
		return region;

	first = start > SEAM_BYTES ? entry_from(old, start - SEAM_BYTES) : 0;
	while (first > 0 && !is_seam(was, &old->entries[first - 1]))
		first--;
	if (first > 0) {
		region.first = first - 1;
		region.from = old->entries[first - 1].offset;
	}
	last = entry_from(old, was.len - end);
	if (last < region.first)
		last = region.first;
	while (last < old->count && !is_seam(was, &old->entries[last]))
		last++;
	if (last < old->count) {
		region.last = last;
		region.to = text.len - (was.len - old->entries[last].offset);
	}
	return region;
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
 * Reads the region and the first line behind it, which must be the block it was:
 * if not, the change reaches further, and everything behind is read.
 */
static struct doc read_region(struct work *work, struct str text, struct region *region,
			      uint32_t old_count)
{
	if (region->last < old_count) {
		size_t to = line_end_after(text, region->to);
		struct doc doc = doc_read(&work->scratch, str_slice(text, region->from, to));
		const struct block *last = doc.count ? &doc.blocks[doc.count - 1] : NULL;

		if (last && last->raw.at == text.at + region->to &&
		    (last->kind == BLOCK_HEADING || last->kind == BLOCK_POINT)) {
			doc.count--;
			return doc;
		}
	}
	region->last = old_count;
	region->to = text.len;

	struct doc doc = doc_read(&work->scratch, str_slice(text, region->from, text.len));

	if (doc.opaque || is_generated(&doc))
		doc.count = 0;
	return doc;
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

struct file_state *read_file(struct work *work, uint32_t path, uint32_t blob,
			     struct file_state *old, uint32_t parent)
{
	struct tracer *tracer = work->tracer;
	struct trace_text lent = tracer->input->read(tracer->input->context, blob);
	struct str text = lent.text;
	struct region region = {.to = text.len};
	uint32_t old_count = old ? old->count : 0;

	if (old)
		region = find_region(tracer, old, text);

	struct doc doc = read_region(work, text, &region, old_count);
	uint32_t read = (uint32_t)doc.count, behind = old_count - region.last;

	struct file_state *file = file_new(tracer, blob, region.first + read + behind);
	struct trace_entry *at = file->entries;

	file->lent = lent;
	file->has_text = true;
	file->made_from = old;
	file->same_before = region.first;
	file->same_behind = behind;
	file->shift = old ? (int64_t)text.len - (int64_t)file_text(tracer, old).len : 0;
	if (region.first)
		memcpy(at, old->entries, region.first * sizeof *at);
	at += region.first;
	for (uint32_t i = 0; i < read; i++)
		*at++ = entry_of(&doc.blocks[i], text.at);
	for (uint32_t i = region.last; i < old_count; i++) {
		*at = old->entries[i];
		at->offset = (uint32_t)(at->offset + file->shift);
		at++;
	}
	for (uint32_t i = 0; i < read; i++)
		add_fresh(work, file, path, region.first + i, &doc.blocks[i]);
	if (old)
		add_candidates(work, old, path, parent, region.first, region.last);
	return file;
}
