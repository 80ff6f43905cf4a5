#include <stdlib.h>

#include "core/ascending.h"
#include "core/people.h"
#include "core/spelling.h"
#include "core/text.h"
#include "core/utf8.h"

enum { MOST_COMPARED = 500, LONG_NAME = 6, LONGEST_SIGN = 4 };

/* --- initials ---------------------------------------------------------------- */

static bool is_letter_start(struct str word)
{
	uint32_t code;

	return utf8_next(word, &code) && code > ' ';
}

/* The first letter, in capitals, without its accent. */
static void add_initial(struct buf *out, struct str word)
{
	struct str folded = text_fold(out->arena, word);

	if (folded.len && folded.at[0] >= 'a' && folded.at[0] <= 'z')
		buf_add_byte(out, (char)(folded.at[0] - 'a' + 'A'));
	else if (is_letter_start(word)) {
		uint32_t code;

		buf_add(out, str_slice(word, 0, utf8_next(word, &code)));
	}
}

/* Elided "d'" and "l'" are no words of a name. */
static bool is_elision(struct str word, const char *end)
{
	return word.len == 1 && word.at + 1 < end &&
	       (word.at[1] == '\'' || (unsigned char)word.at[1] == 0xE2) &&
	       (word.at[0] == 'd' || word.at[0] == 'l' || word.at[0] == 'D' || word.at[0] == 'L');
}

struct str initials_of(struct arena *arena, struct str name)
{
	struct buf initials = {.arena = arena};
	struct str rest = name, word;

	while (text_next_word(&rest, &word))
		if (!is_elision(word, name.at + name.len))
			add_initial(&initials, word);
	return buf_str(&initials);
}

/* --- signs ------------------------------------------------------------------- */

/* Initials with `more` letters of the last word behind the first of it: AB, ABo, ABou. */
static struct str sign_of(struct arena *arena, const struct person *person, size_t more)
{
	struct buf sign = {.arena = arena};
	struct str name = person->name.len ? person->name : person->email, rest = name, word,
		   last = {0};

	if (person->initials.len)
		buf_add(&sign, person->initials);
	else
		buf_add(&sign, initials_of(arena, name));
	while (text_next_word(&rest, &word))
		last = word;
	rest = last;
	for (size_t i = 0; rest.len && i <= more; i++) {
		const char *before = rest.at;

		text_next_char(&rest);
		if (i)
			buf_add(&sign, (struct str){before, (size_t)(rest.at - before)});
	}
	return sign.len ? buf_str(&sign) : STR("?");
}

struct sign {
	const struct person *person;
	struct str text;
	size_t index, more;
};

static int compare_signs(const void *left, const void *right)
{
	const struct sign *a = left, *b = right;
	int order = str_compare(a->text, b->text);

	if (order == 0)
		order = str_compare(a->person->email, b->person->email);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* Makes equal signs longer, once. out: false: all differ */
static bool tell_apart(struct arena *arena, struct sign *signs, size_t count, bool by_number)
{
	bool found = false;

	qsort(signs, count, sizeof *signs, compare_signs);
	for (size_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && str_equal(signs[to].text, signs[from].text);)
			to++;
		if (to == from + 1)
			continue;
		found = true;
		for (size_t i = from; i < to; i++) {
			struct str plain = signs[i].text;

			signs[i].text = by_number
						? str_printf(arena, "%.*s%zu", STR_ARGS(plain),
							     i - from + 1)
						: sign_of(arena, signs[i].person, ++signs[i].more);
		}
		/* The texts that were compared are no longer in order behind here. */
	}
	return found;
}

struct str *people_signs(struct arena *arena, const struct people *people)
{
	struct sign *signs = arena_array(arena, struct sign, people->count);
	struct str *texts = arena_array(arena, struct str, people->count);

	if (people->count == 0)
		return texts;
	for (size_t i = 0; i < people->count; i++)
		signs[i] = (struct sign){people->all[i], sign_of(arena, people->all[i], 0), i, 0};
	for (size_t round = 0; round < LONGEST_SIGN; round++)
		if (!tell_apart(arena, signs, people->count, round + 1 == LONGEST_SIGN))
			break;
	for (size_t i = 0; i < people->count; i++)
		texts[signs[i].index] = signs[i].text;
	return texts;
}

/* --- who may be one ---------------------------------------------------------- */

/* What names an address: before the @, without what hosts put in front of it ("123+anne"). */
static struct str mailbox_of(struct arena *arena, struct str email)
{
	struct str box = str_slice(email, 0, str_find_byte(email, '@', 0));
	size_t plus = str_find_byte(box, '+', 0);

	if (str_contains(email, STR("@users.noreply.")) && plus < box.len)
		box = str_slice(box, plus + 1, box.len);
	return text_fold(arena, box);
}

/* The folded words of a name in order of bytes, so that "BRIAND Michel" is "Michel Briand". */
static struct str sorted_name(struct arena *arena, struct str name)
{
	struct str rest = text_fold(arena, name), word, words[16] = {0};
	struct buf sorted = {.arena = arena};
	size_t count = 0;

	while (count < 16 && text_next_word(&rest, &word))
		words[count++] = word;
	qsort(words, count, sizeof *words, ascending_str);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_byte(&sorted, ' ');
		buf_add(&sorted, words[i]);
	}
	return buf_str(&sorted);
}

static bool near_names(struct str a, struct str b)
{
	if (a.len < LONG_NAME || b.len < LONG_NAME)
		return a.len && str_equal(a, b);
	return str_equal(a, b) || spelling_distance(a, b) <= 2;
}

/* A box that many have says nothing. */
static bool is_telling(struct str box)
{
	static const char *const common[] = {"contact", "info", "mail", "hello", "admin", "noreply",
					     "me",	"git",	"user", "root",	 NULL};

	return box.len >= 3 && !str_is_one_of(box, common);
}

static size_t count_capitals(struct str name)
{
	size_t capitals = 0;

	while (name.len)
		capitals += text_is_capital(text_next_char(&name));
	return capitals;
}

/* The better known first, but for one whose name is written without capitals: "anne". */
static struct likeness likeness_of(const struct person *a, const struct person *b)
{
	bool turned = !a->listed && !a->mapped && count_capitals(a->name) == 0 &&
		      count_capitals(b->name) > 0;

	return turned ? (struct likeness){b, a} : (struct likeness){a, b};
}

/* By their addresses, or as people.yml gives one to a person that it lists without. */
static bool can_be_joined(const struct person *a, const struct person *b)
{
	if (a->email.len == 0 || b->email.len == 0)
		return (a->email.len || b->email.len) && !(a->listed && b->listed);
	return true;
}

struct likenesses people_alike(struct arena *arena, const struct people *people)
{
	size_t count = people->count < MOST_COMPARED ? people->count : MOST_COMPARED;
	struct str *names = arena_array(arena, struct str, count);
	struct str *boxes = arena_array(arena, struct str, count);
	struct likenesses found = {0};

	for (size_t i = 0; i < count; i++) {
		names[i] = sorted_name(arena, people->all[i]->name);
		boxes[i] = mailbox_of(arena, people->all[i]->email);
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++) {
			bool same_box = is_telling(boxes[i]) && str_equal(boxes[i], boxes[j]);

			if (!same_box && !near_names(names[i], names[j]))
				continue;
			if (!can_be_joined(people->all[i], people->all[j]))
				continue;
			arena_push(arena, found.all, found.count, found.room);
			found.all[found.count++] = likeness_of(people->all[i], people->all[j]);
		}
	return found;
}
