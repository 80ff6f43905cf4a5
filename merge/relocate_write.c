#include "merge/relocate_write.h"

#include <stdlib.h>

/* A note on its way out. */
struct writer {
	const struct crossing *crossing;
	const struct relocations *all;
	const struct doc *doc; /* that is written anew */
	struct buf out;
	const struct block *last; /* NULL: no block yet */
};

/* A relocation that goes behind piece `anchor`. */
struct insertion {
	int anchor;
	size_t relocation;
};

struct insertions {
	struct insertion *at;
	size_t count, room;
};

static int mover_of(const struct relocation *relocation)
{
	return OURS + relocation->mover;
}

/* --- blocks ---------------------------------------------------------------------- */

static void end_line(struct writer *writer)
{
	buf_end_line(&writer->out, doc_line_end(writer->doc));
}

/* Two blocks that were no neighbours: a blank line between them, but between points. */
static struct str gap_of_seam(const struct writer *writer, struct str gap,
			      const struct block *block)
{
	if (!writer->last)
		return (struct str){0};
	if (gap.len || (writer->last->kind == BLOCK_POINT && block->kind == BLOCK_POINT))
		return gap;
	return doc_line_end(writer->doc);
}

static void write_lines(struct writer *writer, struct str text, uint32_t from, uint32_t to)
{
	struct str line;

	while (str_next_line(&text, &line)) {
		bool ends = str_ends(line, STR("\n"));
		size_t blanks = 0;

		line = str_chomp(line);
		while (from != to && blanks < from && blanks < line.len && line.at[blanks] == ' ')
			blanks++;
		if (from != to && line.len > blanks)
			for (uint32_t i = 0; i < to; i++)
				buf_add_byte(&writer->out, ' ');
		buf_add(&writer->out, str_slice(line, blanks, line.len));
		if (ends)
			buf_add(&writer->out, doc_line_end(writer->doc));
	}
}

/* --- a point that comes ------------------------------------------------------------ */

/* Writes all that a relocation takes along from its note, as far indented as the mover has it. */
static void write_carried(struct writer *writer, size_t index, int note, int version)
{
	const struct relocation *relocation = &writer->all->at[index];
	const struct crossing_note *source = &writer->crossing->notes[note];
	const struct side *pieces = &source->pieces[version];
	const struct side *target =
		&writer->crossing->notes[relocation->to.note].pieces[mover_of(relocation)];
	const struct block *placed = piece_block(target, relocation->to.piece);
	const struct block *first = NULL;

	for (int i = 0; i < pieces->count; i++) {
		if (writer->all->owner[version][note][i] != (int)index)
			continue;
		for (int w = 0; w < pieces->pieces[i].wordings; w++) {
			const struct block *block = piece_block(pieces, i) + w;

			if (!block->joined)
				end_line(writer);
			write_lines(writer,
				    first ? block->gap : gap_of_seam(writer, placed->gap, block), 0,
				    0);
			first = first ? first : block;
			write_lines(writer, block->raw, first->indent, placed->indent);
			writer->last = block;
		}
	}
}

/* --- the whole note ------------------------------------------------------------------ */

static int compare_insertions(const void *left, const void *right)
{
	const struct insertion *a = left, *b = right;

	if (a->anchor != b->anchor)
		return a->anchor < b->anchor ? -1 : 1;
	return a->relocation < b->relocation ? -1 : a->relocation > b->relocation;
}

/* Relocations are in the order of their movers' pieces, so their number orders equal anchors. */
static struct insertions insertions_of(const struct crossing *crossing,
				       const struct relocations *all, int note, int version)
{
	struct insertions insertions = {0};

	for (size_t i = 0; i < all->count; i++) {
		const struct relocation *relocation = &all->at[i];
		bool in_base = version == BASE;

		if (relocation->to.note != note || version == mover_of(relocation) ||
		    (!in_base && relocation->other.note == note))
			continue;
		arena_push(crossing->arena, insertions.at, insertions.count, insertions.room);
		insertions.at[insertions.count++] = (struct insertion){
			in_base ? relocation->base_anchor : relocation->other_anchor, i};
	}
	if (insertions.count)
		qsort(insertions.at, insertions.count, sizeof *insertions.at, compare_insertions);
	return insertions;
}

static bool takes_any(const struct relocations *all, int note, int version,
		      const struct side *pieces)
{
	for (int i = 0; i < pieces->count; i++)
		if (all->owner[version][note][i] != STAYS)
			return true;
	return false;
}

static void write_piece(struct writer *writer, const struct side *pieces, int piece, bool seam)
{
	for (int w = 0; w < pieces->pieces[piece].wordings; w++) {
		const struct block *block = piece_block(pieces, piece) + w;

		if (!block->joined)
			end_line(writer);
		buf_add(&writer->out,
			seam && w == 0 ? gap_of_seam(writer, block->gap, block) : block->gap);
		buf_add(&writer->out, block->raw);
		writer->last = block;
	}
}

struct str relocation_write(const struct crossing *crossing, const struct relocations *all,
			    int note, int version)
{
	const struct crossing_note *source = &crossing->notes[note];
	const struct side *pieces = &source->pieces[version];
	const struct doc *doc = &source->docs[version];
	struct insertions insertions = insertions_of(crossing, all, note, version);
	struct writer writer = {
		.crossing = crossing, .all = all, .doc = doc, .out = {.arena = crossing->arena}};
	bool seam = false;

	if (insertions.count == 0 && !takes_any(all, note, version, pieces))
		return doc->source;
	if (doc->bom)
		buf_add(&writer.out, BYTE_ORDER_MARK);
	buf_add(&writer.out, doc->front);
	for (int i = AT_BEGINNING, next = 0; i < pieces->count; i++) {
		if (i >= 0 && all->owner[version][note][i] == STAYS)
			write_piece(&writer, pieces, i, seam);
		seam = i >= 0 && all->owner[version][note][i] != STAYS;
		for (; next < (int)insertions.count && insertions.at[next].anchor == i; next++) {
			const struct relocation *relocation =
				&all->at[insertions.at[next].relocation];
			bool in_base = version == BASE;

			write_carried(&writer, insertions.at[next].relocation,
				      in_base ? relocation->from.note : relocation->other.note,
				      version);
			seam = true;
		}
	}
	buf_add(&writer.out, doc->tail);
	end_line(&writer);
	struct str text = buf_str(&writer.out);
	return doc->ends_without_line_end ? str_chomp(text) : text.at ? text : STR("");
}
