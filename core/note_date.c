#include "core/note_date.h"

#include "core/text.h"
#include "core/text_numeral.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

bool day_exists(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

/* The number that a word begins with ("1er" is 1), 0: none, or it is too long. */
static unsigned number_of(struct str word)
{
	int64_t number;

	return str_take_number(&word, 9999, &number) ? (unsigned)number : 0;
}

static struct str format(struct arena *arena, unsigned year, unsigned month, unsigned day)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || !day_exists((int)year, (int)month, (int)day))
		return (struct str){0};
	return str_printf(arena, "%04u-%02u-%02u", year, month, day);
}

/* Three words in a row as a date. */
static struct str date_of(struct arena *arena, const struct str words[3])
{
	unsigned a = number_of(words[0]), b = number_of(words[1]), c = number_of(words[2]);

	if (words[0].len == 4 && words[1].len <= 2 && words[2].len <= 2)
		return format(arena, a, b, c);
	if (words[2].len != 4 || words[0].len == 0)
		return (struct str){0};
	if (month_named(words[1]))
		return format(arena, c, month_named(words[1]), a);
	if (month_named(words[0]))
		return format(arena, c, month_named(words[0]), b);
	return words[0].len <= 2 && words[1].len <= 2 ? format(arena, c, b, a) : (struct str){0};
}

struct str note_date_find(struct arena *arena, struct str text)
{
	struct str rest = text_fold(arena, text), words[3] = {{0}}, word, date = {0};

	while (date.len == 0 && text_next_word(&rest, &word)) {
		words[0] = words[1];
		words[1] = words[2];
		words[2] = word;
		date = date_of(arena, words);
	}
	return date;
}
