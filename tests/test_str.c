#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/label.h"
#include "core/str.h"

static void slices_are_clamped(void **state)
{
	(void)state;
	struct str text = STR("abc");

	assert_true(str_equal(str_slice(text, 1, 9), STR("bc")));
	assert_int_equal(str_slice(text, 5, 9).len, 0);
	assert_true(str_equal(str_trim(STR(" \t a b\r\n")), STR("a b")));
	assert_int_equal(str_find(text, STR("c"), 0), 2);
	assert_int_equal(str_find(text, STR("d"), 0), 3);
}

static void parts_and_lines(void **state)
{
	(void)state;
	struct str rest = STR("a,,b"), part;
	int parts = 0;

	while (str_next_part(&rest, ',', &part))
		parts++;
	assert_int_equal(parts, 3);
	rest = STR("one\r\ntwo");
	assert_true(str_next_line(&rest, &part));
	assert_true(str_equal(str_chomp(part), STR("one")));
	assert_true(str_next_line(&rest, &part));
	assert_true(str_equal(part, STR("two")));
	assert_false(str_next_line(&rest, &part));
}

static void what_texts_share(void **state)
{
	(void)state;
	enum { LONG = 10000 };
	static char a[LONG], b[LONG + 1];

	for (size_t at = 0; at < LONG; at += at < 80 ? 1 : 331) {
		memset(a, 'a', sizeof a);
		memset(b, 'a', sizeof b);
		a[at] = 'x';
		b[at] = 'y';
		struct str one = {a, LONG}, other = {b, LONG};

		assert_int_equal(str_common_start(one, other), at);
		assert_int_equal(str_common_end(one, other, LONG), LONG - at - 1);
		assert_int_equal(str_common_end(one, other, LONG - at - 1), LONG - at - 1);
		assert_int_equal(str_common_end(one, other, (LONG - at) / 2), (LONG - at) / 2);
		b[at] = 'x';
		other.len = LONG + 1;
		assert_int_equal(str_common_start(one, other), LONG);
	}
	assert_int_equal(str_common_end(STR("xab"), STR("ab"), 2), 2);
	assert_int_equal(str_common_end(STR("xab"), STR(""), 0), 0);
}

static void numbers(void **state)
{
	static const struct {
		const char *text;
		int64_t most, number;
		const char *left; /* NULL: none is taken */
	} rows[] = {
		{"12 days", 99, 12, " days"},
		{"007", 9, 7, ""},
		{"99", 99, 99, ""},
		{"100", 99, 0, NULL},
		{"-1", 99, 0, NULL},
		{"", 99, 0, NULL},
		{"9223372036854775807", INT64_MAX, INT64_MAX, ""},
		{"9223372036854775808", INT64_MAX, 0, NULL},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *left = rows[i].left ? rows[i].left : rows[i].text;
		struct str rest = str_of(rows[i].text);
		int64_t number = 0;

		if (str_take_number(&rest, rows[i].most, &number) != (rows[i].left != NULL) ||
		    number != rows[i].number || !str_equal(rest, str_of(left)))
			fail_msg("%s", rows[i].text);
	}
}

static void labels(void **state)
{
	static const struct {
		const char *why, *text;
		uint32_t number;
	} rows[] = {
		{"a label at the end", "Budget ⟨version 2⟩", 2},
		{"blanks behind it", "Budget ⟨version 12⟩  \n", 12},
		{"alone", "⟨version 1⟩", 1},
		{"zero is no number", "x ⟨version 0⟩", 0},
		{"leading zero", "x ⟨version 01⟩", 0},
		{"too many digits", "x ⟨version 12345⟩", 0},
		{"inside the text", "x ⟨version 1⟩ y", 0},
		{"no number", "x ⟨version⟩", 0},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (label_read(str_of(rows[i].text), NULL) != rows[i].number)
			fail_msg("%s", rows[i].why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_are_clamped),
		cmocka_unit_test(parts_and_lines),
		cmocka_unit_test(what_texts_share),
		cmocka_unit_test(numbers),
		cmocka_unit_test(labels),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
