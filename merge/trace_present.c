/*
 * Which wordings stand in a file or in a whole tree, for who asks for many.
 */
#include "merge/trace_inside.h"

static struct present none_of(struct arena *arena, const struct tracer *tracer)
{
	return (struct present){arena_array(arena, uint64_t, tracer->wording_count / 64 + 1)};
}

static void add_file(struct present *present, const struct file_state *file)
{
	for (uint32_t i = 0; i < file->count; i++) {
		uint32_t wording = file->entries[i].wording;

		if (wording != TRACE_NONE)
			present->bits[wording / 64] |= UINT64_C(1) << (wording % 64);
	}
}

struct present present_in_file(struct arena *arena, const struct tracer *tracer,
			       const struct file_state *file)
{
	struct present present = none_of(arena, tracer);

	add_file(&present, file);
	return present;
}

struct present present_in_tree(struct arena *arena, const struct tracer *tracer,
			       const struct tree *tree)
{
	struct present present = none_of(arena, tracer);

	for (uint32_t i = 0; i < tree->count; i++)
		add_file(&present, tree->files[i].file);
	return present;
}

bool is_present(const struct present *present, uint32_t wording)
{
	return present->bits[wording / 64] >> (wording % 64) & 1;
}
