#include "cmd/history_graph.h"

#include "core/message.h"

/* A commit whose parents are being numbered before it. */
struct open_commit {
	struct history_commit commit;
	const struct object_id *parents;
	size_t parent_count, next;
};

struct walk {
	struct arena *arena;
	const struct repo *repo;
	const struct history_graph *known;
	struct history_graph *out;
	struct id_table missing;
	struct open_commit *open;
	size_t open_count, open_room;
};

static void fill_from_known(struct walk *walk, const struct history_commit *known,
			    struct open_commit *open)
{
	struct object_id *parents = arena_array(walk->arena, struct object_id, known->parent_count);

	for (uint32_t i = 0; i < known->parent_count; i++)
		parents[i] = walk->known->numbers.ids[known->parents[i]];
	*open = (struct open_commit){
		.commit = *known,
		.parents = parents,
		.parent_count = known->parent_count,
	};
}

/* out: false: it is missing or cannot be read */
static bool read_commit(struct walk *walk, struct object_id id, struct open_commit *open)
{
	uint32_t number = walk->known ? id_table_find(&walk->known->numbers, id) : ID_UNKNOWN;
	struct commit commit;
	err failure;

	if (number != ID_UNKNOWN) {
		fill_from_known(walk, &walk->known->commits[number], open);
		return true;
	}
	failure = repo_commit_read(walk->arena, walk->repo, id, &commit);
	if (failure) {
		err_free(failure);
		return false;
	}
	*open = (struct open_commit){
		.commit = {.id = id,
			   .tree = commit.tree,
			   .author = commit.author,
			   .committer = commit.committer,
			   .automatic = commit.parent_count > 1 && commit_is_automatic(&commit)},
		.parents = commit.parents,
		.parent_count = commit.parent_count,
	};
	return true;
}

static void close_commit(struct walk *walk, struct open_commit *open)
{
	struct history_graph *out = walk->out;
	struct history_commit *commit = &open->commit;
	uint32_t *parents = arena_array(walk->arena, uint32_t, open->parent_count), count = 0;

	for (size_t i = 0; i < open->parent_count; i++) {
		uint32_t parent = id_table_find(&out->numbers, open->parents[i]);
		bool twice = false;

		for (uint32_t j = 0; j < count; j++)
			twice = twice || parents[j] == parent;
		if (parent == ID_UNKNOWN)
			commit->boundary = true;
		else if (!twice)
			parents[count++] = parent;
	}
	commit->parents = parents;
	commit->parent_count = count;
	id_table_add(walk->arena, &out->numbers, commit->id);
	arena_push(walk->arena, out->commits, out->count, out->room);
	out->commits[out->count++] = *commit;
}

static bool is_seen(const struct walk *walk, struct object_id id)
{
	return id_table_find(&walk->out->numbers, id) != ID_UNKNOWN ||
	       id_table_find(&walk->missing, id) != ID_UNKNOWN;
}

static void open_commit(struct walk *walk, struct object_id id)
{
	arena_push(walk->arena, walk->open, walk->open_count, walk->open_room);
	if (read_commit(walk, id, &walk->open[walk->open_count]))
		walk->open_count++;
	else
		id_table_add(walk->arena, &walk->missing, id);
}

err history_graph_read(struct arena *arena, const struct repo *repo, struct object_id tip,
		       const struct history_graph *known, struct history_graph *out)
{
	struct walk walk = {.arena = arena, .repo = repo, .known = known, .out = out};

	*out = (struct history_graph){0};
	if (object_id_is_none(tip))
		return NULL;
	open_commit(&walk, tip);
	if (walk.open_count == 0)
		return err_advise(
			err_new(STATUS_IO, _("cannot read what is recorded")),
			_("“git fsck” tells more; another copy of the workshops has it."));
	while (walk.open_count) {
		struct open_commit *top = &walk.open[walk.open_count - 1];

		if (top->next == top->parent_count) {
			close_commit(&walk, top);
			walk.open_count--;
			continue;
		}
		struct object_id parent = top->parents[top->next++];
		if (!is_seen(&walk, parent))
			open_commit(&walk, parent);
	}
	out->missing = walk.missing.count;
	return NULL;
}

/* --- merges across ------------------------------------------------------------ */

enum mark { MARK_ONE = 1, MARK_OTHER = 2, MARK_BELOW = 4 };

/* Commits that are marked and not looked at: a heap with the largest number on top. */
struct pending {
	uint32_t *heap, count;
	unsigned char *marks; /* by commit */
	uint32_t open;	      /* those of them that are not below a common one */
};

static bool is_below(const struct pending *pending, uint32_t commit)
{
	return pending->marks[commit] & MARK_BELOW;
}

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;

	*a = *b;
	*b = kept;
}

static void add_pending(struct pending *pending, uint32_t commit, unsigned marks)
{
	bool known = pending->marks[commit], was_below = is_below(pending, commit);
	uint32_t at = pending->count;

	pending->marks[commit] |= (unsigned char)marks;
	if (known) {
		pending->open -= !was_below && is_below(pending, commit);
		return;
	}
	pending->open += !is_below(pending, commit);
	pending->heap[pending->count++] = commit;
	for (; at && pending->heap[(at - 1) / 2] < pending->heap[at]; at = (at - 1) / 2)
		swap(&pending->heap[at], &pending->heap[(at - 1) / 2]);
}

static uint32_t take_pending(struct pending *pending)
{
	uint32_t commit = pending->heap[0], at = 0;

	pending->heap[0] = pending->heap[--pending->count];
	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child + 1 < pending->count && pending->heap[child] < pending->heap[child + 1])
			child++;
		if (child >= pending->count || pending->heap[child] <= pending->heap[at])
			break;
		swap(&pending->heap[at], &pending->heap[child]);
		at = child;
	}
	pending->open -= !is_below(pending, commit);
	return commit;
}

/* Two sides are marked downwards; where both marks meet is a common version. */
static uint32_t count_bases(const struct history_graph *graph, struct pending *pending,
			    uint32_t one, uint32_t other)
{
	uint32_t bases = 0, *seen = pending->heap + graph->count, seen_count = 0;

	add_pending(pending, one, MARK_ONE);
	add_pending(pending, other, MARK_OTHER);
	while (pending->open) {
		uint32_t commit = take_pending(pending);
		unsigned marks = pending->marks[commit];

		seen[seen_count++] = commit;
		if (marks == (MARK_ONE | MARK_OTHER)) {
			bases++;
			marks |= MARK_BELOW;
		}
		for (uint32_t i = 0; i < graph->commits[commit].parent_count; i++)
			add_pending(pending, graph->commits[commit].parents[i], marks);
	}
	while (pending->count)
		pending->marks[pending->heap[--pending->count]] = 0;
	while (seen_count)
		pending->marks[seen[--seen_count]] = 0;
	return bases;
}

uint32_t history_count_criss_cross(const struct history_graph *graph)
{
	struct arena arena = {0};
	struct pending pending = {
		.heap = arena_array(&arena, uint32_t, 2 * (size_t)graph->count),
		.marks = arena_array(&arena, unsigned char, graph->count),
	};
	uint32_t count = 0;

	for (uint32_t i = 0; i < graph->count; i++) {
		const struct history_commit *commit = &graph->commits[i];

		if (commit->parent_count == 2)
			count += count_bases(graph, &pending, commit->parents[0],
					     commit->parents[1]) > 1;
	}
	arena_free(&arena);
	return count;
}
