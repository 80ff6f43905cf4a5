/*
 * Three texts of any bytes merge by the laws. The first byte chooses the
 * format; NUL bytes, the first two, part base, ours and theirs.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz.h"
#include "tests/support_laws.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	static const enum text_format formats[] = {FORMAT_NOTE, FORMAT_YAML, FORMAT_TEXT};
	struct str rest = {(const char *)bytes, count};
	struct merge_input input = {.format = formats[count ? bytes[0] % 3 : 0]};
	struct arena arena = {0};

	rest = str_slice(rest, 1, rest.len);
	str_next_part(&rest, '\0', &input.base);
	str_next_part(&rest, '\0', &input.ours);
	input.theirs = rest;

	const char *breach = merge_breach(&arena, input);

	if (breach) {
		fprintf(stderr, "breach: %s\n", breach);
		abort();
	}
	arena_free(&arena);
	return 0;
}
