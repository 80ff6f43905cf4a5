#include "core/label.h"

enum { LABEL_DIGITS = 4 };

/* What a label begins with. */
#define LABEL_BEGINS "⟨version "

uint32_t label_read(struct str text, struct str *before)
{
	struct str rest = str_trim_right(text);
	uint32_t number = 0, scale = 1, digits = 0;

	if (before)
		*before = text;
	if (!str_ends(rest, STR("⟩")))
		return 0;
	rest.len -= sizeof "⟩" - 1;
	for (; rest.len && byte_is_digit(rest.at[rest.len - 1]); rest.len--) {
		if (++digits > LABEL_DIGITS)
			return 0;
		number += scale * (uint32_t)(rest.at[rest.len - 1] - '0');
		scale *= 10;
	}
	if (number == 0 || rest.at[rest.len] == '0' || !str_ends(rest, STR(LABEL_BEGINS)))
		return 0;
	rest.len -= sizeof LABEL_BEGINS - 1;
	if (before)
		*before = str_trim_right(rest);
	return number;
}

void label_write(struct buf *out, uint32_t number)
{
	char digits[10]; /* as many as a number of 32 bits may have */
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	buf_add(out, STR(" " LABEL_BEGINS));
	buf_add(out, (struct str){digits + at, sizeof digits - at});
	buf_add(out, STR("⟩"));
}

size_t label_count(struct str text)
{
	const struct str begins = STR(LABEL_BEGINS);
	size_t count = 0;

	for (size_t at = str_find(text, begins, 0); at < text.len;
	     at = str_find(text, begins, at + 1))
		count++;
	return count;
}
