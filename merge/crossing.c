#include "merge/crossing.h"

static struct place *nowhere(struct arena *arena, int count)
{
	struct place *places = arena_array(arena, struct place, (size_t)count + 1);

	for (int i = 0; i < count; i++)
		places[i].note = NOWHERE;
	return places;
}

static bool read_note(struct crossing *crossing, struct crossing_note *note,
		      const struct note_versions *versions)
{
	for (int v = 0; v < TEXTS; v++) {
		note->there[v] = versions->texts[v].at != NULL;
		note->docs[v] = doc_read(crossing->arena, versions->texts[v]);
		if (note->docs[v].opaque)
			return false;
		note->pieces[v] =
			side_read(crossing->ids.arena, &crossing->ids, &note->docs[v], NULL);
	}
	for (int s = 0; s < SIDES; s++) {
		note->match[s] =
			match_pieces((struct match_input){.arena = crossing->arena,
							  .words = &crossing->words,
							  .base = &note->pieces[BASE],
							  .side = &note->pieces[OURS + s]});
		note->went[s] = nowhere(crossing->arena, note->pieces[BASE].count);
		note->came[s] = nowhere(crossing->arena, note->pieces[OURS + s].count);
	}
	return true;
}

bool crossing_read(struct crossing *crossing, const struct note_versions *notes, size_t count)
{
	crossing->words.arena = crossing->ids.arena = crossing->arena;
	crossing->notes = arena_array(crossing->arena, struct crossing_note, count);
	crossing->count = (int)count;
	for (size_t i = 0; i < count; i++)
		if (!read_note(crossing, &crossing->notes[i], &notes[i]))
			return false;
	return true;
}

bool piece_is_movable(const struct crossing *crossing, int version, struct place at)
{
	const struct block *block =
		piece_block(&crossing->notes[at.note].pieces[version], at.piece);

	return block->kind != BLOCK_ROW && block->kind != BLOCK_RULE && block->kind != BLOCK_HTML &&
	       block->kind != BLOCK_DEFINITION && !block->joined;
}

static void part(struct matching *matching, int base, int side)
{
	if (base >= 0)
		matching->side_of[base] = -1;
	if (side >= 0)
		matching->base_of[side] = -1;
}

void crossing_join(struct crossing *crossing, int side, struct place from, struct place to)
{
	struct crossing_note *source = &crossing->notes[from.note];
	struct crossing_note *target = &crossing->notes[to.note];

	part(&source->match[side], from.piece, source->match[side].side_of[from.piece]);
	part(&target->match[side], target->match[side].base_of[to.piece], to.piece);
	source->went[side][from.piece] = to;
	target->came[side][to.piece] = from;
}
