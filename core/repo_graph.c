/*
 * How commits relate. libgit2's walks stop at a commit that it cannot parse, and such
 * commits come from outside; these read only what commit_text.h finds in any commit.
 */

#include "core/commit_text.h"
#include "core/heap.h"
#include "core/id_table.h"
#include "core/limits.h"
#include "core/repo_blob.h"
#include "core/repo_private.h"

enum mark {
	MARK_ONE = 1,
	MARK_OTHER = 2,
	MARK_BELOW = 4, /* of a commit that both sides have */
	MARK_BOTH = MARK_ONE | MARK_OTHER,
};

struct node {
	struct object_id *parents;
	size_t parent_count;
	int64_t time;
	unsigned marks;	   /* of enum mark */
	bool waits;	   /* is in the heap */
	uint32_t children; /* within what is asked for, that are not in order yet */
};

/* Commits that are marked from above; numbers are those of `numbers`. */
struct graph {
	struct arena arena;
	const struct repo *repo;
	struct id_table numbers;
	struct node *nodes; /* by number */
	size_t count, room;
	struct heap waiting; /* to hand their marks on, the latest first */
	size_t open;	     /* those of them that are not below a common one */
};

static bool is_later(const void *context, uint32_t a, uint32_t b)
{
	const struct graph *graph = context;
	const struct node *left = &graph->nodes[a], *right = &graph->nodes[b];

	if (left->time != right->time)
		return left->time > right->time;
	return object_id_compare(graph->numbers.ids[a], graph->numbers.ids[b]) > 0;
}

/* `out` stays where it is. */
static void begin(const struct repo *repo, struct graph *out)
{
	*out = (struct graph){.repo = repo};
	out->waiting = (struct heap){.arena = &out->arena, .is_before = is_later, .context = out};
}

/* --- marking --------------------------------------------------------------------- */

static err read_node(struct graph *graph, struct object_id id, struct node *out)
{
	struct lent_blob lent = {0};
	struct commit commit;
	err e = repo_lend(graph->repo, id, GIT_OBJECT_COMMIT, LIMIT_COMMIT_BYTES, &lent);

	if (e)
		return e;
	bool sound = commit_text_read(&graph->arena, lent.text, &commit);
	repo_blob_give_back(lent.handle);
	if (!sound)
		return repo_unreadable(id);
	*out = (struct node){.parents = commit.parents,
			     .parent_count = commit.parent_count,
			     .time = commit.committer.time};
	return NULL;
}

bool repo_is_cut_off(const struct repo *repo, struct object_id id)
{
	git_oid oid = repo_id_to(id);

	return repo_is_shallow(repo) && !git_odb_exists(repo->objects, &oid);
}

static err add_marks(struct graph *graph, struct object_id id, unsigned marks)
{
	uint32_t number = id_table_find(&graph->numbers, id);

	if (number == ID_UNKNOWN) {
		arena_push(&graph->arena, graph->nodes, graph->count, graph->room);
		err e = read_node(graph, id, &graph->nodes[graph->count]);
		if (e && repo_is_cut_off(graph->repo, id)) {
			err_free(e);
			return NULL;
		}
		if (e)
			return e;
		graph->count++;
		number = id_table_add(&graph->arena, &graph->numbers, id);
	}
	struct node *node = &graph->nodes[number];
	if ((node->marks & marks) == marks)
		return NULL;
	graph->open -= node->waits && !(node->marks & MARK_BELOW);
	node->marks |= marks;
	graph->open += !(node->marks & MARK_BELOW);
	if (!node->waits)
		heap_add(&graph->waiting, number);
	node->waits = true;
	return NULL;
}

/* Hands the marks of the latest commit on. */
static err step(struct graph *graph)
{
	uint32_t number = heap_take(&graph->waiting);
	struct node *node = &graph->nodes[number];
	unsigned marks = node->marks;
	const struct object_id *parents = node->parents;
	size_t parent_count = node->parent_count;
	err e = NULL;

	node->waits = false;
	graph->open -= !(marks & MARK_BELOW);
	if ((marks & MARK_BOTH) == MARK_BOTH)
		marks |= MARK_BELOW;
	for (size_t i = 0; !e && i < parent_count; i++)
		e = add_marks(graph, parents[i], marks);
	return e;
}

static bool is_common(const struct node *node)
{
	return (node->marks & (MARK_BOTH | MARK_BELOW)) == MARK_BOTH;
}

/* --- what is asked ----------------------------------------------------------------- */

bool repo_descends(const struct repo *repo, struct object_id id, struct object_id ancestor)
{
	struct graph graph;
	bool found = object_id_equal(id, ancestor);
	err e = NULL;

	if (object_id_is_none(id) || object_id_is_none(ancestor))
		return false;
	begin(repo, &graph);
	/* One that a shortened history lacks gets no mark, and is reached from nowhere. */
	if (!found && !(e = add_marks(&graph, ancestor, MARK_OTHER)) && graph.count)
		e = add_marks(&graph, id, MARK_ONE);
	while (!found && !e && graph.open) {
		e = step(&graph);
		found = (graph.nodes[0].marks & MARK_ONE) != 0;
	}
	arena_free(&graph.arena);
	err_free(e);
	return found;
}

/* Is it an ancestor of another one, where clocks that were wrong hid that? */
static bool is_above(const struct repo *repo, const struct object_id *ids, size_t count, size_t at)
{
	for (size_t i = 0; i < count; i++)
		if (i != at && repo_descends(repo, ids[i], ids[at]))
			return true;
	return false;
}

static void list_bases(struct arena *arena, const struct graph *graph, struct object_id **out,
		       size_t *count)
{
	struct object_id *common = NULL;
	size_t number = 0, room = 0, kept = 0;

	for (uint32_t i = 0; i < graph->count; i++) {
		if (!is_common(&graph->nodes[i]))
			continue;
		arena_push(arena, common, number, room);
		common[number++] = graph->numbers.ids[i];
	}
	*out = arena_array(arena, struct object_id, number);
	for (size_t i = 0; i < number; i++)
		if (!is_above(graph->repo, common, number, i))
			(*out)[kept++] = common[i];
	*count = kept;
	object_ids_sort(*out, kept);
}

err repo_merge_bases(struct arena *arena, const struct repo *repo, struct object_id one,
		     const struct object_id *others, size_t other_count, struct object_id **out,
		     size_t *count)
{
	struct graph graph;
	err e;

	begin(repo, &graph);
	e = add_marks(&graph, one, MARK_ONE);
	for (size_t i = 0; !e && i < other_count; i++)
		e = add_marks(&graph, others[i], MARK_OTHER);
	while (!e && graph.open)
		e = step(&graph);
	if (!e)
		list_bases(arena, &graph, out, count);
	arena_free(&graph.arena);
	return e;
}

static bool is_asked_for(const struct node *node)
{
	return node->marks == MARK_ONE;
}

/* A parent's node; NULL: beyond a shortened history. */
static struct node *parent_of(struct graph *graph, const struct node *node, size_t index)
{
	uint32_t number = id_table_find(&graph->numbers, node->parents[index]);

	return number == ID_UNKNOWN ? NULL : &graph->nodes[number];
}

static void count_children(struct graph *graph)
{
	for (uint32_t i = 0; i < graph->count; i++) {
		const struct node *node = &graph->nodes[i];

		for (size_t j = 0; is_asked_for(node) && j < node->parent_count; j++) {
			struct node *parent = parent_of(graph, node, j);

			if (parent)
				parent->children++;
		}
	}
}

/* What only one side has, children before parents; of those that could be next, the latest.
 * out: how many */
static size_t put_in_order(struct graph *graph, uint32_t **out)
{
	size_t count = 0;

	*out = arena_array(&graph->arena, uint32_t, graph->count);
	count_children(graph);
	graph->waiting.count = 0;
	for (uint32_t i = 0; i < graph->count; i++)
		if (is_asked_for(&graph->nodes[i]) && graph->nodes[i].children == 0)
			heap_add(&graph->waiting, i);
	while (graph->waiting.count) {
		uint32_t number = heap_take(&graph->waiting);
		const struct node *node = &graph->nodes[number];

		(*out)[count++] = number;
		for (size_t j = 0; j < node->parent_count; j++) {
			struct node *parent = parent_of(graph, node, j);

			if (parent && --parent->children == 0 && is_asked_for(parent))
				heap_add(&graph->waiting, (uint32_t)(parent - graph->nodes));
		}
	}
	return count;
}

err repo_history(struct arena *arena, const struct repo *repo, struct object_id from,
		 struct object_id without, struct commit **out, size_t *count)
{
	struct graph graph;
	struct commit *found = NULL;
	uint32_t *ordered = NULL;
	size_t number = 0;
	err e = NULL;

	begin(repo, &graph);
	if (!object_id_is_none(from))
		e = add_marks(&graph, from, MARK_ONE);
	if (!e && !object_id_is_none(from) && !object_id_is_none(without))
		e = add_marks(&graph, without, MARK_OTHER);
	while (!e && graph.open)
		e = step(&graph);
	if (!e) {
		number = put_in_order(&graph, &ordered);
		found = arena_array(arena, struct commit, number);
	}
	for (size_t i = 0; !e && i < number; i++)
		e = repo_commit_read(arena, repo, graph.numbers.ids[ordered[number - 1 - i]],
				     &found[i]);
	arena_free(&graph.arena);
	if (e)
		return e;
	*out = found;
	*count = number;
	return NULL;
}
