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

static uint32_t line_at(struct str text, size_t offset)
{
	uint32_t line = 1;

	for (size_t at = str_find_byte(text, '\n', 0); at < offset && at < text.len;
	     at = str_find_byte(text, '\n', at + 1))
		line++;
	return line;
}

const struct trace_place *place_of(struct work *work, const struct candidate *candidate)
{
	struct tracer *tracer = work->tracer;
	struct trace_place *place = arena_new(tracer->arena, struct trace_place);
	struct file_state *file = candidate->file;
	struct str text = file_text(tracer, file);
	uint32_t heading = candidate->index;

	*place = (struct trace_place){
		.path = tracer->paths.words[candidate->path],
		.text = str_copy(tracer->arena, entry_text(work, file, text, candidate->index)),
		.line = line_at(text, file->entries[candidate->index].offset),
	};
	while (heading-- > 0) {
		uint32_t wording = file->entries[heading].wording;

		if (wording == TRACE_NONE || !tracer->wordings[wording].heading)
			continue;
		place->section = str_copy(tracer->arena, entry_text(work, file, text, heading));
		break;
	}
	return place;
}
