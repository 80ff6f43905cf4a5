/*
 * What a commit moved: of what one file had before and has now, all but the heaviest
 * set of blocks that stand in the order they stood in, and what came from another file.
 */
#include "merge/trace_inside.h"

enum { HEADING_WEIGHT = 3, POINT_WEIGHT = 2 };

/*
 * Of two that changed places the older stays: ages tell equals apart, and all those of a
 * file are less than one weight.
 */
static const uint64_t WEIGHT_UNIT = UINT64_C(1) << 44;

/* Where a block stands and where it stood. */
struct way {
	const struct file_state *file, *was_file;
	uint32_t index, was_index, point;
	bool heading;
};

/* One block that has a place in the file before and after. */
struct kept {
	struct way way;
	uint64_t weight, best; /* its own, and of the heaviest rising sequence that ends here */
	uint32_t previous;
	bool stays;
};

/* Maxima over prefixes of the old places: the best sequence that ends there. */
struct heaviest {
	uint32_t *best; /* 1 + number of a kept block, 0: none */
	uint32_t count;
};

static uint32_t heaviest_before(const struct heaviest *heaviest, const struct kept *kept,
				uint32_t place)
{
	uint32_t best = 0;

	for (uint32_t at = place; at > 0; at &= at - 1)
		if (heaviest->best[at] &&
		    (!best || kept[heaviest->best[at] - 1].best > kept[best - 1].best))
			best = heaviest->best[at];
	return best;
}

static void heaviest_add(struct heaviest *heaviest, const struct kept *kept, uint32_t number)
{
	for (uint32_t at = kept[number].way.was_index + 1; at <= heaviest->count;
	     at += at & (~at + 1)) {
		uint32_t known = heaviest->best[at];

		if (!known || kept[number].best > kept[known - 1].best)
			heaviest->best[at] = number + 1;
	}
}

/* Marks the heaviest set of blocks that stand in the order they stood in. */
static void mark_staying(struct work *work, struct kept *kept, uint32_t count, uint32_t places)
{
	struct heaviest heaviest = {arena_array(&work->scratch, uint32_t, (size_t)places + 1),
				    places};
	uint32_t best = TRACE_NONE;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t previous = heaviest_before(&heaviest, kept, kept[i].way.was_index);

		kept[i].previous = previous ? previous - 1 : TRACE_NONE;
		kept[i].best = kept[i].weight + (previous ? kept[previous - 1].best : 0);
		heaviest_add(&heaviest, kept, i);
		if (best == TRACE_NONE || kept[i].best > kept[best].best)
			best = i;
	}
	for (; best != TRACE_NONE; best = kept[best].previous)
		kept[best].stays = true;
}

/* The heading's point above entry `index`, TRACE_NONE: none. */
static uint32_t heading_above(const struct tracer *tracer, const struct file_state *file,
			      uint32_t index)
{
	while (index-- > 0) {
		uint32_t wording = file->entries[index].wording;

		if (wording != TRACE_NONE && tracer->wordings[wording].heading)
			return tracer->wordings[wording].point;
	}
	return TRACE_NONE;
}

/* Whether it stands under the same heading as before, and that has moved itself. */
static bool went_with_heading(const struct work *work, const struct way *way)
{
	const struct tracer *tracer = work->tracer;
	uint32_t above = heading_above(tracer, way->file, way->index);

	return above != TRACE_NONE && !way->heading && tracer->moved[above] == work->commit + 1 &&
	       above == heading_above(tracer, way->was_file, way->was_index);
}

static void record_move(struct work *work, const struct way *way, enum trace_kind kind)
{
	if (kind == TRACE_MOVE && went_with_heading(work, way))
		return;
	work->tracer->moved[way->point] = work->commit + 1;
	point_event(
		work->tracer, way->point,
		(struct trace_event){.kind = kind, .commit = work->commit, .other = TRACE_NONE});
}

static struct way way_of_fresh(const struct work *work, const struct fresh *fresh)
{
	const struct candidate *was = &work->candidates[fresh->candidate];

	return (struct way){
		.file = fresh->file,
		.was_file = was->file,
		.index = fresh->index,
		.was_index = was->index,
		.point = fresh->point,
		.heading = fresh->heading,
	};
}

static bool went_on(const struct work *work, uint32_t index)
{
	const struct fresh *fresh = &work->fresh[index];

	return fresh->candidate != TRACE_NONE && work->candidates[fresh->candidate].heir == index;
}

static bool stays_in_file(const struct work *work, uint32_t index)
{
	const struct fresh *fresh = &work->fresh[index];

	return went_on(work, index) && work->candidates[fresh->candidate].path == fresh->path;
}

/* Of one file: its fresh blocks, and the runs that were kept between them. */
struct moving {
	uint32_t fresh, fresh_end, run, run_end;
};

/* Whether a run comes next in the file, and no fresh block. */
static bool run_is_next(const struct work *work, struct moving moving)
{
	return moving.run < moving.run_end &&
	       (moving.fresh == moving.fresh_end ||
		work->runs[moving.run].index < work->fresh[moving.fresh].index);
}

/* Whether all that was in the file before stands in the order it stood in. */
static bool is_in_order(const struct work *work, struct moving moving)
{
	for (uint32_t was = 0; moving.fresh < moving.fresh_end || moving.run < moving.run_end;) {
		if (run_is_next(work, moving)) {
			const struct kept_run *run = &work->runs[moving.run++];

			if (run->was < was)
				return false;
			was = run->was;
			continue;
		}

		uint32_t at = moving.fresh++;

		if (!stays_in_file(work, at))
			continue;
		if (work->candidates[work->fresh[at].candidate].index < was)
			return false;
		was = work->candidates[work->fresh[at].candidate].index;
	}
	return true;
}

/* The blocks of a run, as ways. out: how many have words */
static uint32_t list_run(const struct tracer *tracer, const struct kept_run *run, struct kept *kept)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < run->count; i++) {
		uint32_t wording = run->file->entries[run->index + i].wording;

		if (wording == TRACE_NONE)
			continue;
		kept[count++].way = (struct way){
			.file = run->file,
			.was_file = run->old,
			.index = run->index + i,
			.was_index = run->was + i,
			.point = tracer->wordings[wording].point,
			.heading = tracer->wordings[wording].heading,
		};
	}
	return count;
}

static uint64_t weight_of(const struct tracer *tracer, const struct way *way)
{
	uint64_t weight = way->heading ? HEADING_WEIGHT : POINT_WEIGHT;

	return weight * WEIGHT_UNIT +
	       (tracer->input->commit_count - tracer->points[way->point].origin);
}

/* In the order of the file. */
static uint32_t list_kept(struct work *work, struct moving moving, struct kept **out)
{
	uint32_t count = 0, room = moving.fresh_end - moving.fresh;

	for (uint32_t i = moving.run; i < moving.run_end; i++)
		room += work->runs[i].count;

	struct kept *kept = arena_array(&work->scratch, struct kept, room);

	while (moving.fresh < moving.fresh_end || moving.run < moving.run_end) {
		if (run_is_next(work, moving))
			count += list_run(work->tracer, &work->runs[moving.run++], kept + count);
		else if (stays_in_file(work, moving.fresh++))
			kept[count++].way = way_of_fresh(work, &work->fresh[moving.fresh - 1]);
	}
	for (uint32_t i = 0; i < count; i++)
		kept[i].weight = weight_of(work->tracer, &kept[i].way);
	*out = kept;
	return count;
}

static void record_moves_within(struct work *work, struct moving moving)
{
	struct kept *kept;
	uint32_t count, places = 0;

	if (is_in_order(work, moving))
		return;
	count = list_kept(work, moving, &kept);
	for (uint32_t i = 0; i < count; i++)
		if (kept[i].way.was_index >= places)
			places = kept[i].way.was_index + 1;
	mark_staying(work, kept, count, places);
	for (uint32_t i = 0; i < count; i++)
		if (!kept[i].stays)
			record_move(work, &kept[i].way, TRACE_MOVE);
}

static void record_moves_between(struct work *work, uint32_t from, uint32_t to)
{
	const struct tracer *tracer = work->tracer;
	uint32_t parent = work->input->parents[0].commit;

	for (uint32_t i = from; i < to; i++) {
		const struct fresh *fresh = &work->fresh[i];

		if (!went_on(work, i) || parent == TRACE_NONE)
			continue;

		uint32_t path = work->candidates[fresh->candidate].path;
		bool renamed = !tree_find(work->tree, path) &&
			       !tree_find(&tracer->trees[parent], fresh->path);

		struct way way = way_of_fresh(work, fresh);

		if (path != fresh->path)
			record_move(work, &way, renamed ? TRACE_RENAME : TRACE_MOVE);
	}
}

/* The runs of one file stand together. */
static void find_runs(const struct work *work, uint32_t path, struct moving *out)
{
	out->run = 0;
	while (out->run < work->run_count && work->runs[out->run].path != path)
		out->run++;
	out->run_end = out->run;
	while (out->run_end < work->run_count && work->runs[out->run_end].path == path)
		out->run_end++;
}

void record_moves(struct work *work)
{
	struct moving at = {0};

	/* What a merge moved, one of its sides has moved before. */
	if (work->input->parent_count > 1)
		return;
	for (; at.fresh < work->fresh_count; at.fresh = at.fresh_end) {
		uint32_t path = work->fresh[at.fresh].path;

		at.fresh_end = at.fresh;
		while (at.fresh_end < work->fresh_count && work->fresh[at.fresh_end].path == path)
			at.fresh_end++;
		find_runs(work, path, &at);
		record_moves_between(work, at.fresh, at.fresh_end);
		record_moves_within(work, at);
	}
}
