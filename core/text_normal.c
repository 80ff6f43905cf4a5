/*
 * The normal text. Nearly every text is in normal form C already, and a quick
 * look at its lead bytes shows it; only the others go through utf8proc.
 */
#include "core/text.h"

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
		/* Arrows, box drawing, signs; not U+20D0 (marks), U+2100 (units), U+2ADC */
		return (struct look){.unsure = second == 0x83 || second == 0x84 || second >= 0xAB};
	case 0xF0: /* Pictures */
		return (struct look){.unsure = second != 0x9F};
	default:
		return (struct look){.unsure = true};
	}
}

bool text_is_normal(struct str text)
{
	unsigned char before = SPACE;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char class = classes[(unsigned char)text.at[i]];

		if (class != PLAIN) {
			if (class == BLANK || (class == SPACE && before == SPACE))
				return false;
			if (class == LOOK) {
				struct look found = look(text, i);
				if (found.becomes || found.unsure)
					return false;
			}
		}
		before = class;
	}
	return text.len == 0 || before != SPACE;
}

struct str text_normal(struct arena *arena, struct str text)
{
	if (text_is_normal(text))
		return text;

	char *out = arena_alloc(arena, text.len, 1);
	size_t len = 0;
	bool unsure = false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char class = classes[(unsigned char)text.at[i]];
		char byte = text.at[i];

		if (class == BLANK) {
			byte = ' ';
		} else if (class == LOOK) {
			struct look found = look(text, i);
			unsure |= found.unsure;
			if (found.becomes) {
				i += byte == '\xE2' ? 2 : 1;
				byte = found.becomes;
			}
		}
		if (byte != ' ' || (len && out[len - 1] != ' '))
			out[len++] = byte;
	}
	while (len && out[len - 1] == ' ')
		len--;
	struct str normal = {out, len};
	return unsure ? text_nfc(arena, normal) : normal;
}
