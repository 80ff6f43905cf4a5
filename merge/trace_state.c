#include <string.h>

#include "merge/trace_inside.h"

/* What a wording takes in a record, at least: its key, four numbers, a word and who brought it. */
enum { WORDING_BYTES = sizeof(struct key) + 7 };

static unsigned size_class(size_t bytes)
{
	unsigned class = 6;

	while (((size_t)1 << class) < bytes)
		class ++;
	return class;
}

void *store_take(struct store *store, size_t bytes)
{
	unsigned class = size_class(bytes);
	void *at = store->given_back[class];

	if (!at)
		return arena_alloc(store->arena, (size_t)1 << class, 1);
	memcpy(&store->given_back[class], at, sizeof(void *));
	return at;
}

void store_give(struct store *store, void *at, size_t bytes)
{
	unsigned class = size_class(bytes);

	if (!at)
		return;
	memcpy(at, &store->given_back[class], sizeof(void *));
	store->given_back[class] = at;
}

bool store_is_same(size_t a, size_t b)
{
	return size_class(a) == size_class(b);
}

struct file_state *file_new(struct tracer *tracer, uint32_t blob, uint32_t count)
{
	struct file_state *file = store_take(&tracer->store, sizeof *file);

	*file = (struct file_state){.blob = blob, .count = count};
	file->entries = store_take(&tracer->store, count * sizeof *file->entries);
	return file;
}

void file_release(struct tracer *tracer, struct file_state *file)
{
	if (--file->holders)
		return;
	file_forget_text(tracer, file);
	store_give(&tracer->store, file->entries, file->count * sizeof *file->entries);
	store_give(&tracer->store, file, sizeof *file);
}

struct str file_text(struct tracer *tracer, struct file_state *file)
{
	if (!file->has_text) {
		file->lent = tracer->input->read(tracer->input->context, file->blob);
		file->has_text = true;
	}
	return file->lent.text;
}

void file_forget_text(struct tracer *tracer, struct file_state *file)
{
	const struct trace_input *input = tracer->input;

	if (file->has_text && input->give_back)
		input->give_back(input->context, file->lent);
	file->has_text = false;
}

/* Where `path` stands in the tree, or would. */
static uint32_t tree_place(const struct tree *tree, uint32_t path)
{
	uint32_t low = 0, high = tree->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (tree->files[middle].path < path)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct file_state *tree_find(const struct tree *tree, uint32_t path)
{
	uint32_t at = tree_place(tree, path);

	return at < tree->count && tree->files[at].path == path ? tree->files[at].file : NULL;
}

static void tree_make_room(struct tracer *tracer, struct tree *tree)
{
	uint32_t room = tree->room ? 2 * tree->room : 16;
	struct tree_file *files = store_take(&tracer->store, room * sizeof *files);

	if (tree->count)
		memcpy(files, tree->files, tree->count * sizeof *files);
	store_give(&tracer->store, tree->files, tree->room * sizeof *files);
	tree->files = files;
	tree->room = room;
}

void tree_put(struct tracer *tracer, struct tree *tree, uint32_t path, struct file_state *file)
{
	uint32_t at = tree_place(tree, path);
	bool there = at < tree->count && tree->files[at].path == path;
	struct file_state *old = there ? tree->files[at].file : NULL;

	if (file)
		file->holders++;
	if (there && file) {
		tree->files[at].file = file;
	} else if (there) {
		memmove(tree->files + at, tree->files + at + 1,
			(--tree->count - at) * sizeof *tree->files);
	} else if (file) {
		if (tree->count == tree->room)
			tree_make_room(tracer, tree);
		memmove(tree->files + at + 1, tree->files + at,
			(tree->count++ - at) * sizeof *tree->files);
		tree->files[at] = (struct tree_file){path, file};
	}
	if (old)
		file_release(tracer, old);
}

static size_t ancestor_words(const struct tracer *tracer)
{
	return (size_t)tracer->input->commit_count / 64 + 1;
}

static void tree_add_ancestors(struct tracer *tracer, struct tree *tree, const struct tree *parent)
{
	size_t count = ancestor_words(tracer);

	for (size_t i = 0; i < count; i++)
		tree->ancestors[i] |= parent->ancestors[i];
}

void tree_follow(struct tracer *tracer, struct tree *tree, struct tree *parent)
{
	if (tree->ancestors) { /* a further parent of a merge: its files come one by one */
		tree_add_ancestors(tracer, tree, parent);
		return;
	}
	tree->ancestors = store_take(&tracer->store, ancestor_words(tracer) * sizeof(uint64_t));
	memset(tree->ancestors, 0, ancestor_words(tracer) * sizeof(uint64_t));
	if (!parent)
		return;
	tree_add_ancestors(tracer, tree, parent);
	while (tree->room < parent->count)
		tree_make_room(tracer, tree);
	if (parent->count)
		memcpy(tree->files, parent->files, parent->count * sizeof *tree->files);
	tree->count = parent->count;
	for (uint32_t i = 0; i < tree->count; i++)
		tree->files[i].file->holders++;
}

void tree_replace(struct tree *tree, struct tree *parent)
{
	uint32_t children = tree->children, parents_children = parent->children;

	*tree = *parent;
	tree->children = children;
	*parent = (struct tree){.children = parents_children};
}

void tree_release(struct tracer *tracer, struct tree *tree)
{
	for (uint32_t i = 0; i < tree->count; i++)
		file_release(tracer, tree->files[i].file);
	store_give(&tracer->store, tree->files, tree->room * sizeof *tree->files);
	store_give(&tracer->store, tree->ancestors, ancestor_words(tracer) * sizeof(uint64_t));
	*tree = (struct tree){0};
}

bool tree_has_ancestor(const struct tree *tree, uint32_t commit)
{
	return tree->ancestors[commit / 64] >> (commit % 64) & 1;
}

static void make_point_room(struct tracer *tracer, uint32_t room)
{
	uint32_t count = tracer->point_count;

	tracer->points =
		arena_grow(tracer->arena, tracer->points, count, room, sizeof *tracer->points);
	tracer->alive =
		arena_grow(&tracer->states, tracer->alive, count, room, sizeof *tracer->alive);
	tracer->moved =
		arena_grow(&tracer->states, tracer->moved, count, room, sizeof *tracer->moved);
	tracer->point_room = room;
}

static void make_wording_room(struct tracer *tracer, uint32_t room)
{
	uint32_t count = tracer->wording_count;

	tracer->wordings =
		arena_grow(tracer->arena, tracer->wordings, count, room, sizeof *tracer->wordings);
	tracer->taken =
		arena_grow(&tracer->states, tracer->taken, count, room, sizeof *tracer->taken);
	tracer->wording_room = room;
}

void make_known_room(struct tracer *tracer)
{
	const struct trace_input *input = tracer->input;
	size_t most = 0;

	for (uint32_t i = 0; i < input->record_count; i++)
		most += input->records[i].len / WORDING_BYTES;
	if (most == 0 || most > UINT32_MAX / 2)
		return;
	make_point_room(tracer, (uint32_t)most);
	make_wording_room(tracer, (uint32_t)most);
}

uint32_t point_new(struct tracer *tracer, uint32_t origin, bool heading)
{
	uint32_t point = tracer->point_count;

	if (point == tracer->point_room)
		make_point_room(tracer, point ? 2 * point : 256);
	tracer->point_count++;
	tracer->points[point] = (struct trace_point){
		.origin = origin,
		.wording = TRACE_NONE,
		.heading = heading,
	};
	tracer->alive[point] = tracer->moved[point] = 0;
	return point;
}

void add_deed(struct tracer *tracer, struct deed deed)
{
	struct deeds *deeds = &tracer->deeds;

	if (!tracer->recording)
		return;
	arena_push(&tracer->states, deeds->deeds, deeds->count, deeds->room);
	deeds->deeds[deeds->count++] = deed;
}

void point_wording(struct tracer *tracer, uint32_t point, uint32_t wording)
{
	if (tracer->points[point].wording == wording)
		return;
	add_deed(tracer, (struct deed){.kind = DEED_WORDING, .subject = point, .other = wording});
	tracer->points[point].wording = wording;
}

void point_event(struct tracer *tracer, uint32_t point, struct trace_event event)
{
	point_event_in(tracer, point, event, event.commit);
}

void point_event_in(struct tracer *tracer, uint32_t point, struct trace_event event, uint32_t seen)
{
	struct trace_point *at = &tracer->points[point];
	struct trace_event *copy = arena_new(tracer->arena, struct trace_event);

	*copy = event;
	copy->seen = seen;
	copy->next = NULL;
	add_deed(tracer, (struct deed){
				 .kind = event.kind,
				 .subject = point,
				 .other = event.other,
				 .words = event.words,
				 .wording = event.wording,
				 .commit = event.commit,
				 .place = event.place,
			 });
	if (at->last_event)
		at->last_event->next = copy;
	else
		at->events = copy;
	at->last_event = copy;
}

void point_also(struct tracer *tracer, uint32_t point, uint32_t commit)
{
	struct trace_point *at = &tracer->points[point];
	struct trace_also *also;

	if (at->origin == commit)
		return;
	for (const struct trace_also *known = at->also; known; known = known->next)
		if (known->commit == commit)
			return;
	add_deed(tracer, (struct deed){.kind = DEED_ALSO, .subject = point, .other = commit});
	also = arena_new(tracer->arena, struct trace_also);
	*also = (struct trace_also){commit, at->also};
	at->also = also;
}

void point_also_of(struct tracer *tracer, uint32_t point, uint32_t other)
{
	const struct trace_also *also = tracer->points[other].also;

	point_also(tracer, point, tracer->points[other].origin);
	for (; also; also = also->next)
		point_also(tracer, point, also->commit);
}

static void write_runs(struct tracer *tracer, struct trace_wording *wording,
		       const uint32_t *origins)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < wording->word_count; i++)
		count += i == 0 || origins[i] != origins[i - 1];

	struct trace_run *runs = arena_array(tracer->arena, struct trace_run, count);

	wording->runs = runs;
	wording->run_count = count;
	for (uint32_t i = 0; i < wording->word_count; i++) {
		if (i == 0 || origins[i] != origins[i - 1])
			*runs++ = (struct trace_run){0, origins[i]};
		runs[-1].words++;
	}
}

uint32_t wording_add(struct tracer *tracer, const struct trace_wording *wording)
{
	uint32_t number = tracer->wording_count;

	if (number == tracer->wording_room)
		make_wording_room(tracer, number ? 2 * number : 256);
	tracer->wording_count++;
	tracer->wordings[number] = *wording;
	tracer->taken[number] = 0;
	if (tracer->all_known)
		return number;
	for (uint32_t i = 0; i < wording->word_count; i++)
		tracer->vocabulary.uses[wording->words[i]]++;
	remember_wording(tracer, number);
	return number;
}

uint32_t wording_new(struct tracer *tracer, const struct trace_wording *wording,
		     const uint32_t *origins)
{
	struct trace_wording complete = *wording;
	uint32_t *words = arena_array(tracer->arena, uint32_t, wording->word_count);

	if (wording->word_count)
		memcpy(words, wording->words, wording->word_count * sizeof *words);
	complete.words = words;
	write_runs(tracer, &complete, origins);
	return wording_add(tracer, &complete);
}

struct words wording_words(const struct tracer *tracer, uint32_t wording)
{
	const struct trace_wording *at = &tracer->wordings[wording];

	return (struct words){at->words, at->word_count};
}
