#include "core/text_figures.h"

#include "core/text_numeral.h"

static const struct word *word_at(const struct lexicon *lexicon, const struct word_list *list,
				  size_t at)
{
	return at < list->count ? lexicon_word(lexicon, list->at[at]) : NULL;
}

static bool is_spelled(const struct word *word)
{
	return word->text.len && !byte_is_digit(word->text.at[0]);
}

/* Whether word `at` only joins two spelled numerals: "vingt et un", "one hundred and two". */
static bool joins_numerals(const struct lexicon *lexicon, const struct word_list *list, size_t at)
{
	const struct word *word = word_at(lexicon, list, at),
			  *next = word_at(lexicon, list, at + 1);

	return word && next && next->kind == WORD_NUMBER && is_spelled(next) && list->at[at] &&
	       (str_equal(word->text, STR("et")) || str_equal(word->text, STR("and")));
}

static uint32_t number_of_value(struct lexicon *lexicon, uint64_t value, enum language language)
{
	char digits[24];
	size_t len = sizeof digits;

	do
		digits[--len] = (char)('0' + value % 10);
	while ((value /= 10));
	return lexicon_figure(lexicon, (struct str){digits + len, sizeof digits - len}, language);
}

/* Reads the numerals from word `at` on. out: words behind them; `number` of the one they make */
static size_t read_numerals(struct lexicon *lexicon, const struct word_list *list, size_t at,
			    enum language language, uint32_t *number)
{
	struct numeral parts[NUMERAL_PARTS];
	size_t ends[NUMERAL_PARTS] = {0}, count = 0, next = at;
	uint64_t value = 0;

	while (count < NUMERAL_PARTS && next < list->count) {
		if (count && is_spelled(word_at(lexicon, list, next - 1)) &&
		    joins_numerals(lexicon, list, next))
			next++;
		const struct word *word = word_at(lexicon, list, next);
		if (list->at[next] == 0 || word->kind != WORD_NUMBER)
			break;
		parts[count] = (struct numeral){lexicon->stems[word->stem], is_spelled(word)};
		ends[count++] = ++next;
	}
	size_t taken = numeral_read(parts, count, &value);
	if (taken > 1)
		*number = number_of_value(lexicon, value, language);
	return ends[taken - 1];
}

/* Whether word `at` is a figure from 1 to 31, or from 1900 to 2099 where a year will do. */
static bool is_date_figure(const struct lexicon *lexicon, const struct word_list *list, size_t at,
			   bool year)
{
	const struct word *word = word_at(lexicon, list, at);

	if (!word || word->kind != WORD_NUMBER)
		return false;
	struct str digits = lexicon->stems[word->stem];
	if (digits.len <= 2)
		return digits.len == 1 || digits.at[0] < '3' ||
		       (digits.at[0] == '3' && digits.at[1] < '2');
	return year && digits.len == 4 &&
	       (str_starts(digits, STR("19")) || str_starts(digits, STR("20")));
}

static void join(struct lexicon *lexicon, struct word_list *list, size_t start,
		 enum language language)
{
	size_t kept = start;

	for (size_t i = start, next; i < list->count; i = next, kept++) {
		const struct word *word = word_at(lexicon, list, i), *behind;
		uint32_t number = list->at[i];
		unsigned month = 0;

		next = i + 1;
		if (number && word->kind == WORD_NUMBER) {
			next = read_numerals(lexicon, list, i, language, &number);
		} else if (number && word->kind == WORD_CONTENT) {
			bool behind_day =
				kept > start && is_date_figure(lexicon, list, kept - 1, false);
			if (behind_day || is_date_figure(lexicon, list, i + 1, true))
				month = month_named(word->text);
			if (month)
				number = number_of_value(lexicon, month, language);
			/* "March 12" as "12 March" */
			if (month && !behind_day && is_date_figure(lexicon, list, i + 1, false)) {
				uint32_t day = list->at[i + 1];
				list->at[i + 1] = number;
				list->at[kept++] = day;
				next++;
			}
		} else if (number && str_equal(word->text, STR("pour")) &&
			   (behind = word_at(lexicon, list, next)) &&
			   str_equal(behind->text, STR("cent"))) {
			number = lexicon_figure(lexicon, STR("%"), language);
			next++;
		}
		list->at[kept] = number;
	}
	list->count = kept;
}

static bool has_figures(const struct lexicon *lexicon, const struct word_list *list, size_t start)
{
	for (size_t i = start; i < list->count; i++)
		if (lexicon_word(lexicon, list->at[i])->kind == WORD_NUMBER)
			return true;
	return false;
}

void figures_join(struct lexicon *lexicon, struct word_list *list, size_t start,
		  enum language language)
{
	if (has_figures(lexicon, list, start))
		join(lexicon, list, start, language);
}
