#include "merge/verify.h"

#include "merge/verify_runs.h"
#include "merge/verify_words.h"

enum {
	LONG_PASSAGE = 8,  /* words that two people do not write in two places by chance */
	NAMED_PASSAGE = 3, /* words that tell a passage from others */
	SPOKEN_BYTES = 3,  /* shorter texts may well stand side by side */
};

static struct finding found(enum verdict verdict, struct str text)
{
	return (struct finding){.verdict = verdict, .text = text};
}

static const struct finding good = {.verdict = VERDICT_GOOD};

static struct finding find_marker(const struct reading *reading)
{
	for (size_t i = 0; i < reading->lines.count; i++) {
		const struct entry *line = &reading->lines.entries[i];

		if (line->counts[OF_RESULT] > 0 && line->counts[OF_BASE] == 0 &&
		    line->counts[OF_OURS] == 0 && line->counts[OF_THEIRS] == 0 &&
		    is_conflict_marker(line->bytes))
			return found(VERDICT_MARKER, line->bytes);
	}
	return good;
}

/* --- words ---------------------------------------------------------------------- */

/*
 * How often each word stands in the result if one wording of each set of variants
 * is taken: the wordings say some things once each.
 */
static int32_t *count_one_wording(struct arena *arena, const struct reading *reading)
{
	const struct view *view = &reading->views[OF_RESULT];
	int32_t *counts = arena_array(arena, int32_t, reading->words.count);

	for (size_t i = 0; i < view->passage_count; i++) {
		const struct passage *passage = &view->passages[i];

		for (size_t w = 0; passage->label <= 1 && w < passage->count; w++)
			counts[view->words[passage->first + w]] +=
				view->flags[passage->first + w] & WORD_COUNTED;
	}
	return counts;
}

/* Whether a line that all texts hold equally often has the word. */
static bool stands_in_still_line(const struct reading *reading, struct str word)
{
	for (uint32_t i = 0; i < reading->lines.count; i++)
		if (is_still(reading, i) && str_contains(reading->lines.entries[i].bytes, word))
			return true;
	return false;
}

static struct finding find_invented_word(const struct reading *reading)
{
	for (uint32_t i = PASSAGE_END + 1; i < reading->words.count; i++) {
		const struct entry *word = &reading->words.entries[i];

		if (word->counts[OF_RESULT] > 0 && word->counts[OF_BASE] == 0 &&
		    word->counts[OF_OURS] == 0 && word->counts[OF_THEIRS] == 0 &&
		    !stands_in_still_line(reading, word->bytes))
			return found(VERDICT_WORD_INVENTED, word->bytes);
	}
	return good;
}

static struct finding judge_word(const struct reading *reading, const struct run_check *check,
				 uint32_t number, int32_t one_wording)
{
	const struct entry *word = &reading->words.entries[number];
	const int32_t *counts = word->counts;
	int32_t added[TEXT_COUNT], gone = -check->gone_from_both[number];

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

	if (counts[OF_RESULT] - counts[OF_BASE] < least - gone)
		return found(VERDICT_WORD_LOST, word->bytes);
	if (one_wording - counts[OF_BASE] > most)
		return found(VERDICT_WORD_EXTRA, word->bytes);
	return good;
}

static struct finding find_wrong_word(struct arena *arena, const struct reading *reading,
				      const struct run_check *check)
{
	const int32_t *one_wording = count_one_wording(arena, reading);

	for (uint32_t i = PASSAGE_END + 1; i < reading->words.count; i++) {
		struct finding finding = judge_word(reading, check, i, one_wording[i]);

		if (finding.verdict != VERDICT_GOOD)
			return finding;
	}
	return good;
}

/* --- passages --------------------------------------------------------------------- */

/* Passages under it came back with it, so that they are not orphans. */
static bool holds_others(const struct view *view, size_t at)
{
	const struct passage *passage = &view->passages[at];

	return passage->heads || (at + 1 < view->passage_count && passage[1].adjoins &&
				  passage[1].indent > passage->indent);
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
	return reading->lines.entries[passage->line].bytes.len >= SPOKEN_BYTES + passage->indent;
}

/* Whether two passages of one text ought to have been one. */
static bool is_twin(const struct reading *reading, const struct passage *first,
		    const struct passage *second)
{
	if (first->indent != second->indent || first->section != second->section)
		return false;
	return second->count >= LONG_PASSAGE ||
	       (second == first + 1 && second->adjoins && is_spoken(reading, second));
}

static struct finding find_wrong_passage(struct arena *arena, const struct reading *reading)
{
	const struct view *view = &reading->views[OF_RESULT];
	uint32_t *earlier = arena_array(arena, uint32_t, reading->passages.count + 1);

	for (size_t i = 0; i < view->passage_count; i++) {
		const struct passage *passage = &view->passages[i];
		struct str line = reading->lines.entries[passage->line].bytes;
		uint32_t *last = &earlier[passage->number];

		if (passage->label || passage->yaml)
			continue;
		if (was_deleted(reading, passage) && !holds_others(view, i))
			return found(VERDICT_DELETED_BACK, line);
		if (*last && was_added_once(reading, passage) &&
		    is_twin(reading, &view->passages[*last - 1], passage))
			return found(VERDICT_DOUBLED, line);
		*last = (uint32_t)i + 1;
	}
	return good;
}

/* Each wording of a new set is what some side wrote. */
static struct finding find_wrong_wording(const struct reading *reading)
{
	const struct view *view = &reading->views[OF_RESULT];

	if (reading->views[OF_OURS].labels || reading->views[OF_THEIRS].labels)
		return good;
	for (size_t i = 0; i < view->passage_count; i++) {
		const struct passage *passage = &view->passages[i];
		const int32_t *counts = reading->passages.entries[passage->number].counts;

		if (passage->label && !passage->yaml && counts[OF_OURS] == 0 &&
		    counts[OF_THEIRS] == 0)
			return found(VERDICT_RUN_BROKEN,
				     reading->lines.entries[passage->line].bytes);
	}
	return good;
}

static struct finding judge(struct arena *arena, const struct reading *reading)
{
	struct run_check check = check_runs(arena, reading);
	struct finding finding = find_marker(reading);

	if (finding.verdict == VERDICT_GOOD)
		finding = find_invented_word(reading);
	if (finding.verdict == VERDICT_GOOD)
		finding = find_wrong_passage(arena, reading);
	if (finding.verdict == VERDICT_GOOD)
		finding = find_wrong_word(arena, reading, &check);
	if (finding.verdict == VERDICT_GOOD)
		finding = find_wrong_wording(reading);
	if (finding.verdict == VERDICT_GOOD && check.broken)
		finding = found(VERDICT_RUN_BROKEN, check.where);
	return finding;
}

struct finding verify_merge(struct arena *arena, struct merge_input input, struct str result)
{
	const struct str texts[TEXT_COUNT] = {input.base, input.ours, input.theirs, result};
	struct arena scratch = {0};
	struct reading reading = read_texts(&scratch, texts, input.format == FORMAT_YAML);
	struct finding finding = judge(&scratch, &reading);

	finding.text = str_copy(arena, finding.text);
	arena_free(&scratch);
	return finding;
}
