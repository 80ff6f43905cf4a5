#include "cmd/history_trace.h"

#include <stdlib.h>

#include "cmd/history_saved.h"
#include "cmd/trace_cache.h"
#include "core/hash.h"
#include "core/limits.h"
#include "core/repo_ahead.h"
#include "core/repo_blob.h"

/* What is filled in while the history is gone through. */
struct filling {
	struct arena *arena;
	const struct repo *repo;
	struct history_graph graph;
	struct history_trace *out;
	struct trace_commit *commits;
	struct id_table blobs;
	struct str *saved; /* by blob: the text of one that only the work tree has */
	uint32_t saved_room;
	bool *unreadable; /* by commit: which notes it changed cannot be told */

	struct trace_cache cache;
	uint32_t known; /* so many commits are traced from their records */
	uint32_t known_blobs;
	uint32_t recorded_count; /* commits that are more than saved */
	struct str *records;	 /* by commit, of the others */
	uint32_t *blob_count;	 /* by commit */
	struct repo_ahead *ahead;
};

/* --- texts ------------------------------------------------------------------ */

static struct trace_text taken(const struct filling *filling, uint32_t index, struct lent_blob lent)
{
	struct ahead_beside beside = repo_ahead_beside(filling->ahead, index);

	return (struct trace_text){.text = lent.text,
				   .handle = lent.handle,
				   .compared = beside.compared,
				   .beside = filling->known_blobs + beside.index,
				   .same_start = beside.start,
				   .same_end = beside.end};
}

static struct trace_text lend(void *context, uint32_t blob)
{
	struct filling *filling = context;
	struct lent_blob lent = {0};
	err failure = NULL;

	if (blob < filling->saved_room && filling->saved[blob].at)
		return (struct trace_text){.text = filling->saved[blob]};
	if (filling->ahead && blob >= filling->known_blobs &&
	    repo_ahead_take(filling->ahead, blob - filling->known_blobs, &lent))
		return taken(filling, blob - filling->known_blobs, lent);
	failure = repo_blob_lend(filling->repo, filling->blobs.ids[blob], LIMIT_FILE_BYTES, &lent);
	if (failure) {
		filling->out->unreadable++;
		err_free(failure);
	}
	return (struct trace_text){.text = lent.text, .handle = lent.handle};
}

static void give_back(void *context, struct trace_text text)
{
	(void)context;
	repo_blob_give_back(text.handle);
}

/* --- what was recorded ------------------------------------------------------ */

static struct trace_change *changes_of(struct filling *filling, const struct note_changes *notes)
{
	struct trace_change *changes =
		arena_array(filling->arena, struct trace_change, notes->count);

	for (size_t i = 0; i < notes->count; i++) {
		const struct note_change *note = &notes->notes[i];

		changes[i] = (struct trace_change){
			.path = note->path,
			.blob = object_id_is_none(note->to)
					? TRACE_NONE
					: id_table_add(filling->arena, &filling->blobs, note->to),
		};
	}
	return changes;
}

/* One way from a parent to a commit; `parent` TRACE_NONE: from the empty tree. */
static struct trace_parent fill_parent(struct filling *filling, uint32_t number, uint32_t parent)
{
	struct history_commit *commit = &filling->graph.commits[number];
	struct object_id from = OBJECT_ID_NONE;
	struct note_changes notes;
	err failure;

	if (parent != TRACE_NONE)
		from = filling->graph.commits[parent].tree;
	failure = repo_note_changes(filling->arena, filling->repo, from, commit->tree, &notes);
	if (failure) {
		/* It is taken for what its parent was; what follows brings the rest. */
		err_free(failure);
		filling->unreadable[number] = true;
		notes = (struct note_changes){0};
	}
	return (struct trace_parent){
		.commit = parent,
		.changes = changes_of(filling, &notes),
		.change_count = notes.count,
	};
}

/* A commit that is traced from its record needs no changes. */
static void fill_known(struct filling *filling, uint32_t number)
{
	const struct history_commit *commit = &filling->graph.commits[number];
	uint32_t count = commit->parent_count ? commit->parent_count : 1;
	struct trace_parent *parents = arena_array(filling->arena, struct trace_parent, count);

	for (uint32_t i = 0; i < count; i++)
		parents[i].commit = commit->parent_count ? commit->parents[i] : TRACE_NONE;
	filling->commits[number] = (struct trace_commit){
		.parents = parents,
		.parent_count = count,
		.time = commit->author.time,
		.automatic = commit->automatic,
	};
}

static void fill_commit(struct filling *filling, uint32_t number)
{
	struct history_commit *commit = &filling->graph.commits[number];
	uint32_t count = commit->parent_count ? commit->parent_count : 1;
	struct trace_parent *parents = arena_array(filling->arena, struct trace_parent, count);

	for (uint32_t i = 0; i < commit->parent_count; i++)
		commit->boundary = commit->boundary || filling->unreadable[commit->parents[i]];
	for (uint32_t i = 0; i < count; i++)
		parents[i] = fill_parent(filling, number,
					 commit->parent_count ? commit->parents[i] : TRACE_NONE);
	if (filling->unreadable[number]) {
		filling->out->unreadable++;
		commit->tree = commit->parent_count
				       ? filling->graph.commits[commit->parents[0]].tree
				       : OBJECT_ID_NONE;
		count = 1;
		parents[0].change_count = 0;
	}
	filling->commits[number] = (struct trace_commit){
		.parents = parents,
		.parent_count = count,
		.time = commit->author.time,
		.automatic = commit->automatic,
	};
}

/* --- what is saved and not recorded ----------------------------------------- */

static void keep_saved(struct filling *filling, struct object_id id, struct str text)
{
	uint32_t blob = id_table_add(filling->arena, &filling->blobs, id);

	if (blob >= filling->saved_room) {
		uint32_t room = blob + 64;

		filling->saved = arena_grow(filling->arena, filling->saved, filling->saved_room,
					    room, sizeof *filling->saved);
		filling->saved_room = room;
	}
	filling->saved[blob] = text;
}

static void fill_unrecorded(struct filling *filling, const struct workshops *workshops)
{
	uint32_t number = filling->graph.count;
	struct trace_parent *parent = arena_new(filling->arena, struct trace_parent);
	struct object_id tree = OBJECT_ID_NONE;
	struct saved_changes saved;

	if (number)
		tree = filling->graph.commits[number - 1].tree;
	history_saved_find(filling->arena, filling->repo, workshops, tree, &saved);
	if (saved.notes.count == 0)
		return;
	for (size_t i = 0; i < saved.text_count; i++)
		keep_saved(filling, saved.notes.notes[i].to, saved.texts[i]);
	*parent = (struct trace_parent){
		.commit = number ? number - 1 : TRACE_NONE,
		.changes = changes_of(filling, &saved.notes),
		.change_count = saved.notes.count,
	};
	filling->commits[number] =
		(struct trace_commit){.parents = parent, .parent_count = 1, .time = INT64_MAX};
	arena_push(filling->arena, filling->graph.commits, filling->graph.count,
		   filling->graph.room);
	filling->graph.commits[filling->graph.count++] = (struct history_commit){0};
	filling->out->unrecorded = number;
}

/* --- the whole --------------------------------------------------------------- */

/* Authors as numbers, by address. */
static int compare_by_email(const void *left, const void *right, void *context)
{
	const uint32_t *a = left, *b = right;
	const struct history_commit *commits = context;
	int order = str_compare(commits[*a].author.email, commits[*b].author.email);

	return order ? order : (*a > *b) - (*a < *b);
}

static void number_authors(struct filling *filling)
{
	const struct history_graph *graph = &filling->graph;
	uint32_t *order = arena_array(filling->arena, uint32_t, graph->count), author = 0;

	for (uint32_t i = 0; i < graph->count; i++)
		order[i] = i;
	if (graph->count)
		qsort_r(order, graph->count, sizeof *order, compare_by_email, graph->commits);
	for (uint32_t i = 0; i < graph->count; i++) {
		if (i && !str_equal(graph->commits[order[i]].author.email,
				    graph->commits[order[i - 1]].author.email))
			author++;
		filling->commits[order[i]].author = author;
	}
}

static void fill(struct filling *filling, const struct workshops *workshops)
{
	struct arena *arena = filling->arena;
	uint32_t count = filling->graph.count;

	filling->commits = arena_array(arena, struct trace_commit, count + 1);
	filling->unreadable = arena_array(arena, bool, count + 1);
	filling->records = arena_array(arena, struct str, count + 1);
	filling->blob_count = arena_array(arena, uint32_t, count + 1);
	filling->blobs = (struct id_table){0};
	filling->known_blobs = filling->known ? filling->cache.blob_count[filling->known - 1] : 0;
	for (uint32_t i = 0; i < filling->known_blobs; i++)
		id_table_add(arena, &filling->blobs, filling->cache.blobs.ids[i]);
	for (uint32_t number = 0; number < count; number++) {
		if (number < filling->known)
			fill_known(filling, number);
		else
			fill_commit(filling, number);
		filling->blob_count[number] = number < filling->known
						      ? filling->cache.blob_count[number]
						      : filling->blobs.count;
		filling->out->many_parents += filling->graph.commits[number].parent_count > 2;
	}
	filling->recorded_count = count;
	if (workshops)
		fill_unrecorded(filling, workshops);
	if (filling->graph.count > filling->known)
		number_authors(filling);
}

static void keep_record(void *context, uint32_t commit, struct str record)
{
	struct filling *filling = context;

	if (commit < filling->recorded_count)
		filling->records[commit] = str_copy(filling->arena, record);
}

static void number_files(const struct filling *filling, const struct trace_parent *parent,
			 uint64_t *files)
{
	for (size_t i = 0; i < parent->change_count; i++) {
		const struct trace_change *change = &parent->changes[i];

		if (change->blob != TRACE_NONE && change->blob >= filling->known_blobs)
			files[change->blob - filling->known_blobs] = hash_bytes(change->path);
	}
}

/* Of what no record tells yet. */
static struct repo_ahead *read_ahead(struct filling *filling)
{
	uint32_t known = filling->known_blobs;
	uint32_t all =
		filling->recorded_count ? filling->blob_count[filling->recorded_count - 1] : known;
	uint64_t *files = arena_array(filling->arena, uint64_t, all - known);

	for (uint32_t number = filling->known; number < filling->recorded_count; number++)
		for (size_t i = 0; i < filling->commits[number].parent_count; i++)
			number_files(filling, &filling->commits[number].parents[i], files);
	return repo_ahead_start(filling->repo, filling->blobs.ids + known, files, all - known,
				LIMIT_FILE_BYTES);
}

static void trace(struct filling *filling)
{
	filling->ahead = read_ahead(filling);
	filling->out->trace =
		trace_history(filling->arena, &(struct trace_input){
						      .commits = filling->commits,
						      .commit_count = filling->graph.count,
						      .read = lend,
						      .give_back = give_back,
						      .records = filling->cache.records,
						      .record_count = filling->known,
						      .keep = keep_record,
						      .context = filling,
					      });
	repo_ahead_stop(filling->ahead);
}

/* Only of what is whole: the answer about the rest may get better. */
static void keep_trace(struct filling *filling)
{
	struct trace_found found = {filling->graph, filling->known, &filling->blobs,
				    filling->blob_count, filling->records};

	found.graph.count = filling->recorded_count;
	if (!filling->out->shallow && !filling->graph.missing && !filling->out->unreadable)
		trace_cache_write(filling->arena, &filling->cache, &found);
}

static void fill_and_trace(struct filling *filling, const struct workshops *workshops)
{
	struct history_trace *out = filling->out;

	fill(filling, workshops);
	trace(filling);
	if (out->trace.bad_record) {
		filling->known = 0;
		filling->graph.count = filling->recorded_count;
		out->many_parents = 0;
		out->unrecorded = TRACE_NONE;
		fill_and_trace(filling, workshops);
		return;
	}
	keep_trace(filling);
}

err history_trace(struct arena *arena, const struct repo *repo, const struct workshops *workshops,
		  struct history_trace *out)
{
	struct filling filling = {.arena = arena, .repo = repo, .out = out};
	err failure;

	*out = (struct history_trace){.unrecorded = TRACE_NONE, .shallow = repo_is_shallow(repo)};
	trace_cache_open(arena, repo, &filling.cache);
	repo_read_many_begin();
	failure = history_graph_read(arena, repo, repo_reference(repo, "HEAD"),
				     &filling.cache.graph, &filling.graph);
	filling.known = history_count_known(&filling.graph, &filling.cache.graph);
	if (!failure)
		fill_and_trace(&filling, workshops);
	repo_read_many_end();
	trace_cache_close(&filling.cache);
	if (failure)
		return failure;
	out->commits = filling.graph.commits;
	out->commit_count = filling.graph.count;
	out->missing = filling.graph.missing;
	out->criss_cross = history_count_criss_cross(&filling.graph);
	return NULL;
}

static int compare_with_path(const void *path, const void *file)
{
	const struct str *wanted = path;
	const struct trace_file *at = file;

	return str_compare(*wanted, at->path);
}

const struct trace_file *history_file(const struct history_trace *history, struct str path)
{
	const struct trace *trace = &history->trace;

	return trace->file_count ? bsearch(&path, trace->files, trace->file_count,
					   sizeof *trace->files, compare_with_path)
				 : NULL;
}

const struct trace_point *history_point(const struct history_trace *history,
					const struct trace_file *file, size_t index)
{
	uint32_t wording =
		file && index < file->entry_count ? file->entries[index].wording : TRACE_NONE;

	return wording == TRACE_NONE
		       ? NULL
		       : &history->trace.points[history->trace.wordings[wording].point];
}

const struct history_commit *history_commit(const struct history_trace *history, uint32_t commit)
{
	const struct history_commit *found =
		commit < history->commit_count ? &history->commits[commit] : NULL;

	return found && !found->boundary && !found->automatic ? found : NULL;
}
