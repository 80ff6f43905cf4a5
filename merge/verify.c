#include "merge/verify.h"

#include "core/doc_lines.h"
#include "merge/verify_invented.h"
#include "merge/verify_runs.h"
#include "merge/verify_words.h"

enum {
	LONG_PASSAGE = 8,  /* words that two people do not write in two places by chance */
	NAMED_PASSAGE = 3, /* words that tell a passage from others */
	SPOKEN_BYTES = 3,  /* shorter texts may well stand side by side */
};

static struct finding found(enum merge_verdict verdict, struct str text)
{
	return (struct finding){.verdict = verdict, .text = text};
}

static const struct finding good = {.verdict = VERDICT_GOOD};

static struct finding find_marker(const struct reading *reading)
{
	for (size_t i = 0; i < reading->lines.index.count; i++) {
		const struct indexed *line = &reading->lines.index.entries[i];

		if (line->counts[OF_RESULT] > 0 && line->counts[OF_BASE] == 0 &&
		    line->counts[OF_OURS] == 0 && line->counts[OF_THEIRS] == 0 &&
		    is_conflict_marker(indexed_bytes(line)))
			return found(VERDICT_MARKER, indexed_bytes(line));
	}
	return good;
}

/* --- words ---------------------------------------------------------------------- */

/* What the counts of one word are held against. */
struct account {
	int32_t one_wording;	  /* in the result, if one wording of each set is taken: the others
				     say some things again */
	int32_t most[TEXT_COUNT]; /* in one passage of a text */
	bool suspect; /* stands in a passage that has more of it than the sides explain */
};

/* The most that two sides explain of what base, ours and theirs have so often. */
static int32_t explained(const int32_t counts[TEXT_COUNT])
{
	int32_t ours = counts[OF_OURS] - counts[OF_BASE];
	int32_t theirs = counts[OF_THEIRS] - counts[OF_BASE];

	if (ours >= 0 && theirs >= 0)
		return counts[OF_BASE] + ours + theirs;
	return counts[OF_BASE] + (ours > theirs ? ours : theirs);
}

/* Adds the words of a passage; out: through `in_passage`, by word, which is all 0 before. */
static void count_passage(const struct view *view, const struct passage *passage,
			  int32_t *in_passage)
{
	for (size_t i = 0; i < passage->count; i++)
		in_passage[view->words[passage->first + i]]++;
}

static void find_most(const struct view *view, enum text_of of, struct account *accounts,
		      int32_t *in_passage)
{
	for (size_t i = 0; i < view->passage_count; i++) {
		const struct passage *passage = &view->passages[i];
		const uint32_t *words = view->words + passage->first;

		count_passage(view, passage, in_passage);
		for (size_t w = 0; w < passage->count; w++) {
			if (accounts[words[w]].most[of] < in_passage[words[w]])
				accounts[words[w]].most[of] = in_passage[words[w]];
			in_passage[words[w]] = 0;
		}
	}
}

enum origin { ORIGIN_INPUT, ORIGIN_SURPLUS, ORIGIN_COMPOSED };

/* Whether a passage of the result stands in an input, and not more often than they explain. */
static enum origin origin_of(const struct indexed *passage)
{
	const int32_t *counts = passage->counts;

	if (counts[OF_BASE] + counts[OF_OURS] + counts[OF_THEIRS] == 0)
		return ORIGIN_COMPOSED;
	return counts[OF_RESULT] > explained(counts) ? ORIGIN_SURPLUS : ORIGIN_INPUT;
}

static void account_for_passage(const struct reading *reading, const struct passage *passage,
				struct account *accounts, int32_t *in_passage)
{
	const struct view *view = &reading->views[OF_RESULT];
	const uint32_t *words = view->words + passage->first;
	const struct indexed *known = &reading->passages.entries[passage->number];
	enum origin origin =
		is_in_changed_table(reading, passage) ? ORIGIN_COMPOSED : origin_of(known);

	count_passage(view, passage, in_passage);
	for (size_t w = 0; w < passage->count; w++) {
		struct account *account = &accounts[words[w]];
		uint8_t flags = view->flags[passage->first + w];

		account->one_wording += passage->wording != OTHER_WORDING && (flags & WORD_COUNTED);
		if (origin == ORIGIN_SURPLUS ||
		    (origin == ORIGIN_COMPOSED && in_passage[words[w]] > explained(account->most)))
			account->suspect = true;
		in_passage[words[w]] = 0;
	}
}

static struct account *account_for_words(struct arena *arena, const struct reading *reading)
{
	const struct view *view = &reading->views[OF_RESULT];
	struct account *accounts = arena_array(arena, struct account, reading->words.count);
	int32_t *in_passage = arena_array(arena, int32_t, reading->words.count);

	for (enum text_of of = OF_BASE; of < OF_RESULT; of++)
		find_most(&reading->views[of], of, accounts, in_passage);
	for (size_t i = 0; i < view->passage_count; i++)
		account_for_passage(reading, &view->passages[i], accounts, in_passage);
	return accounts;
}

static struct finding judge_word(const struct reading *reading, const struct run_check *check,
				 uint32_t number, const struct account *account)
{
	const struct indexed *word = &reading->words.entries[number];
	const int32_t *counts = word->counts;
	int32_t added[TEXT_COUNT], gone = 0;

	for (int side = OF_OURS; side <= OF_THEIRS; side++) {
		int32_t more = counts[side] - counts[OF_BASE];

		added[side] = check->added[side][number];
		gone += check->gone[side][number];
		/* Words that changed lines only, from one passage to another. */
		int32_t untold = more - (added[side] - check->gone[side][number]);
		added[side] += untold > 0 ? untold : 0;
		gone -= untold < 0 ? untold : 0;
	}
	int32_t least = added[OF_OURS] > added[OF_THEIRS] ? added[OF_OURS] : added[OF_THEIRS];
	int32_t most = added[OF_OURS] + added[OF_THEIRS] - check->gone_from_both[number];

	/* What both sides moved at most is there as often as ever. */
	bool kept = counts[OF_OURS] == counts[OF_BASE] && counts[OF_THEIRS] == counts[OF_BASE];

	if (counts[OF_RESULT] - counts[OF_BASE] < (kept ? 0 : least - gone))
		return found(VERDICT_WORD_LOST, indexed_bytes(word));
	if (account->suspect && account->one_wording - counts[OF_BASE] > most)
		return found(VERDICT_WORD_EXTRA, indexed_bytes(word));
	return good;
}

static struct finding find_wrong_word(struct arena *arena, const struct reading *reading,
				      const struct run_check *check)
{
	const struct account *accounts = account_for_words(arena, reading);

	for (uint32_t i = PASSAGE_END + 1; i < reading->words.count; i++) {
		struct finding finding = judge_word(reading, check, i, &accounts[i]);

		if (finding.verdict != VERDICT_GOOD)
			return finding;
	}
	return good;
}

/* --- passages --------------------------------------------------------------------- */

/* Passages under it came back with it, so that they are not orphans. */
static bool holds_others(const struct reading *reading, const struct view *view, size_t at)
{
	const struct passage *passage = &view->passages[at];

	return passage->heads || (at + 1 < view->passage_count && passage[1].adjoins &&
				  passage_look(reading, passage + 1)->indent >
					  passage_look(reading, passage)->indent);
}

/* One side deleted it and the other left it as it was. */
static bool was_deleted(const struct reading *reading, const struct passage *passage)
{
	const int32_t *counts = reading->passages.entries[passage->number].counts;

	return counts[OF_BASE] == 1 && passage->count >= NAMED_PASSAGE &&
	       ((counts[OF_OURS] == 0 && counts[OF_THEIRS] == 1) ||
		(counts[OF_OURS] == 1 && counts[OF_THEIRS] == 0));
}

/* Both sides added it, once each at most. */
static bool was_added_once(const struct reading *reading, const struct passage *passage)
{
	const int32_t *counts = reading->passages.entries[passage->number].counts;

	return counts[OF_BASE] == 0 && counts[OF_OURS] <= 1 && counts[OF_THEIRS] <= 1;
}

static bool is_spoken(const struct reading *reading, const struct passage *passage)
{
	return line_bytes(reading, passage->line).len >=
	       SPOKEN_BYTES + passage_look(reading, passage)->indent;
}

/* Rows with the same words in other cells are two: a cross under another day. */
static bool are_rows_apart(const struct reading *reading, const struct passage *first,
			   const struct passage *second)
{
	struct str one = line_bytes(reading, first->line),
		   other = line_bytes(reading, second->line);
	struct str cell, other_cell;
	bool more = str_contains(one, STR("|")), other_more = more;

	while (more && other_more) {
		more = row_next_cell(&one, &cell);
		other_more = row_next_cell(&other, &other_cell);
		if (more && other_more && !str_equal(str_trim(cell), str_trim(other_cell)))
			return true;
	}
	return more != other_more;
}

/* Whether two passages of one text ought to have been one. */
static bool is_twin(const struct reading *reading, const struct passage *first,
		    const struct passage *second)
{
	const struct line_look *one = passage_look(reading, first),
			       *other = passage_look(reading, second);

	if (one->indent != other->indent || first->section != second->section ||
	    one->mark != other->mark || are_rows_apart(reading, first, second))
		return false;
	return second->count >= LONG_PASSAGE ||
	       (second == first + 1 && second->adjoins && is_spoken(reading, second));
}

/* By number, whether the base has it as a wording of a set; NULL: it has no set. */
static bool *find_wordings(struct arena *arena, const struct reading *reading)
{
	const struct view *view = &reading->views[OF_BASE];
	bool *in_set = NULL;

	if (view->labels)
		in_set = arena_array(arena, bool, reading->passages.count);
	for (size_t i = 0; in_set && i < view->passage_count; i++)
		in_set[view->passages[i].number] |= view->passages[i].wording > 0;
	return in_set;
}

static struct finding find_wrong_passage(const struct reading *reading)
{
	const struct view *view = &reading->views[OF_RESULT];
	struct arena scratch = {0};
	uint32_t *earlier = arena_array(&scratch, uint32_t, reading->passages.count + 1);
	const bool *in_set = find_wordings(&scratch, reading);
	struct finding finding = good;

	for (size_t i = 0; i < view->passage_count && finding.verdict == VERDICT_GOOD; i++) {
		const struct passage *passage = &view->passages[i];
		/* Who settled a set has chosen it, be it that the other deleted the set. */
		bool chosen = in_set && in_set[passage->number];
		struct str line = line_bytes(reading, passage->line);
		uint32_t *last = &earlier[passage->number];

		if (passage->wording || passage->yaml)
			continue;
		if (was_deleted(reading, passage) && !chosen && !holds_others(reading, view, i) &&
		    !is_in_changed_table(reading, passage))
			finding = found(VERDICT_DELETED_BACK, line);
		else if (*last && was_added_once(reading, passage) &&
			 is_twin(reading, &view->passages[*last - 1], passage))
			finding = found(VERDICT_DOUBLED, line);
		*last = (uint32_t)i + 1;
	}
	arena_free(&scratch);
	return finding;
}

/* Each wording of a new set is what some side wrote, cells in other columns aside. */
static struct finding find_wrong_wording(const struct reading *reading)
{
	const struct view *view = &reading->views[OF_RESULT];

	if (reading->views[OF_OURS].labels || reading->views[OF_THEIRS].labels)
		return good;
	for (size_t i = 0; i < view->passage_count; i++) {
		const struct passage *passage = &view->passages[i];
		const int32_t *counts = reading->passages.entries[passage->number].counts;

		if (passage->wording && !passage->yaml && counts[OF_OURS] == 0 &&
		    counts[OF_THEIRS] == 0 && !is_in_changed_table(reading, passage))
			return found(VERDICT_RUN_BROKEN, line_bytes(reading, passage->line));
	}
	return good;
}

/* What the words say, and where those stand that a side put in together. */
static struct finding judge_changes(struct arena *arena, const struct reading *reading)
{
	struct run_check check = check_runs(arena, reading);
	struct finding finding = find_wrong_word(arena, reading, &check);

	if (finding.verdict == VERDICT_GOOD)
		finding = find_wrong_wording(reading);
	if (finding.verdict == VERDICT_GOOD && check.broken)
		finding = found(VERDICT_RUN_BROKEN, check.where);
	return finding;
}

static struct finding judge(struct arena *arena, const struct reading *reading)
{
	struct finding finding = find_marker(reading);
	struct str word;

	if (finding.verdict == VERDICT_GOOD && find_invented_word(reading, &word))
		finding = found(VERDICT_WORD_INVENTED, word);
	if (finding.verdict == VERDICT_GOOD)
		finding = find_wrong_passage(reading);
	return finding.verdict == VERDICT_GOOD ? judge_changes(arena, reading) : finding;
}

/*
 * The sides in order of their bytes: for which of them the steps run out, and which reason
 * is the first, is no matter of who is who.
 */
static void begin_anew(struct verifier *verifier, struct str result)
{
	const struct merge_input *input = &verifier->input;
	struct str one = input->ours, other = input->theirs;
	bool in_order = str_compare(one, other) <= 0;
	const struct str texts[TEXT_COUNT] = {input->base, in_order ? one : other,
					      in_order ? other : one, result};

	verifier_free(verifier);
	verifier->reading = read_texts(&verifier->arena, texts, input->format == FORMAT_YAML);
}

struct finding verify_next(struct arena *arena, struct verifier *verifier, struct str result)
{
	struct arena scratch = {0};

	if (!verifier->reading || !read_next_result(verifier->reading, result))
		begin_anew(verifier, result);
	struct finding finding = judge(&scratch, verifier->reading);
	finding.text = str_copy(arena, finding.text);
	arena_free(&scratch);
	return finding;
}

void verifier_free(struct verifier *verifier)
{
	reading_free(verifier->reading);
	arena_free(&verifier->arena);
	verifier->reading = NULL;
}

struct finding verify_merge(struct arena *arena, struct merge_input input, struct str result)
{
	struct verifier verifier = {.input = input};
	struct finding finding = verify_next(arena, &verifier, result);

	verifier_free(&verifier);
	return finding;
}
