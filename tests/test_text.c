/* What text means to a reader, whatever its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/text.h"
#include "core/utf8.h"
#include "tests/support_markdown.h"

struct row {
	const char *why, *text, *want;
};

static void check(struct str (*function)(struct arena *, struct str), const struct row *rows,
		  size_t count)
{
	struct arena arena = {0};

	for (size_t i = 0; i < count; i++) {
		struct str got = function(&arena, str_of(rows[i].text));

		if (!str_equal(got, str_of(rows[i].want)))
			fail_msg("%s: %.*s", rows[i].why, STR_ARGS(got));
	}
	arena_free(&arena);
}

static void normal_texts(void **state)
{
	static const struct row rows[] = {
		{"empty", "", ""},
		{"blank", " \t\r\n ", ""},
		{"as it is", "one two three four five", "one two three four five"},
		{"blanks, far behind", "0123456789 012345  6789\n", "0123456789 012345 6789"},
		{"spaces where eight bytes meet", "1234567  8", "1234567 8"},
		{"no-break spaces", "a\u00A0b\u202Fc", "a b c"},
		{"quotes", "«a» “b” „c‟", "\"a\" \"b\" \"c\""},
		{"apostrophes", "l’a ‘b’", "l'a 'b'"},
		{"composed", "cafe\u0301 de\u0301ja\u0300", "café déjà"},
		{"order of marks", "a\u0301\u0323", "ạ\u0301"},
		{"order of marks of one class", "x\u0301\u0323\u0300\u0324",
		 "x\u0323\u0324\u0301\u0300"},
		{"marks that are two", "x\u0F73\u0F73", "x\u0F71\u0F71\u0F72\u0F72"},
		{"units", "\u2126 \u212B", "Ω Å"},
		{"dashes and dots stay", "a — b… c", "a — b… c"},
		{"pictures stay", "😀 ✅ →", "😀 ✅ →"},
	};
	(void)state;
	check(text_normal, rows, sizeof rows / sizeof *rows);
}

/* Every second mark goes before all the others: by swapping neighbours that took a minute. */
static void many_marks(void **state)
{
	enum { PAIRS = 200000 };
	struct arena arena = {0};
	struct buf text = {.arena = &arena}, want = {.arena = &arena};

	(void)state;
	buf_add_byte(&text, 'x');
	buf_add_byte(&want, 'x');
	for (int i = 0; i < PAIRS; i++) {
		buf_add(&text, STR("\u0301\u0323"));
		buf_add(&want, STR("\u0323"));
	}
	for (int i = 0; i < PAIRS; i++)
		buf_add(&want, STR("\u0301"));
	assert_true(str_equal(text_normal(&arena, buf_str(&text)), buf_str(&want)));
	arena_free(&arena);
}

static void folded_texts(void **state)
{
	static const struct row rows[] = {
		{"case", "ABC def", "abc def"},
		{"accents", "Été à Noël, ÇA", "ete a noel, ca"},
		{"ligatures", "Œuvre, æ, ﬁn", "oeuvre, ae, fin"},
		{"strokes", "Łódź Ø", "lodz o"},
		{"sharp s", "Straße", "strasse"},
		{"apostrophe", "L’Été", "l'ete"},
		{"Greek", "ΆΣ", "ασ"},
	};
	(void)state;
	check(text_fold, rows, sizeof rows / sizeof *rows);
}

static void slugs(void **state)
{
	static const struct row rows[] = {
		{"title", "Atelier 2 : émergence — session 2", "atelier-2-emergence-session-2"},
		{"apostrophes part words", "L’œuvre d'Anne", "l-oeuvre-d-anne"},
		{"nothing to say", "— !? …", ""},
		{"dots and slashes", "../a/b.md", "a-b-md"},
		{"cut at a word",
		 "un titre bien trop long pour un nom de dossier quelconque vraiment",
		 "un-titre-bien-trop-long-pour-un-nom-de-dossier-quelconque"},
		{"one long word",
		 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
		{"other scripts", "会議 2", "会議-2"},
	};
	(void)state;
	check(text_slug, rows, sizeof rows / sizeof *rows);
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(text_width(STR("abc")), 3);
	assert_int_equal(text_width(STR("été")), 3);
	assert_int_equal(text_width(STR("e\u0301")), 1);
	assert_int_equal(text_width(STR("会議")), 4);
	assert_int_equal(text_width(STR("a\x1b\n")), 1);
}

static void words(void **state)
{
	struct str rest = STR("— L’été, 2\xFF!"), word;
	(void)state;

	assert_true(text_next_word(&rest, &word) && str_equal(word, STR("L")));
	assert_true(text_next_word(&rest, &word) && str_equal(word, STR("été")));
	assert_true(text_next_word(&rest, &word) && str_equal(word, STR("2")));
	assert_false(text_next_word(&rest, &word));
}

static size_t encode(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = bytes; i-- > 1; code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3F));
	out[0] = (char)((0xF00U >> bytes & 0xF0) | code);
	return bytes;
}

/* What the quick look calls normal is in normal form C, behind a letter or a vowel sign too. */
static void quick_look_is_right(void **state)
{
	static const char *const before[] = {"", "a", "A", "<", "o\u0302", "\uAC00", "\u0928"};
	struct arena arena = {0};
	(void)state;

	for (uint32_t code = 0x21; code < 0x110000; code++) {
		if (code >= 0xD800 && code < 0xE000)
			continue;
		for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
			char bytes[16];
			size_t len = strlen(before[i]);

			memcpy(bytes, before[i], len);
			struct str text = {bytes, len + encode(code, bytes + len)};
			assert_true(utf8_valid(text));
			if (text_is_normal(text) && !str_equal(text_nfc(&arena, text), text))
				fail_msg("U+%04X", code);
		}
		arena_free(&arena);
	}
}

/* The normal text of random bytes is normal, and eight at a time gives what one at a time does. */
static void normal_twice_is_normal(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		struct arena arena = {0};
		struct str normal = text_normal(&arena, nasty_bytes(&arena, seed));

		if (!str_equal(text_normal(&arena, normal), normal))
			fail_msg("SEED=%llu", (unsigned long long)seed);
		arena_free(&arena);
	}
}

static void utf8_is_checked(void **state)
{
	static const struct {
		const char *why, *bytes;
		bool valid;
	} rows[] = {
		{"ASCII", "0123456789", true},
		{"two, three, four bytes", "éa\u2019\U0001F600", true},
		{"behind eight", "01234567é", true},
		{"cut off", "01234567\xC3", false},
		{"lone continuation", "0123\x80", false},
		{"overlong", "\xC0\xAF", false},
		{"overlong of three", "\xE0\x80\xAF", false},
		{"surrogate", "\xED\xA0\x80", false},
		{"too high", "\xF4\x90\x80\x80", false},
	};
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (utf8_valid(str_of(rows[i].bytes)) != rows[i].valid)
			fail_msg("%s", rows[i].why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(normal_texts),
		cmocka_unit_test(many_marks),
		cmocka_unit_test(folded_texts),
		cmocka_unit_test(slugs),
		cmocka_unit_test(widths),
		cmocka_unit_test(words),
		cmocka_unit_test(quick_look_is_right),
		cmocka_unit_test(normal_twice_is_normal),
		cmocka_unit_test(utf8_is_checked),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
