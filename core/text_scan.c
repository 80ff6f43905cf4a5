#include "core/text_scan.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST_LABEL = 60 }; /* bytes in front of a colon that may tell who speaks */

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

/* The byte at `at`, a blank behind the end. */
static char peek(const struct scan *scan, size_t at)
{
	return at < scan->folded.len ? scan->folded.at[at] : ' ';
}

static bool is_any_of(struct str text, const char *words)
{
	struct str rest = str_of(words), word;

	while (str_next_word(&rest, &word))
		if (str_equal(text, word))
			return true;
	return false;
}

/*
 * The bytes of a beginning that tells who said it through a chat: "marie via le
 * chat : ", "mary (chat): "; 0: there is none.
 */
static size_t spoken_through(struct str folded)
{
	size_t colon = str_find_byte(folded, ':', 0);
	struct str label = str_slice(folded, 0, colon), word;

	if (colon + 1 >= folded.len || colon > LONGEST_LABEL || folded.at[colon + 1] != ' ')
		return 0;
	while (str_next_word(&label, &word))
		if (is_any_of(word, "chat (chat) chat) tchat (tchat) zoom (zoom) visio"))
			return colon + 1;
	return 0;
}

struct scan scan_begin(struct str folded)
{
	struct scan scan = {.folded = folded};
	size_t digits = 0;

	while (scan.at < folded.len && peek(&scan, scan.at) == ' ')
		scan.at++;
	while (byte_is_digit(peek(&scan, scan.at + digits)))
		digits++;
	char mark = peek(&scan, scan.at + digits), behind = peek(&scan, scan.at + digits + 1);
	if (digits && digits < 4 && (mark == ')' || mark == '.') && behind == ' ')
		scan.at += digits + 1;
	else if (!digits && strchr("-*+", mark) && behind == ' ')
		scan.at++;
	while (scan.at < folded.len && peek(&scan, scan.at) == ' ')
		scan.at++;
	if (peek(&scan, scan.at) == '[' && peek(&scan, scan.at + 2) == ']')
		scan.at += 3;
	scan.at += spoken_through(str_slice(folded, scan.at, folded.len));
	return scan;
}

/* How many bytes of a dotted ending as in "chacun.e", "citoyen.ne.s" stand at `at`. */
static size_t inclusive_ending(const struct scan *scan, size_t at)
{
	static const char endings[] = "e es s ne nes le les te tes se ses ve ves fe fes x "
				      "trice trices rice rices euse euses ere eres iere ieres";
	size_t taken = 0;

	while (peek(scan, at + taken) == '.' || peek(scan, at + taken) == '(') {
		size_t end = at + taken + 1;

		while (is_letter(peek(scan, end)))
			end++;
		if (!is_any_of(str_slice(scan->folded, at + taken + 1, end), endings))
			break;
		if (peek(scan, at + taken) == '(') {
			if (peek(scan, end) != ')')
				break;
			end++;
		}
		taken = end - at;
	}
	/* "etc.e5" and hosts such as "site.es/x" are no inclusive forms. */
	char behind = peek(scan, at + taken);
	return byte_is_digit(behind) || behind == '/' || is_letter(behind) ? 0 : taken;
}

/* Passes over what an apostrophe at `end` joins to the word `word`; may shorten the word. */
static size_t pass_apostrophe(struct scan *scan, struct str *word, size_t end)
{
	static const char elided[] = "l d j m t s c n qu jusqu lorsqu puisqu quoiqu";
	size_t behind = end + 1;

	while (is_letter(peek(scan, behind)))
		behind++;
	struct str suffix = str_slice(scan->folded, end + 1, behind);
	if (suffix.len == 0 || is_any_of(*word, elided))
		return end + 1;
	if (str_equal(suffix, STR("t")) && word->len > 1 && word->at[word->len - 1] == 'n') {
		if (!is_any_of(*word, "can"))
			word->len--;
		scan->negated = true;
		return behind;
	}
	return is_any_of(suffix, "s d ll re ve m") ? behind : end + 1;
}

/* Letters with full stops between ("u.n.", "R.U.A") as one word in `digits`; or empty. */
static struct str take_initials(struct scan *scan)
{
	size_t at = scan->at, len = 0;

	while (is_letter(peek(scan, at)) && !is_letter(peek(scan, at + 1)) && len < 8) {
		scan->digits[len++] = peek(scan, at);
		at++;
		if (peek(scan, at) != '.')
			break;
		at++;
	}
	if (len < 2 || is_letter(peek(scan, at)) || byte_is_digit(peek(scan, at)))
		return (struct str){0};
	scan->at = at;
	return (struct str){scan->digits, len};
}

static struct str take_word(struct scan *scan)
{
	size_t start = scan->at, end = start;
	struct str initials = peek(scan, start + 1) == '.' ? take_initials(scan) : (struct str){0};

	if (initials.len)
		return initials;
	while (is_letter(peek(scan, end)))
		end++;
	struct str word = str_slice(scan->folded, start, end);
	if (peek(scan, end) == '\'') {
		/* "n'" is the half of a negation, a lone n a slip. */
		bool negates = str_equal(word, STR("n"));
		end = pass_apostrophe(scan, &word, end);
		if (negates)
			word = STR("ne");
	} else {
		end += inclusive_ending(scan, end);
	}
	scan->at = end;
	return word;
}

/* Whether exactly three digits stand at `at`. */
static bool three_digits(const struct scan *scan, size_t at)
{
	return byte_is_digit(peek(scan, at)) && byte_is_digit(peek(scan, at + 1)) &&
	       byte_is_digit(peek(scan, at + 2)) && !byte_is_digit(peek(scan, at + 3));
}

/* Passes over the ending of "1er", "2e", "3rd". out: the offset behind it */
static size_t pass_ordinal(const struct scan *scan, size_t at)
{
	size_t end = at;

	while (is_letter(peek(scan, end)))
		end++;
	bool ordinal = end > at && is_any_of(str_slice(scan->folded, at, end),
					     "er ere e eme ieme nd nde st rd th");
	return ordinal ? end : at;
}

/* Whether the dot at `at` is the first of a date: "12.03.2026". */
static bool is_dotted_date(const struct scan *scan, size_t at)
{
	size_t end = at + 1;

	while (byte_is_digit(peek(scan, end)))
		end++;
	return peek(scan, at) == '.' && end <= at + 3 && peek(scan, end) == '.' &&
	       byte_is_digit(peek(scan, end + 1));
}

static struct str take_number(struct scan *scan)
{
	size_t len = 0, at = scan->at, start = at;

	while (byte_is_digit(peek(scan, at)))
		at++;
	bool grouped = at - start <= 3 && peek(scan, start) != '0';
	for (size_t i = start; i < at; i++)
		if (len < sizeof scan->digits)
			scan->digits[len++] = peek(scan, i);
	while (grouped && strchr(" .,'", peek(scan, at)) && three_digits(scan, at + 1)) {
		for (size_t i = at + 1; i < at + 4; i++)
			if (len < sizeof scan->digits)
				scan->digits[len++] = peek(scan, i);
		at += 4;
	}
	if ((peek(scan, at) == '.' || peek(scan, at) == ',') && byte_is_digit(peek(scan, at + 1)) &&
	    !is_dotted_date(scan, at)) {
		if (len < sizeof scan->digits)
			scan->digits[len++] = '.';
		for (at++; byte_is_digit(peek(scan, at)); at++)
			if (len < sizeof scan->digits)
				scan->digits[len++] = peek(scan, at);
	}
	scan->at = pass_ordinal(scan, at);
	size_t sign = peek(scan, scan->at) == ' ' ? scan->at + 1 : scan->at;
	if (peek(scan, sign) == '%') {
		scan->percent = true;
		scan->at = sign + 1;
	}
	struct str number = {scan->digits, len};
	while (number.len > 1 && number.at[0] == '0' && number.at[1] != '.')
		number = str_slice(number, 1, number.len);
	return number;
}

/* The address at the scan's place without its scheme and a last full stop or slash; or empty. */
static struct str take_link(struct scan *scan)
{
	static const char *const begins[] = {"http://www.", "https://www.", "http://", "https://",
					     "www."};
	struct str rest = str_slice(scan->folded, scan->at, scan->folded.len);

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
		size_t from = strlen(begins[i]), end = from;

		if (!str_starts(rest, str_of(begins[i])))
			continue;
		while (end < rest.len && !strchr(" <>()[]\"", rest.at[end]))
			end++;
		scan->at += end;
		while (end > from && strchr("./,;:!?'", rest.at[end - 1]))
			end--;
		return str_slice(rest, from, end);
	}
	return (struct str){0};
}

static bool is_break(const struct scan *scan, size_t at)
{
	char byte = peek(scan, at), behind = peek(scan, at + 1);

	if (byte == '.' || byte == '-' || byte == ':')
		return behind == ' ' || behind == '.';
	return byte && strchr(";,()!?", byte);
}

bool scan_next(struct scan *scan, struct token *token)
{
	if (scan->negated) {
		scan->negated = false;
		*token = (struct token){TOKEN_WORD, STR("not")};
		return true;
	}
	if (scan->percent) {
		scan->percent = false;
		*token = (struct token){TOKEN_NUMBER, STR("%")};
		return true;
	}
	for (; scan->at < scan->folded.len; scan->at++) {
		char byte = peek(scan, scan->at);

		if (byte == 'h' || byte == 'w') {
			struct str link = take_link(scan);
			if (link.len) {
				*token = (struct token){TOKEN_LINK, link};
				return true;
			}
		}
		if (is_letter(byte)) {
			*token = (struct token){TOKEN_WORD, take_word(scan)};
			return true;
		}
		if (byte_is_digit(byte)) {
			*token = (struct token){TOKEN_NUMBER, take_number(scan)};
			return true;
		}
		if (is_break(scan, scan->at)) {
			*token = (struct token){TOKEN_BREAK,
						str_slice(scan->folded, scan->at, scan->at + 1)};
			scan->at++;
			return true;
		}
	}
	return false;
}
