/*
 * Where a point stood when it was deleted, and its text as it was written.
 */
#include "core/doc_lines.h"
#include "merge/trace_inside.h"

/* The bytes of an entry, up to the next one's. */
static struct str entry_bytes(const struct file_state *file, struct str text, uint32_t index)
{
	size_t to = index + 1 < file->count ? file->entries[index + 1].offset : text.len;

	return str_slice(text, file->entries[index].offset, to);
}

/* It begins on the line of an item without words, which it speaks for: "- > said". */
static bool speaks_for_item(const struct file_state *file, struct str text, uint32_t index)
{
	const struct trace_entry *item = &file->entries[index] - 1;

	return index > 0 && item->hash == 0 &&
	       str_find_byte(text, '\n', item->offset) >= file->entries[index].offset;
}

/*
 * Its own words, a quote's with its marks; empty where nobody says anything of their own: code,
 * html, the header of a table, a rule in one.
 */
static struct str entry_text(struct work *work, const struct file_state *file, struct str text,
			     uint32_t index)
{
	/* Read alone, what is indented would be code, and a row is a paragraph. */
	struct str bytes = str_trim(entry_bytes(file, text, index));
	struct doc doc = doc_read(&work->scratch, bytes);
	const struct block *block = doc.count ? &doc.blocks[0] : NULL;

	if (block && (block->kind == BLOCK_HEADING || block->kind == BLOCK_POINT ||
		      (block->kind == BLOCK_PARAGRAPH && !line_table_rule(block->text))))
		return doc_point_text(&work->scratch, block);
	if (block && (block->kind == BLOCK_QUOTE || speaks_for_item(file, text, index)))
		return str_in_one_line(&work->scratch, block->raw);
	return (struct str){0};
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
