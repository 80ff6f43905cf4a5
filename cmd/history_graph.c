#include "cmd/history_graph.h"

#include "core/heap.h"
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

uint32_t history_count_known(const struct history_graph *graph, const struct history_graph *before)
{
	uint32_t known = 0;

	while (known < graph->count && known < before->count &&
	       object_id_equal(graph->commits[known].id, before->commits[known].id))
		known++;
	return known;
}

/* --- merges across ------------------------------------------------------------ */

enum mark { MARK_ONE = 1, MARK_OTHER = 2, MARK_BELOW = 4 };

/* The commits that count_bases() marks. */
struct marking {
	struct heap waiting;  /* marked and not looked at, the largest number first */
	unsigned char *marks; /* by commit */
	uint32_t *seen;	      /* those that were looked at */
	uint32_t open;	      /* those that wait and are not below a common one */
};

static bool is_larger(const void *context, uint32_t a, uint32_t b)
{
	(void)context;
	return a > b;
}

static bool is_below(const struct marking *marking, uint32_t commit)
{
	return marking->marks[commit] & MARK_BELOW;
}

static void mark(struct marking *marking, uint32_t commit, unsigned marks)
{
	bool known = marking->marks[commit], was_below = is_below(marking, commit);

	marking->marks[commit] |= (unsigned char)marks;
	if (known) {
		marking->open -= !was_below && is_below(marking, commit);
		return;
	}
	marking->open += !is_below(marking, commit);
	heap_add(&marking->waiting, commit);
}

/* Two sides are marked downwards; where both marks meet is a common version. */
static uint32_t count_bases(const struct history_graph *graph, struct marking *marking,
			    uint32_t one, uint32_t other)
{
	uint32_t bases = 0, seen_count = 0;

	mark(marking, one, MARK_ONE);
	mark(marking, other, MARK_OTHER);
	while (marking->open) {
		uint32_t commit = heap_take(&marking->waiting);
		unsigned marks = marking->marks[commit];

		marking->open -= !is_below(marking, commit);
		marking->seen[seen_count++] = commit;
		if (marks == (MARK_ONE | MARK_OTHER)) {
			bases++;
			marks |= MARK_BELOW;
		}
		for (uint32_t i = 0; i < graph->commits[commit].parent_count; i++)
			mark(marking, graph->commits[commit].parents[i], marks);
	}
	while (marking->waiting.count)
		marking->marks[heap_take(&marking->waiting)] = 0;
	while (seen_count)
		marking->marks[marking->seen[--seen_count]] = 0;
	return bases;
}

uint32_t history_count_criss_cross(const struct history_graph *graph)
{
	struct arena arena = {0};
	struct marking marking = {
		.waiting = {.arena = &arena, .is_before = is_larger},
		.marks = arena_array(&arena, unsigned char, graph->count),
		.seen = arena_array(&arena, uint32_t, graph->count),
	};
	uint32_t count = 0;

	for (uint32_t i = 0; i < graph->count; i++) {
		const struct history_commit *commit = &graph->commits[i];

		if (commit->parent_count == 2)
			count += count_bases(graph, &marking, commit->parents[0],
					     commit->parents[1]) > 1;
	}
	arena_free(&arena);
	return count;
}
