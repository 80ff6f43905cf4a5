#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/support_trace.h"

/* source: the toy history "Finger Lakes", its texts and the answers made by hand */
static const struct version finger_lakes[] = {
	{"", "There is a house on a hill .\n"},
	{"a", "There was a house on the hill . A tree was standing close !\n"},
	{"b", "There was a house on the hill .\n"},
	{"c", "There was a house on the hill . A tree was standing close !\n"},
	{"d", "There was a house on the hill . A tree was standing nearby .\n"},
	{"e", "There was some hut on the hill . A tree was standing nearby .\n"},
	{"f", "There was a house on the hill . A tree was standing nearby .\n"},
	{"g", "There was a house on the hill . A tree was standing nearby . No grass has been seen "
	      "around\n"},
	{"h", "There was a house on the hill . A tree was standing nearby . No grass was there\n"},
	{"i", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there\n"},
	{"j", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"k", "kirby kirby kirby kirby kirby\n"},
	{"l", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"m", "penguins are fantastic magicians but noone knows it ! No grass was growing there "
	      ".\n"},
	{"n", "lalalalala lalala\n"},
	{"o", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"p", "lalalalala lalala\n"},
	{"q", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"r", "There was a freasdas on the hill . A umu was standing nearby . No musuluaophdhp was "
	      "growing there .\n"},
	{"s", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"t", "There was a house  the hill . A tree was standing nearby . No grass  growing there "
	      ".\n"},
	{"u", "There was a house on the hill . A tree was standing nearby . No grass  growing "
	      "there .\n"},
	{"v", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"w", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there . Formerly , chickens were even living  here .\n"},
	{"x", "There was a house on the hill . A tree was standing nearby . No grass was growing "
	      "there .\n"},
	{"y", "There was a house on the hill . A tree was standing in close vicinity . No grass "
	      "was growing there .\n"},
	{"z", "There was a house on the small hill . A tree was standing in close vicinity . No "
	      "grass was growing there .\n"},
	{"{", "There was a house on the small hill . A tree was standing in close vicinity . No "
	      "grass was growing there yet .\n"},
};

/* The answers: the letter of the version that each word came with. */
static const char *const finger_lakes_origins[] = {
	"aaaaaaaa",
	"abaaabaabbbbbb",
	"abaaabaa",
	"abaaabaabbbbbb",
	"abaaabaabbbbee",
	"abffabaabbbbee",
	"abaaabaabbbbee",
	"abaaabaabbbbeehhhhhh",
	"abaaabaabbbbeehhii",
	"abaaabaabbbbeehhiji",
	"abaaabaabbbbeehhijik",
	"lllll",
	"abaaabaabbbbeehhijik",
	"nnnnnnnnnhhijik",
	"oo",
	"abaaabaabbbbeehhijik",
	"oo",
	"abaaabaabbbbeehhijik",
	"abasabaabsbbeehsijik",
	"abaaabaabbbbeehhijik",
	"abaabaabbbbeehhjik",
	"abaaabaabbbbeehhjik",
	"abaaabaabbbbeehhijik",
	"abaaabaabbbbeehhijikxxxxxxxx",
	"abaaabaabbbbeehhijik",
	"abaaabaabbbbzzzehhijik",
	"abaaab{aabbbbzzzehhijik",
	"abaaab{aabbbbzzzehhiji|k",
};

static void finger_lakes_word_by_word(void **state)
{
	enum { VERSIONS = sizeof finger_lakes / sizeof *finger_lakes };

	(void)state;
	for (uint32_t count = 1; count <= VERSIONS; count++) {
		struct history history = {0};
		char origins[64] = {0};
		size_t words = 0;

		trace_versions(&history, finger_lakes, count);

		const struct trace *trace = &history.trace;
		const struct trace_wording *wording =
			&trace->wordings[trace->files[0].entries[0].wording];

		for (; words < wording->word_count && words < sizeof origins - 1; words++)
			origins[words] = (char)('a' + trace_word_commit(wording, (uint32_t)words));
		if (strcmp(origins, finger_lakes_origins[count - 1]) != 0)
			fail_msg("version %u: %s, wanted %s", count - 1, origins,
				 finger_lakes_origins[count - 1]);
		arena_free(&history.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finger_lakes_word_by_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
