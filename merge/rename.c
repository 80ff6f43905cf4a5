#include "merge/rename.h"

#include <stdlib.h>

#include "core/path.h"

enum {
	MOST_PAIRS = 40000,   /* files gone times files come that are compared line by line */
	LEAST_PERMILLE = 500, /* share of equal lines, by their bytes */
};

struct counted_line {
	struct key key;
	size_t bytes;
};

/* The lines of a text, blank ones aside, by key; `known`: they were looked for. */
struct line_keys {
	struct counted_line *at;
	size_t count, bytes;
	bool known;
};

struct candidate {
	int gone, come; /* indexes of files in base and side */
	unsigned permille;
	struct str gone_path, come_path;
};

/* Matching under way. */
struct matcher {
	struct arena *arena;
	const struct version *base, *side;
	struct file_matching *out;
	int *gone, *come; /* files without a partner of the same path */
	size_t gone_count, come_count;
	struct line_keys *gone_lines, *come_lines;
};

static void pair(struct matcher *matcher, int gone, int come)
{
	matcher->out->of_base[gone] = come;
	matcher->out->of_side[come] = gone;
}

static bool is_free(const struct matcher *matcher, int gone, int come)
{
	return matcher->out->of_base[gone] == NOT_MATCHED &&
	       matcher->out->of_side[come] == NOT_MATCHED;
}

/* Both lists are by path. */
static void match_paths(struct matcher *matcher)
{
	const struct version *base = matcher->base, *side = matcher->side;
	size_t i = 0, j = 0;

	matcher->gone = arena_array(matcher->arena, int, base->count);
	matcher->come = arena_array(matcher->arena, int, side->count);
	while (i < base->count || j < side->count) {
		int order = i == base->count ? 1
			    : j == side->count
				    ? -1
				    : str_compare(base->files[i].path, side->files[j].path);
		if (order == 0) {
			pair(matcher, (int)i++, (int)j++);
		} else if (order < 0) {
			matcher->out->of_base[i] = NOT_MATCHED;
			matcher->gone[matcher->gone_count++] = (int)i++;
		} else {
			matcher->out->of_side[j] = NOT_MATCHED;
			matcher->come[matcher->come_count++] = (int)j++;
		}
	}
}

/* Equal bytes say who a file is, unless there is next to nothing in it. */
static bool tells_apart(const struct version_file *file)
{
	return file->bytes.at && !str_is_blank(file->bytes);
}

/* `same_name`: only files that kept their name, in another folder. */
static void match_bytes(struct matcher *matcher, bool same_name)
{
	for (size_t i = 0; i < matcher->gone_count; i++)
		for (size_t j = 0; j < matcher->come_count; j++) {
			int gone = matcher->gone[i], come = matcher->come[j];
			const struct version_file *a = &matcher->base->files[gone];
			const struct version_file *b = &matcher->side->files[come];

			if (is_free(matcher, gone, come) && object_id_equal(a->id, b->id) &&
			    tells_apart(a) &&
			    (!same_name || str_equal(path_name(a->path), path_name(b->path))))
				pair(matcher, gone, come);
		}
}

static int compare_lines(const void *left, const void *right)
{
	const struct counted_line *a = left, *b = right;

	return key_compare(a->key, b->key);
}

static struct line_keys *keys_of_lines(struct matcher *matcher, struct line_keys *lines,
				       struct str text)
{
	struct str rest = text, line;
	size_t room = 0;

	if (lines->known)
		return lines;
	lines->known = true;
	while (str_next_line(&rest, &line)) {
		struct str trimmed = str_trim(line);

		if (trimmed.len == 0)
			continue;
		arena_push(matcher->arena, lines->at, lines->count, room);
		lines->at[lines->count++] = (struct counted_line){key_of(trimmed), trimmed.len};
		lines->bytes += trimmed.len;
	}
	if (lines->count)
		qsort(lines->at, lines->count, sizeof *lines->at, compare_lines);
	return lines;
}

static unsigned likeness(const struct line_keys *a, const struct line_keys *b)
{
	size_t i = 0, j = 0, common = 0;

	while (i < a->count && j < b->count) {
		int order = key_compare(a->at[i].key, b->at[j].key);

		if (order == 0)
			common += a->at[i].bytes;
		i += order <= 0;
		j += order >= 0;
	}
	return a->bytes + b->bytes ? (unsigned)(2000 * common / (a->bytes + b->bytes)) : 0;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = (a->permille < b->permille) - (a->permille > b->permille);

	if (order == 0)
		order = str_compare(a->gone_path, b->gone_path);
	return order ? order : str_compare(a->come_path, b->come_path);
}

static struct candidate compare_pair(struct matcher *matcher, size_t i, size_t j)
{
	const struct version_file *a = &matcher->base->files[matcher->gone[i]];
	const struct version_file *b = &matcher->side->files[matcher->come[j]];

	return (struct candidate){
		.gone = matcher->gone[i],
		.come = matcher->come[j],
		.permille = likeness(keys_of_lines(matcher, &matcher->gone_lines[i], a->bytes),
				     keys_of_lines(matcher, &matcher->come_lines[j], b->bytes)),
		.gone_path = a->path,
		.come_path = b->path,
	};
}

static void match_lines(struct matcher *matcher)
{
	struct candidate *candidates = NULL;
	size_t count = 0, room = 0;

	if (matcher->gone_count * matcher->come_count > MOST_PAIRS)
		return;
	matcher->gone_lines = arena_array(matcher->arena, struct line_keys, matcher->gone_count);
	matcher->come_lines = arena_array(matcher->arena, struct line_keys, matcher->come_count);
	for (size_t i = 0; i < matcher->gone_count; i++)
		for (size_t j = 0; j < matcher->come_count; j++) {
			if (!is_free(matcher, matcher->gone[i], matcher->come[j]))
				continue;
			struct candidate candidate = compare_pair(matcher, i, j);
			if (candidate.permille < LEAST_PERMILLE)
				continue;
			arena_push(matcher->arena, candidates, count, room);
			candidates[count++] = candidate;
		}
	if (count)
		qsort(candidates, count, sizeof *candidates, compare_candidates);
	for (size_t i = 0; i < count; i++)
		if (is_free(matcher, candidates[i].gone, candidates[i].come))
			pair(matcher, candidates[i].gone, candidates[i].come);
}

static bool has_files_in(const struct version *version, struct str folder)
{
	for (size_t i = 0; i < version->count; i++)
		if (str_equal(path_folder(version->files[i].path), folder))
			return true;
	return false;
}

/* How many base files of folder `from` are now in `to`; `all`: how many there were. */
static size_t count_moved(const struct matcher *matcher, struct str from, struct str to,
			  size_t *all)
{
	size_t moved = 0;

	*all = 0;
	for (size_t i = 0; i < matcher->base->count; i++) {
		int partner = matcher->out->of_base[i];

		if (!str_equal(path_folder(matcher->base->files[i].path), from))
			continue;
		++*all;
		moved += partner != NOT_MATCHED &&
			 str_equal(path_folder(matcher->side->files[partner].path), to);
	}
	return moved;
}

static bool is_known_rename(const struct file_matching *matching, struct str from)
{
	for (size_t i = 0; i < matching->folder_count; i++)
		if (str_equal(matching->folders[i].from, from))
			return true;
	return false;
}

/* Does the move of base file `gone` show that its whole folder was renamed? */
static bool shows_rename(const struct matcher *matcher, int gone, struct folder_rename *out)
{
	struct str path = matcher->base->files[gone].path;
	int partner = matcher->out->of_base[gone];
	size_t all, moved;

	if (partner == NOT_MATCHED)
		return false;
	*out = (struct folder_rename){path_folder(path),
				      path_folder(matcher->side->files[partner].path)};
	if (out->from.len == 0 || out->to.len == 0 || str_equal(out->from, out->to) ||
	    is_known_rename(matcher->out, out->from) || has_files_in(matcher->side, out->from) ||
	    has_files_in(matcher->base, out->to))
		return false;
	moved = count_moved(matcher, out->from, out->to, &all);
	return 2 * moved > all || str_equal(path_name(path), STR("workshop.yml"));
}

static void find_folders(struct matcher *matcher)
{
	struct file_matching *out = matcher->out;
	struct folder_rename rename;
	size_t room = 0;

	for (size_t i = 0; i < matcher->gone_count; i++)
		if (shows_rename(matcher, matcher->gone[i], &rename)) {
			arena_push(matcher->arena, out->folders, out->folder_count, room);
			out->folders[out->folder_count++] = rename;
		}
}

struct file_matching match_files(struct arena *arena, const struct version *base,
				 const struct version *side)
{
	struct file_matching out = {.of_base = arena_array(arena, int, base->count),
				    .of_side = arena_array(arena, int, side->count)};
	struct matcher matcher = {.arena = arena, .base = base, .side = side, .out = &out};

	match_paths(&matcher);
	match_bytes(&matcher, true);
	match_bytes(&matcher, false);
	match_lines(&matcher);
	find_folders(&matcher);
	return out;
}

struct str renamed_folder(const struct file_matching *matching, struct str folder)
{
	for (size_t i = 0; i < matching->folder_count; i++)
		if (str_equal(matching->folders[i].from, folder))
			return matching->folders[i].to;
	return folder;
}
