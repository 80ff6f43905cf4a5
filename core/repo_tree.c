#include <stdlib.h>

#include "core/limits.h"
#include "core/message.h"
#include "core/path.h"
#include "core/repo_listing.h"
#include "core/repo_private.h"
#include "core/same_name.h"

/* Files found so far below one tree. */
struct walk {
	struct arena *arena;
	const struct repo *repo;
	struct tree_files *out;
	size_t room, refused_room;
	size_t looked_at, path_bytes;
};

static err over_limit(void)
{
	return err_new(STATUS_BAD_INPUT, _("more than %d files are recorded here"), LIMIT_FILES);
}

static err add_file(struct walk *walk, struct tree_file file)
{
	struct tree_files *out = walk->out;

	walk->path_bytes += file.path.len;
	if (out->count == LIMIT_FILES || walk->path_bytes > LIMIT_PATHS_BYTES)
		return over_limit();
	arena_push(walk->arena, out->files, out->count, walk->room);
	file.path = str_copy(walk->arena, file.path);
	out->files[out->count++] = file;
	return NULL;
}

static void refuse(struct walk *walk, struct str path)
{
	struct tree_files *out = walk->out;

	if (out->refused_count++ >= MOST_REFUSED_TOLD)
		return;
	size_t told = out->refused_count - 1;
	arena_push(walk->arena, out->refused, told, walk->refused_room);
	out->refused[told] = str_copy(walk->arena, str_slice(path, 0, MOST_REFUSED_BYTES));
}

static err read_folder(struct walk *walk, struct object_id id, struct str folder, int depth);

/* `scratch`: of the folder that the entry is in */
static err read_entry(struct walk *walk, struct arena *scratch, const struct listed *entry,
		      struct str folder, int depth)
{
	struct str path = path_join(scratch, folder, entry->name);
	enum path_verdict verdict = path_judge(path);

	if (++walk->looked_at > LIMIT_ENTRIES)
		return over_limit();
	/* One name with a '/' in it would be two folders here and one in git. */
	if (verdict == PATH_REFUSED || entry->name.len == 0 ||
	    str_find_byte(entry->name, '/', 0) < entry->name.len) {
		refuse(walk, path);
		return NULL;
	}
	if (listed_is_folder(entry) && depth < 2 * LIMIT_PATH_DEPTH)
		return read_folder(walk, entry->id, path, depth + 1);
	return add_file(walk,
			(struct tree_file){
				.path = path,
				.mode = entry->mode,
				.id = entry->id,
				.writable = verdict == PATH_FINE && mode_is_file(entry->mode) &&
					    !listed_wears_out(walk->repo, entry),
			});
}

static err read_folder(struct walk *walk, struct object_id id, struct str folder, int depth)
{
	struct arena scratch = {0};
	struct listing listing;
	err e = repo_list(&scratch, walk->repo, id, &listing);

	for (size_t i = 0; !e && i < listing.count; i++)
		e = read_entry(walk, &scratch, &listing.entries[i], folder, depth);
	arena_free(&scratch);
	return e;
}

static int compare_paths(const void *left, const void *right)
{
	const struct tree_file *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static int compare_files(const void *left, const void *right)
{
	const struct tree_file *a = left, *b = right;
	int order = compare_paths(a, b);

	if (order == 0)
		order = (a->mode > b->mode) - (a->mode < b->mode);
	return order ? order : object_id_compare(a->id, b->id);
}

/* Puts files in order by path; of several with one path the smallest mode and id stays. */
static void tree_files_sort(struct tree_files *files)
{
	size_t kept = 0;

	if (files->count == 0)
		return;
	qsort(files->files, files->count, sizeof *files->files, compare_files);
	for (size_t i = 0; i < files->count; i++)
		if (kept == 0 || !str_equal(files->files[kept - 1].path, files->files[i].path))
			files->files[kept++] = files->files[i];
	files->count = kept;
}

/* Is the path of files[index], which are in order, also a folder of others? */
static bool is_folder_too(const struct tree_files *files, size_t index)
{
	struct str path = files->files[index].path;

	/* Behind most files comes one of another name. */
	return index + 1 < files->count && str_starts(files->files[index + 1].path, path) &&
	       tree_files_have_below(files, path);
}

/* One name as a file and as a folder: no disk can hold both, and no sound tree does. */
static void drop_folders_too(struct walk *walk)
{
	struct tree_files *files = walk->out;
	size_t kept = 0;

	for (size_t i = 0; i < files->count; i++) {
		if (is_folder_too(files, i))
			refuse(walk, files->files[i].path);
		else
			files->files[kept++] = files->files[i];
	}
	files->count = kept;
}

/* Every folder that files lie in, once. out: how many */
static size_t list_folders(struct arena *arena, const struct tree_files *files,
			   struct same_name **out)
{
	struct same_name *names = NULL;
	struct str before = {0};
	size_t count = 0, room = 0;

	for (size_t i = 0; i < files->count; i++) {
		struct str path = files->files[i].path;

		for (size_t at = str_find_byte(path, '/', 0); at < path.len;
		     at = str_find_byte(path, '/', at + 1)) {
			struct str folder = str_slice(path, 0, at);

			if (str_equal(str_slice(before, 0, at + 1), str_slice(path, 0, at + 1)))
				continue;
			arena_push(arena, names, count, room);
			names[count++] = (struct same_name){.key = same_name_key(arena, folder),
							    .path = folder};
		}
		before = path;
	}
	same_names_find(names, count);
	*out = names;
	return count;
}

/* Folders of one name: what lies in the later ones is carried. */
static void part_folders(struct arena *arena, struct tree_files *files)
{
	struct same_name *names;
	size_t count = list_folders(arena, files, &names);

	for (size_t i = 0; i < count; i++) {
		if (str_equal(names[i].path, names[i].first))
			continue;
		for (size_t j = tree_files_below(files, names[i].path);
		     j < files->count && path_is_below(files->files[j].path, names[i].path); j++) {
			files->files[j].writable = false;
			files->files[j].same_as = names[i].first;
		}
	}
}

/* Of names that are one to some file systems, the smallest is on disk, the others are carried. */
static void part_same_names(struct arena *arena, struct tree_files *files)
{
	struct same_name *names = arena_array(arena, struct same_name, files->count);
	size_t count = 0;

	part_folders(arena, files);
	for (size_t i = 0; i < files->count; i++)
		if (files->files[i].writable)
			names[count++] = (struct same_name){
				.key = same_name_key(arena, files->files[i].path),
				.path = files->files[i].path};
	same_names_find(names, count);
	for (size_t i = 0; i < count; i++)
		if (!str_equal(names[i].path, names[i].first)) {
			struct tree_file *file = (struct tree_file *)bsearch(
				&(struct tree_file){.path = names[i].path}, files->files,
				files->count, sizeof *files->files, compare_paths);

			file->writable = false;
			file->same_as = names[i].first;
		}
}

/* `id`: of a tree, or of a commit. */
static err find_tree(const struct repo *repo, struct object_id id, struct object_id *out)
{
	struct arena scratch = {0};
	struct commit commit;
	git_oid oid = repo_id_to(id);
	git_object_t type;
	size_t size;
	err e;

	*out = id;
	if (git_odb_read_header(&size, &type, repo->objects, &oid) < 0)
		return repo_unreadable(id);
	if (type == GIT_OBJECT_TREE)
		return NULL;
	if (!(e = repo_commit_read(&scratch, repo, id, &commit)))
		*out = commit.tree;
	arena_free(&scratch);
	return e;
}

err repo_tree_read(struct arena *arena, const struct repo *repo, struct object_id id,
		   struct tree_files *out)
{
	struct tree_files files = {0};
	struct walk walk = {.arena = arena, .repo = repo, .out = &files};
	struct object_id tree;
	err e;

	if (object_id_is_none(id)) {
		*out = files;
		return NULL;
	}
	if ((e = find_tree(repo, id, &tree)) || (e = read_folder(&walk, tree, STR(""), 0)))
		return e;
	tree_files_sort(&files);
	drop_folders_too(&walk);
	part_same_names(arena, &files);
	*out = files;
	return NULL;
}

const struct tree_file *tree_file_find(const struct tree_files *files, struct str path)
{
	struct tree_file wanted = {.path = path};

	if (files->count == 0)
		return NULL;
	return bsearch(&wanted, files->files, files->count, sizeof wanted, compare_paths);
}

size_t tree_files_below(const struct tree_files *files, struct str folder)
{
	size_t low = 0, high = files->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct str path = files->files[middle].path;
		int order = str_compare(str_slice(path, 0, folder.len), folder);

		if (order == 0)
			order = path.len > folder.len && path.at[folder.len] >= '/' ? 0 : -1;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool tree_files_have_below(const struct tree_files *files, struct str folder)
{
	size_t first = tree_files_below(files, folder);

	return first < files->count && path_is_below(files->files[first].path, folder);
}

/*
 * Writes the folder that holds files[*next…], whose paths begin with `prefix`
 * bytes of it; moves *next behind them.
 */
static err write_folder(struct arena *arena, struct repo *repo, const struct tree_files *files,
			size_t *next, size_t prefix, struct object_id *out)
{
	struct str folder = str_slice(files->count ? files->files[*next].path : STR(""), 0,
				      prefix ? prefix - 1 : 0);
	struct listing listing = {0};
	size_t room = 0;

	while (*next < files->count) {
		const struct tree_file *file = &files->files[*next];
		struct str rest = str_slice(file->path, prefix, file->path.len);
		size_t slash = str_find_byte(rest, '/', 0);
		struct listed entry = {.name = rest, .mode = file->mode, .id = file->id};

		if (prefix && !path_is_below(file->path, folder))
			break;
		if (path_judge(file->path) == PATH_REFUSED || is_folder_too(files, *next)) {
			++*next;
			continue;
		}
		if (slash == rest.len) {
			++*next;
		} else {
			entry.name = str_slice(rest, 0, slash);
			entry.mode = MODE_FOLDER;
			err e = write_folder(arena, repo, files, next, prefix + slash + 1,
					     &entry.id);
			if (e)
				return e;
		}
		arena_push(arena, listing.entries, listing.count, room);
		listing.entries[listing.count++] = entry;
	}
	return repo_list_write(arena, repo, &listing, out);
}

err repo_tree_write(struct repo *repo, const struct tree_files *files, struct object_id *out)
{
	struct arena arena = {0};
	size_t next = 0;
	err e = write_folder(&arena, repo, files, &next, 0, out);

	arena_free(&arena);
	return e;
}

struct object_id repo_tree_entry(const struct repo *repo, struct object_id tree, const char *path)
{
	struct object_id root, out = OBJECT_ID_NONE;
	git_tree_entry *entry = NULL;
	git_tree *found = NULL;
	git_oid id;
	err e = find_tree(repo, tree, &root);

	id = repo_id_to(root);
	if (!e && git_tree_lookup(&found, repo->git, &id) == 0 &&
	    git_tree_entry_bypath(&entry, found, path) == 0)
		out = repo_id_from(git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	git_tree_free(found);
	err_free(e);
	return out;
}
