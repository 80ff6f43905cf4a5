#include "cmd/gone.h"

#include "cmd/notes.h"
#include "core/message.h"
#include "core/path.h"
#include "core/repo_changes.h"
#include "core/text.h"
#include "merge/piece.h"
#include "merge/similar.h"

enum { ALIKE = 500, MOST_FOUND = 50, SHOWN_CHOICES = 8, SHOWN_BYTES = 90 };

/* A search under way. */
struct search {
	struct arena *arena;
	const struct repo *repo;
	const struct points *points;
	struct str wanted, folded; /* a piece of text */
	struct str file;	   /* of file:line; empty: not asked for so */
	uint32_t line;
	struct gone_point *found; /* the latest first */
	size_t count, room;
	bool done;
};

/* One note that a commit changed. */
struct changed_note {
	struct str path, after;
	struct doc *before, *now; /* NULL: not there */
};

static bool is_wanted_kind(const struct block *block)
{
	return block_is_point(block) || block->kind == BLOCK_HEADING ||
	       block->kind == BLOCK_QUOTE || block->kind == BLOCK_FENCE;
}

static bool stands_now(const struct search *search, struct key key)
{
	for (size_t i = 0; i < search->points->count; i++)
		if (key_equal(point_words(&search->points->all[i])->normal, key))
			return true;
	return false;
}

static bool is_known(const struct search *search, struct key key)
{
	for (size_t i = 0; i < search->count; i++) {
		const struct gone_point *found = &search->found[i];

		if (key_equal(found->before->blocks[found->speaking].normal, key))
			return true;
	}
	return false;
}

static bool matches(const struct search *search, const struct changed_note *note,
		    const struct block *block, struct str text)
{
	struct str digits = key_hex(search->arena, block->normal, POINT_ID_DIGITS);
	struct str id = str_slice(search->wanted, 0, str_find_byte(search->wanted, '~', 0));

	if (search->file.len)
		return (str_equal(note->path, search->file) ||
			str_equal(path_name(note->path), search->file)) &&
		       search->line >= block->line && search->line < block->line + block->lines;
	if (id.len == POINT_ID_DIGITS && str_equal(digits, id))
		return true;
	return search->folded.len && str_contains(text_fold(search->arena, text), search->folded);
}

/* Did something alike come into one of the notes with the same commit? */
static bool was_reworded(const struct search *search, const struct changed_note *notes,
			 size_t count, const struct block *block)
{
	struct dictionary words = {.arena = search->arena};
	struct numbers own = block_words(search->arena, &words, block);

	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; notes[n].now && i < notes[n].now->count; i++) {
			const struct block *other = &notes[n].now->blocks[i];

			if (other->kind == block->kind && other->words && block->words &&
			    (!notes[n].before || !doc_holds(notes[n].before, other->normal)) &&
			    similarity(search->arena, own,
				       block_words(search->arena, &words, other)) >= ALIKE)
				return true;
		}
	return false;
}

/* `found`: what is known of all of its note. */
static void look_at_block(struct search *search, struct gone_point found,
			  const struct changed_note *notes, size_t count,
			  const struct changed_note *note, size_t index)
{
	const struct doc *doc = note->before;
	struct key key;
	bool moved = false;

	if (!is_wanted_kind(&doc->blocks[index]) || speaks_for_item(doc, index))
		return;
	found.index = index;
	found.speaking = speaking_block(doc, index);
	found.text = spoken_text(search->arena, doc, index);
	key = doc->blocks[found.speaking].normal;
	if (!matches(search, note, &doc->blocks[found.speaking], found.text))
		return;
	for (size_t i = 0; !moved && i < count; i++)
		moved = doc_holds(notes[i].now, key);
	if (moved || stands_now(search, key) || is_known(search, key))
		return;
	found.id = key_hex(search->arena, key, POINT_ID_DIGITS);
	found.reworded = was_reworded(search, notes, count, &doc->blocks[found.speaking]);
	arena_push(search->arena, search->found, search->count, search->room);
	search->found[search->count++] = found;
	/* A place or an id means one point; a piece of text may mean many. */
	search->done = search->file.len || str_equal(found.id, search->wanted) ||
		       search->count == MOST_FOUND;
}

static err read_note(struct search *search, struct object_id blob, struct str *text,
		     struct doc **out)
{
	err e = notes_blob_read(search->arena, search->repo, blob, text);

	*out = NULL;
	if (e || !text->at)
		return e;
	*out = arena_new(search->arena, struct doc);
	**out = doc_read(search->arena, *text);
	return NULL;
}

/* What `commit` took away, or kept, between two folders. */
static err look_between(struct search *search, struct object_id from, struct object_id to,
			const struct commit *commit, bool aside)
{
	struct note_changes changes;
	err e = repo_note_changes(search->arena, search->repo, from, to, &changes);

	if (e)
		return e;
	struct changed_note *notes = arena_array(search->arena, struct changed_note, changes.count);
	for (size_t i = 0; i < changes.count; i++) {
		struct str before;

		notes[i].path = changes.notes[i].path;
		if ((e = read_note(search, changes.notes[i].from, &before, &notes[i].before)) ||
		    (e = read_note(search, changes.notes[i].to, &notes[i].after, &notes[i].now)))
			return e;
	}
	for (size_t i = 0; i < changes.count; i++)
		for (size_t b = 0; notes[i].before && b < notes[i].before->count; b++)
			if (!search->done)
				look_at_block(search,
					      (struct gone_point){.before = notes[i].before,
								  .path = notes[i].path,
								  .after = notes[i].after,
								  .commit = *commit,
								  .aside = aside},
					      notes, changes.count, &notes[i], b);
	return NULL;
}

/* What was saved while plain git was at work, and stands nowhere now. */
static err look_aside(struct search *search, struct object_id head)
{
	struct reference *saved;
	struct commit now, kept;
	size_t count;
	err e = repo_references(search->arena, search->repo, "refs/atelier/saved/", &saved, &count);

	if (e || count == 0 || object_id_is_none(head) ||
	    (e = repo_commit_read(search->arena, search->repo, head, &now)))
		return e;
	for (size_t i = 0; !e && i < count && !search->done; i++)
		if (!(e = repo_commit_read(search->arena, search->repo, saved[i].id, &kept)))
			e = look_between(search, kept.tree, now.tree, &kept, true);
	return e;
}

static err look_at_commit(struct search *search, const struct commit *commit)
{
	struct commit parent;
	err e = repo_commit_read(search->arena, search->repo, commit->parents[0], &parent);

	return e ? e : look_between(search, parent.tree, commit->tree, commit, false);
}

static err look_at_history(struct search *search, struct object_id head)
{
	struct commit *commits;
	size_t count;
	err e = repo_history(search->arena, search->repo, head, OBJECT_ID_NONE, &commits, &count);

	/* What a merge took away, one of its sides had taken away. */
	while (!e && !search->done && count-- > 0)
		if (commits[count].parent_count == 1 &&
		    !repo_is_cut_off(search->repo, commits[count].parents[0]))
			e = look_at_commit(search, &commits[count]);
	return e;
}

static err several(struct search *search)
{
	struct buf list = {.arena = search->arena};

	for (size_t i = 0; i < search->count && i < SHOWN_CHOICES; i++) {
		const struct gone_point *found = &search->found[i];
		struct str opening = text_opening(search->arena, found->text, SHOWN_BYTES);

		buf_printf(&list, "\n  %.*s  %.*s", STR_ARGS(found->id), STR_ARGS(opening));
	}
	if (search->count > SHOWN_CHOICES)
		buf_add(&list, STR("\n  …"));
	return err_advise(err_new(STATUS_BAD_INPUT, _("%.*s: several deleted points said this"),
				  STR_ARGS(search->wanted)),
			  _("Give more of the text, or one of these ids:%.*s"),
			  STR_ARGS(buf_str(&list)));
}

static err none(const struct search *search)
{
	for (size_t i = 0; i < search->points->count; i++) {
		const struct point *point = &search->points->all[i];

		if (str_equal(point->id, search->wanted) ||
		    (search->folded.len &&
		     str_contains(text_fold(search->arena, point->text), search->folded)))
			return err_new(STATUS_BAD_INPUT, _("%.*s: this point is there: %.*s:%u"),
				       STR_ARGS(search->wanted), STR_ARGS(point->section->path),
				       point_block(point)->line);
	}
	err e = err_new(STATUS_BAD_INPUT, _("%.*s: no deleted point said this"),
			STR_ARGS(search->wanted));
	if (repo_is_shallow(search->repo))
		return err_advise(e, _("Older versions are not here: “atelier sync” brings them."));
	return err_advise(e,
			  _("A point is named by its id, by file:line as it was, or by a piece of "
			    "its text."));
}

/* Of several, the one that says exactly this, else the one that nobody merely reworded. */
static err choose(struct search *search, struct gone_point *out)
{
	const struct gone_point *whole = NULL, *deleted = NULL;
	size_t whole_count = 0, deleted_count = 0;

	for (size_t i = 0; i < search->count; i++) {
		const struct gone_point *found = &search->found[i];

		if (str_equal(text_fold(search->arena, found->text), search->folded)) {
			whole = found;
			whole_count++;
		}
		if (!found->reworded) {
			deleted = found;
			deleted_count++;
		}
	}
	if (search->count == 0)
		return none(search);
	if (search->count > 1 && whole_count != 1 && deleted_count != 1)
		return several(search);
	*out = search->count == 1 ? search->found[0] : whole_count == 1 ? *whole : *deleted;
	return NULL;
}

err gone_find(struct arena *arena, const struct repo *repo, struct object_id head,
	      const struct points *points, struct str wanted, struct gone_point *out)
{
	struct search search = {
		.arena = arena, .repo = repo, .points = points, .wanted = str_trim(wanted)};
	err e;

	search.folded = text_fold(arena, search.wanted);
	if (!place_read(search.wanted, &search.file, &search.line) || !path_is_note(search.file))
		search.file = (struct str){0};
	if ((e = look_at_history(&search, head)) ||
	    (!search.done && (e = look_aside(&search, head))))
		return e;
	if (search.count && search.done && search.count < MOST_FOUND) {
		*out = search.found[search.count - 1];
		return NULL;
	}
	return choose(&search, out);
}
