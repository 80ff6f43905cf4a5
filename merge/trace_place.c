/*
 * Where a point stood when it was deleted, and its text as it was written.
 */
#include "merge/trace_inside.h"

/* The bytes of an entry, up to the next one's. */
static struct str entry_bytes(const struct file_state *file, struct str text, uint32_t index)
{
	size_t to = index + 1 < file->count ? file->entries[index + 1].offset : text.len;

	return str_slice(text, file->entries[index].offset, to);
}

/* Its own words; empty where it is neither a list item nor a paragraph nor a heading. */
static struct str entry_text(struct work *work, const struct file_state *file, struct str text,
			     uint32_t index)
{
	/* Read alone, what is indented would be code. */
	struct str bytes = str_trim(entry_bytes(file, text, index));
	struct doc doc = doc_read(&work->scratch, bytes);

	if (doc.count == 0 ||
	    (doc.blocks[0].kind != BLOCK_HEADING && doc.blocks[0].kind != BLOCK_POINT &&
	     doc.blocks[0].kind != BLOCK_PARAGRAPH))
		return (struct str){0};
	return doc_point_text(&work->scratch, &doc.blocks[0]);
}

/* Goes on from the last candidate, which mostly is an earlier one of the same file. */
static const struct place_cursor *move_cursor(struct work *work, const struct file_state *file,
					      struct str text, uint32_t index)
{
	struct place_cursor *at = &work->place;
	size_t offset = file->entries[index].offset;

	if (at->file != file || at->index > index)
		*at = (struct place_cursor){.file = file, .heading = TRACE_NONE, .line = 1};
	for (; at->index < index; at->index++) {
		uint32_t wording = file->entries[at->index].wording;

		if (wording != TRACE_NONE && work->tracer->wordings[wording].heading)
			at->heading = at->index;
	}
	size_t end = str_find_byte(text, '\n', at->offset);
	for (; end < offset && end < text.len; end = str_find_byte(text, '\n', end + 1)) {
		at->line++;
		at->offset = end + 1;
	}
	return at;
}

const struct trace_place *place_of(struct work *work, const struct candidate *candidate)
{
	struct tracer *tracer = work->tracer;
	struct trace_place *place = arena_new(tracer->arena, struct trace_place);
	struct file_state *file = candidate->file;
	struct str text = file_text(tracer, file);
	const struct place_cursor *at = move_cursor(work, file, text, candidate->index);

	*place = (struct trace_place){
		.path = tracer->paths.words[candidate->path],
		.text = str_copy(tracer->arena, entry_text(work, file, text, candidate->index)),
		.line = at->line,
	};
	if (at->heading != TRACE_NONE)
		place->section = str_copy(tracer->arena, entry_text(work, file, text, at->heading));
	return place;
}
