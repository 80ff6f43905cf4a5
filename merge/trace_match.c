/*
 * The same words, of a block that a parent has: where they stood, or elsewhere.
 */
#include "merge/trace_inside.h"

/* How sure it is that a fresh block is that candidate of equal key; the surest first. */
enum sureness {
	SURE_BOTH_NEIGHBOURS,
	SURE_NEIGHBOUR,
	SURE_ELSEWHERE,
	SURE_FILE,
	SURE_KEY,
	SURE_END
};

static bool has_neighbour(const struct fresh *fresh, const struct candidate *candidate)
{
	return fresh->before == candidate->before || fresh->after == candidate->after;
}

bool is_in_place(const struct fresh *fresh, const struct candidate *candidate)
{
	return fresh->path == candidate->path && fresh->before == candidate->before &&
	       fresh->after == candidate->after;
}

bool is_beside(const struct fresh *fresh, const struct candidate *candidate)
{
	return fresh->path == candidate->path && has_neighbour(fresh, candidate);
}

static bool is_sure(const struct fresh *fresh, const struct candidate *candidate,
		    enum sureness sureness)
{
	switch (sureness) {
	case SURE_BOTH_NEIGHBOURS:
		return is_in_place(fresh, candidate);
	case SURE_NEIGHBOUR:
		return is_beside(fresh, candidate);
	case SURE_ELSEWHERE:
		return has_neighbour(fresh, candidate);
	case SURE_FILE:
		return fresh->path == candidate->path;
	case SURE_KEY:
	case SURE_END:
		break;
	}
	return true;
}

void fresh_settle(struct work *work, struct fresh *fresh, uint32_t wording)
{
	struct tracer *tracer = work->tracer;

	fresh->wording = wording;
	fresh->point = tracer->wordings[wording].point;
	fresh->file->entries[fresh->index].wording = wording;
	tracer->taken[wording] = work->commit + 1;
	tracer->alive[fresh->point] = work->commit + 1;
}

bool is_taken(const struct work *work, const struct candidate *candidate)
{
	return work->tracer->taken[candidate->wording] == work->commit + 1;
}

static uint32_t candidate_point(const struct work *work, uint32_t index)
{
	return work->tracer->wordings[work->candidates[index].wording].point;
}

const struct listed *candidates_of(struct work *work, uint32_t point, size_t *count)
{
	if (!work->by_point.at) {
		for (uint32_t i = 0; i < work->candidate_count; i++)
			listing_add(&work->scratch, &work->by_point, candidate_point(work, i), i);
		listing_order(&work->by_point);
	}
	return listing_find(&work->by_point, point, count);
}

/* The fresh blocks and the candidates of one key, each in rising order. */
struct group {
	uint32_t *fresh, *candidates;
	uint32_t fresh_count, candidate_count;
};

/*
 * A point goes on as one block, if it can: groups that leave no choice come first,
 * then those where a copy may be what stands twice.
 */
enum round { ROUND_ONE_POINT, ROUND_OTHERS, ROUND_ALL, ROUND_END };

static bool is_of_one_point(const struct work *work, const struct group *group)
{
	uint32_t first = candidate_point(work, group->candidates[0]);

	for (uint32_t i = 1; i < group->candidate_count; i++)
		if (candidate_point(work, group->candidates[i]) != first)
			return false;
	return true;
}

static bool may_be(const struct work *work, const struct fresh *fresh, uint32_t index,
		   enum sureness sureness, enum round round)
{
	const struct candidate *was = &work->candidates[index];

	if (is_taken(work, was) || !is_sure(fresh, was, sureness))
		return false;
	return round != ROUND_OTHERS ||
	       work->tracer->alive[candidate_point(work, index)] != work->commit + 1;
}

static void match_group(struct work *work, const struct group *group, enum round round)
{
	bool huge = (size_t)group->fresh_count * group->candidate_count > (size_t)1 << 20;

	if (round == ROUND_ONE_POINT && !is_of_one_point(work, group))
		return;
	for (enum sureness sureness = huge ? SURE_KEY : 0; sureness < SURE_END; sureness++) {
		for (uint32_t i = 0, from = 0; i < group->fresh_count; i++) {
			struct fresh *at = &work->fresh[group->fresh[i]];

			for (uint32_t j = from;
			     j < group->candidate_count && at->wording == TRACE_NONE; j++) {
				uint32_t index = group->candidates[j];

				if (!may_be(work, at, index, sureness, round))
					continue;
				fresh_settle(work, at, work->candidates[index].wording);
				at->candidate = index;
				work->candidates[index].heir = group->fresh[i];
				if (huge)
					from = j + 1;
			}
		}
	}
}

/* Lists by key: 1 + the first of each in a slot, and 1 + the next behind each. */
struct key_lists {
	uint32_t *first, *next;
	uint32_t mask;
};

static struct key candidate_key(const struct work *work, uint32_t index)
{
	return work->tracer->wordings[work->candidates[index].wording].key;
}

/* The slot of a key: that of its candidates, else a free one. */
static uint32_t key_slot_of(const struct work *work, const struct key_lists *candidates,
			    struct key key)
{
	uint32_t at = (uint32_t)key.high & candidates->mask;

	while (candidates->first[at] &&
	       !key_equal(candidate_key(work, candidates->first[at] - 1), key))
		at = (at + 1) & candidates->mask;
	return at;
}

static struct key_lists new_lists(struct work *work, uint32_t slots, uint32_t count)
{
	return (struct key_lists){
		.first = arena_array(&work->scratch, uint32_t, slots),
		.next = arena_array(&work->scratch, uint32_t, count),
		.mask = slots - 1,
	};
}

/* out: how many are in the list of a slot */
static uint32_t read_list(const struct key_lists *lists, uint32_t slot, uint32_t *out)
{
	uint32_t count = 0;

	for (uint32_t at = lists->first[slot]; at; at = lists->next[at - 1])
		out[count++] = at - 1;
	return count;
}

void match_exact(struct work *work)
{
	uint32_t slots = 16;

	while (slots < 2 * work->candidate_count)
		slots *= 2;

	struct key_lists candidates = new_lists(work, slots, work->candidate_count);
	struct key_lists fresh = new_lists(work, slots, work->fresh_count);
	struct group group = {
		.fresh = arena_array(&work->scratch, uint32_t, work->fresh_count),
		.candidates = arena_array(&work->scratch, uint32_t, work->candidate_count),
	};

	/* From the last to the first, so that each list begins with the first. */
	for (uint32_t i = work->candidate_count; i-- > 0;) {
		uint32_t slot = key_slot_of(work, &candidates, candidate_key(work, i));

		candidates.next[i] = candidates.first[slot];
		candidates.first[slot] = i + 1;
	}
	for (uint32_t i = work->fresh_count; i-- > 0;) {
		uint32_t slot = key_slot_of(work, &candidates, work->fresh[i].key);

		fresh.next[i] = fresh.first[slot];
		fresh.first[slot] = i + 1;
	}
	for (enum round round = 0; round < ROUND_END; round++) {
		for (uint32_t slot = 0; slot < slots; slot++) {
			if (!candidates.first[slot] || !fresh.first[slot])
				continue;
			group.fresh_count = read_list(&fresh, slot, group.fresh);
			group.candidate_count = read_list(&candidates, slot, group.candidates);
			match_group(work, &group, round);
		}
	}
}
