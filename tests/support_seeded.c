#include "tests/support_seeded.h"

#include <stdlib.h>

uint32_t seeded_next(struct seeded *seeded, uint32_t below)
{
	seeded->state = seeded->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seeded->state >> 33) % below;
}

struct seeds seeds_from(uint64_t first, uint64_t count)
{
	const char *only = getenv("SEED"), *cases = getenv("CASES");

	if (cases)
		count = strtoull(cases, NULL, 10);
	if (only)
		first = strtoull(only, NULL, 10);
	return (struct seeds){first, first + (only ? 1 : count), only != NULL};
}
