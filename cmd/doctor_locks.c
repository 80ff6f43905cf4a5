#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmd/dates.h"
#include "cmd/findings.h"
#include "core/message.h"
#include "core/path.h"

enum {
	OLD_SECONDS =
		600, /* git holds a lock for a moment; the index's while a message is written */
	CLOCK_SECONDS = 60, /* that a clock may be set by after the start */
	MOST_DEPTH = 8,	    /* of folders of references */
	PROCESS_NAME_BYTES = 64,
};

/* What is known about those who could hold a lock here. */
struct holders {
	struct findings *findings;
	char git[16];	  /* the number of a git that is at work here; empty: none is */
	time_t now, boot; /* boot: 0: not known, or the disk is another machine's */
	size_t found;
};

/* --- is git at work? ----------------------------------------------------------------- */

static bool is_git(const char *process)
{
	char path[PROCESS_NAME_BYTES + 32], name[PROCESS_NAME_BYTES] = "";
	FILE *file;

	snprintf(path, sizeof path, "/proc/%s/comm", process);
	if ((file = fopen(path, "re"))) {
		if (!fgets(name, sizeof name, file))
			name[0] = '\0';
		fclose(file);
	}
	return strncmp(name, "git", 3) == 0;
}

/* Does a process work in one of these folders? */
static bool works_in(const char *process, const struct str *folders, size_t count)
{
	char path[PROCESS_NAME_BYTES + 32], where[4096];
	bool found = false;

	snprintf(path, sizeof path, "/proc/%s/cwd", process);
	ssize_t length = readlink(path, where, sizeof where - 1);
	/* One that we may not look into could be here; one that has ended meanwhile is not. */
	if (length < 0)
		return errno != ENOENT && errno != ESRCH;
	for (size_t i = 0; i < count; i++)
		found |= str_starts((struct str){where, (size_t)length}, folders[i]);
	return found;
}

/* The folder of notes, and that of the first copy where this is another work tree of it. */
static void find_git(struct holders *holders)
{
	struct arena *arena = &holders->findings->app->arena;
	struct str git = str_of(repo_common_path(arena, holders->findings->repo, ""));
	const struct str folders[] = {str_of(repo_folder(holders->findings->repo)),
				      path_folder(str_slice(git, 0, git.len - 1))};
	DIR *processes = opendir("/proc");
	struct dirent *entry;

	while (processes && !holders->git[0] && (entry = readdir(processes)))
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
		    strlen(entry->d_name) < sizeof holders->git && is_git(entry->d_name) &&
		    works_in(entry->d_name, folders, 2))
			memcpy(holders->git, entry->d_name, strlen(entry->d_name) + 1);
	if (processes)
		closedir(processes);
}

/* No program outlives its machine; on a disk of another machine, the other's counts. */
static time_t find_boot(const struct holders *holders)
{
	struct timespec since;

	if (network_name(repo_common_path(&holders->findings->app->arena, holders->findings->repo,
					  "")) ||
	    clock_gettime(CLOCK_BOOTTIME, &since) < 0)
		return 0;
	return holders->now - since.tv_sec;
}

/* --- the locks -------------------------------------------------------------------------- */

static bool is_abandoned(const struct holders *holders, time_t made)
{
	return !holders->git[0] && (holders->now - made >= OLD_SECONDS ||
				    (holders->boot && made < holders->boot - CLOCK_SECONDS));
}

static void tell_held(const struct holders *holders, struct str name, struct str since)
{
	struct arena *arena = &holders->findings->app->arena;

	if (holders->git[0])
		finding_add(holders->findings, "locks", FINDING_LOOK, name,
			    str_printf(arena,
				       _("git is at work here (process %s) and may hold this lock, "
					 "which is from %.*s"),
				       holders->git, STR_ARGS(since)),
			    _("Wait until it has finished. If it hangs, end it; ten minutes later "
			      "“atelier doctor --fix” takes the lock away."));
	else
		finding_add(
			holders->findings, "locks", FINDING_LOOK, name,
			str_printf(arena,
				   _("no git is at work here any more that could hold this "
				     "lock, which is from %.*s; another program may"),
				   STR_ARGS(since)),
			_("Ten minutes after it was made, “atelier doctor --fix” takes the lock "
			  "away."));
}

/* `path`: of the lock; `name`: below git's folder */
static void check_lock(struct holders *holders, const char *path, struct str name)
{
	struct findings *findings = holders->findings;
	struct stat about;

	if (lstat(path, &about) < 0 || !S_ISREG(about.st_mode))
		return;
	struct tm local;
	time_t made = about.st_mtime;
	long offset = localtime_r(&made, &local) ? local.tm_gmtoff : 0;
	struct str since = time_shown(&findings->app->arena, made, (int)(offset / 60));

	holders->found++;
	if (!is_abandoned(holders, made))
		tell_held(holders, name, since);
	else if (findings->fix && put_aside(findings, path))
		finding_add(findings, "locks", FINDING_FIXED, name,
			    str_of(_("a lock that an ended git had left was put aside")), NULL);
	else
		finding_add(findings, "locks", FINDING_LOOK, name,
			    str_printf(&findings->app->arena,
				       _("an ended git has left this lock; it is from %.*s"),
				       STR_ARGS(since)),
			    _("“atelier doctor --fix” takes it away."));
}

/* All locks in `folder`, and below it. `name`: what it is called below git's folder */
static void check_below(struct holders *holders, const char *folder, struct str name, int depth)
{
	struct arena *arena = &holders->findings->app->arena;
	struct dirent **entries = NULL;
	int count = depth > 0 ? scandir(folder, &entries, NULL, alphasort) : 0;

	for (int i = 0; i < count; i++) {
		struct str entry = str_copy(arena, str_of(entries[i]->d_name));
		const char *path = str_printf(arena, "%s/%s", folder, entry.at).at;
		struct stat about;

		if (entry.at[0] != '.' && str_ends(entry, STR(".lock")))
			check_lock(holders, path, path_join(arena, name, entry));
		else if (entry.at[0] != '.' && lstat(path, &about) == 0 && S_ISDIR(about.st_mode))
			check_below(holders, path, path_join(arena, name, entry), depth - 1);
		free(entries[i]);
	}
	free(entries);
}

void check_locks(struct findings *findings)
{
	struct arena *arena = &findings->app->arena;
	struct holders holders = {.findings = findings, .now = time(NULL)};
	const char *own = repo_own_path(arena, findings->repo, "");
	const char *shared = repo_common_path(arena, findings->repo, "");

	find_git(&holders);
	holders.boot = find_boot(&holders);
	check_below(&holders, own, STR(""), 1);
	if (strcmp(own, shared) != 0)
		check_below(&holders, shared, STR(""), 1);
	check_below(&holders, repo_common_path(arena, findings->repo, "refs"), STR("refs"),
		    MOST_DEPTH);
	if (holders.found == 0)
		finding_add(findings, "locks", FINDING_FINE, (struct str){0},
			    str_of(_("no lock was left behind")), NULL);
}
