#include "merge/merge_set.h"

#include "merge/dictionary.h"

static int highest_id(const struct set_side *side)
{
	int highest = 0;

	for (size_t i = 0; i < side->count; i++)
		if (side->id[i] > highest)
			highest = side->id[i];
	return highest;
}

/* Whether there is a thing left that has a name and no id. */
static bool wants_pair(const struct set_side *side, const struct str *names)
{
	for (size_t i = 0; i < side->count; i++)
		if (side->id[i] == SET_ABSENT && names[i].at)
			return true;
	return false;
}

/* Things of one name, in order. */
struct namesakes {
	struct dictionary names;
	size_t *first; /* by number of the name: 1 + its first thing, 0: none is left */
	size_t *next;  /* by thing: 1 + the next one of its name */
	size_t known;  /* how many names there are */
};

/* Those of `from` that may give their id away. */
static struct namesakes find_namesakes(struct arena *arena, const struct set_side *from,
				       const struct str *names, const bool *used, int first_id)
{
	struct namesakes all = {.names.arena = arena,
				.first = arena_array(arena, size_t, from->count + 1),
				.next = arena_array(arena, size_t, from->count)};

	for (size_t i = from->count; i-- > 0;) {
		if (from->id[i] < first_id || used[from->id[i]] || !names[i].at)
			continue;
		size_t name = word_id(&all.names, names[i]);

		all.next[i] = all.first[name];
		all.first[name] = i + 1;
	}
	all.known = all.names.count;
	return all;
}

/* 1 + the first thing left of that name, 0: there is none. */
static size_t take_namesake(struct namesakes *all, struct str name)
{
	size_t number = word_id(&all->names, name);
	size_t thing = number <= all->known ? all->first[number] : 0;

	if (thing)
		all->first[number] = all->next[thing - 1];
	return thing;
}

/*
 * Gives things of `to` without id the id of the thing of `from` with the same
 * name that is not in `to` yet, the first to the first; things without a name,
 * and those of `from` below `first_id`, are left alone.
 */
static void pair(const struct set_side *from, const struct str *from_names,
		 const struct set_side *to, const struct str *to_names, int first_id)
{
	struct arena scratch = {0};
	int highest_from = highest_id(from), highest_to = highest_id(to);
	size_t ids = (size_t)(highest_from > highest_to ? highest_from : highest_to) + 1;
	bool *used = arena_array(&scratch, bool, ids);

	for (size_t i = 0; i < to->count; i++)
		if (to->id[i] != SET_ABSENT)
			used[to->id[i]] = true;
	struct namesakes all = {0};
	if (wants_pair(to, to_names))
		all = find_namesakes(&scratch, from, from_names, used, first_id);
	for (size_t i = 0; i < to->count && all.known; i++) {
		size_t thing = to->id[i] == SET_ABSENT && to_names[i].at
				       ? take_namesake(&all, to_names[i])
				       : 0;

		if (thing)
			to->id[i] = from->id[thing - 1];
	}
	arena_free(&scratch);
}

/* Gives every thing of `side` that still has no id one of its own, from `first_id` on. */
static void number(const struct set_side *side, int first_id)
{
	for (size_t i = 0; i < side->count; i++)
		if (side->id[i] == SET_ABSENT)
			side->id[i] = first_id + (int)i;
}

void set_align_base(struct arena *arena, struct set_side set[TEXTS], const struct set_names *rounds,
		    int round_count)
{
	for (int t = BASE; t < TEXTS; t++) {
		set[t].text = rounds[0].of[t];
		set[t].id = arena_array(arena, int, set[t].count);
		for (size_t i = 0; i < set[t].count; i++)
			set[t].id[i] = t == BASE ? (int)i : SET_ABSENT;
	}
	for (int i = 0; i < round_count; i++)
		for (int t = OURS; t < TEXTS; t++)
			pair(&set[BASE], rounds[i].of[BASE], &set[t], rounds[i].of[t], 0);
}

void set_align_new(struct set_side set[TEXTS], const struct set_names *rounds, int round_count)
{
	int old = (int)set[BASE].count;

	number(&set[OURS], old);
	for (int i = 0; i < round_count; i++)
		if (!rounds[i].of_base)
			pair(&set[OURS], rounds[i].of[OURS], &set[THEIRS], rounds[i].of[THEIRS],
			     old);
	number(&set[THEIRS], old + (int)set[OURS].count);
}

void set_align(struct arena *arena, struct set_side set[TEXTS], const struct set_names *rounds,
	       int round_count)
{
	set_align_base(arena, set, rounds, round_count);
	set_align_new(set, rounds, round_count);
}

/* Who stands where, and in which order the things of both sides stand in each. */
struct meeting {
	struct arena *arena;
	size_t base_count, ids;
	const struct set_side *sides[2];
	bool *doubled[2]; /* by index in the side: it has more copies than the base */
	int *at[2];	  /* index in the side by id, or SET_ABSENT */
	int *common[2];	  /* ids in both sides, in the order of each */
	size_t common_count;
	struct set_pick *picks;
	size_t count;
};

static bool stays(const struct meeting *meeting, int side, int index)
{
	const bool *edited = meeting->sides[side]->edited;

	return (edited && edited[index]) || meeting->doubled[side][index];
}

static bool survives(const struct meeting *meeting, int id)
{
	int ours = meeting->at[0][id], theirs = meeting->at[1][id];

	if ((size_t)id >= meeting->base_count || (ours != SET_ABSENT && theirs != SET_ABSENT))
		return true;
	return ours != SET_ABSENT ? stays(meeting, 0, ours) : stays(meeting, 1, theirs);
}

/* A side that wrote a thing once more wants it: then no copy goes because the other took it out. */
static bool *find_doubled(const struct meeting *meeting, int side)
{
	const struct set_side *set = meeting->sides[side];
	bool *doubled = arena_array(meeting->arena, bool, set->count);
	struct arena scratch = {0};
	struct dictionary names = {.arena = &scratch};
	uint32_t *name_of = arena_array(&scratch, uint32_t, set->count);
	bool *more = arena_array(&scratch, bool, set->count + 1); /* by number of the name */

	for (size_t i = 0; i < set->count; i++) {
		name_of[i] = word_id(&names, set->text[i]);
		more[name_of[i]] |= (size_t)set->id[i] >= meeting->base_count;
	}
	for (size_t i = 0; i < set->count; i++)
		doubled[i] = more[name_of[i]];
	arena_free(&scratch);
	return doubled;
}

static void find_places(struct meeting *meeting)
{
	for (int s = 0; s < 2; s++) {
		meeting->at[s] = arena_array(meeting->arena, int, meeting->ids);
		for (size_t id = 0; id < meeting->ids; id++)
			meeting->at[s][id] = SET_ABSENT;
		for (size_t i = 0; i < meeting->sides[s]->count; i++)
			meeting->at[s][meeting->sides[s]->id[i]] = (int)i;
	}
	for (int s = 0; s < 2; s++) {
		const struct set_side *side = meeting->sides[s];
		meeting->common[s] = arena_array(meeting->arena, int, side->count);
		meeting->common_count = 0;
		for (size_t i = 0; i < side->count; i++)
			if (meeting->at[!s][side->id[i]] != SET_ABSENT)
				meeting->common[s][meeting->common_count++] = side->id[i];
	}
}

/* Whether the side left the things of the base in the base's order. */
static bool keeps_order(const struct meeting *meeting, int side)
{
	int last = SET_ABSENT;

	for (size_t i = 0; i < meeting->common_count; i++) {
		int id = meeting->common[side][i];
		if ((size_t)id >= meeting->base_count)
			continue;
		if (id < last)
			return false;
		last = id;
	}
	return true;
}

static struct str text_of(const struct meeting *meeting, int side, int id)
{
	return meeting->sides[side]->text[meeting->at[side][id]];
}

/* The side whose order holds where the two disagree. */
static int leader(const struct meeting *meeting)
{
	bool ours = keeps_order(meeting, 0), theirs = keeps_order(meeting, 1);

	if (ours != theirs)
		return ours ? 1 : 0;
	for (size_t i = 0; i < meeting->common_count; i++) {
		int order = str_compare(text_of(meeting, 0, meeting->common[0][i]),
					text_of(meeting, 1, meeting->common[1][i]));
		if (order)
			return order > 0;
	}
	return 0;
}

static void pick(struct meeting *meeting, int id)
{
	if (!survives(meeting, id))
		return;
	meeting->picks[meeting->count++] = (struct set_pick){
		.base = (size_t)id < meeting->base_count ? id : SET_ABSENT,
		.ours = meeting->at[0][id],
		.theirs = meeting->at[1][id],
	};
}

/* The end of the run, from index `from` of the side, of things that the other has not. */
static size_t run_end(const struct meeting *meeting, int side, size_t from)
{
	const struct set_side *list = meeting->sides[side];

	while (from < list->count && meeting->at[!side][list->id[from]] == SET_ABSENT)
		from++;
	return from;
}

/* The next thing of the run that will stand in the result, or the run's end. */
static size_t next_survivor(const struct meeting *meeting, int side, size_t at, size_t end)
{
	while (at < end && !survives(meeting, meeting->sides[side]->id[at]))
		at++;
	return at;
}

/* Which side's run goes first: as a whole, so that runs are not interleaved. */
static int first_run(const struct meeting *meeting, const size_t from[2], const size_t end[2])
{
	size_t at[2] = {from[0], from[1]};

	for (;; at[0]++, at[1]++) {
		for (int s = 0; s < 2; s++)
			at[s] = next_survivor(meeting, s, at[s], end[s]);
		if (at[0] == end[0] || at[1] == end[1])
			return at[0] == end[0] ? 0 : 1;
		int order =
			str_compare(meeting->sides[0]->text[at[0]], meeting->sides[1]->text[at[1]]);
		if (order)
			return order > 0;
	}
}

static void pick_runs(struct meeting *meeting, const size_t from[2])
{
	size_t end[2] = {run_end(meeting, 0, from[0]), run_end(meeting, 1, from[1])};
	int first = first_run(meeting, from, end);

	for (int turn = 0; turn < 2; turn++) {
		int side = turn ? !first : first;
		for (size_t i = from[side]; i < end[side]; i++)
			pick(meeting, meeting->sides[side]->id[i]);
	}
}

struct set_pick *set_merge(struct arena *arena, const struct set_side set[TEXTS], size_t *count)
{
	size_t ours = set[OURS].count, theirs = set[THEIRS].count;
	struct arena scratch = {0};
	struct meeting meeting = {
		.arena = &scratch,
		.base_count = set[BASE].count,
		.ids = set[BASE].count + ours + theirs,
		.sides = {&set[OURS], &set[THEIRS]},
		.picks = arena_array(arena, struct set_pick, ours + theirs),
	};

	for (int s = 0; s < 2; s++)
		meeting.doubled[s] = find_doubled(&meeting, s);
	find_places(&meeting);
	int lead = leader(&meeting);

	pick_runs(&meeting, (size_t[2]){0, 0});
	for (size_t i = 0; i < meeting.common_count; i++) {
		int id = meeting.common[lead][i];
		pick(&meeting, id);
		pick_runs(&meeting, (size_t[2]){(size_t)meeting.at[0][id] + 1,
						(size_t)meeting.at[1][id] + 1});
	}
	arena_free(&scratch);
	*count = meeting.count;
	return meeting.picks;
}
