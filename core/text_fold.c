#include "core/text_fold.h"

#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

enum { MAX_FOLDED = 32 }; /* code points that one character decomposes to: at most 18 */

/* Letters, marks and decimal digits: the first nine Unicode categories. */
static bool is_letter_category(utf8proc_int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND;
}

/* Characters whose part in notes is not what their Unicode class says; 0: none of these. */
static char punctuation_of(utf8proc_int32_t code)
{
	switch (code) {
	case 0x2018: /* quotation marks used as apostrophes */
	case 0x2019:
	case 0x201B:
	case 0x02BC:
	case 0x2032:
	case 0x00B4:
		return '\'';
	case 0x00B7: /* middle dots of inclusive forms */
	case 0x2027:
		return '.';
	case 0x2013: /* dashes between clauses */
	case 0x2014:
		return ';';
	case 0x2010:
	case 0x2011:
		return '-';
	default:
		return 0;
	}
}

/* Writes what `code` folds to at `to` (MAX_FOLDED * 4 bytes); out: its length. */
static size_t fold_code(utf8proc_int32_t code, char *to, bool *accented)
{
	utf8proc_int32_t parts[MAX_FOLDED], plain;
	int boundary = 0;
	size_t len = 0;
	char mark = punctuation_of(code);

	*accented = false;
	if (mark) {
		to[0] = mark;
		return 1;
	}
	if (code == 0x0153 || code == 0x0152 || code == 0x00E6 || code == 0x00C6)
		return memcpy(to, code < 0x100 ? "ae" : "oe", 2), 2;
	utf8proc_ssize_t count = utf8proc_decompose_char(
		code, parts, MAX_FOLDED,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
		&boundary);
	for (utf8proc_ssize_t i = 0; i < count && i < MAX_FOLDED; i++) {
		plain = parts[i];
		if (utf8proc_category(plain) == UTF8PROC_CATEGORY_MN) {
			*accented = true;
			continue;
		}
		if (plain >= 0x80 && !is_letter_category(plain))
			plain = ' ';
		len += (size_t)utf8proc_encode_char(plain, (utf8proc_uint8_t *)to + len);
	}
	return len;
}

void fold_table_make(struct fold_table *table)
{
	char to[MAX_FOLDED * 4];
	bool accented;

	for (size_t i = 0; i < FOLD_CODES; i++) {
		size_t len = fold_code((utf8proc_int32_t)(i + 0x80), to, &accented);

		/* What needs more room is rare and goes the long way: marked by length 4. */
		table->to[i][3] = (char)(len > 3 ? 4 : (len | (accented ? 8U : 0U)));
		memcpy(table->to[i], to, len > 3 ? 0 : len);
	}
}

/* Folds the character at `at`, which is no ASCII; out: how many bytes it takes up. */
static size_t fold_wide(const struct fold_table *table, struct str rest, struct buf *out,
			size_t *accents)
{
	char to[MAX_FOLDED * 4];
	bool accented;
	utf8proc_int32_t code;
	const unsigned char *at = (const unsigned char *)rest.at;

	if (rest.len > 1 && at[0] >= 0xC2 && at[0] < 0xE0 && (at[1] & 0xC0) == 0x80) {
		const char *row = table->to[(((at[0] & 0x1FU) << 6) | (at[1] & 0x3FU)) - 0x80];

		if (row[3] != 4) {
			*accents += row[3] >= 8;
			buf_add(out, (struct str){row, (size_t)row[3] & 3});
			return 2;
		}
	}
	utf8proc_ssize_t taken = utf8proc_iterate(at, (utf8proc_ssize_t)rest.len, &code);
	if (taken <= 0) {
		buf_add_byte(out, ' ');
		return 1;
	}
	size_t len = fold_code(code, to, &accented);
	*accents += accented;
	buf_add(out, (struct str){to, len});
	return (size_t)taken;
}

size_t text_fold_dress(const struct fold_table *table, struct str text, struct buf *out)
{
	size_t accents = 0;

	for (size_t i = 0; i < text.len;) {
		unsigned char byte = (unsigned char)text.at[i];

		if (byte >= 0x80) {
			i += fold_wide(table, str_slice(text, i, text.len), out, &accents);
			continue;
		}
		if (byte >= 'A' && byte <= 'Z')
			byte = (unsigned char)(byte + 'a' - 'A');
		else if (byte == '`')
			byte = '\'';
		buf_add_byte(out, (char)(byte < ' ' || byte == 0x7F ? ' ' : byte));
		i++;
	}
	return accents;
}
