#include "merge/best_pairs.h"

#include "core/arena.h"

void best_pairs(const int *fits, int height, int width, int *partners)
{
	struct arena scratch = {0};
	int above = width + 1;
	/* What the rest can reach from each pair on, with a border of zeros. */
	int *best = arena_array(&scratch, int, (size_t)(height + 1) * (size_t)above);

	for (int i = height - 1; i >= 0; i--)
		for (int j = width - 1; j >= 0; j--) {
			int *at = best + i * above + j, fit = fits[i * width + j];
			int skip = at[above] > at[1] ? at[above] : at[1];
			int take = fit ? fit + at[above + 1] : 0;

			*at = take > skip ? take : skip;
		}
	for (int i = 0; i < height; i++)
		partners[i] = -1;
	for (int i = 0, j = 0; i < height && j < width;) {
		const int *at = best + i * above + j;
		int fit = fits[i * width + j];

		if (fit && *at == fit + at[above + 1])
			partners[i++] = j++;
		else if (*at == at[above])
			i++;
		else
			j++;
	}
	arena_free(&scratch);
}
