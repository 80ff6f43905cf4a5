/*
 * The normal text. Nearly every text is in normal form C already, and a quick
 * look at its lead bytes shows it; only the others go through utf8proc.
 */
#include "core/text.h"

#include <string.h>

#include "core/eight.h"

/* What a byte may mean to the normal text. */
enum {
	PLAIN,
	SPACE,
	BLANK, /* becomes a space: tab, line ends */
	LOOK,  /* begins a character that may be changed: see look() */
};

static const unsigned char classes[256] = {
	['\t'] = BLANK,
	['\n'] = BLANK,
	['\r'] = BLANK,
	[' '] = SPACE,
	/* U+0080 to U+00BF: no-break space, « » */
	[0xC2] = LOOK,
	/* U+0300 to U+0387: combining marks, Greek question mark and middle dot */
	[0xCC] = LOOK,
	[0xCD] = LOOK,
	[0xCE] = LOOK,
	/* U+0480 to U+07FF: scripts with combining marks */
	[0xD2] = LOOK,
	[0xD6] = LOOK,
	[0xD7] = LOOK,
	[0xD8] = LOOK,
	[0xD9] = LOOK,
	[0xDA] = LOOK,
	[0xDB] = LOOK,
	[0xDC] = LOOK,
	[0xDD] = LOOK,
	[0xDE] = LOOK,
	[0xDF] = LOOK,
	/* All of three and four bytes but Chinese and Japanese characters, U+4000 to U+9FFF */
	[0xE0] = LOOK,
	[0xE1] = LOOK,
	[0xE2] = LOOK,
	[0xE3] = LOOK,
	[0xEA] = LOOK,
	[0xEB] = LOOK,
	[0xEC] = LOOK,
	[0xED] = LOOK,
	[0xEE] = LOOK,
	[0xEF] = LOOK,
	[0xF0] = LOOK,
	[0xF1] = LOOK,
	[0xF2] = LOOK,
	[0xF3] = LOOK,
	[0xF4] = LOOK,
};

/* What the character that begins with a LOOK byte turns out to be. */
struct look {
	char becomes; /* ' ', '"' or '\''; 0: stays */
	bool unsure;  /* may not be in normal form C, or combine with what stands before */
};

static struct look look_at_punctuation(unsigned char third)
{
	switch (third) {
	case 0x98: /* ‘ ’ ‚ ‛ */
	case 0x99:
	case 0x9A:
	case 0x9B:
		return (struct look){.becomes = '\''};
	case 0x9C: /* “ ” „ ‟ */
	case 0x9D:
	case 0x9E:
	case 0x9F:
		return (struct look){.becomes = '"'};
	case 0xAF: /* U+202F */
		return (struct look){.becomes = ' '};
	default: /* U+2000 and U+2001 are spelled otherwise */
		return (struct look){.unsure = third <= 0x81};
	}
}

static struct look look(struct str text, size_t at)
{
	unsigned char lead = (unsigned char)text.at[at];
	unsigned char second = at + 1 < text.len ? (unsigned char)text.at[at + 1] : 0;
	unsigned char third = at + 2 < text.len ? (unsigned char)text.at[at + 2] : 0;

	switch (lead) {
	case 0xC2:
		return (struct look){.becomes = second == 0xA0			   ? ' '
						: second == 0xAB || second == 0xBB ? '"'
										   : 0};
	case 0xCE:
		return (struct look){.unsure = second == 0x87};
	case 0xE2:
		if (second == 0x80)
			return look_at_punctuation(third);
		/* Arrows, box drawing, signs; not marks (U+20D0), units (U+2100), U+2329, U+2ADC */
		return (struct look){.unsure = second == 0x83 || second == 0x84 || second == 0x8C ||
					       second >= 0xAB};
	case 0xF0: /* Pictures */
		return (struct look){.unsure = second != 0x9F};
	default:
		return (struct look){.unsure = true};
	}
}

/* What stands at the beginning of a text and needs no closer look. */
struct plain {
	size_t bytes;
	uint32_t spaces; /* among them */
};

/*
 * How many of the bytes from `from` on, in steps of eight, are plain ASCII
 * without two spaces in a row.
 */
static struct plain plain_bytes(struct str text, size_t from, bool after_space)
{
	struct plain plain = {0};

	for (size_t at = from, step = 8; at < text.len; at += step) {
		uint64_t eight, spaces;

		if (text.len - at < step)
			step = text.len - at;
		eight = step == 8 ? eight_read(text.at + at)
				  : eight_read_part(text.at + at, step, 'x');
		spaces = eight_equal(eight, ' ');
		if ((eight & EIGHT_HIGH) || eight_controls(eight) ||
		    (spaces & eight_later(spaces, after_space)))
			break;
		after_space = spaces >> 63;
		plain.bytes += step;
		plain.spaces += eight_count(spaces);
	}
	return plain;
}

/* What is done to a text on its way to the normal one. */
struct writer {
	char *out;
	size_t len;
	bool unsure;
};

static bool is_after_space(const struct writer *writer)
{
	return writer->len == 0 || writer->out[writer->len - 1] == ' ';
}

/* Writes the character at `at`. out: the bytes it has, or one of them, if they stay */
static size_t write_char(struct writer *writer, struct str text, size_t at)
{
	unsigned char class = classes[(unsigned char)text.at[at]];
	char byte = text.at[at];
	size_t bytes = 1;

	if (class == BLANK) {
		byte = ' ';
	} else if (class == LOOK) {
		struct look found = look(text, at);

		writer->unsure |= found.unsure;
		if (found.becomes) {
			bytes = byte == '\xE2' ? 3 : 2;
			byte = found.becomes;
		}
	}
	if (byte != ' ' || !is_after_space(writer))
		writer->out[writer->len++] = byte;
	return bytes;
}

bool text_is_normal_of_words(struct str text, uint32_t *words)
{
	bool after_space = true;
	uint32_t spaces = 0;
	size_t at = 0;

	while (at < text.len) {
		struct plain plain = plain_bytes(text, at, after_space);

		if (plain.bytes)
			after_space = text.at[at + plain.bytes - 1] == ' ';
		at += plain.bytes;
		spaces += plain.spaces;
		for (size_t stop = at + 8; at < stop && at < text.len; at++) {
			unsigned char class = classes[(unsigned char)text.at[at]];

			if (class == BLANK || (class == SPACE && after_space))
				return false;
			if (class == LOOK) {
				struct look found = look(text, at);
				if (found.becomes || found.unsure)
					return false;
			}
			after_space = class == SPACE;
			spaces += after_space;
		}
	}
	*words = text.len ? spaces + 1 : 0;
	return text.len == 0 || !after_space;
}

bool text_is_normal(struct str text)
{
	uint32_t words;

	return text_is_normal_of_words(text, &words);
}

struct str text_normal(struct arena *arena, struct str text)
{
	if (text_is_normal(text))
		return text;

	struct writer writer = {.out = arena_alloc(arena, text.len, 1)};
	for (size_t at = 0; at < text.len;) {
		size_t plain = plain_bytes(text, at, is_after_space(&writer)).bytes;

		if (plain)
			memcpy(writer.out + writer.len, text.at + at, plain);
		writer.len += plain;
		at += plain;
		for (size_t stop = at + 8; at < stop && at < text.len;)
			at += write_char(&writer, text, at);
	}
	while (writer.len && writer.out[writer.len - 1] == ' ')
		writer.len--;
	struct str normal = {writer.out, writer.len};
	return writer.unsure ? text_nfc(arena, normal) : normal;
}
