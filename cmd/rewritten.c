#include "cmd/rewritten.h"

#include <stdlib.h>

#include "cmd/contributions.h"
#include "core/id_table.h"

/* What one head has and the other has not, parents first. */
struct side {
	struct commit *commits;
	size_t count;
	struct id_table numbers; /* of the commits */
};

/* A version and what stands in its place. */
struct rewriting {
	const struct commit *before, *after;
};

struct search {
	struct arena *arena;
	struct rewriting *found;
	size_t count, room;
};

static err read_side(struct arena *arena, const struct repo *repo, struct object_id head,
		     struct object_id other, struct side *out)
{
	err e = repo_history(arena, repo, head, other, &out->commits, &out->count);

	for (size_t i = 0; !e && i < out->count; i++)
		id_table_add(arena, &out->numbers, out->commits[i].id);
	return e;
}

static bool stands_for(const struct search *search, struct object_id a, struct object_id b)
{
	for (size_t i = 0; i < search->count; i++) {
		const struct rewriting *known = &search->found[i];

		if ((object_id_equal(known->before->id, a) &&
		     object_id_equal(known->after->id, b)) ||
		    (object_id_equal(known->before->id, b) && object_id_equal(known->after->id, a)))
			return true;
	}
	return object_id_equal(a, b);
}

static bool have_same_parents(const struct search *search, const struct commit *a,
			      const struct commit *b)
{
	bool same = a->parent_count == b->parent_count;

	for (size_t i = 0; same && i < a->parent_count; i++)
		same = stands_for(search, a->parents[i], b->parents[i]);
	return same;
}

/*
 * git keeps who wrote it and when, and tells when it was amended. Two saves of one second
 * on two machines were recorded in that second both: neither is the other's.
 */
static bool is_amended(const struct search *search, const struct commit *before,
		       const struct commit *after)
{
	return before->committer.time < after->committer.time &&
	       before->author.time == after->author.time &&
	       str_equal(before->author.email, after->author.email) &&
	       str_equal(before->author.name, after->author.name) &&
	       have_same_parents(search, before, after);
}

static void add(struct search *search, const struct commit *before, const struct commit *after)
{
	for (size_t i = 0; i < search->count; i++) {
		struct rewriting *known = &search->found[i];

		/* Amended twice: the last but one is what the last was made of. */
		if (known->after == after) {
			if (known->before->committer.time < before->committer.time)
				known->before = before;
			return;
		}
	}
	arena_push(search->arena, search->found, search->count, search->room);
	search->found[search->count++] = (struct rewriting){before, after};
}

static int compare_times(const void *left, const void *right)
{
	const struct commit *const *a = left, *const *b = right;

	if ((*a)->author.time != (*b)->author.time)
		return (*a)->author.time < (*b)->author.time ? -1 : 1;
	return object_id_compare((*a)->id, (*b)->id);
}

/* The first of those in order that was written at `time` or later. */
static size_t first_at(const struct commit *const *ordered, size_t count, int64_t time)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ordered[middle]->author.time < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A commit's parents come before it, so whether they were amended is known. */
static void find_all(struct search *search, const struct side *a, const struct side *b)
{
	const struct commit **ordered = arena_array(search->arena, const struct commit *, b->count);

	for (size_t i = 0; i < b->count; i++)
		ordered[i] = &b->commits[i];
	if (b->count > 1)
		qsort(ordered, b->count, sizeof *ordered, compare_times);
	for (size_t i = 0; i < a->count; i++) {
		const struct commit *one = &a->commits[i];

		if (!commit_is_by_person(one))
			continue;
		for (size_t j = first_at(ordered, b->count, one->author.time);
		     j < b->count && ordered[j]->author.time == one->author.time; j++) {
			if (is_amended(search, one, ordered[j]))
				add(search, one, ordered[j]);
			else if (is_amended(search, ordered[j], one))
				add(search, ordered[j], one);
		}
	}
}

/* The amended versions of a side that no other one of them was made on. */
static void keep_latest(const struct search *search, const struct side *side,
			struct object_id *bases, size_t *count)
{
	bool *wanted = arena_array(search->arena, bool, side->count);
	bool *covered = arena_array(search->arena, bool, side->count);

	for (size_t i = 0; i < search->count; i++) {
		uint32_t number = id_table_find(&side->numbers, search->found[i].before->id);

		if (number != ID_UNKNOWN)
			wanted[number] = true;
	}
	for (size_t i = side->count; i-- > 0;) {
		const struct commit *commit = &side->commits[i];

		if (wanted[i] && !covered[i])
			bases[(*count)++] = commit->id;
		for (size_t j = 0; (wanted[i] || covered[i]) && j < commit->parent_count; j++) {
			uint32_t parent = id_table_find(&side->numbers, commit->parents[j]);

			if (parent != ID_UNKNOWN)
				covered[parent] = true;
		}
	}
}

/* Those of `common` that no amended version was made on join these. */
static void add_common(const struct repo *repo, const struct object_id *common, size_t common_count,
		       struct object_id *bases, size_t *count)
{
	size_t amended = *count;

	for (size_t i = 0; i < common_count; i++) {
		bool covered = false;

		for (size_t j = 0; j < amended && !covered; j++)
			covered = repo_descends(repo, bases[j], common[i]);
		if (!covered)
			bases[(*count)++] = common[i];
	}
	object_ids_sort(bases, *count);
}

err rewritten_bases(struct arena *arena, const struct repo *repo, struct object_id a,
		    struct object_id b, struct object_id **out, size_t *count)
{
	struct search search = {.arena = arena};
	struct side sides[2] = {0};
	struct object_id *common, *bases;
	size_t common_count, number = 0;
	err e = repo_merge_bases(arena, repo, a, &b, 1, &common, &common_count);

	if (e || (e = read_side(arena, repo, a, b, &sides[0])) ||
	    (e = read_side(arena, repo, b, a, &sides[1])))
		return e;
	find_all(&search, &sides[0], &sides[1]);
	bases = arena_array(arena, struct object_id, search.count + common_count);
	keep_latest(&search, &sides[0], bases, &number);
	keep_latest(&search, &sides[1], bases, &number);
	add_common(repo, common, common_count, bases, &number);
	*out = bases;
	*count = number;
	return NULL;
}
