#include "cmd/wordings.h"

#include <stdlib.h>

#include "core/hash.h"
#include "core/label.h"
#include "core/path.h"
#include "core/repo_index.h"
#include "core/worktree.h"

struct gatherer {
	struct app *app;
	const struct notes *notes;
	struct points points;
	struct choices found;
};

static struct choice *add(struct gatherer *gatherer, struct choice choice)
{
	struct choices *found = &gatherer->found;

	arena_push(&gatherer->app->arena, found->all, found->count, found->room);
	found->all[found->count] = choice;
	return &found->all[found->count++];
}

/* --- blocks ------------------------------------------------------------------- */

static struct str id_of_block(const struct gatherer *gatherer, const struct section *section,
			      size_t index)
{
	const struct point *point = point_of_block(&gatherer->points, section, index);

	if (point)
		return point->id;
	return key_hex(&gatherer->app->arena, section->doc.blocks[index].normal, POINT_ID_DIGITS);
}

/* Code without the fences around it. */
static struct str without_fences(struct str text)
{
	struct str mark = str_slice(text, 0, 3), rest = text, line, last = {0};

	if (!str_equal(mark, STR("```")) && !str_equal(mark, STR("~~~")))
		return text;
	str_next_line(&rest, &line);
	text = rest;
	while (str_next_line(&rest, &line))
		last = line;
	if (str_starts(str_trim(last), mark))
		text = str_slice(text, 0, (size_t)(last.at - text.at));
	return text;
}

/* What a wording says: a row without the bars at its ends, code without its fences. */
static struct str block_words_of(struct arena *arena, const struct block *block)
{
	struct str text;

	if (block->kind == BLOCK_FENCE) {
		label_read(block->text, &text);
		return str_trim_right(without_fences(str_trim(text)));
	}
	text = doc_point_text(arena, block);
	if (block->kind != BLOCK_ROW)
		return text;
	text = str_trim(text);
	if (str_starts(text, STR("|")))
		text = str_slice(text, 1, text.len);
	if (str_ends(text, STR("|")))
		text.len--;
	return str_trim(text);
}

static void gather_blocks(struct gatherer *gatherer, const struct workshop *workshop,
			  const struct section *section)
{
	struct arena *arena = &gatherer->app->arena;
	struct variant_sets sets = variant_sets_of(arena, &section->doc);

	for (size_t i = 0; i < sets.count; i++) {
		struct variant_set set = sets.sets[i];
		struct choice *to =
			add(gatherer, (struct choice){
					      .kind = WORDINGS_BLOCKS,
					      .workshop = workshop->folder,
					      .path = section->path,
					      .line = section->doc.blocks[set.blocks[0]].line,
					      .texts = arena_array(arena, struct str, set.count),
					      .ids = arena_array(arena, struct str, set.count),
					      .count = set.count,
					      .section = section,
					      .set = set,
				      });
		for (size_t n = 0; n < set.count; n++) {
			to->texts[n] = block_words_of(arena, &section->doc.blocks[set.blocks[n]]);
			to->ids[n] = id_of_block(gatherer, section, set.blocks[n]);
		}
		to->id = to->ids[0];
	}
}

/* --- values ------------------------------------------------------------------- */

static struct str without_returns(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};

	if (str_find_byte(text, '\r', 0) == text.len)
		return text;
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '\r')
			buf_add_byte(&out, text.at[i]);
	return buf_str(&out);
}

/* `from`: what the values are found in, with the file and the workshop it belongs to. */
static void gather_values(struct gatherer *gatherer, struct choice from, uint32_t first_line)
{
	struct arena *arena = &gatherer->app->arena;
	struct meta_doc doc = {0};
	err failure = meta_read(arena, without_returns(arena, from.span), "", &doc);

	/* What cannot be read has no values to choose from; doctor names it. */
	err_free(failure);
	if (failure)
		return;
	struct yaml_sets sets = yaml_sets_of(arena, &doc);
	for (size_t i = 0; i < sets.count; i++) {
		const struct yaml_set *set = &sets.sets[i];
		struct choice *to = add(gatherer, from);

		to->kind = WORDINGS_VALUE;
		to->line = set->line + first_line - 1;
		to->count = set->wordings.count;
		to->texts = arena_array(arena, struct str, to->count);
		to->name = set->name;
		to->doc = doc;
		to->value = *set;
		for (size_t n = 0; n < to->count; n++)
			to->texts[n] = yaml_wording_text(arena, &set->wordings.at[n]);
		to->id = key_hex(arena, key_chain(key_of(path_name(from.path)), key_of(set->name)),
				 POINT_ID_DIGITS);
	}
}

static void gather_front(struct gatherer *gatherer, const struct workshop *workshop,
			 const struct section *section)
{
	struct str front = section->doc.front, inner = doc_front_inner(front);

	if (front.len == 0)
		return;
	gather_values(gatherer,
		      (struct choice){
			      .workshop = workshop->folder,
			      .path = section->path,
			      .section = section,
			      .source = section->doc.source,
			      .span = inner,
		      },
		      2);
}

static void gather_file(struct gatherer *gatherer, struct str workshop, struct str path,
			struct str text)
{
	struct str bom = STR("\xEF\xBB\xBF");

	gather_values(
		gatherer,
		(struct choice){
			.workshop = workshop,
			.path = path,
			.source = text,
			.span = str_starts(text, bom) ? str_slice(text, bom.len, text.len) : text,
		},
		1);
}

static err gather_root_file(struct gatherer *gatherer, const char *name)
{
	struct saved_file saved;
	err failure =
		worktree_show(&gatherer->app->arena, gatherer->notes->repo, str_of(name), &saved);

	if (!failure && saved.bytes.len)
		gather_file(gatherer, STR("."), str_of(name), saved.bytes);
	return failure;
}

/* --- files -------------------------------------------------------------------- */

/* "folder/photo ⟨version 2⟩.png": its number, and the name without; 0: none. */
static uint32_t read_file_label(struct arena *arena, struct str path, struct str *without)
{
	struct str name = path_name(path), stem = path_stem(path), before;
	struct str ending = str_slice(name, stem.len, name.len);
	uint32_t number = label_read(stem, &before);
	if (number < 2)
		return 0;
	*without = path_join(arena, path_folder(path),
			     str_printf(arena, "%.*s%.*s", STR_ARGS(before), STR_ARGS(ending)));
	return number;
}

static bool has_file(const struct work_files *files, struct str path)
{
	for (size_t i = 0; i < files->count; i++)
		if (str_equal(files->files[i].path, path))
			return true;
	return false;
}

/* In the order of paths, the versions of photo.jpg and photo.png stand in turn. */
static struct choice *versions_of(const struct choices *found, struct str path)
{
	for (size_t i = found->count; i-- > 0 && found->all[i].kind == WORDINGS_FILES;)
		if (str_equal(found->all[i].path, path))
			return &found->all[i];
	return NULL;
}

static void add_file_version(struct gatherer *gatherer, struct str path, struct str version)
{
	struct arena *arena = &gatherer->app->arena;
	struct choice *to = versions_of(&gatherer->found, path);
	const struct workshop *around =
		workshop_around(&gatherer->notes->workshops, path_folder(path));

	if (!to) {
		to = add(gatherer, (struct choice){
					   .kind = WORDINGS_FILES,
					   .workshop = around ? around->folder : STR("."),
					   .path = path,
					   .line = 1,
					   .id = key_hex(arena, key_of(path), POINT_ID_DIGITS),
				   });
		to->paths = arena_array(arena, struct str, 1);
		to->paths[to->count++] = path;
	}
	to->paths = arena_grow(arena, to->paths, to->count, to->count + 1, sizeof *to->paths);
	to->paths[to->count++] = version;
	to->texts = arena_array(arena, struct str, to->count);
	for (size_t i = 0; i < to->count; i++)
		to->texts[i] = path_name(to->paths[i]);
}

static err gather_files(struct gatherer *gatherer)
{
	struct arena *arena = &gatherer->app->arena;
	const struct repo *repo = gatherer->notes->repo;
	struct index_entries index = repo_index_look(arena, repo);
	struct work_files files;
	err failure = worktree_list(arena, repo, &(struct tree_files){0}, &index, &files);

	if (failure)
		return failure;
	for (size_t i = 0; i < files.count; i++) {
		struct str path = files.files[i].path, without;

		if (read_file_label(arena, path, &without) && has_file(&files, without))
			add_file_version(gatherer, without, path);
	}
	return NULL;
}

/* --- all ---------------------------------------------------------------------- */

static int by_place(const void *left, const void *right)
{
	const struct choice *a = left, *b = right;
	int order = str_compare(a->path, b->path);

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

err choices_of(struct app *app, const struct notes *notes, struct choices *out)
{
	struct gatherer gatherer = {.app = app, .notes = notes};
	err failure;

	gatherer.points = points_of(&app->arena, &notes->workshops);
	for (size_t w = 0; w < notes->workshops.count; w++) {
		const struct workshop *workshop = &notes->workshops.all[w];
		struct str folder = workshop->folder;

		if (str_equal(folder, STR(".")))
			folder = (struct str){0};
		gather_file(&gatherer, workshop->folder,
			    path_join(&app->arena, folder, STR("workshop.yml")), workshop->about);
		for (size_t s = 0; s < workshop->count; s++) {
			gather_front(&gatherer, workshop, &workshop->sections[s]);
			gather_blocks(&gatherer, workshop, &workshop->sections[s]);
		}
	}
	if ((failure = gather_root_file(&gatherer, "atelier.yml")) ||
	    (failure = gather_root_file(&gatherer, "people.yml")) ||
	    (failure = gather_root_file(&gatherer, "ideas.yml")) ||
	    (failure = gather_files(&gatherer)))
		return failure;
	if (gatherer.found.count)
		qsort(gatherer.found.all, gatherer.found.count, sizeof *gatherer.found.all,
		      by_place);
	*out = gatherer.found;
	return NULL;
}

err choices_count(struct app *app, struct repo *repo, size_t *out)
{
	struct notes notes = {.repo = repo};
	struct choices found = {0};
	err e = workshops_read(&app->arena, repo, &notes.workshops);

	if (!e)
		e = choices_of(app, &notes, &found);
	*out = found.count;
	return e;
}
