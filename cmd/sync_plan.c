#include "cmd/sync_plan.h"

#include <stdlib.h>

#include "cmd/notes.h"
#include "cmd/rewritten.h"

/* Merge bases of merge bases are followed this far; beyond, the first one stands for all. */
enum { MOST_VIRTUAL_DEPTH = 64 };

/* A virtual base that was made. */
struct known_base {
	struct known_base *next;
	const struct object_id *bases;
	size_t count;
	struct version version;
};

/* A union under way. */
struct uniting {
	struct arena *arena;
	struct repo *repo;
	struct plan *out;
	struct known_base *known;
};

static err read_version(struct uniting *uniting, struct object_id commit, struct version *out)
{
	struct tree_files files;
	err e = repo_tree_read(uniting->arena, uniting->repo, commit, &files);

	if (e)
		return e;
	out->count = files.count;
	out->files = arena_array(uniting->arena, struct version_file, files.count);
	for (size_t i = 0; i < files.count; i++)
		out->files[i] = (struct version_file){.path = files.files[i].path,
						      .mode = files.files[i].mode,
						      .id = files.files[i].id};
	return NULL;
}

static int compare_paths(const void *left, const void *right)
{
	const struct version_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static const struct version_file *file_at(const struct version *version, struct str path)
{
	struct version_file wanted = {.path = path};

	return version->count ? bsearch(&wanted, version->files, version->count, sizeof wanted,
					compare_paths)
			      : NULL;
}

static bool has_same(const struct version *version, const struct version_file *file)
{
	const struct version_file *other = file_at(version, file->path);

	return other && object_id_equal(other->id, file->id);
}

/* Loads what differs between the versions; the rest is never looked into. */
static err load(struct uniting *uniting, struct version *version, const struct version *second,
		const struct version *third)
{
	for (size_t i = 0; i < version->count; i++) {
		struct version_file *file = &version->files[i];
		err e;

		if (!mode_is_file(file->mode) || file->bytes.at ||
		    (has_same(second, file) && has_same(third, file)))
			continue;
		if ((e = notes_blob_read(uniting->arena, uniting->repo, file->id, &file->bytes)))
			return e;
	}
	return NULL;
}

static err load_all(struct uniting *uniting, struct version *base, struct version *a,
		    struct version *b)
{
	err e = load(uniting, base, a, b);

	if (!e)
		e = load(uniting, a, base, b);
	return e ? e : load(uniting, b, base, a);
}

static err virtual_base(struct uniting *uniting, const struct object_id *bases, size_t count,
			int depth, struct version *out);

/* The version that a commit and what others are together have in common. */
static err base_of(struct uniting *uniting, struct object_id one, const struct object_id *others,
		   size_t other_count, int depth, struct version *out, size_t *count)
{
	struct object_id *bases;
	err e = other_count == 1 ? rewritten_bases(uniting->arena, uniting->repo, one, others[0],
						   &bases, count)
				 : repo_merge_bases(uniting->arena, uniting->repo, one, others,
						    other_count, &bases, count);

	*out = (struct version){0};
	if (e || *count == 0)
		return e;
	if (depth >= MOST_VIRTUAL_DEPTH)
		return read_version(uniting, bases[0], out);
	return virtual_base(uniting, bases, *count, depth, out);
}

/* A merged tree as a version that further merges start from; nothing is written. */
static struct version version_of(struct uniting *uniting, const struct merged_tree *tree)
{
	struct version out = {.files =
				      arena_array(uniting->arena, struct version_file, tree->count),
			      .count = tree->count};

	for (size_t i = 0; i < tree->count; i++) {
		const struct merged_file *file = &tree->files[i];

		out.files[i] = (struct version_file){
			.path = file->path, .mode = file->mode, .id = file->id};
		if (!file->made)
			continue;
		out.files[i].bytes = file->merge.text.at ? file->merge.text : STR("");
		out.files[i].id = blob_id_of(file->merge.text);
	}
	return out;
}

/* The virtual base of the same ancestors, made before: histories that cross ask again and again. */
static const struct version *known_base(const struct uniting *uniting,
					const struct object_id *bases, size_t count)
{
	for (const struct known_base *known = uniting->known; known; known = known->next) {
		bool same = known->count == count;

		for (size_t i = 0; same && i < count; i++)
			same = object_id_equal(known->bases[i], bases[i]);
		if (same)
			return &known->version;
	}
	return NULL;
}

static void remember_base(struct uniting *uniting, const struct object_id *bases, size_t count,
			  const struct version *version)
{
	struct known_base *known = arena_array(uniting->arena, struct known_base, 1);

	*known = (struct known_base){uniting->known, bases, count, *version};
	uniting->known = known;
}

/*
 * Several best common ancestors become one by the same merge, folded in order of
 * id; what is folded so far counts as a child of all that went into it.
 */
static err virtual_base(struct uniting *uniting, const struct object_id *bases, size_t count,
			int depth, struct version *out)
{
	const struct version *known = known_base(uniting, bases, count);
	struct version folded = {0};

	if (known) {
		*out = *known;
		return NULL;
	}
	err e = read_version(uniting, bases[0], &folded);
	for (size_t i = 1; !e && i < count; i++) {
		struct version below, other;
		size_t common;

		if ((e = base_of(uniting, bases[i], bases, i, depth + 1, &below, &common)) ||
		    (e = read_version(uniting, bases[i], &other)) ||
		    (e = load_all(uniting, &below, &folded, &other)))
			break;
		struct merged_tree tree = merge_workshops(uniting->arena, &below, &folded, &other);
		folded = version_of(uniting, &tree);
	}
	if (e)
		return e;
	if (count > 1)
		remember_base(uniting, bases, count, &folded);
	*out = folded;
	return NULL;
}

static bool decides(const struct merged *merge, const struct decision *wanted)
{
	bool found = false;

	for (size_t i = 0; i < merge->decision_count && !found; i++)
		found = merge->decisions[i].kind == wanted->kind &&
			str_equal(merge->decisions[i].text, wanted->text);
	return found;
}

/* What an earlier merge decided, and this one again, stands where this one has it. */
static void drop_repeated(struct plan_note *earlier, const struct merged_file *file)
{
	struct merged *merge = &earlier->merge;
	size_t kept = 0;

	if (!str_equal(earlier->path, file->path))
		return;
	for (size_t i = 0; i < merge->decision_count; i++)
		if (!decides(&file->merge, &merge->decisions[i]))
			merge->decisions[kept++] = merge->decisions[i];
	merge->decision_count = kept;
}

static void note_merge(struct uniting *uniting, const struct merged_file *file)
{
	struct plan *out = uniting->out;

	if (file->merge.decision_count == 0)
		return;
	for (size_t i = 0; i < out->note_count; i++)
		drop_repeated(&out->notes[i], file);
	arena_push(uniting->arena, out->notes, out->note_count, out->note_room);
	out->notes[out->note_count++] = (struct plan_note){file->path, file->merge};
}

static void note_decisions(struct uniting *uniting, const struct merged_tree *tree)
{
	struct plan *out = uniting->out;

	for (size_t i = 0; i < tree->decision_count; i++) {
		arena_push(uniting->arena, out->decisions, out->decision_count, out->decision_room);
		out->decisions[out->decision_count++] = tree->decisions[i];
	}
}

static err write_tree(struct uniting *uniting, const struct merged_tree *tree,
		      struct object_id *out)
{
	struct tree_files files = {
		.files = arena_array(uniting->arena, struct tree_file, tree->count),
		.count = tree->count};

	note_decisions(uniting, tree);
	for (size_t i = 0; i < tree->count; i++) {
		const struct merged_file *file = &tree->files[i];

		files.files[i] =
			(struct tree_file){.path = file->path, .mode = file->mode, .id = file->id};
		note_merge(uniting, file);
		err e = file->made ? repo_blob_write(uniting->repo, file->merge.text,
						     &files.files[i].id)
				   : NULL;
		if (e)
			return e;
	}
	return repo_tree_write(uniting->repo, &files, out);
}

/* Time and names are those of no machine: whoever merges the same heads gets the same id. */
static err write_merge(struct uniting *uniting, struct object_id tree, struct object_id a,
		       struct object_id b, struct object_id *out)
{
	struct object_id parents[] = {a, b};
	struct commit first, second, commit = {.tree = tree, .parents = parents, .parent_count = 2};
	err e = repo_commit_read(uniting->arena, uniting->repo, a, &first);

	if (e || (e = repo_commit_read(uniting->arena, uniting->repo, b, &second)))
		return e;
	commit.author = signature_of_program(first.committer.time > second.committer.time
						     ? first.committer.time
						     : second.committer.time);
	commit.committer = commit.author;
	commit.message = str_printf(uniting->arena, "Merge\n\nAtelier-Merge: %d\n", MERGE_VERSION);
	if ((e = repo_commit_write(uniting->repo, &commit)))
		return e;
	*out = commit.id;
	return NULL;
}

static err unite_two(struct uniting *uniting, struct object_id one, struct object_id other,
		     struct object_id *out)
{
	bool in_order = object_id_compare(one, other) < 0;
	struct object_id a = in_order ? one : other, b = in_order ? other : one, tree;
	struct version base, ours, theirs;
	size_t common;
	err e;

	if (repo_descends(uniting->repo, a, b) || repo_descends(uniting->repo, b, a)) {
		*out = repo_descends(uniting->repo, a, b) ? a : b;
		return NULL;
	}
	if ((e = base_of(uniting, a, &b, 1, 0, &base, &common)) ||
	    (e = read_version(uniting, a, &ours)) || (e = read_version(uniting, b, &theirs)) ||
	    (e = load_all(uniting, &base, &ours, &theirs)))
		return e;
	uniting->out->unrelated |= common == 0;
	struct merged_tree merged = merge_workshops(uniting->arena, &base, &ours, &theirs);
	if ((e = write_tree(uniting, &merged, &tree)))
		return e;
	return write_merge(uniting, tree, a, b, out);
}

err plan_onto(struct arena *arena, struct repo *repo, struct object_id base, struct object_id ours,
	      struct object_id theirs, struct object_id *out)
{
	struct plan plan = {0};
	struct uniting uniting = {.arena = arena, .repo = repo, .out = &plan};
	struct version versions[3];
	err e = read_version(&uniting, base, &versions[0]);

	if (e || (e = read_version(&uniting, ours, &versions[1])) ||
	    (e = read_version(&uniting, theirs, &versions[2])) ||
	    (e = load_all(&uniting, &versions[0], &versions[1], &versions[2])))
		return e;
	struct merged_tree merged =
		merge_workshops(arena, &versions[0], &versions[1], &versions[2]);
	return write_tree(&uniting, &merged, out);
}

/* Is heads[index] part of another head, or the same as an earlier one? */
static bool is_covered(const struct repo *repo, const struct object_id *heads, size_t count,
		       size_t index)
{
	for (size_t i = 0; i < count; i++) {
		if (object_id_equal(heads[i], heads[index])) {
			if (i < index)
				return true;
		} else if (repo_descends(repo, heads[i], heads[index])) {
			return true;
		}
	}
	return false;
}

err plan_union(struct arena *arena, struct repo *repo, const struct object_id *heads, size_t count,
	       struct plan *out)
{
	struct plan plan = *out;
	struct uniting uniting = {.arena = arena, .repo = repo, .out = &plan};
	struct object_id *needed = arena_array(arena, struct object_id, count);
	size_t needed_count = 0;

	for (size_t i = 0; i < count; i++)
		if (!is_covered(repo, heads, count, i))
			needed[needed_count++] = heads[i];
	object_ids_sort(needed, needed_count);
	plan.result = needed[0];
	for (size_t i = 1; i < needed_count; i++) {
		err e = unite_two(&uniting, plan.result, needed[i], &plan.result);

		if (e)
			return e;
	}
	*out = plan;
	return NULL;
}
