#include "core/text_numeral.h"

enum { HUNDRED = 100, THOUSAND = 1000, LONGEST_DIGITS = 9 };

/* Digits, without the dot of a fraction, which `decimals` counts. out: false: too long */
static bool read_digits(struct str digits, uint64_t *value, unsigned *decimals)
{
	bool fraction = false;

	*value = *decimals = 0;
	if (digits.len > LONGEST_DIGITS + 1)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] == '.') {
			fraction = true;
			continue;
		}
		if (!byte_is_digit(digits.at[i]))
			return false;
		*value = 10 * *value + (uint64_t)(digits.at[i] - '0');
		*decimals += fraction;
	}
	return digits.len > 0;
}

/* Thousand, million, billion. */
static bool is_scale(uint64_t value)
{
	return value == THOUSAND || value == 1000000 || value == 1000000000;
}

/* May a spelled number under a hundred follow what was counted so far below the hundreds? */
static bool may_follow(uint64_t so_far, uint64_t value)
{
	uint64_t tens = so_far % HUNDRED;

	if (tens == 0)
		return so_far > 0;
	if (tens < 20 || tens % 10 != 0)
		return false;
	return value < 10 || ((tens == 60 || tens == 80) && value < 20);
}

/* Takes one more spelled number up to a hundred. out: false: it begins another number */
static bool add_below_thousand(uint64_t *current, uint64_t next, bool behind_thousands)
{
	bool fresh = *current == 0 && behind_thousands;

	if (next == HUNDRED && *current > 1 && *current < 10)
		*current *= HUNDRED;
	else if (next == 20 && *current % HUNDRED == 4)
		*current += 76; /* quatre-vingts */
	else if (fresh ? next <= HUNDRED : next < HUNDRED && may_follow(*current, next))
		*current += next;
	else
		return false;
	return true;
}

size_t numeral_read(const struct numeral *parts, size_t count, uint64_t *value)
{
	uint64_t total = 0, current = 0, scale = UINT64_MAX, next;
	unsigned decimals, more;

	if (!read_digits(parts[0].digits, &current, &decimals))
		return 1;
	size_t taken = 1;
	if (parts[0].spelled && is_scale(current)) {
		total = scale = current;
		current = 0;
	}
	for (; taken < count && parts[taken].spelled; taken++) {
		if (!read_digits(parts[taken].digits, &next, &more))
			break;
		if (is_scale(next) && current && next < scale) {
			for (current *= next; decimals && current % 10 == 0; decimals--)
				current /= 10;
			total += current;
			scale = next;
			current = 0;
		} else if (decimals || !parts[0].spelled || is_scale(next) ||
			   !add_below_thousand(&current, next, total > 0)) {
			break;
		}
	}
	*value = total + current;
	return decimals ? 1 : taken;
}

unsigned month_named(struct str folded)
{
	static const char *const names[][3] = {
		{"janvier", "january"}, {"fevrier", "february"},  {"mars", "march"},
		{"avril", "april"},	{"mai", "may"},		  {"juin", "june"},
		{"juillet", "july"},	{"aout", "august"},	  {"septembre", "september"},
		{"octobre", "october"}, {"novembre", "november"}, {"decembre", "december"},
	};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is_one_of(folded, names[i]))
			return i + 1;
	return 0;
}
