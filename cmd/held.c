#include "cmd/held.h"

#include "core/message.h"

const char *held_reason_told(enum held_reason reason)
{
	static const char *const reasons[] = {
		[HELD_MANY_GONE] =
			N_("gone, with most of its workshop; if you mean it, sync again"),
		[HELD_EMPTIED] = N_("empty now; if you mean it, sync again"),
		[HELD_FILLED_AGAIN] =
			N_("it was empty; others changed it, and it has its words again; empty it "
			   "once more if you mean it"),
		[HELD_TOO_LARGE] = N_("too large to be shared"),
		[HELD_SAME_NAME] =
			N_("another file has this name on some machines, where upper and "
			   "lower case or accents do not count; give it another name"),
		[HELD_NOT_OURS] =
			N_("not shared: others have something under this name that is never put "
			   "on a disk; give it another name"),
		[HELD_KEPT_OUT] = N_("it is not on disk; the next sync puts it there"),
		[HELD_OBSTRUCTED] =
			N_("a link, a folder or a device stands in its place; what is recorded of "
			   "it stays. Move that away: “git restore FILE” brings the note back, "
			   "the next sync takes it for deleted"),
		[HELD_IN_THE_WAY] =
			N_("others have a folder of notes under this name; give it another name"),
		[HELD_FILTERED] =
			N_("the settings here have git convert it (LFS, an encoding), which is "
			   "left to git; if you changed it: “git add” and “git commit” record it"),
		[HELD_NAME] =
			N_("not shared: some machines cannot have this name, or it is too long or "
			   "too deep in folders; give it another one"),
		[HELD_UNPLACED] =
			N_("its folder may not be written to: what others changed in it is "
			   "recorded, and comes here with the first sync that may"),
		[HELD_OLDER] = N_("an older text; the next sync does what others did with it"),
		[HELD_BEING_WRITTEN] = N_("being saved right now; it goes with the next sync"),
		[HELD_UNREADABLE] =
			N_("you may not read it, or the disk has a fault there; what was recorded "
			   "of it before stays"),
	};

	return _(reasons[reason]);
}

const char *held_reason_kind(enum held_reason reason)
{
	static const char *const kinds[] = {
		[HELD_MANY_GONE] = "gone, with most of its workshop",
		[HELD_EMPTIED] = "emptied",
		[HELD_FILLED_AGAIN] = "filled again",
		[HELD_TOO_LARGE] = "too large",
		[HELD_SAME_NAME] = "same name",
		[HELD_NOT_OURS] = "not shared",
		[HELD_KEPT_OUT] = "not there",
		[HELD_OBSTRUCTED] = "obstructed",
		[HELD_IN_THE_WAY] = "in the way",
		[HELD_FILTERED] = "filtered",
		[HELD_NAME] = "name",
		[HELD_UNPLACED] = "not to be written",
		[HELD_OLDER] = "older",
		[HELD_BEING_WRITTEN] = "being saved",
		[HELD_UNREADABLE] = "not to be read",
	};

	return kinds[reason];
}

const char *same_name_told(struct arena *arena, const struct tree_file *file)
{
	return str_printf(arena,
			  _("%.*s is kept, but not in the folder: %.*s has its name on some "
			    "machines. Give that one another name and sync: then both are there."),
			  STR_ARGS(file->path), STR_ARGS(file->same_as))
		.at;
}

const char *late_branch_told(struct arena *arena, struct str branch)
{
	return str_printf(arena,
			  _("What was saved here while plain git showed “%.*s” waits for it: “git "
			    "switch %.*s”, then “atelier sync”, takes it in."),
			  STR_ARGS(branch), STR_ARGS(branch))
		.at;
}

struct str held_told(struct arena *arena, const struct held_file *held)
{
	bool recorded = held->reason == HELD_KEPT_OUT || held->reason == HELD_OBSTRUCTED ||
			held->reason == HELD_UNPLACED || held->reason == HELD_OLDER ||
			held->reason == HELD_UNREADABLE;

	return str_printf(arena, recorded ? _("%.*s: %s") : _("%.*s is not recorded: %s"),
			  STR_ARGS(held_path_shown(arena, held->path)),
			  held_reason_told(held->reason));
}

struct str held_path_shown(struct arena *arena, struct str path)
{
	struct buf shown = {.arena = arena};

	if (str_find_byte(path, '\n', 0) == path.len)
		return path;
	for (size_t i = 0; i < path.len; i++)
		if (path.at[i] == '\n')
			buf_add(&shown, STR("<U+000A>"));
		else
			buf_add_byte(&shown, path.at[i]);
	return buf_str(&shown);
}

const char *left_reason_told(enum left_reason reason)
{
	static const char *const reasons[] = {
		[LEFT_NAME] = N_("its name"),
		[LEFT_IGNORED] = N_("as .gitignore or git’s settings say"),
		[LEFT_LINK] = N_("a link"),
		[LEFT_REPOSITORY] = N_("a repository of its own"),
		[LEFT_ALONE] = N_("changed, and git was told to leave it alone"),
	};

	return _(reasons[reason]);
}
