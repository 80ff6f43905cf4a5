/* What the trace tells of histories in which people's versions were merged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "merge/merge.h"
#include "tests/support_seeded.h"
#include "tests/support_trace.h"

static const struct traced split_and_reworded[] = {
	{"what one side splits and the other rewords is the rewording's",
	 {{"", "- the market opens at eight and the bakery brings bread for all\n"},
	  {"a", "- the market opens at eight and\n- the bakery brings bread for all\n"},
	  {"a", "- the market opens at eight and the bakery brings fresh bread for all\n"},
	  {"bc", "- the market opens at eight and\n- the bakery brings fresh bread for all\n"}},
	 .words = "the/a market/a opens/a at/a eight/a and/a | "
		  "the/a bakery/a brings/a fresh/c bread/a for/a all/a",
	 .events = "add a, reword c | split b"},
	{"what one side joins and the other rewords is the rewording's",
	 {{"", "- the market opens at eight\n- the bakery brings bread for all\n"},
	  {"a", "- the market opens at eight the bakery brings bread for all\n"},
	  {"a", "- the market opens at eight\n- the bakery brings fresh bread for all\n"},
	  {"bc", "- the market opens at eight the bakery brings fresh bread for all\n"}},
	 .words = "the/a market/a opens/a at/a eight/a the/a bakery/a brings/a fresh/c bread/a "
		  "for/a all/a",
	 .events = "add a | add a, join b, reword c"},
	{"where one side joins three, the last word of one that the other rewords is its",
	 {{"", "- the market opens at eight\n- the bakery brings bread for all\n"
	       "- children plant beans every spring morning\n"},
	  {"a", "- the market opens at eight the bakery brings bread for all children plant beans "
		"every spring morning\n"},
	  {"a", "- the market opens at eight\n- the bakery brings bread for many\n"
		"- children plant beans\n- every spring morning\n"},
	  {"bc", "- the market opens at eight the bakery brings bread for many children plant "
		 "beans\n- every spring morning\n"}},
	 .words = "the/a market/a opens/a at/a eight/a the/a bakery/a brings/a bread/a for/a "
		  "many/c children/a plant/a beans/a | every/a spring/a morning/a",
	 .events = "add a | add a, join b, reword c | add a, join b | split c"},
	{"what a merge adds by hand to what one side split is its author's",
	 {{"", "- the market opens at eight and the bakery brings bread for all\n"},
	  {"a", "- the market opens at eight and\n- the bakery brings bread for all\n"},
	  {"a", "- the market opens at eight and the bakery brings fresh bread for all\n"},
	  {"bc", "- the market opens at eight and\n- the bakery brings stale bread for all\n"}},
	 .words = "the/a market/a opens/a at/a eight/a and/a | "
		  "the/a bakery/a brings/a stale/d bread/a for/a all/a",
	 .events = "add a, reword c | split b, reword d"},
};

static void words_beside_known_ones_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof split_and_reworded / sizeof *split_and_reworded; i++)
		check_traced(&split_and_reworded[i]);
}

static const struct traced ended[] = {
	{"of two wordings of what a merge drops the later one is what was deleted",
	 {{"", "- bring water to it\n- five six seven\n"},
	  {"a", "- bring water to the heap\n- five six seven\n"},
	  {"a", "- bring water to it\n- five six seven\n- eight nine ten\n"},
	  {"cb", "- five six seven\n- eight nine ten\n"}},
	 .events = "add a, reword b, delete d | add a | add c",
	 .ends = "bring water to the heap/d"},
	{"who drops a rewording of what another deleted has deleted that",
	 {{"", "- bring water to it\n- five six seven\n"},
	  {"a", "- bring water to the heap\n- five six seven\n"},
	  {"a", "- five six seven\n- eight nine ten\n"},
	  {"bc", "- five six seven\n- eight nine ten\n"}},
	 .events = "add a, reword b, delete c, delete d | add a | add c",
	 .ends = "bring water to the heap/d"},
	{"who deletes what two rewordings were merged into deletes both",
	 {{"", "- one two three four five six\n- seven eight nine\n"},
	  {"a", "- ONE two three four five six\n- seven eight nine\n"},
	  {"a", "- one two three four five SIX\n- seven eight nine\n"},
	  {"bc", "- ONE two three four five SIX\n- seven eight nine\n"},
	  {"d", "- seven eight nine\n"},
	  {"c", "- one two three four five SIX\n- seven eight nine\n- ten\n"},
	  {"ef", "- seven eight nine\n- ten\n"}},
	 .events = "add a, reword b, reword c, delete e | add a | add f",
	 .ends = "ONE two three four five SIX/e"},
	{"who deletes what both sides had reworded alike deletes that",
	 {{"", "- one two three four five six\n- seven eight nine\n"},
	  {"a", "- ONE two three four five six\n- seven eight nine\n"},
	  {"b", "- seven eight nine\n"},
	  {"a", "- ONE two three four five six\n- seven eight nine\n- ten\n"},
	  {"cd", "- seven eight nine\n- ten\n"}},
	 .events = "add a, reword b, delete c, reword d | add a | add d",
	 .ends = "ONE two three four five six/c"},
	{"a part that was split off and stands in the whole again is joined to it",
	 {{"", "- red green blue white black grey\n- five six seven\n"},
	  {"a", "- red green blue\n- white black grey\n- five six seven\n"},
	  {"b", "- red green blue white black grey\n- five six seven\n"}},
	 .events = "add a, reword c | add a | split b, join c",
	 .ends = ""},
	{"a part stays in the whole that the other side reworded",
	 {{"", "- red green blue white black grey\n- five six seven\n"},
	  {"a", "- red green blue\n- white black grey\n- five six seven\n"},
	  {"a", "- red green blue whites black grey\n- five six seven\n"},
	  {"bc", "- red green blue\n- red green blue whites black grey\n- five six seven\n"}},
	 .events = "add a, reword c | add a | split b, join d",
	 .ends = ""},
	{"two split a point in two ways: a part stays in the parts that the other made",
	 {{"", "- red green blue white black grey pink\n- five six seven\n"},
	  {"a", "- red green blue white\n- black grey pink\n- five six seven\n"},
	  {"a", "- red green blue\n- white black grey pink\n- five six seven\n"},
	  {"bc", "- red green blue\n- red green blue white\n- black grey pink\n"
		 "- five six seven\n"}},
	 .events = "add a | add a | split b | split c, join d",
	 .ends = ""},
	{"what is left of a split point and is deleted is deleted",
	 {{"", "- red green blue white black grey\n- five six seven\n"},
	  {"a", "- red green blue\n- white black grey\n- five six seven\n"},
	  {"b", "- red green blue\n- five six seven\n"}},
	 .events = "add a | add a | split b, delete c",
	 .ends = "white black grey/c"},
};

static void how_points_end_in_merges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ended / sizeof *ended; i++)
		check_traced(&ended[i]);
}

static const struct traced done_by_the_program[] = {
	{"what is left of a point that one side cut and the other cut elsewhere is joined",
	 {{"", "- rain fell all night on the old roof\n"
	       "- the market opens at eight and bread is sold there\n"},
	  {"a", "- rain fell all night on the old roof\n- the market opens at eight\n"
		"- and bread is sold there\n"},
	  {"a", "- rain fell all night on the old roof the market opens\n"
		"- at eight and bread is sold there\n"},
	  {"bc", "- rain fell all night on the old roof the market opens at eight\n"
		 "- and bread is sold there\n"}},
	 .events = "add a | add a, join c | split b",
	 .automatic = "d"},
	{"what is cut where the other side ended a point was split by who did",
	 {{"", "- rain fell all night on the roof and cats sat inside\n- children plant beans\n"},
	  {"a", "- rain fell all night on the roof\n- children plant beans\n"
		"- and cats sat outside\n"},
	  {"a", "- rain fell all\n- night on the roof and cats sat indoors\n"
		"- children plant beans\n"},
	  {"bc", "- rain fell all\n- night on the roof\n- and cats sat indoors\n"
		 "- children plant beans\n- and cats sat outside\n"}},
	 .events = "add a, reword b | add a | split b | split c | split c",
	 .automatic = "d"},
	{"a word that stands alone after both cut beside it is its author's",
	 {{"", "- rain fell all night long on the old roof\n- the market opens at eight\n"},
	  {"a", "- rain fell all night quietly on the old roof\n- the market opens at eight\n"},
	  {"a", "- rain fell all night\n- the market opens at eight\n- loudly on the old roof\n"},
	  {"bc", "- rain fell all night\n- the market opens at eight\n- quietly\n"
		 "- loudly on the old roof\n"}},
	 .words = "rain/a fell/a all/a night/a | the/a market/a opens/a at/a eight/a | "
		  "quietly/b | loudly/c on/a the/a old/a roof/a",
	 .automatic = "d"},
	{"a word between what both cut and joined is its author's",
	 {{"", "- rain fell all night\n- on the old roof slept two cats together\n"},
	  {"a", "- rain fell all night\n- on the old roof slept\n- three cats together\n"},
	  {"a", "- rain fell all night on the old roof slept two cats\n- together\n"},
	  {"bc", "- rain fell all night on the old roof slept three cats\n- together\n"}},
	 .words = "rain/a fell/a all/a night/a on/a the/a old/a roof/a slept/a three/b "
		  "cats/a | together/c",
	 .automatic = "d"},
	{"a part that one side split off and the other joined to something is joined",
	 {{"", "- the market opens at eight and bread is sold\n- children plant beans\n"
	       "- rain fell all night\n"},
	  {"a", "- the market opens at eight\n- and bread is sold\n- children plant beans\n"
		"- rain fell all day\n"},
	  {"a", "- the market opens at eight\n- and bread is sold children plant beans\n"
		"- rain fell all night\n"},
	  {"bc", "- the market opens at eight\n- and bread is sold children plant beans\n"
		 "- rain fell all day\n"}},
	 .events = "add a | add a | add a, reword b | split b, join c",
	 .automatic = "d"},
	{"what one side split and the other joined was split by who did",
	 {{"", "- children plant beans in spring\n- rain fell all night on the roof\n"},
	  {"a", "- children plant beans in spring when rain fell all night on our roof\n"},
	  {"a", "- children plant beans in spring\n- rain fell all night\n- upon his roof\n"},
	  {"bc", "- children plant beans in spring when rain fell all night\n- on our roof\n"
		 "- upon his roof\n"}},
	 .events = "add a, reword b | add a, join b, reword c | add c | split c",
	 .automatic = "d"},
};

static void what_the_program_merges_people_did(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof done_by_the_program / sizeof *done_by_the_program; i++)
		check_traced(&done_by_the_program[i]);
}

/* Points as lists of words, which people split, join, reword, move, add and delete. */
enum { MOST_POINTS = 24, MOST_WORDS = 40, POINTS = 8, POOL = 40 };

struct list_point {
	uint32_t words[MOST_WORDS], count;
};

struct list {
	struct list_point points[MOST_POINTS];
	uint32_t count;
};

static struct list_point seeded_point(struct seeded *seeded, uint32_t first_word)
{
	struct list_point point = {.count = 6 + seeded_next(seeded, 8)};

	for (uint32_t i = 0; i < point.count; i++)
		point.words[i] = first_word + seeded_next(seeded, POOL);
	return point;
}

static void take_out(struct list *list, uint32_t at)
{
	for (list->count--; at < list->count; at++)
		list->points[at] = list->points[at + 1];
}

static void put_in(struct list *list, uint32_t at, struct list_point point)
{
	for (uint32_t i = list->count++; i > at; i--)
		list->points[i] = list->points[i - 1];
	list->points[at] = point;
}

static void split_at(struct list *list, uint32_t at, uint32_t word)
{
	struct list_point rest = {.count = list->points[at].count - word};

	for (uint32_t i = 0; i < rest.count; i++)
		rest.words[i] = list->points[at].words[word + i];
	list->points[at].count = word;
	put_in(list, at + 1, rest);
}

static void join_next(struct list *list, uint32_t at)
{
	struct list_point *point = &list->points[at], *next = point + 1;

	if (point->count + next->count > MOST_WORDS)
		return;
	for (uint32_t i = 0; i < next->count; i++)
		point->words[point->count++] = next->words[i];
	take_out(list, at + 1);
}

/* `new_word`: of which the other person has none. */
static void edit_list(struct seeded *seeded, struct list *list, uint32_t new_word)
{
	uint32_t at = seeded_next(seeded, list->count - 1),
		 to = seeded_next(seeded, list->count - 1);
	struct list_point *point = &list->points[at], moved = *point;
	uint32_t word = seeded_next(seeded, point->count);

	switch (seeded_next(seeded, 8)) {
	case 0:
	case 1:
		if (point->count >= 6 && list->count < MOST_POINTS)
			split_at(list, at, 3 + seeded_next(seeded, point->count - 5));
		break;
	case 2:
		join_next(list, at);
		break;
	case 3:
		take_out(list, at);
		put_in(list, to, moved);
		break;
	case 4:
		if (list->count < MOST_POINTS)
			put_in(list, at, seeded_point(seeded, new_word));
		break;
	default:
		point->words[word] = new_word + seeded_next(seeded, POOL);
	}
}

static const char *write_list(struct arena *arena, const struct list *list)
{
	struct buf out = {.arena = arena};

	for (uint32_t i = 0; i < list->count; i++)
		for (uint32_t j = 0; j < list->points[i].count; j++)
			buf_printf(&out, "%sword%u%s", j ? " " : "- ", list->points[i].words[j],
				   j + 1 == list->points[i].count ? "\n" : "");
	return str_c(arena, buf_str(&out));
}

static const char *edited(struct seeded *seeded, const struct list *base, uint32_t new_word)
{
	struct list list = *base;

	for (uint32_t edits = 1 + seeded_next(seeded, 8); edits; edits--)
		edit_list(seeded, &list, new_word);
	return write_list(seeded->arena, &list);
}

/* What the program merges adds no word of its own, and nobody's is called its own. */
static void a_merge_writes_no_word(void **state)
{
	struct seeds seeds = seeds_from(1, 140);

	(void)state;
	for (uint64_t seed = seeds.first; seed < seeds.end; seed++) {
		struct history history = {.automatic = "d"};
		struct seeded seeded = {.arena = &history.arena, .state = seed};
		struct list base = {.count = POINTS};

		for (uint32_t i = 0; i < POINTS; i++)
			base.points[i] = seeded_point(&seeded, 0);

		struct version versions[4] = {{"", write_list(&history.arena, &base)},
					      {"a", edited(&seeded, &base, POOL)},
					      {"a", edited(&seeded, &base, 2 * POOL)},
					      {"bc", NULL}};
		struct merged merged =
			merge_texts(&history.arena, (struct merge_input){
							    .base = str_of(versions[0].text),
							    .ours = str_of(versions[1].text),
							    .theirs = str_of(versions[2].text),
						    });

		versions[3].text = str_c(&history.arena, merged.text);
		trace_versions(&history, versions, 4);
		check_records(&history, "merged");
		if (str_contains(describe_words(&history), STR("/d")) ||
		    str_contains(describe_events(&history), STR("add d")) ||
		    str_contains(describe_events(&history), STR("reword d")) ||
		    str_contains(describe_events(&history), STR("delete d")) ||
		    str_contains(describe_events(&history), STR("split d")))
			fail_msg("SEED=%llu\n%s\n%s\n%s\n%.*s\n%.*s", (unsigned long long)seed,
				 versions[0].text, versions[1].text, versions[2].text,
				 STR_ARGS(describe_words(&history)),
				 STR_ARGS(describe_events(&history)));
		arena_free(&history.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_beside_known_ones_are_known),
		cmocka_unit_test(how_points_end_in_merges),
		cmocka_unit_test(what_the_program_merges_people_did),
		cmocka_unit_test(a_merge_writes_no_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
