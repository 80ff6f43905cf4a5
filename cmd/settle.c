#include "cmd/settle.h"

#include "core/limits.h"
#include "core/message.h"
#include "core/path.h"
#include "core/utf8.h"
#include "core/worktree.h"

/* Files that a settlement writes. */
struct changes {
	struct recorded_file *files;
	size_t count;
};

bool settle_allows(const struct choice *choice, enum settling how)
{
	if (how == SETTLE_ALL)
		return choice->kind != WORDINGS_VALUE;
	return how == SETTLE_ONE || choice->kind != WORDINGS_FILES;
}

static struct str joined(struct arena *arena, const struct choice *choice)
{
	struct buf all = {.arena = arena};

	for (size_t n = 0; n < choice->count; n++) {
		buf_add(&all, choice->texts[n]);
		buf_add_byte(&all, '\n');
	}
	return buf_str(&all);
}

struct str settle_draft(struct arena *arena, const struct choice *choice, const char **ending)
{
	*ending = choice->kind == WORDINGS_BLOCKS ? ".md" : ".txt";
	if (choice->kind == WORDINGS_BLOCKS)
		return variant_unlabelled(arena, &choice->section->doc, &choice->set);
	return joined(arena, choice);
}

static struct changes one_file(struct arena *arena, struct str path, struct str bytes,
			       struct str seen)
{
	struct changes changes = {arena_new(arena, struct recorded_file), 1};

	changes.files[0] = (struct recorded_file){.path = path, .bytes = bytes, .seen = seen};
	return changes;
}

static err check_own(struct str own)
{
	if (str_is_blank(own))
		return err_new(STATUS_BAD_INPUT,
			       _("There is no text left, so nothing was chosen."));
	if (!utf8_valid(own) || str_find_byte(own, '\0', 0) < own.len)
		return err_new(STATUS_BAD_INPUT, _("The text to add is not valid UTF-8."));
	return NULL;
}

static err settle_blocks(struct arena *arena, const struct choice *choice,
			 const struct settlement *settlement, struct changes *out)
{
	const struct doc *doc = &choice->section->doc;
	struct str bytes;
	err failure = NULL;

	switch (settlement->how) {
	case SETTLE_ONE:
		bytes = variant_settle(arena, doc, &choice->set, settlement->number - 1);
		break;
	case SETTLE_ALL:
		bytes = variant_settle_as(arena, doc, &choice->set,
					  variant_unlabelled(arena, doc, &choice->set));
		break;
	case SETTLE_OWN:
	default:
		if ((failure = check_own(settlement->own)))
			return failure;
		bytes = variant_settle_as(arena, doc, &choice->set, settlement->own);
		break;
	}
	*out = one_file(arena, choice->path, bytes, doc->source);
	return NULL;
}

/* The YAML back in its file, with the line ends that the file has. */
static struct str put_back(struct arena *arena, const struct choice *choice, struct str yaml)
{
	struct str source = choice->source, span = choice->span;
	size_t before = (size_t)(span.at - source.at);
	bool returns = str_find_byte(span, '\r', 0) < span.len;
	struct buf out = {.arena = arena};

	buf_add(&out, str_slice(source, 0, before));
	for (size_t i = 0; i < yaml.len; i++) {
		if (returns && yaml.at[i] == '\n')
			buf_add_byte(&out, '\r');
		buf_add_byte(&out, yaml.at[i]);
	}
	buf_add(&out, str_slice(source, before + span.len, source.len));
	return buf_str(&out);
}

static err settle_value(struct arena *arena, const struct choice *choice,
			const struct settlement *settlement, struct changes *out)
{
	struct made value;
	err failure;

	if (settlement->how == SETTLE_OWN) {
		if ((failure = check_own(settlement->own)))
			return failure;
		value = made_of_text(arena, str_trim(settlement->own));
	} else {
		value = choice->value.wordings.at[settlement->number - 1].made;
	}
	struct str yaml = yaml_settle(arena, &choice->doc, &choice->value, value);
	*out = one_file(arena, choice->path, put_back(arena, choice, yaml), choice->source);
	return NULL;
}

/*
 * "photo ⟨version 2⟩.png" as "photo 2.png", or the next number that is free, on disk and in
 * what is recorded; `number` moves there, so that no two take one name.
 */
static struct str free_name(struct arena *arena, const struct notes *notes, struct str path,
			    size_t *number)
{
	struct object_id head = repo_reference(notes->repo, "HEAD");
	struct str name = path_name(path), stem = path_stem(path);
	struct str ending = str_slice(name, stem.len, name.len);

	for (;;) {
		struct saved_file there = {0};
		struct str wanted = path_join(arena, path_folder(path),
					      str_printf(arena, "%.*s %zu%.*s", STR_ARGS(stem),
							 ++*number, STR_ARGS(ending)));
		err_free(worktree_read(arena, notes->repo, wanted, &there));
		if (there.mode == 0 && !there.obstructed &&
		    object_id_is_none(repo_tree_entry(notes->repo, head, str_c(arena, wanted))))
			return wanted;
	}
}

/* The chosen one takes the plain name; or each takes a name of its own. */
static err settle_files(struct arena *arena, const struct notes *notes, const struct choice *choice,
			const struct settlement *settlement, struct changes *out)
{
	size_t count = choice->count, number = 1;
	struct saved_file *saved = arena_array(arena, struct saved_file, count);
	struct changes changes = {arena_array(arena, struct recorded_file, 2 * count), 0};
	err failure;

	for (size_t n = 0; n < count; n++) {
		if ((failure = worktree_read(arena, notes->repo, choice->paths[n], &saved[n])))
			return failure;
		if (saved[n].mode == 0)
			return record_outrun(choice->paths[n]);
	}
	if (settlement->how == SETTLE_ONE && settlement->number > 1)
		changes.files[changes.count++] =
			(struct recorded_file){.path = choice->path,
					       .bytes = saved[settlement->number - 1].bytes,
					       .seen = saved[0].bytes};
	for (size_t n = 1; n < count; n++) {
		if (settlement->how == SETTLE_ALL)
			changes.files[changes.count++] = (struct recorded_file){
				.path = free_name(arena, notes, choice->path, &number),
				.bytes = saved[n].bytes};
		changes.files[changes.count++] = (struct recorded_file){
			.path = choice->paths[n], .seen = saved[n].bytes, .remove = true};
	}
	*out = changes;
	return NULL;
}

static struct str first_line(struct arena *arena, struct str text)
{
	struct str line = str_trim(text);

	line = str_first_line(line);
	if (line.len > LIMIT_LINE_BYTES)
		line.len = LIMIT_LINE_BYTES;
	return str_copy(arena, line);
}

err settle(struct app *app, struct notes *notes, const struct choice *choice,
	   const struct settlement *settlement, struct str *told)
{
	struct arena *arena = &app->arena;
	bool french = notes_language(app, notes) == LANGUAGE_FRENCH;
	struct changes changes = {0};
	err failure;

	if (settlement->how == SETTLE_ONE)
		*told = str_trim_right(choice->texts[settlement->number - 1]);
	else
		*told = first_line(arena, settlement->how == SETTLE_OWN ? settlement->own
									: choice->texts[0]);
	if (choice->kind == WORDINGS_BLOCKS)
		failure = settle_blocks(arena, choice, settlement, &changes);
	else if (choice->kind == WORDINGS_VALUE)
		failure = settle_value(arena, choice, settlement, &changes);
	else
		failure = settle_files(arena, notes, choice, settlement, &changes);
	if (failure)
		return failure;
	struct str message =
		str_printf(arena, french ? "Choix : %.*s" : "Choose: %.*s", STR_ARGS(*told));
	return notes_record(app, notes, changes.files, changes.count, message);
}
