#include "core/utf8.h"

#include "core/eight.h"

/*
 * The length a first byte announces, 0: it cannot be one; `low` and `high` bound the
 * second byte.
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

/* The bytes of ASCII that the text begins with, in steps of eight. */
static size_t ascii_bytes(struct str text)
{
	size_t at = 0;

	while (text.len - at >= 8 && (eight_read(text.at + at) & EIGHT_HIGH) == 0)
		at += 8;
	return at;
}

/* Whether a character of two bytes stands there: nearly all that are no ASCII in French. */
static bool is_pair(const char *at)
{
	unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];

	return first >= 0xC2 && first <= 0xDF && (second & 0xC0) == 0x80;
}

bool utf8_valid(struct str text)
{
	uint32_t code;
	size_t bytes;

	for (size_t at = ascii_bytes(text); at < text.len; at += bytes) {
		if ((text.at[at] & '\x80') == 0)
			bytes = 1 + ascii_bytes(str_slice(text, at + 1, text.len));
		else if (text.len - at >= 2 && is_pair(text.at + at))
			bytes = 2;
		else if ((bytes = utf8_next(str_slice(text, at, text.len), &code)) == 0)
			return false;
	}
	return true;
}
