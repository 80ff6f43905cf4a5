#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "cmd/findings.h"
#include "core/apply.h"
#include "core/file.h"
#include "core/journal.h"
#include "core/message.h"
#include "core/path.h"
#include "core/record.h"
#include "core/repo_mend.h"
#include "core/worktree.h"

enum {
	LEAST_FREE_MIB = 64,
	MIB = 1024 * 1024,
	OLD_LEFTOVER_SECONDS = 24 * 3600,
};

static const struct str nowhere = {NULL, 0};

bool put_aside(struct findings *findings, const char *path)
{
	struct arena *arena = &findings->app->arena;
	const char *folder = str_printf(arena, "%s/aside", repo_state_folder(findings->repo)).at;
	struct str name = path_name(str_of(path));
	err e = file_make_folders(folder);
	bool moved = false;

	for (int i = 0; !e && !moved && i < 100; i++) {
		const char *to = str_printf(arena, "%s/%.*s.%lld.%d", folder, STR_ARGS(name),
					    (long long)time(NULL), i)
					 .at;

		moved = renameat2(AT_FDCWD, path, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ||
			(errno == EINVAL && access(to, F_OK) < 0 && rename(path, to) == 0);
	}
	err_free(e);
	return moved;
}

/* --- what was begun and not finished ------------------------------------------------ */

void check_unfinished(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	struct journal journal;
	bool found = false;
	err e = journal_read(arena, findings->repo, &journal, &found);

	if (!e && !found) {
		finding_add(findings, "unfinished", FINDING_FINE, nowhere,
			    str_of(_("nothing was left unfinished")), NULL);
		return;
	}
	if (!findings->fix) {
		if (e)
			finding_add_error(findings, "unfinished",
					  err_advise(e, _("“atelier doctor --fix” puts it aside; "
							  "the notes stay as they are on disk.")));
		else
			finding_add(findings, "unfinished", FINDING_LOOK, nowhere,
				    str_of(_("a sync was interrupted")),
				    _("The next sync finishes it, or “atelier doctor --fix” now."));
		return;
	}
	const char *path = str_printf(arena, "%s/journal", repo_state_folder(findings->repo)).at;
	if (e && put_aside(findings, path)) {
		err_free(e);
		finding_add(findings, "unfinished", FINDING_FIXED, nowhere,
			    str_of(_("what a sync had begun cannot be read, and was put aside")),
			    NULL);
		return;
	}
	repo_mend_merge(findings->repo);
	if (!e && !(e = record_may_begin(arena, findings->repo)))
		e = apply_finish(arena, findings->repo);
	finding_add_error(findings, "unfinished", e);
	if (!e)
		finding_add(findings, "unfinished", FINDING_FIXED, nowhere,
			    str_of(_("an interrupted sync was finished")), NULL);
}

/* --- half-written objects --------------------------------------------------------------- */

static bool is_half_written(struct str name)
{
	return str_starts(name, STR("tmp_obj_")) || str_starts(name, STR("tmp_object_git2_")) ||
	       str_starts(name, STR("tmp_pack_")) || str_starts(name, STR("tmp_idx_"));
}

/* Counts those that are old enough to be nobody's; with `remove`, takes them away. */
static size_t go_through(struct arena *arena, const char *folder, int depth, bool remove)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	while (directory && (entry = readdir(directory))) {
		const char *path = str_printf(arena, "%s/%s", folder, entry->d_name).at;
		struct stat about;

		if (lstat(path, &about) < 0)
			continue;
		if (S_ISDIR(about.st_mode) && depth == 0 && entry->d_name[0] != '.')
			count += go_through(arena, path, depth + 1, remove);
		else if (is_half_written(str_of(entry->d_name)) &&
			 time(NULL) - about.st_mtime > OLD_LEFTOVER_SECONDS)
			count += !remove || unlink(path) == 0;
	}
	if (directory)
		closedir(directory);
	return count;
}

/* Nothing refers to them and git itself would delete them one day, so they are not kept. */
void check_leftovers(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	const char *folder = repo_common_path(arena, findings->repo, "objects");
	size_t count = go_through(arena, folder, 0, findings->fix);
	enum finding_state state = count == 0	   ? FINDING_FINE
				   : findings->fix ? FINDING_FIXED
						   : FINDING_LOOK;

	finding_add(findings, "leftovers", state, nowhere,
		    count == 0
			    ? str_of(_("no half-written file of git's was left behind"))
			    : str_printf(arena,
					 message_plural("%zu half-written file of git's was left "
							"by an ended program",
							"%zu half-written files of git's were "
							"left by ended programs",
							count),
					 count),
		    _("“atelier doctor --fix” deletes them; nothing refers to them."));
}

/* --- room and rights ---------------------------------------------------------------------- */

static void check_right(struct findings *findings, const char *path, const char *todo, size_t *bad)
{
	if (access(path, W_OK) == 0 || errno == ENOENT)
		return;
	++*bad;
	finding_add(findings, "disk", FINDING_LOOK, str_of(path),
		    str_printf(&findings->app->arena, _("you may not write there: %s"),
			       err_reason(errno)),
		    todo);
}

void check_disk(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	const char *root = repo_folder(findings->repo);
	struct statvfs disk;
	size_t bad = 0;
	const char *todo = _("Reading works. To write, ask whoever owns the folder for the right "
			     "to, or get a copy of your own: atelier join.");

	check_right(findings, root, todo, &bad);
	check_right(findings, repo_common_path(arena, findings->repo, "objects"), todo, &bad);
	check_right(findings, repo_common_path(arena, findings->repo, "refs"), todo, &bad);
	check_right(findings, repo_state_folder(findings->repo), todo, &bad);
	if (statvfs(root, &disk) == 0) {
		unsigned long long mib =
			(unsigned long long)disk.f_bavail * disk.f_frsize / (unsigned long long)MIB;

		if (mib < LEAST_FREE_MIB) {
			bad++;
			finding_add(findings, "disk", FINDING_LOOK, nowhere,
				    str_printf(arena, _("only %llu MB are free on this disk"), mib),
				    _("Make room before you go on writing."));
		}
	}
	if (bad == 0)
		finding_add(findings, "disk", FINDING_FINE, nowhere,
			    str_of(_("there is room, and you may write")), NULL);
}

/* --- which promise holds here ---------------------------------------------------------------- */

/* source: statfs(2) */
const char *network_name(const char *folder)
{
	static const struct {
		long type;
		const char *name;
	} known[] = {{0x6969, "NFS"},
		     {0x517B, "SMB"},
		     {(long)0xFF534D42, "CIFS"},
		     {(long)0xFE534D42, "SMB2"},
		     {0x65735546, "FUSE"},
		     {0x01021997, "9P"},
		     {0x00C36400, "Ceph"}};
	struct statfs about;

	for (size_t i = 0; statfs(folder, &about) == 0 && i < sizeof known / sizeof *known; i++)
		if ((long)about.f_type == known[i].type)
			return known[i].name;
	return NULL;
}

void check_file_system(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	struct worktree_powers powers;
	const char *network = network_name(repo_folder(findings->repo));
	err e = worktree_try_powers(arena, findings->repo, &powers);

	if (e) {
		finding_add(findings, "file system", FINDING_NOTE, nowhere,
			    str_of(_("what this file system can do was not tried: it cannot be "
				     "written")),
			    NULL);
		err_free(e);
		return;
	}
	finding_add(findings, "file system", powers.exchanges ? FINDING_FINE : FINDING_NOTE,
		    nowhere,
		    str_of(powers.exchanges
				   ? _("files are exchanged in one step: no save is overwritten")
				   : _("this file system cannot exchange files: what stands there "
				       "is moved aside first, so that no save is overwritten")),
		    NULL);
	finding_add(findings, "file system", powers.leases ? FINDING_FINE : FINDING_NOTE, nowhere,
		    str_of(powers.leases
				   ? _("writers are waited for: no half-written save is taken in")
				   : _("this file system does not tell who is writing: replaced "
				       "files are kept for a day, and what is still written to "
				       "them is taken in later")),
		    NULL);
	if (!powers.exchanges && !powers.takes_names)
		finding_add(
			findings, "file system", FINDING_LOOK, nowhere,
			str_of(_("this file system lets no file take a name safely: what others "
				 "changed cannot be put in its place here")),
			_("Keep the notes on another disk."));
	if (powers.folds_names)
		finding_add(findings, "file system", FINDING_NOTE, nowhere,
			    str_of(_("upper and lower case are one here: of files whose names "
				     "differ in that alone, one is on disk")),
			    NULL);
	if (network)
		finding_add(findings, "file system", FINDING_NOTE, nowhere,
			    str_printf(arena,
				       _("this folder is on another machine (%s): let only one "
					 "machine sync it at a time"),
				       network),
			    NULL);
}
