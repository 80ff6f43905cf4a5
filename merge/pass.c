#include "merge/pass.h"

#include "merge/hold.h"
#include "merge/lag.h"
#include "merge/lines_back.h"
#include "merge/scalar.h"
#include "merge/tally.h"
#include "merge/unread.h"

/* Whether the last line has no end. */
static bool ends_open(struct str text)
{
	return text.len && !str_ends(text, STR("\n"));
}

static struct noted noted_text(const struct texts *texts, int text)
{
	return (struct noted){texts->raw[text], &texts->doc[text]};
}

/* Whether it is worth to look closer if side `s` holds every change of the other. */
static bool may_hold(const struct texts *texts, int s)
{
	const struct str base = texts->raw[BASE], other = texts->raw[OURS + 1 - s],
			 whole = texts->raw[OURS + s];

	return holds_flag(ends_open(base), ends_open(other), ends_open(whole)) &&
	       !clearly_lags(noted_text(texts, BASE), noted_text(texts, OURS + 1 - s),
			     noted_text(texts, OURS + s));
}

int find_holder(const struct texts *texts)
{
	const struct str *side = texts->raw + OURS;
	const bool may[2] = {may_hold(texts, 0), may_hold(texts, 1)};
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	int first = side[1].len > side[0].len ? 1 : 0, holder = -1;

	if (!may[0] && !may[1])
		return -1;
	struct beside beside = texts_beside(&words, texts->raw[BASE], side);
	for (int turn = 0; turn < 2 && holder < 0; turn++) {
		int s = turn ? 1 - first : first;

		if (may[s] && text_holds(&beside, s))
			holder = s;
	}
	arena_free(&scratch);
	return holder;
}

bool is_side(struct merge_input input, struct str text)
{
	return str_equal(text, input.ours) || str_equal(text, input.theirs);
}

struct finding check_result(struct arena *arena, struct verifier *verifier, struct str text)
{
	if (is_side(verifier->input, text))
		return (struct finding){VERDICT_GOOD, {0}};
	return verify_next(arena, verifier, text);
}

bool side_says_less(struct arena *arena, struct merge_input input, struct str text)
{
	switch (verify_merge(arena, input, text).verdict) {
	case VERDICT_GOOD:
	case VERDICT_WORD_EXTRA:
	case VERDICT_DELETED_BACK:
	case VERDICT_DOUBLED:
		return false;
	case VERDICT_WORD_LOST:
	case VERDICT_WORD_INVENTED:
	case VERDICT_RUN_BROKEN:
	case VERDICT_MARKER:
		break;
	}
	return true;
}

bool says_less(struct arena *arena, struct merge_input input, struct str text)
{
	return !is_side(input, text) && side_says_less(arena, input, text);
}

int find_good_side(struct arena *arena, struct verifier *verifier, const struct texts *texts)
{
	const struct str *side = texts->raw + OURS;
	int first = side[1].len < side[0].len ? 1 : 0;

	/* To look through large ones takes long, and mostly each has words of its own. */
	if (!can_merge_often(texts_input(texts)) && words_part(texts->raw[BASE], side[0], side[1]))
		return -1;
	for (int turn = 0; turn < 2; turn++) {
		int s = turn ? 1 - first : first;

		if (verify_next(arena, verifier, side[s]).verdict == VERDICT_GOOD &&
		    find_lines_back(arena, texts->raw[BASE], side[1 - s], side[s]).count == 0)
			return s;
	}
	return -1;
}

int find_full_side(const struct texts *texts)
{
	const struct str *side = texts->raw + OURS;
	int first = str_word_count(side[1]) > str_word_count(side[0]) ? 1 : 0;

	for (int turn = 0; turn < 2; turn++) {
		int s = turn ? 1 - first : first;

		if (words_reach(texts->raw[BASE], side[1 - s], side[s]))
			return s;
	}
	return -1;
}
