/* What the trace tells of histories in which people's versions were merged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support_trace.h"

static const struct traced written_by_several[] = {
	{"three wrote it, neither knowing of the others, and two of them were joined before",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"a", "- one two three four\n- zero\n- same idea again here\n"},
	  {"bc", "- one two three four\n- same idea again here\n"},
	  {"de", "- one two three four\n- zero\n- same idea again here\n"}},
	 .events = "add a | add b, join f, also c | add c, join e | add d | add d, also c, also b"},
	{"three wrote it, and the last two versions are the same note",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"a", "- one two three four\n- zero\n- same idea again here\n"},
	  {"cd", "- one two three four\n- same idea again here\n"},
	  {"be", "- one two three four\n- same idea again here\n"}},
	 .events = "add a | add b, also c, also d | add c, join e | add d, delete e | "
		   "add d, join f, also c"},
	{"a copy of what two wrote is both's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here\n"},
	  {"d", "- one two three four\n- same idea again here\n- five six seven\n"
		"- same idea again here\n"}},
	 .events = "add a | add b, also c | add c, join d | add e | copy e, also c"},
	{"what two wrote and was deleted comes back as both's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here\n"},
	  {"d", "- one two three four\n"},
	  {"e", "- one two three four\n- same idea again here\n"}},
	 .events = "add a | add b, delete e, restore f, also c | add c, join d"},
	{"what is like a point that two wrote is another",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here now\n"},
	  {"a", "- same idea again here now\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here now\n"},
	  {"d", "- one two three four\n- same idea again here now\n- five six seven\n"
		"- same idea again here soon\n"}},
	 .events = "add a | add b, also c | add c, join d | add e | add e"},
	{"the half of a point that two wrote is both's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- red green blue white black grey\n"},
	  {"a", "- red green blue white black grey\n- one two three four\n"},
	  {"bc", "- one two three four\n- red green blue white black grey\n"},
	  {"d", "- one two three four\n- red green blue\n- white black grey\n"}},
	 .events = "add a | add b, also c | add c, join d | split e, also c"},
};

static void all_who_wrote_a_point_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof written_by_several / sizeof *written_by_several; i++)
		check_traced(&written_by_several[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_who_wrote_a_point_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
