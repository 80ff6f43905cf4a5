#include <unistd.h>

#include "cmd/findings.h"
#include "cmd/held.h"
#include "cmd/notes.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/meta.h"
#include "core/path.h"
#include "core/repo_attributes.h"
#include "core/snapshot.h"
#include "core/workshop.h"

static const struct str nowhere = {NULL, 0};

/* --- the yml files ---------------------------------------------------------------------- */

/* out: whether there is something to look at */
static bool check_yaml(struct findings *findings, struct str path, struct str text)
{
	struct arena *arena = &findings->app->arena;
	struct meta_doc doc;
	err e = meta_read(arena, text, str_c(arena, path), &doc);

	if (!e)
		return false;
	finding_add_error(findings, "settings",
			  err_advice(e) ? e
					: err_advise(e, _("Open the file and mend that line.")));
	return true;
}

static bool check_yaml_at_root(struct findings *findings, const char *name)
{
	struct saved_file file = {0};
	err e = worktree_show(&findings->app->arena, findings->repo, str_of(name), &file);

	/* It need not be there. */
	if (e || file.mode == 0) {
		err_free(e);
		return false;
	}
	return check_yaml(findings, str_of(name), file.bytes);
}

void check_settings(struct findings *findings)
{
	struct workshops workshops;
	struct arena *arena = &findings->app->arena;
	static const char *const at_root[] = {"atelier.yml", "people.yml", "ideas.yml"};
	bool bad = false;

	for (size_t i = 0; i < sizeof at_root / sizeof at_root[0]; i++)
		bad = check_yaml_at_root(findings, at_root[i]) || bad;
	finding_add_error(findings, "settings", notes_refuse_newer(findings->app, findings->repo));
	err e = workshops_read(arena, findings->repo, &workshops);

	if (e) {
		finding_add_error(findings, "settings", e);
		return;
	}
	for (size_t i = 0; i < workshops.count; i++)
		bad |= check_yaml(findings,
				  path_join(arena, workshops.all[i].folder, STR("workshop.yml")),
				  workshops.all[i].about);
	if (!bad)
		finding_add(findings, "settings", FINDING_FINE, nowhere,
			    str_of(_("what is told about people and workshops can be read")), NULL);
}

/* --- files that are recorded and not on disk, or the other way round ------------------------ */

/* Over the limit and not on disk, as files that others recorded with plain git. */
static bool check_size(struct findings *findings, const struct tree_file *file)
{
	const char *path = str_printf(&findings->app->arena, "%s/%.*s", repo_folder(findings->repo),
				      STR_ARGS(file->path))
				   .at;
	size_t size = 0;
	err e = repo_blob_size(findings->repo, file->id, &size);

	/* What cannot be read is told elsewhere. */
	err_free(e);
	if (size <= LIMIT_FILE_BYTES || access(path, F_OK) == 0)
		return false;
	finding_add(findings, "files", FINDING_LOOK, file->path,
		    str_of(_("is kept, but not put on your disk: it is too large")),
		    _("Whoever made it can make it smaller, or split it."));
	return true;
}

static bool check_carried(struct findings *findings, const struct tree_file *file)
{
	if (file->writable)
		return check_size(findings, file);
	if (file->same_as.len)
		finding_add(findings, "files", FINDING_LOOK, file->path,
			    str_of(same_name_told(&findings->app->arena, file)), NULL);
	else
		finding_add(findings, "files", FINDING_LOOK, file->path,
			    str_of(_("is kept, but never put on your disk: its name or kind could "
				     "do harm there")),
			    _("Whoever made it can give it another name."));
	return true;
}

/* Where there are too many to be named, their number. */
static bool check_refused(struct findings *findings, const struct tree_files *files)
{
	size_t told = files->refused_count;

	if (told > MOST_REFUSED_TOLD)
		told = MOST_REFUSED_TOLD;
	for (size_t i = 0; i < told; i++)
		finding_add(findings, "files", FINDING_LOOK, files->refused[i],
			    str_of(_("is left out: a name like this could do harm")),
			    _("Whoever made it can give it another name."));
	if (files->refused_count > told) {
		size_t more = files->refused_count - told;

		finding_add(findings, "files", FINDING_LOOK, nowhere,
			    str_printf(&findings->app->arena,
				       message_plural("%zu file more has a name that is refused, "
						      "and is left out",
						      "%zu files more have names that are refused, "
						      "and are left out",
						      more),
				       more),
			    _("Whoever made it can give it another name."));
	}
	return told > 0;
}

static void tell_filtered(struct findings *findings, const struct tree_file *file)
{
	if (file->writable && repo_filters(findings->repo, file->path))
		finding_add(
			findings, "files", FINDING_NOTE, file->path,
			str_of(_("the settings here have git convert it (LFS, an encoding): what "
				 "others change in it comes as git keeps it, what you change is "
				 "recorded by “git add” and “git commit” alone")),
			NULL);
}

void check_files(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	struct snapshot snapshot;
	bool bad = false;
	err e = snapshot_look(arena, findings->repo, SNAPSHOT_ONLY_LOOK, &snapshot);

	if (e) {
		finding_add_error(findings, "files", e);
		return;
	}
	for (size_t i = 0; i < snapshot.files.count; i++) {
		bad |= check_carried(findings, &snapshot.files.files[i]);
		tell_filtered(findings, &snapshot.files.files[i]);
	}
	for (size_t i = 0; i < snapshot.held_count; i++) {
		bad = true;
		finding_add(findings, "files", FINDING_LOOK,
			    held_path_shown(arena, snapshot.held[i].path),
			    str_of(held_reason_told(snapshot.held[i].reason)), NULL);
	}
	for (size_t i = 0; i < snapshot.left_count; i++)
		finding_add(findings, "files", FINDING_NOTE, snapshot.left_out[i].path,
			    str_printf(arena, _("only here: %s"),
				       left_reason_told(snapshot.left_out[i].reason)),
			    NULL);
	bad |= check_refused(findings, &snapshot.files);
	if (!bad)
		finding_add(findings, "files", FINDING_FINE, nowhere,
			    str_of(_("all that is recorded is on disk")), NULL);
}
