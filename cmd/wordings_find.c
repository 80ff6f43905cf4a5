/* Which set of wordings a person means. */

#include "cmd/wordings.h"
#include "core/message.h"
#include "core/path.h"
#include "core/text.h"

static bool has_id(const struct choice *choice, struct str id)
{
	bool found = str_equal(choice->id, id);

	for (size_t n = 0; n < choice->count && choice->ids && !found; n++)
		found = str_equal(choice->ids[n], id);
	return found;
}

static bool says(struct arena *arena, const struct choice *choice, struct str piece)
{
	for (size_t n = 0; n < choice->count; n++)
		if (str_contains(text_fold(arena, choice->texts[n]), piece))
			return true;
	return choice->name.len && str_contains(text_fold(arena, choice->name), piece);
}

/* "file:line" of any line that a wording of the set has; `file` alone for whole files. */
static bool stands_at(const struct choice *choice, struct str place, struct str file, uint32_t line,
		      struct arena *arena)
{
	bool same = str_equal(file, choice->path) || str_equal(file, path_name(choice->path)) ||
		    str_equal(path_join(arena, place, file), choice->path);

	if (!same || choice->kind == WORDINGS_FILES)
		return same && line <= 1;
	if (choice->kind == WORDINGS_VALUE)
		return line >= choice->line && line <= choice->line + choice->count;
	for (size_t n = 0; n < choice->count; n++) {
		const struct block *block = &choice->section->doc.blocks[choice->set.blocks[n]];
		if (line >= block->line && line < block->line + block->lines)
			return true;
	}
	return false;
}

enum naming { BY_ID, BY_PLACE, BY_TEXT, NAMINGS };

static bool is_named(struct arena *arena, const struct choice *choice, struct str place,
		     struct str wanted, enum naming naming)
{
	struct str file;
	uint32_t line;

	switch (naming) {
	case BY_ID:
		return has_id(choice, wanted);
	case BY_PLACE:
		if (!place_read(wanted, &file, &line)) {
			file = wanted;
			line = 0;
		}
		return stands_at(choice, place, file, line, arena);
	case BY_TEXT:
		return says(arena, choice, text_fold(arena, wanted));
	case NAMINGS:
		break;
	}
	return false;
}

static struct str list_sets(struct arena *arena, const struct choices *found, struct str place,
			    struct str wanted, enum naming naming)
{
	enum { MOST_SHOWN = 8, SHOWN_BYTES = 90 };
	struct buf list = {.arena = arena};
	size_t shown = 0;

	for (size_t i = 0; i < found->count && shown < MOST_SHOWN; i++) {
		struct str opening = text_opening(arena, found->all[i].texts[0], SHOWN_BYTES);

		if (!is_named(arena, &found->all[i], place, wanted, naming))
			continue;
		buf_printf(&list, "\n  %.*s  %.*s", STR_ARGS(found->all[i].id), STR_ARGS(opening));
		shown++;
	}
	return buf_str(&list);
}

/* A point that is there but has one wording, or nothing of that name. */
static err explain_missing(struct app *app, const struct notes *notes, const char *wanted)
{
	struct points points = points_of(&app->arena, &notes->workshops);
	struct point point;
	err failure = point_find(&app->arena, &notes->workshops, &points, str_of(wanted),
				 notes->place, &point);

	if (failure)
		return failure;
	return err_advise(
		err_new(STATUS_BAD_INPUT, _("%s: this point has one wording only."), wanted),
		_("“atelier variants” lists those that have several."));
}

err choice_find(struct app *app, const struct notes *notes, const char *wanted, struct choice *out)
{
	struct arena *arena = &app->arena;
	struct str name = str_trim(str_of(wanted));
	struct choices found;
	err failure = choices_of(app, notes, &found);

	if (failure)
		return failure;
	for (enum naming naming = BY_ID; name.len && naming < NAMINGS; naming++) {
		size_t hits = 0;

		for (size_t i = 0; i < found.count; i++)
			if (is_named(arena, &found.all[i], notes->place, name, naming) &&
			    hits++ == 0)
				*out = found.all[i];
		if (hits == 1)
			return NULL;
		if (hits > 1)
			return err_advise(
				err_new(STATUS_BAD_INPUT, _("%.*s: several points say this."),
					STR_ARGS(name)),
				_("Give more of the text, or one of these ids:%.*s"),
				STR_ARGS(list_sets(arena, &found, notes->place, name, naming)));
	}
	return explain_missing(app, notes, wanted);
}
