#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/str.h"
#include "merge/trace.h"
#include "support_notes.h"

enum { MOST_VERSIONS = 40 };

/* One note through its versions; a version's parents are the letters of others. */
struct version {
	const char *parents; /* "" the empty tree, "a" the first version, "bc" two */
	const char *text;
};

struct history {
	struct arena arena;
	struct str texts[MOST_VERSIONS];
	struct str records[MOST_VERSIONS];
	struct trace_input input;
	struct trace trace;
};

static struct trace_text lend(void *context, uint32_t blob)
{
	const struct history *history = context;

	return (struct trace_text){.text = history->texts[blob]};
}

static void keep(void *context, uint32_t commit, struct str record)
{
	struct history *history = context;

	history->records[commit] = str_copy(&history->arena, record);
}

/* The same text is the same blob, as in git. */
static uint32_t blob_of(const struct history *history, uint32_t version)
{
	uint32_t blob = 0;

	while (!str_equal(history->texts[blob], history->texts[version]))
		blob++;
	return blob;
}

static void trace_versions(struct history *history, const struct version *versions, uint32_t count)
{
	struct trace_commit *commits = arena_array(&history->arena, struct trace_commit, count);

	history->input = (struct trace_input){.commits = commits,
					      .commit_count = count,
					      .read = lend,
					      .records = history->records,
					      .keep = keep,
					      .context = history};

	for (uint32_t i = 0; i < count; i++) {
		size_t parents = strlen(versions[i].parents);
		struct trace_parent *at =
			arena_array(&history->arena, struct trace_parent, parents ? parents : 1);

		history->texts[i] = str_of(versions[i].text);
		commits[i] = (struct trace_commit){at, parents ? parents : 1, i};
		for (size_t j = 0; j < commits[i].parent_count; j++) {
			struct trace_change *change =
				arena_new(&history->arena, struct trace_change);
			uint32_t parent =
				parents ? (uint32_t)(versions[i].parents[j] - 'a') : TRACE_NONE;

			*change = (struct trace_change){STR("note.md"), blob_of(history, i)};
			at[j] = (struct trace_parent){parent, change, 1};
			if (parents && blob_of(history, parent) == change->blob)
				at[j].change_count = 0;
		}
	}
	history->trace = trace_history(&history->arena, &history->input);
}

/* "word/b word/a | …": every word of the tip with the letter of its version. */
static struct str describe_words(struct history *history)
{
	const struct trace *trace = &history->trace;
	struct buf out = {.arena = &history->arena};

	for (size_t i = 0; trace->file_count && i < trace->files[0].entry_count; i++) {
		uint32_t number = trace->files[0].entries[i].wording;

		if (number == TRACE_NONE)
			continue;
		if (out.len)
			buf_add_c(&out, " | ");
		for (uint32_t j = 0; j < trace->wordings[number].word_count; j++)
			buf_printf(&out, "%s%.*s/%c", j ? " " : "",
				   STR_ARGS(trace->vocabulary[trace->wordings[number].words[j]]),
				   (int)('a' + trace_word_commit(&trace->wordings[number], j)));
	}
	return buf_str(&out);
}

/* "add a, reword b | …": every point there ever was, headings aside. */
static struct str describe_events(struct history *history)
{
	static const char *const names[] = {"add",    "reword",	 "move", "split", "join",
					    "delete", "restore", "copy", "rename"};
	const struct trace *trace = &history->trace;
	struct buf out = {.arena = &history->arena};

	for (uint32_t i = 0; i < trace->point_count; i++) {
		if (trace->points[i].heading)
			continue;
		if (out.len)
			buf_add_c(&out, " | ");
		for (const struct trace_event *event = trace->points[i].events; event;
		     event = event->next)
			buf_printf(&out, "%s%s %c", event == trace->points[i].events ? "" : ", ",
				   names[event->kind], (int)('a' + event->commit));
		for (const struct trace_also *also = trace->points[i].also; also; also = also->next)
			buf_printf(&out, ", also %c", (int)('a' + also->commit));
	}
	return buf_str(&out);
}

static const struct {
	const char *why;
	struct version versions[5];
	const char *words, *events;
} cases[] = {
	{"a word that was exchanged is the exchanger's, the rest stays",
	 {{"", "- one two three four\n"}, {"a", "- one two trois four\n"}},
	 "one/a two/a trois/b four/a",
	 "add a, reword b"},
	{"wrapping, bullet and quotes credit nobody",
	 {{"", "- it’s one long point with words\n"},
	  {"a", "* it's one long\n  point with\u00a0words\n"}},
	 "it's/a one/a long/a point/a with/a words/a",
	 "add a"},
	{"a point that went to another section is moved",
	 {{"", "# A\n\n- one two three\n- four five six\n\n# B\n\n- seven eight nine\n"},
	  {"a", "# A\n\n- four five six\n\n# B\n\n- seven eight nine\n- one two three\n"}},
	 "A/a | four/a five/a six/a | B/a | seven/a eight/a nine/a | one/a two/a three/a",
	 "add a, move b | add a | add a"},
	{"a split point keeps its writer, and so does its other half",
	 {{"", "- red green blue white black grey\n"},
	  {"a", "- red green blue\n- white black grey\n"}},
	 "red/a green/a blue/a | white/a black/a grey/a",
	 "add a | split b"},
	{"a split point goes on as what stood first in it, be it the shorter part",
	 {{"", "- red green blue one two three four five six\n"},
	  {"a", "- red green blue\n- one two three four five six\n"},
	  {"b", "- red green pink\n- one two three four five six\n"}},
	 "red/a green/a pink/c | one/a two/a three/a four/a five/a six/a",
	 "add a, reword c | split b"},
	{"a copy that a merge finds in another order stays one of two",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three four\n- five six seven\n- one two three four\n"},
	  {"a", "- one two three four\n- one two three four\n- five six seven\n"},
	  {"bc", "- one two three four\n- one two three four\n- five six seven\n"
		 "- one two three four\n"}},
	 "one/a two/a three/a four/a | one/a two/a three/a four/a | five/a six/a seven/a | "
	 "one/a two/a three/a four/a",
	 "add a | add a | copy b | copy c"},
	{"what one side moves and the other rewords and deletes is gone",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three 4\n- five six seven\n"},
	  {"b", "- five six seven\n"},
	  {"a", "- five six seven\n- one two three four\n"},
	  {"cd", "- five six seven\n"}},
	 "five/a six/a seven/a",
	 "add a, reword b, delete c, move d | add a"},
	{"joined points keep all writers of words",
	 {{"", "- red green blue\n"},
	  {"a", "- red green blue\n- white black grey pink\n"},
	  {"b", "- red green blue and white black grey pink\n"}},
	 "red/a green/a blue/a and/c white/b black/b grey/b pink/b",
	 "add a | add b, join c"},
	{"what is restored is still its first writer's",
	 {{"", "- one two three\n- four five six\n"},
	  {"a", "- one two three\n"},
	  {"b", "- one two three\n- seven eight nine\n- four five six\n"}},
	 "one/a two/a three/a | seven/c eight/c nine/c | four/a five/a six/a",
	 "add a | add a, delete b, restore c | add c"},
	{"a copy credits who wrote the original",
	 {{"", "- one two three four five\n"},
	  {"a", "- one two three four five\n- six seven eight\n- one two three four five\n"}},
	 "one/a two/a three/a four/a five/a | six/b seven/b eight/b | "
	 "one/a two/a three/a four/a five/a",
	 "add a | add b | copy b"},
	{"a merge of two people's words adds nobody",
	 {{"", "- one two three four five six\n"},
	  {"a", "- ONE two three four five six\n"},
	  {"a", "- one two three four five SIX\n"},
	  {"bc", "- ONE two three four five SIX\n"}},
	 "ONE/b two/a three/a four/a five/a SIX/c",
	 "add a, reword b, reword c"},
	{"what a merge adds by hand is its author's",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- five six seven\n"},
	  {"a", "- eight nine ten\n- one two three four\n"},
	  {"bc", "- eight nine ten\n- one two hand four\n- five six seven\n"}},
	 "eight/c nine/c ten/c | one/a two/a hand/d four/a | five/b six/b seven/b",
	 "add a, reword d | add b | add c"},
	{"written twice, neither knowing of the other: both are credited",
	 {{"", "- one two three four\n"},
	  {"a", "- one two three four\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n"},
	  {"bc", "- one two three four\n- same idea again here\n"}},
	 "one/a two/a three/a four/a | same/b idea/b again/b here/b",
	 "add a | add b, also c | add c, join d"},
	{"written twice and kept twice: each its own",
	 {{"", "- one two three four\n- five six seven\n"},
	  {"a", "- one two three four\n- five six seven\n- same idea again here\n"},
	  {"a", "- same idea again here\n- one two three four\n- five six seven\n"},
	  {"bc", "- same idea again here\n- one two three four\n- five six seven\n"
		 "- same idea again here\n"}},
	 "same/c idea/c again/c here/c | one/a two/a three/a four/a | five/a six/a seven/a | "
	 "same/b idea/b again/b here/b",
	 "add a | add a | add b | add c"},
	{"a merge that follows a deletion deletes nothing itself",
	 {{"", "- one two three\n- four five six\n"},
	  {"a", "- one two three\n"},
	  {"a", "- one two three\n- four five six\n- seven eight nine\n"},
	  {"bc", "- one two three\n- seven eight nine\n"}},
	 "one/a two/a three/a | seven/c eight/c nine/c",
	 "add a | add a, delete b | add c"},
	{"an empty history of a note", {{"", ""}, {"a", "\n\n"}}, "", ""},
};

static void trace_case(struct history *history, size_t number)
{
	uint32_t count = 0;

	while (count < 5 && cases[number].versions[count].parents)
		count++;
	trace_versions(history, cases[number].versions, count);
}

static void tiny_histories(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct history history = {0};

		trace_case(&history, i);

		struct str words = describe_words(&history);
		struct str events = describe_events(&history);

		if (!str_equal(words, str_of(cases[i].words)) ||
		    !str_equal(events, str_of(cases[i].events)))
			fail_msg("%s:\n  words  %.*s\n  wanted %s\n  events %.*s\n  wanted %s",
				 cases[i].why, STR_ARGS(words), cases[i].words, STR_ARGS(events),
				 cases[i].events);
		arena_free(&history.arena);
	}
}

/* One of the many things that a list says the same of. */
static void add_task(struct buf *out, int number)
{
	buf_printf(out, "- please ask whom%d about thing%d for time%d now\n", number % 8,
		   number / 8 % 8, number / 64);
}

/* Two that are alike but for one word, and another; the last two are not in it at first. */
enum { TASKS = 512, TASK = 69, LIKE_TASK = 77, OTHER_TASK = 150 };

/* All tasks, but for one more; in their midst one that is new. */
static const char *list_that_repeats(struct arena *arena, int gone, int added)
{
	struct buf out = {.arena = arena};

	for (int i = 0; i < TASKS; i++) {
		if (i != gone && i != LIKE_TASK && i != OTHER_TASK)
			add_task(&out, i);
		if (i == TASKS / 2 && added)
			add_task(&out, added);
	}
	return str_c(arena, buf_str(&out));
}

static void in_a_list_that_repeats_one_is_not_another(void **state)
{
	struct arena arena = {0};
	struct history history = {0};
	const char *whole = list_that_repeats(&arena, -1, 0);
	const char *gone = list_that_repeats(&arena, TASK, 0);
	const struct version exchanged[] = {{"", whole},
					    {"a", list_that_repeats(&arena, TASK, OTHER_TASK)}};
	const struct version added[] = {
		{"", whole}, {"a", gone}, {"b", list_that_repeats(&arena, TASK, LIKE_TASK)}};
	struct str events;

	(void)state;
	trace_versions(&history, exchanged, 2);
	events = describe_events(&history);
	assert_true(str_contains(events, STR("delete b")) && str_contains(events, STR("add b")));
	assert_false(str_contains(events, STR("reword")));
	arena_free(&history.arena);

	history = (struct history){0};
	trace_versions(&history, added, 3);
	events = describe_events(&history);
	assert_true(str_contains(events, STR("add c")));
	assert_false(str_contains(events, STR("restore")));
	arena_free(&history.arena);
	arena_free(&arena);
}

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

/* Reading only what differs gives what reading everything gives. */
static void check_agreement(const struct version *both, const struct version *last)
{
	struct history twice = {0}, once = {0};

	trace_versions(&twice, both, 2);
	trace_versions(&once, last, 1);

	const struct trace_file *a = twice.trace.files, *b = once.trace.files;
	bool agree = a->entry_count == b->entry_count;

	for (size_t j = 0; agree && j < a->entry_count; j++)
		agree = a->entries[j].offset == b->entries[j].offset &&
			a->entries[j].hash == b->entries[j].hash;
	if (!agree)
		fail_msg("from:\n%s\nto:\n%s", both[0].text, both[1].text);
	arena_free(&twice.arena);
	arena_free(&once.arena);
}

static void entries_agree_with_a_whole_reading(void **state)
{
	static const char *const texts[] = {
		"# A\n\n- one\n- two\n\n```\n- code\n",
		"# A\n\n- one\n- two\n\n```\n- code\n```\n- three\n",
		"# A\n\n```\n- one\n- two\n\n```\n- code\n```\n- three\n",
		"---\na: b\n---\n# A\n- one\n- two\n# B\n- three\n",
		"# A\n- one\n- two\nlazy\n# B\n- three\n",
		"# A\n- one\n- two\n  - deep\n\n    more\n# B\n<div>\n# C\n- three\n",
		"<div>\n# A\n- one\n- two\n# B\n- three\n",
		"- two\n- one\n",
		"",
	};
	enum { COUNT = sizeof texts / sizeof *texts };

	(void)state;
	for (size_t i = 0; i < (size_t)COUNT * COUNT; i++) {
		const struct version both[] = {{"", texts[i / COUNT]}, {"a", texts[i % COUNT]}};
		const struct version last[] = {{"", texts[i % COUNT]}};

		check_agreement(both, last);
	}
}

/* Lines of all kinds, those that change what stands far behind them among them. */
static const char *const long_note_lines[] = {
	"- an item",
	"- another item",
	"# Heading",
	"",
	"  and more of it",
	"  - deeper",
	"```",
	"<div>",
	"</div>",
	"<!--",
	"-->",
	"---",
	"1. first",
	"> said",
	"| a | b |",
	"| - | - |",
	"lazy",
	"===",
	"* * *",
	"- - x",
	"~~~",
};

static void long_note(struct seeded *seeded, struct str *lines, uint32_t count)
{
	enum { KINDS = sizeof long_note_lines / sizeof *long_note_lines, PLAIN = 3 };

	for (uint32_t i = 0; i < count; i++) {
		uint32_t kind = seeded_next(seeded, seeded_next(seeded, 8) ? PLAIN : KINDS);

		lines[i] = str_printf(seeded->arena, kind < PLAIN ? "%s %u" : "%s",
				      long_note_lines[kind], seeded_next(seeded, 60));
	}
}

static const char *joined(struct arena *arena, const struct str *lines, uint32_t count)
{
	struct buf out = {.arena = arena};

	for (uint32_t i = 0; i < count; i++)
		buf_printf(&out, "%.*s\n", STR_ARGS(lines[i]));
	return str_c(arena, buf_str(&out));
}

/* Some lines are taken out and put in elsewhere, some are new. */
static void change_lines(struct seeded *seeded, struct str *lines, uint32_t count)
{
	for (uint32_t left = 1 + seeded_next(seeded, 4); left; left--) {
		uint32_t from = seeded_next(seeded, count), to = seeded_next(seeded, count);
		struct str line = lines[from];

		if (seeded_next(seeded, 2)) {
			long_note(seeded, &lines[to], 1);
			continue;
		}
		memmove(lines + from, lines + from + 1, (count - 1 - from) * sizeof *lines);
		memmove(lines + to + 1, lines + to, (count - 1 - to) * sizeof *lines);
		lines[to] = line;
	}
}

static void long_notes_agree_with_a_whole_reading(void **state)
{
	enum { CASES = 3000, LINES = 60 };

	(void)state;
	for (uint32_t i = 0; i < CASES; i++) {
		struct arena arena = {0};
		struct seeded seeded = {.arena = &arena, .state = i + 1};
		struct str lines[LINES];
		struct version both[2] = {{"", ""}, {"a", ""}}, last = {"", ""};

		long_note(&seeded, lines, LINES);
		if (i % 4 == 0) /* front matter, where another such line follows */
			lines[0] = STR("---");
		both[0].text = joined(&arena, lines, LINES);
		change_lines(&seeded, lines, LINES);
		if (i % 8 < 2)
			lines[seeded_next(&seeded, 2) * 9] = STR("---");
		last.text = both[1].text = joined(&arena, lines, LINES);
		check_agreement(both, &last);
		arena_free(&arena);
	}
}

/* --- records: what was traced before is not traced again ---------------------- */

static struct str describe(struct history *history)
{
	struct buf out = {.arena = &history->arena};

	buf_add(&out, describe_words(history));
	buf_add_c(&out, "\n");
	buf_add(&out, describe_events(history));
	for (size_t i = 0; history->trace.file_count && i < history->trace.files[0].entry_count;
	     i++)
		buf_printf(&out, " %u", history->trace.files[0].entries[i].offset);
	return buf_str(&out);
}

/* Any number of commits from their records gives what tracing all of them gave. */
static void check_records(struct history *history, const char *why)
{
	struct str whole = describe(history);

	for (uint32_t known = 1; known <= history->input.commit_count; known++) {
		history->input.record_count = known;
		history->trace = trace_history(&history->arena, &history->input);
		if (history->trace.bad_record || !str_equal(whole, describe(history)))
			fail_msg("%s: %u records give something else", why, known);
	}
}

/* Versions that grow out of one or two earlier ones. */
static void seeded_history(struct history *history, uint64_t seed, struct version *versions)
{
	struct seeded seeded = {.arena = &history->arena, .state = seed};
	static const char letters[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l";

	versions[0] = (struct version){"", str_c(seeded.arena, seeded_note(&seeded))};
	for (uint32_t i = 1; i < 12; i++) {
		uint32_t first = i - 1 - seeded_next(&seeded, i < 3 ? i : 3);
		uint32_t second = seeded_next(&seeded, i);
		struct str parents = str_of(letters + 2 * (size_t)first);
		struct str text = seeded_edit(&seeded, str_of(versions[first].text), 'x');

		if (seeded_next(&seeded, 3) == 0 && second != first)
			parents = str_printf(seeded.arena, "%s%s", parents.at,
					     letters + 2 * (size_t)second);
		versions[i] = (struct version){parents.at, str_c(seeded.arena, text)};
	}
	trace_versions(history, versions, 12);
}

static void records_stand_for_commits(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct history history = {0};

		trace_case(&history, i);
		check_records(&history, cases[i].why);
		arena_free(&history.arena);
	}
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct history history = {0};
		struct version versions[12];

		seeded_history(&history, seed, versions);
		check_records(&history, "seeded");
		arena_free(&history.arena);
	}
}

/* A record that is not what was kept is refused, or does no harm. */
static void bad_records_do_no_harm(void **state)
{
	struct seeded seeded = {.state = 7};
	struct history history = {0};
	struct version versions[12];

	(void)state;
	seeded_history(&history, 3, versions);
	seeded.arena = &history.arena;
	history.input.record_count = 12;
	for (int i = 0; i < 3000; i++) {
		struct str *record = &history.records[seeded_next(&seeded, 12)], kept = *record;

		if (kept.len == 0)
			continue;
		size_t at = seeded_next(&seeded, (uint32_t)kept.len);
		char *bytes = arena_alloc(&history.arena, kept.len, 1);

		memcpy(bytes, kept.at, kept.len);
		bytes[at] = (char)(bytes[at] ^ (1 << seeded_next(&seeded, 8)));
		*record = (struct str){bytes, seeded_next(&seeded, 4) ? kept.len : at};
		trace_history(&history.arena, &history.input);
		*record = kept;
	}
	arena_free(&history.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiny_histories),
		cmocka_unit_test(in_a_list_that_repeats_one_is_not_another),
		cmocka_unit_test(finger_lakes_word_by_word),
		cmocka_unit_test(entries_agree_with_a_whole_reading),
		cmocka_unit_test(long_notes_agree_with_a_whole_reading),
		cmocka_unit_test(records_stand_for_commits),
		cmocka_unit_test(bad_records_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
