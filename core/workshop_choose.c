/* Which workshop and which section a person means. */
#include "core/workshop.h"

#include "core/file.h"
#include "core/message.h"
#include "core/path.h"
#include "core/text.h"

/* "./folder/" as "folder". */
static struct str plain_folder(struct str wanted)
{
	if (str_starts(wanted, STR("./")))
		wanted = str_slice(wanted, 2, wanted.len);
	while (wanted.len > 1 && str_ends(wanted, STR("/")))
		wanted.len--;
	return wanted;
}

struct str workshops_place(struct arena *arena, const struct repo *repo, const char *directory)
{
	return repo_place(arena, repo, file_real(arena, directory));
}

const struct workshop *workshop_at(const struct workshops *workshops, struct str folder)
{
	for (size_t i = 0; i < workshops->count; i++)
		if (str_equal(workshops->all[i].folder, folder))
			return &workshops->all[i];
	return NULL;
}

const struct workshop *workshop_around(const struct workshops *workshops, struct str place)
{
	const struct workshop *found = NULL;

	for (; place.len && !found; place = path_folder(place))
		found = workshop_at(workshops, place);
	return found;
}

static struct str list_workshops(struct arena *arena, const struct workshops *workshops)
{
	struct buf list = {.arena = arena};

	for (size_t i = 0; i < workshops->count; i++)
		buf_printf(&list, "\n  %.*s  %.*s", STR_ARGS(workshops->all[i].folder),
			   STR_ARGS(workshops->all[i].title));
	return buf_str(&list);
}

/* Advises to choose one of those there are. */
static err list_choices(struct arena *arena, const struct workshops *workshops, err failure)
{
	struct str list = list_workshops(arena, workshops);

	if (workshops->count == 0)
		return err_advise(failure, _("Begin one: atelier new TITLE"));
	return err_advise(failure, _("These are there; name one with -w:%.*s"), STR_ARGS(list));
}

/* How many workshops hold `wanted` in folder or title; `out`: the last of them. */
static size_t find_by_piece(struct arena *arena, const struct workshops *workshops,
			    struct str wanted, const struct workshop **out)
{
	struct str piece = text_fold(arena, wanted);
	size_t hits = 0;

	for (size_t i = 0; i < workshops->count; i++) {
		const struct workshop *workshop = &workshops->all[i];

		if (str_contains(text_fold(arena, workshop->folder), piece) ||
		    str_contains(text_fold(arena, workshop->title), piece)) {
			*out = workshop;
			hits++;
		}
	}
	return hits;
}

err workshop_choose(struct arena *arena, const struct workshops *workshops, const char *wanted,
		    struct str place, const struct workshop **out)
{
	const struct workshop *found = NULL;
	err failure;

	if (!wanted || !*wanted) {
		found = workshop_around(workshops, place);
		if (!found && workshops->count == 1)
			found = &workshops->all[0];
		if (found) {
			*out = found;
			return NULL;
		}
		failure = workshops->count
				  ? err_new(STATUS_BAD_INPUT,
					    _("Which workshop is meant? There are several here."))
				  : err_new(STATUS_BAD_INPUT, _("There is no workshop here yet."));
		return list_choices(arena, workshops, failure);
	}
	struct str name = plain_folder(str_of(wanted));
	struct str below = path_join(arena, place, name);
	for (size_t i = 0; i < workshops->count && !found; i++)
		if (str_equal(workshops->all[i].folder, name) ||
		    str_equal(workshops->all[i].folder, below))
			found = &workshops->all[i];
	size_t hits = found ? 1 : find_by_piece(arena, workshops, name, &found);
	if (hits == 1) {
		*out = found;
		return NULL;
	}
	failure =
		hits ? err_new(STATUS_BAD_INPUT, _("%s: several workshops are called so."), wanted)
		     : err_new(STATUS_BAD_INPUT, _("%s: there is no such workshop."), wanted);
	return list_choices(arena, workshops, failure);
}

static err list_sections(struct arena *arena, const struct workshop *workshop, err failure)
{
	struct buf list = {.arena = arena};

	for (size_t i = 0; i < workshop->count; i++)
		buf_printf(&list, "\n  %.*s  %.*s", STR_ARGS(path_name(workshop->sections[i].path)),
			   STR_ARGS(workshop->sections[i].title));
	if (workshop->count == 0)
		return err_advise(failure, _("The workshop has no section yet."));
	return err_advise(failure, _("These are there; name one with -s:%.*s"),
			  STR_ARGS(buf_str(&list)));
}

/* The number, below 10,000, that text begins with, or is as a whole; -1: none. */
static int leading_number(struct str text, bool whole)
{
	int64_t number;

	return str_take_number(&text, 9999, &number) && (!whole || text.len == 0) ? (int)number
										  : -1;
}

/* One way of naming a section, from the surest to the loosest. */
enum naming { BY_FILE, BY_FILE_NUMBER, BY_POSITION, BY_TITLE, BY_KIND, BY_PIECE, NAMINGS };

struct naming_search {
	struct arena *arena;
	struct str wanted, folded;
	int number;
	enum section_kind kind;
};

static bool is_named(const struct naming_search *search, enum naming naming,
		     const struct section *section, size_t position)
{
	struct str name = path_name(section->path);

	switch (naming) {
	case BY_FILE:
		return str_equal(name, search->wanted) ||
		       str_equal(section->path, search->wanted) ||
		       (str_starts(name, search->wanted) && name.len == search->wanted.len + 3);
	case BY_FILE_NUMBER:
		return search->number >= 0 && leading_number(name, false) == search->number;
	case BY_POSITION:
		return search->number >= 0 && (size_t)search->number == position + 1;
	case BY_TITLE:
		return str_equal(text_fold(search->arena, section->title), search->folded);
	case BY_KIND:
		return search->kind != SECTION_OTHER && section->kind == search->kind;
	case BY_PIECE:
		return str_contains(text_fold(search->arena, section->title), search->folded);
	case NAMINGS:
		break;
	}
	return false;
}

err section_choose(struct arena *arena, const struct workshop *workshop, const char *wanted,
		   const struct section **out)
{
	bool is_default = !wanted || !*wanted, several = false;
	struct str name = is_default ? STR("discussion") : plain_folder(str_of(wanted));
	struct naming_search search = {
		.arena = arena,
		.wanted = name,
		.folded = text_fold(arena, str_trim(name)),
		.number = leading_number(name, true),
		.kind = section_kind_of(arena, name),
	};

	if (is_default && workshop->count == 1) {
		*out = &workshop->sections[0];
		return NULL;
	}
	for (enum naming naming = BY_FILE; naming < NAMINGS; naming++) {
		const struct section *found = NULL;
		size_t hits = 0;

		for (size_t i = 0; i < workshop->count; i++) {
			if (!is_named(&search, naming, &workshop->sections[i], i))
				continue;
			found = &workshop->sections[i];
			hits++;
		}
		if (hits == 1) {
			*out = found;
			return NULL;
		}
		several = several || hits > 1;
	}
	if (several)
		return list_sections(arena, workshop,
				     err_new(STATUS_BAD_INPUT,
					     _("%.*s: several sections are called so."),
					     STR_ARGS(name)));
	err failure =
		is_default ? err_new(STATUS_BAD_INPUT,
				     _("Which section is meant? None is a discussion."))
			   : err_new(STATUS_BAD_INPUT, _("%s: there is no such section."), wanted);
	return list_sections(arena, workshop, failure);
}
