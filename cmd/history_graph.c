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
		return err_new(STATUS_IO, _("cannot read what is recorded"));
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
