#include "core/utf8.h"

#include <string.h>

/* The length a first byte announces, 0: it cannot be one; `low` and `high` bound the second byte.
 */
static size_t announced(unsigned char first, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (first < 0x80)
		return 1;
	if (first >= 0xC2 && first <= 0xDF)
		return 2;
	if (first >= 0xE0 && first <= 0xEF) {
		*low = first == 0xE0 ? 0xA0 : 0x80;
		*high = first == 0xED ? 0x9F : 0xBF;
		return 3;
	}
	if (first >= 0xF0 && first <= 0xF4) {
		*low = first == 0xF0 ? 0x90 : 0x80;
		*high = first == 0xF4 ? 0x8F : 0xBF;
		return 4;
	}
	return 0;
}

size_t utf8_next(struct str text, uint32_t *code)
{
	static const unsigned char payload[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	const unsigned char *bytes = (const unsigned char *)text.at;
	unsigned char low, high;

	if (text.len == 0)
		return 0;
	size_t length = announced(bytes[0], &low, &high);
	if (length == 0 || length > text.len)
		return 0;
	uint32_t value = bytes[0] & payload[length];
	for (size_t i = 1; i < length; i++) {
		if (bytes[i] < low || bytes[i] > high)
			return 0;
		low = 0x80;
		high = 0xBF;
		value = value << 6 | (bytes[i] & 0x3F);
	}
	*code = value;
	return length;
}

/* The text behind the ASCII that it begins with: most of it, mostly. */
static struct str skip_ascii(struct str text)
{
	uint64_t eight;
	size_t at = 0;

	for (; text.len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, text.at + at, sizeof eight);
		if (eight & 0x8080808080808080U)
			break;
	}
	return str_slice(text, at, text.len);
}

bool utf8_valid(struct str text)
{
	uint32_t code;
	size_t length;

	do {
		text = skip_ascii(text);
		length = utf8_next(text, &code);
		text = str_slice(text, length, text.len);
	} while (length > 0);
	return text.len == 0;
}
