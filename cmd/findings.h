/* What doctor looked at, what it found, and what can be done about it. */
#ifndef CMD_FINDINGS_H
#define CMD_FINDINGS_H

#include "cmd/app.h"
#include "core/repo.h"

enum finding_state {
	FINDING_FINE,  /* nothing to do */
	FINDING_NOTE,  /* nothing to do, good to know */
	FINDING_LOOK,  /* there is something to look at */
	FINDING_FIXED, /* there was */
};

struct finding {
	const char *check; /* what was looked at: "locks"; for programs, never translated */
	enum finding_state state;
	struct str file; /* from the repository's root, or below git's folder; empty: none */
	struct str told; /* what was found */
	struct str todo; /* what to do about it, empty: nothing */
};

struct findings {
	struct app *app;
	struct repo *repo;
	bool fix; /* mend what can be mended without losing a word */
	struct finding *all;
	size_t count, room;
};

/* Adds what was found; `file`, `told` and `todo` as above, todo NULL: nothing to do. */
void finding_add(struct findings *findings, const char *check, enum finding_state state,
		 struct str file, struct str told, const char *todo);
/* Adds an error as something to look at, and releases it; NULL adds nothing. */
void finding_add_error(struct findings *findings, const char *check, err e);

/* Puts a file of git's own folder under .git/atelier/aside. out: whether it is away */
bool put_aside(struct findings *findings, const char *path);
/* The kind of file system where it is another machine's, with its own times and locks; NULL: none
 */
const char *network_name(const char *folder);

/* The checks, each of which adds at least one finding. */
void check_person(struct findings *findings);	   /* name and address */
void check_driver(struct findings *findings);	   /* plain git calls our merge */
void check_remotes(struct findings *findings);	   /* the others can be reached */
void check_history(struct findings *findings);	   /* objects are sound, none is missing */
void check_clock(struct findings *findings);	   /* nothing was recorded in the future */
void check_unfinished(struct findings *findings);  /* nothing was begun and not finished */
void check_displaced(struct findings *findings);   /* no save in a note that was replaced */
void check_locks(struct findings *findings);	   /* no lock of a program that is gone */
void check_leftovers(struct findings *findings);   /* no half-written object */
void check_disk(struct findings *findings);	   /* room, rights */
void check_file_system(struct findings *findings); /* which promise holds here */
void check_files(struct findings *findings);	   /* all that is recorded is on disk */
void check_settings(struct findings *findings);	   /* the yml files can be read */

#endif
