#include "core/workshop.h"

#include <stdlib.h>

#include "core/meta.h"
#include "core/parallel.h"
#include "core/path.h"
#include "core/repo_index.h"
#include "core/worktree.h"

enum { MOST_LOOKS = 2 };

static const struct str about_name = {"workshop.yml", 12};

/* Does the path have the name of a section's file, or of a workshop.yml? */
static bool is_wanted(struct str path)
{
	return path_is_note(path) ||
	       (!path_is_hidden(path) && str_equal(path_name(path), about_name));
}

/* What a file's name says: without its number, its ending and its dashes. */
static struct str title_of_name(struct arena *arena, struct str path)
{
	struct buf title = {.arena = arena};
	struct str name = path_stem(path);
	size_t from = 0;

	while (from < name.len && byte_is_digit(name.at[from]))
		from++;
	if (from < name.len && (name.at[from] == '-' || name.at[from] == '_'))
		name = str_slice(name, from + 1, name.len);
	for (size_t i = 0; i < name.len; i++)
		buf_add_byte(&title, name.at[i] == '-' || name.at[i] == '_' ? ' ' : name.at[i]);
	return buf_str(&title);
}

/* The front matter as a tree, NULL where there is none that can be read. */
static const struct meta *front_of(struct arena *arena, const struct doc *doc)
{
	struct meta_doc front;

	if (doc->front.len == 0)
		return NULL;
	err failure = meta_read(arena, doc_front_inner(doc->front), "", &front);
	if (failure) {
		err_free(failure);
		return NULL;
	}
	return front.root;
}

static bool says_generated(const struct meta *front)
{
	return str_equal(meta_text(front, STR("generated")), STR("atelier"));
}

bool doc_is_generated(struct arena *arena, const struct doc *doc)
{
	return says_generated(front_of(arena, doc));
}

/* out: false: it is no section, since the program itself made it */
static bool read_section(struct arena *arena, const struct workshop_file *file,
			 struct section *section)
{
	struct doc doc = {.opaque = true};

	if (!file->unread)
		doc = doc_read(arena, file->bytes);
	const struct meta *front = front_of(arena, &doc);
	struct str kind = meta_text(front, STR("kind"));

	if (says_generated(front))
		return false;
	*section = (struct section){.path = file->path, .doc = doc};
	for (size_t i = 0; i < doc.count && section->title.len == 0; i++)
		if (doc.blocks[i].kind == BLOCK_HEADING)
			section->title = doc_point_text(arena, &doc.blocks[i]);
	if (section->title.len == 0)
		section->title = title_of_name(arena, file->path);
	section->kind = section_kind_of(arena, kind.len ? kind : section->title);
	return true;
}

static struct str title_of_workshop(struct arena *arena, const struct workshop *workshop)
{
	struct meta_doc about;
	err failure = meta_read(arena, workshop->about, "", &about);

	if (failure) {
		err_free(failure);
		return path_name(workshop->folder);
	}
	struct str title = str_trim(meta_text(about.root, STR("title")));
	return title.len ? title : path_name(workshop->folder);
}

/* A wanted file, the folder it makes a workshop, and the section in it. */
struct placed_file {
	const struct workshop_file *file;
	struct str folder;
	struct section section; /* without a path: it is none */
};

static int compare_places(const void *a, const void *b)
{
	const struct placed_file *one = a, *other = b;
	int order = str_compare(one->folder, other->folder);

	return order ? order : str_compare(one->file->path, other->file->path);
}

enum {
	READ_PARTS = 4,
	READ_ALONE_BYTES = 128 << 10, /* are read before another thread has begun */
};

/* The files being read, each part of them into memory of its own. */
struct section_reading {
	struct placed_file *files;
	size_t count, parts;
	struct arena arenas[READ_PARTS];
};

static void read_part(void *context, size_t part)
{
	struct section_reading *reading = context;

	for (size_t i = part; i < reading->count; i += reading->parts) {
		struct placed_file *file = &reading->files[i];

		if (!str_equal(path_name(file->file->path), about_name))
			read_section(&reading->arenas[part], file->file, &file->section);
	}
}

static void read_sections(struct arena *arena, struct placed_file *files, size_t count)
{
	struct section_reading reading = {.files = files, .count = count, .parts = 1};
	size_t bytes = 0;

	for (size_t i = 0; i < count; i++)
		bytes += files[i].file->bytes.len;
	if (bytes > READ_ALONE_BYTES)
		reading.parts = READ_PARTS;
	parallel_run(reading.parts, read_part, &reading);
	for (size_t part = 0; part < reading.parts; part++)
		arena_take(arena, &reading.arenas[part]);
}

/* The workshop of `count` files of one folder. out: false: nothing there makes it one. */
static bool read_workshop(struct arena *arena, const struct placed_file *files, size_t count,
			  struct workshop *workshop)
{
	bool described = false;

	*workshop = (struct workshop){
		.folder = files->folder.len ? files->folder : STR("."),
		.sections = arena_array(arena, struct section, count),
	};
	for (size_t i = 0; i < count; i++) {
		const struct workshop_file *file = files[i].file;

		if (str_equal(path_name(file->path), about_name)) {
			described = true;
			workshop->about = file->bytes;
		} else if (files[i].section.path.at) {
			workshop->sections[workshop->count++] = files[i].section;
		}
	}
	workshop->title = title_of_workshop(arena, workshop);
	return described || workshop->count;
}

struct workshops workshops_of(struct arena *arena, const struct workshop_file *files, size_t count)
{
	struct placed_file *wanted = arena_array(arena, struct placed_file, count);
	struct workshops found = {.all = arena_array(arena, struct workshop, count)};
	size_t wanted_count = 0, first = 0;

	for (size_t i = 0; i < count; i++)
		if (is_wanted(files[i].path))
			wanted[wanted_count++] = (struct placed_file){
				.file = &files[i], .folder = path_folder(files[i].path)};
	read_sections(arena, wanted, wanted_count);
	if (wanted_count)
		qsort(wanted, wanted_count, sizeof *wanted, compare_places);
	/* The root comes first, and counts only where it is alone. */
	while (first < wanted_count && wanted[first].folder.len == 0)
		first++;
	for (size_t from = first, to; from < wanted_count; from = to) {
		for (to = from;
		     to < wanted_count && str_equal(wanted[to].folder, wanted[from].folder);)
			to++;
		if (read_workshop(arena, wanted + from, to - from, &found.all[found.count]))
			found.count++;
	}
	if (found.count == 0 && first && read_workshop(arena, wanted, first, &found.all[0]))
		found.count = 1;
	return found;
}

/* What stands in the files that are listed. out: `moved`: in the place of one nothing does */
static void read_files(struct arena *arena, const struct repo *repo,
		       const struct work_files *listed, struct workshop_file *files, size_t *count,
		       bool *moved)
{
	*count = 0;
	*moved = false;
	for (size_t i = 0; i < listed->count; i++) {
		struct workshop_file *file = &files[*count];
		struct saved_file saved;

		if (!is_wanted(listed->files[i].path))
			continue;
		err failure = worktree_show(arena, repo, listed->files[i].path, &saved);
		*file = (struct workshop_file){.path = listed->files[i].path,
					       .unread = failure || saved.over_limit};
		if (!file->unread)
			file->bytes = saved.bytes;
		*moved |= !failure && saved.mode == 0;
		*count += failure || saved.mode != 0;
		err_free(failure);
	}
}

err workshops_read(struct arena *arena, const struct repo *repo, struct workshops *out)
{
	struct index_entries index = repo_index_look(arena, repo);
	struct workshop_file *files = NULL;
	bool moved = true;
	size_t count = 0;

	/* What an editor has renamed in between has its new name in the second list. */
	for (int look = 0; moved && look < MOST_LOOKS; look++) {
		struct work_files listed = {0};
		err failure = worktree_list(arena, repo, &(struct tree_files){0}, &index, &listed);

		if (failure)
			return failure;
		files = arena_array(arena, struct workshop_file, listed.count);
		read_files(arena, repo, &listed, files, &count, &moved);
	}
	*out = workshops_of(arena, files, count);
	return NULL;
}

void workshops_update(struct arena *arena, struct workshops *workshops, struct str path,
		      struct str bytes)
{
	const struct workshop_file file = {.path = path, .bytes = bytes};

	for (size_t i = 0; i < workshops->count; i++)
		for (size_t j = 0; j < workshops->all[i].count; j++) {
			struct section *section = &workshops->all[i].sections[j];

			if (str_equal(section->path, path))
				read_section(arena, &file, section);
		}
}
