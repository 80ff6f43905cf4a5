/*
 * Words that a merge made by hand dropped: they stood in one of its sides, no other side had
 * taken them away, and they stand nowhere in what came of it.
 */
#include "cmd/audit_checks.h"
#include "cmd/point_changes.h"
#include "core/message.h"
#include "merge/trace_listing.h"

/* What a merge was made of, and how it differs from it. */
struct side {
	bool *known;		      /* by commit: it was made of that */
	struct point_changes changes; /* from it to the merge */
	struct point_changes own;     /* from what all sides were made of to it */
	struct listing gone, come;    /* of `changes`, under a part of their keys */
	struct listing own_gone;      /* of `own` */
};

struct dropping {
	struct verification *verification;
	struct listing wordings; /* of the trace, under a part of their keys */
	uint32_t *spare;	 /* by word: how often it came and was not found again */
	/* Of the merge at hand: */
	struct arena arena;
	uint32_t number;
	const struct history_commit *merge;
	struct side *sides;
};

static bool *known_to(struct dropping *dropping, uint32_t tip)
{
	const struct history_commit *commits = dropping->verification->attribution->history.commits;
	bool *known = arena_array(&dropping->arena, bool, (size_t)dropping->number + 1);

	known[tip] = true;
	for (uint32_t i = tip + 1; i-- > 0;)
		for (uint32_t j = 0; known[i] && j < commits[i].parent_count; j++)
			known[commits[i].parents[j]] = true;
	return known;
}

static bool is_known(const struct dropping *dropping, uint32_t commit)
{
	for (uint32_t i = 0; i < dropping->merge->parent_count; i++)
		if (commit < dropping->number && dropping->sides[i].known[commit])
			return true;
	return commit == dropping->number;
}

/* The latest wording of a key that stood in a side or stands in the merge, NULL: not traced. */
static const struct trace_wording *find_wording_of(const struct dropping *dropping, struct key key)
{
	const struct trace *trace = &dropping->verification->attribution->history.trace;
	size_t count;
	const struct listed *all = listing_find(&dropping->wordings, (uint32_t)key.high, &count);

	while (count-- > 0) {
		const struct trace_wording *wording = &trace->wordings[all[count].what];

		if (key_equal(wording->key, key) && is_known(dropping, wording->commit))
			return wording;
	}
	return NULL;
}

static uint32_t count_among(const struct changed_point *points, const struct listing *listing,
			    struct key key)
{
	uint32_t found = 0;
	size_t count;
	const struct listed *all = listing_find(listing, (uint32_t)key.high, &count);

	while (count-- > 0)
		found += key_equal(points[all[count].what].key, key);
	return found;
}

static uint32_t count_gone(const struct side *side, struct key key)
{
	return count_among(side->changes.gone, &side->gone, key);
}

/* No side has the block. */
static bool is_new(const struct dropping *dropping, struct key key)
{
	for (uint32_t i = 0; i < dropping->merge->parent_count; i++) {
		const struct side *side = &dropping->sides[i];

		if (!count_among(side->changes.come, &side->come, key))
			return false;
	}
	return true;
}

/* The block went from a side more often than the others had taken it away. */
static bool is_dropped(const struct dropping *dropping, uint32_t number, struct key key)
{
	uint32_t gone = count_gone(&dropping->sides[number], key), taken = 0;

	for (uint32_t i = 0; i < dropping->merge->parent_count; i++) {
		const struct side *side = &dropping->sides[i];

		if (i != number)
			taken += count_among(side->own.gone, &side->own_gone, key);
	}
	return gone > taken;
}

/* It was told of a side before. */
static bool is_told(const struct dropping *dropping, uint32_t number, struct key key)
{
	for (uint32_t i = 0; i < number; i++)
		if (count_gone(&dropping->sides[i], key))
			return true;
	return false;
}

/* Another side knew the words of a commit, and lacks the block: it took them away. */
static bool was_taken_away(const struct dropping *dropping, uint32_t side, struct key key,
			   uint32_t commit)
{
	for (uint32_t i = 0; i < dropping->merge->parent_count; i++)
		if (i != side && commit < dropping->number && dropping->sides[i].known[commit] &&
		    !count_gone(&dropping->sides[i], key))
			return true;
	return false;
}

/* What the sides had and the merge put together anew can only stand in blocks that are new. */
static void count_new(struct dropping *dropping, bool add)
{
	const struct point_changes *changes = &dropping->sides[0].changes;

	for (size_t i = 0; i < changes->come_count; i++) {
		const struct trace_wording *wording =
			find_wording_of(dropping, changes->come[i].key);

		if (!wording || !is_new(dropping, changes->come[i].key))
			continue;
		for (uint32_t j = 0; j < wording->word_count; j++)
			dropping->spare[wording->words[j]] =
				add ? dropping->spare[wording->words[j]] + 1 : 0;
	}
}

/* Whether one of the words that should have stayed is not among those that came. */
static bool lacks_words(struct dropping *dropping, uint32_t side, struct key key)
{
	const struct trace_wording *wording = find_wording_of(dropping, key);
	bool lacks = false;

	for (uint32_t i = 0, at = 0; wording && i < wording->run_count; i++) {
		struct trace_run run = wording->runs[i];
		bool stays = !was_taken_away(dropping, side, key, run.commit);

		for (uint32_t end = at + run.words; at < end; at++) {
			uint32_t *spare = &dropping->spare[wording->words[at]];

			if (!stays)
				continue;
			lacks = lacks || *spare == 0;
			*spare -= *spare > 0;
		}
	}
	return lacks;
}

/* Does a side lack something, whoever took it away? Mostly none does, and no more is read. */
static bool is_suspicious(struct dropping *dropping, uint32_t number)
{
	const struct point_changes *changes = &dropping->sides[number].changes;
	bool lacks = false;

	count_new(dropping, true);
	for (size_t i = 0; i < changes->gone_count && !lacks; i++)
		lacks = lacks_words(dropping, number, changes->gone[i].key);
	count_new(dropping, false);
	return lacks;
}

static void tell_dropped(struct dropping *dropping, uint32_t number)
{
	const struct point_changes *changes = &dropping->sides[number].changes;
	struct arena *arena = &dropping->verification->app->arena;

	count_new(dropping, true);
	for (size_t i = 0; i < changes->gone_count; i++) {
		const struct changed_point *gone = &changes->gone[i];

		if (is_dropped(dropping, number, gone->key) &&
		    !is_told(dropping, number, gone->key) &&
		    lacks_words(dropping, number, gone->key))
			verification_tell(dropping->verification, "merge-drops-text",
					  dropping->number, true,
					  _("words went with a merge made by hand"),
					  str_in_one_line(arena, gone->text));
	}
	count_new(dropping, false);
}

static void list_keys(struct arena *arena, const struct changed_point *points, size_t count,
		      struct listing *out)
{
	for (uint32_t i = 0; i < count; i++)
		listing_add(arena, out, (uint32_t)points[i].key.high, i);
	listing_order(out);
}

static err read_side(struct dropping *dropping, uint32_t number)
{
	const struct attribution *attribution = dropping->verification->attribution;
	const struct history_commit *commits = attribution->history.commits;
	struct arena *arena = &dropping->arena;
	struct side *side = &dropping->sides[number];
	uint32_t tip = dropping->merge->parents[number];
	err e = block_changes_between(arena, attribution->notes.repo, commits[tip].tree,
				      dropping->merge->tree, &side->changes);

	list_keys(arena, side->changes.gone, side->changes.gone_count, &side->gone);
	list_keys(arena, side->changes.come, side->changes.come_count, &side->come);
	return e;
}

/* What all sides were made of, the latest of several; none where they began apart. */
static struct object_id common_tree(const struct dropping *dropping)
{
	const struct history_commit *commits = dropping->verification->attribution->history.commits;

	for (uint32_t i = dropping->number; i-- > 0;) {
		uint32_t sides = 0;

		for (uint32_t j = 0; j < dropping->merge->parent_count; j++)
			sides += dropping->sides[j].known[i];
		if (sides == dropping->merge->parent_count)
			return commits[i].tree;
	}
	return OBJECT_ID_NONE;
}

static err read_own_changes(struct dropping *dropping, struct object_id common, uint32_t number)
{
	const struct attribution *attribution = dropping->verification->attribution;
	struct arena *arena = &dropping->arena;
	struct side *side = &dropping->sides[number];
	uint32_t tip = dropping->merge->parents[number];
	err e = block_changes_between(arena, attribution->notes.repo, common,
				      attribution->history.commits[tip].tree, &side->own);

	list_keys(arena, side->own.gone, side->own.gone_count, &side->own_gone);
	return e;
}

/* All that the others had was known to the side that the merge is equal to. */
static bool only_goes_on(const struct dropping *dropping)
{
	const struct history_commit *commits = dropping->verification->attribution->history.commits;
	const struct history_commit *merge = dropping->merge;

	for (uint32_t i = 0; i < merge->parent_count; i++) {
		uint32_t known = 0;

		for (uint32_t j = 0; j < merge->parent_count; j++)
			known += dropping->sides[i].known[merge->parents[j]];
		if (known == merge->parent_count &&
		    object_id_equal(commits[merge->parents[i]].tree, merge->tree))
			return true;
	}
	return false;
}

static err check_merge(struct dropping *dropping)
{
	const struct history_commit *merge = dropping->merge;
	struct object_id common;
	bool suspicious = false;
	err e = NULL;

	dropping->sides = arena_array(&dropping->arena, struct side, merge->parent_count);
	for (uint32_t i = 0; i < merge->parent_count; i++)
		dropping->sides[i].known = known_to(dropping, merge->parents[i]);
	if (only_goes_on(dropping))
		return NULL;
	for (uint32_t i = 0; !e && i < merge->parent_count; i++)
		e = read_side(dropping, i);
	for (uint32_t i = 0; !e && i < merge->parent_count; i++)
		suspicious = suspicious || is_suspicious(dropping, i);
	if (e || !suspicious)
		return e;
	common = common_tree(dropping);
	for (uint32_t i = 0; !e && i < merge->parent_count; i++)
		e = read_own_changes(dropping, common, i);
	for (uint32_t i = 0; !e && i < merge->parent_count; i++)
		tell_dropped(dropping, i);
	return e;
}

void check_words_go(struct verification *verification)
{
	const struct history_trace *history = &verification->attribution->history;
	struct arena *arena = &verification->app->arena;
	struct dropping dropping = {.verification = verification};

	dropping.spare = arena_array(arena, uint32_t, history->trace.word_count);
	for (uint32_t i = 0; i < history->trace.wording_count; i++)
		listing_add(arena, &dropping.wordings,
			    (uint32_t)history->trace.wordings[i].key.high, i);
	listing_order(&dropping.wordings);
	for (uint32_t i = 0; i < history->commit_count; i++) {
		if (!is_made_otherwise(verification, i))
			continue;
		dropping.number = i;
		dropping.merge = &history->commits[i];
		err e = check_merge(&dropping);

		/* The others can be looked at all the same. */
		if (e)
			verification_tell(verification, "merge-unreadable", i, false,
					  _("what this merge was made of cannot all be read"),
					  (struct str){0});
		err_free(e);
		arena_free(&dropping.arena);
		dropping.arena = (struct arena){0};
	}
}
