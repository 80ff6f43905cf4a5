#include "core/apply_private.h"
#include "core/message.h"
#include "core/snapshot.h"
#include "core/stale_divert.h"

/*
 * A killed run leaves git's list of the files as it was before. Who takes its lock away and
 * records by plain git then takes back, without knowing, what had come in; all that
 * tells is in the journal. That commit stays, and what it took back is put on top of it.
 */
struct taken_back {
	struct application *application;
	struct object_id tip;		 /* what plain git has recorded since, */
	struct object_id first;		 /* and the first of it */
	struct tree_files from, to, now; /* of the journal, and of the tip */
	struct tree_files then;		 /* of the first */
	struct file_changes back;	 /* to be put on top */
	struct stale_saves saves;	 /* recorded by plain git, made from the older text */
};

static bool is_same(const struct tree_file *a, const struct tree_file *b)
{
	return a && b ? a->mode == b->mode && object_id_equal(a->id, b->id) : a == b;
}

/* Where no log tells: one commit after another that stand on what the run brought. */
static err find_row(const struct taken_back *back, struct object_id *first)
{
	struct application *application = back->application;
	const struct journal *journal = &application->journal;
	struct commit *commits;
	size_t count;
	bool is_row;
	err e;

	*first = OBJECT_ID_NONE;
	if (object_id_equal(back->tip, journal->to) ||
	    !repo_descends(application->repo, back->tip, journal->to))
		return NULL;
	if ((e = repo_history(application->arena, application->repo, back->tip, journal->to,
			      &commits, &count)))
		return e;
	is_row = count > 0;
	for (size_t i = 0; i < count && is_row; i++)
		is_row = commits[i].parent_count == 1;
	if (is_row && object_id_equal(commits[0].parents[0], journal->to))
		*first = commits[0].id;
	return NULL;
}

/* Was something recorded in this clone on what the run brought? What a pull brought is others'. */
static err find_first(struct taken_back *back, bool *found)
{
	struct application *application = back->application;
	const struct journal *journal = &application->journal;
	err e = NULL;

	*found = false;
	back->tip = repo_reference(application->repo, journal->branch.at);
	if (object_id_is_none(journal->from) || object_id_equal(journal->from, journal->to))
		return NULL;
	if (!repo_recorded_on(application->repo, journal->branch.at, journal->to, &back->first))
		e = find_row(back, &back->first);
	*found = !e && repo_descends(application->repo, back->tip, back->first);
	return e;
}

static err read_all(struct taken_back *back)
{
	struct arena *arena = back->application->arena;
	const struct repo *repo = back->application->repo;
	const struct journal *journal = &back->application->journal;
	err e = repo_tree_read(arena, repo, journal->from, &back->from);

	if (e || (e = repo_tree_read(arena, repo, journal->to, &back->to)) ||
	    (e = repo_tree_read(arena, repo, back->tip, &back->now)))
		return e;
	return repo_tree_read(arena, repo, back->first, &back->then);
}

/* Where the first commit has what had not come to disk, git's list was brought along before. */
static err came_along(const struct taken_back *back, bool *out)
{
	const struct file_changes *changes = &back->application->journal.changes;
	err e = NULL;

	*out = false;
	for (size_t i = 0; i < changes->count && !e && !*out; i++) {
		const struct file_change *change = &changes->files[i];
		const struct tree_file *from = tree_file_find(&back->from, change->path);
		const struct tree_file *to = tree_file_find(&back->to, change->path);
		const struct tree_file *then = tree_file_find(&back->then, change->path);
		bool come = true;

		if (from && !object_id_equal(change->from, change->to) && is_same(then, to) &&
		    !(e = application_has_displaced(back->application, change, &come)))
			*out = !come;
	}
	return e;
}

static void put_back(struct taken_back *back, struct str path)
{
	const struct tree_file *to = tree_file_find(&back->to, path);
	struct file_changes *changes = &back->back;

	arena_push(back->application->arena, changes->files, changes->count, changes->room);
	changes->files[changes->count++] =
		(struct file_change){.path = path,
				     .to = to ? to->id : OBJECT_ID_NONE,
				     .to_mode = to ? to->mode : MODE_FILE};
}

/* One that git's old list alone had put back as it was, and that nobody has changed since. */
static bool is_taken_back(const struct taken_back *back, struct str path)
{
	const struct tree_file *from = tree_file_find(&back->from, path);

	return !is_same(from, tree_file_find(&back->to, path)) &&
	       is_same(from, tree_file_find(&back->then, path)) &&
	       is_same(from, tree_file_find(&back->now, path));
}

static void find_taken_back(struct taken_back *back)
{
	for (size_t i = 0; i < back->to.count; i++)
		if (is_taken_back(back, back->to.files[i].path))
			put_back(back, back->to.files[i].path);
	for (size_t i = 0; i < back->from.count; i++)
		if (!tree_file_find(&back->to, back->from.files[i].path) &&
		    is_taken_back(back, back->from.files[i].path))
			put_back(back, back->from.files[i].path);
	file_changes_sort(&back->back);
}

/* One that was written into before it was recorded: a save of who had not seen what came in. */
static err look_at_written(struct taken_back *back, const struct stale_log *log,
			   const struct file_change *change)
{
	struct application *application = back->application;
	const struct tree_file *now = tree_file_find(&back->now, change->path);
	struct file_change save = {.path = change->path, .from = change->to};
	struct stale_save found;
	bool come = false, stale = false;
	err e;

	/* What is gone, and was edited by others, they will see again. */
	if (!now || object_id_is_none(change->to) || object_id_equal(change->from, change->to) ||
	    is_same(now, tree_file_find(&back->from, change->path)) ||
	    is_same(now, tree_file_find(&back->to, change->path)))
		return NULL;
	save.to = now->id;
	save.to_mode = now->mode;
	if ((e = application_has_displaced(application, change, &come)) || come ||
	    (e = stale_judge(application->arena, application->repo, log, application->journal.to,
			     &save, &stale, &found)) ||
	    !stale)
		return e;
	arena_push(application->arena, back->saves.saves, back->saves.count, back->saves.room);
	back->saves.saves[back->saves.count++] = found;
	put_back(back, change->path);
	return NULL;
}

static err find_written(struct taken_back *back)
{
	const struct file_changes *changes = &back->application->journal.changes;
	struct stale_log log;
	err e = stale_log_read(back->application->arena, back->application->repo, &log);

	for (size_t i = 0; i < changes->count && !e; i++)
		e = look_at_written(back, &log, &changes->files[i]);
	file_changes_sort(&back->back);
	return e;
}

/* The saves first: once the branch has gone on nothing tells of them. */
static err put_on_top(struct taken_back *back)
{
	struct arena *arena = back->application->arena;
	struct repo *repo = back->application->repo;
	const struct journal *journal = &back->application->journal;
	struct tree_files files = tree_files_with(arena, &back->now, &back->back);
	struct object_id top;
	err e = stale_record(arena, repo, &back->saves, &journal->author);

	if (e ||
	    (e = record_tree(arena, repo, &files, back->tip, &journal->author,
			     str_of(_("What others wrote, which plain git had taken back")), &top)))
		return e;
	return repo_reference_swap(repo, journal->branch.at, back->tip, top, "atelier");
}

err application_bring_back(struct application *application)
{
	struct taken_back back = {.application = application};
	bool found, along;
	err e = find_first(&back, &found);

	if (e || !found || (e = read_all(&back)) || (e = came_along(&back, &along)) || along)
		return e;
	find_taken_back(&back);
	if ((e = find_written(&back)) || back.back.count == 0)
		return e;
	return put_on_top(&back);
}
