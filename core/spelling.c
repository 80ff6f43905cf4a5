#include "core/spelling.h"

enum { NAME_BYTES = 64 };

/* The base letters of U+00E0 to U+00FF; a blank where there is none. */
static const char latin_base[] = "aaaaaa ceeeeiiii nooooo  uuuuy y";

struct str spelling_fold(struct arena *arena, struct str name)
{
	struct buf folded = {.arena = arena};

	for (size_t i = 0; i < name.len; i++) {
		unsigned char byte = (unsigned char)name.at[i];
		unsigned char next = i + 1 < name.len ? (unsigned char)name.at[i + 1] : 0;

		if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) {
			/* U+00C0 to U+00DF are the capitals of U+00E0 to U+00FF. */
			buf_add_byte(&folded, latin_base[(next - 0x80) % 32]);
			i++;
		} else if (byte == 0xCC && next >= 0x80 && next <= 0xBF) {
			i++; /* a combining accent: U+0300 to U+033F */
		} else if (byte >= 'A' && byte <= 'Z') {
			buf_add_byte(&folded, (char)(byte - 'A' + 'a'));
		} else {
			buf_add_byte(&folded, (char)byte);
		}
	}
	return buf_str(&folded);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t spelling_distance(struct str a, struct str b)
{
	size_t cost[NAME_BYTES + 1][NAME_BYTES + 1];

	if (a.len > NAME_BYTES || b.len > NAME_BYTES)
		return NAME_BYTES;
	for (size_t i = 0; i <= a.len; i++) {
		for (size_t j = 0; j <= b.len; j++) {
			size_t *here = &cost[i][j];

			if (i == 0 || j == 0) {
				*here = i + j;
				continue;
			}
			*here = smaller(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
			*here = smaller(*here, cost[i - 1][j - 1] + (a.at[i - 1] != b.at[j - 1]));
			if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
			    a.at[i - 2] == b.at[j - 1])
				*here = smaller(*here, cost[i - 2][j - 2] + 1);
		}
	}
	return cost[a.len][b.len];
}

size_t spelling_tolerance(struct str name)
{
	return name.len < 4 ? 1 : name.len < 8 ? 2 : 3;
}
