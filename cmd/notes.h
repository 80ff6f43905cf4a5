/*
 * The notes that a command reads, or writes and records.
 */
#ifndef CMD_NOTES_H
#define CMD_NOTES_H

#include "cmd/app.h"
#include "core/point.h"
#include "core/record.h"
#include "core/workshop.h"

struct notes {
	struct repo *repo;
	struct workshops workshops; /* as they are in the work tree */
	struct object_id recorded;  /* what was when they were read; none: nothing yet */
	struct str place;	    /* the working directory below the root, "" for the root */
};

/* Opens the repository of the working directory and reads it; to be closed, on failure too. */
err notes_open(struct app *app, struct notes *notes) ERR_MUST_CHECK;
/* NULL-safe, for a zeroed struct too. */
void notes_close(struct notes *notes);
/*
 * Which workshops are named, as workshop_choose() reads a name; without a name: all.
 * out: by workshop
 */
err notes_choose(struct arena *arena, const struct notes *notes, char **names, size_t count,
		 bool **out) ERR_MUST_CHECK;
/* Tells, beside the results, which sections cannot be read as text; `only`: NULL: all workshops. */
void notes_tell_unread(struct app *app, const struct notes *notes, const struct workshop *only);

/* The language of the notes: as atelier.yml says, else that of the messages. */
enum language notes_language(struct app *app, const struct notes *notes);

/*
 * The bytes of a file as it was recorded.
 * out: `at` NULL: none is meant (an id of zeros), or it is over LIMIT_FILE_BYTES
 */
err notes_blob_read(struct arena *arena, const struct repo *repo, struct object_id blob,
		    struct str *out) ERR_MUST_CHECK;

/*
 * Whoever can write atelier.yml can stop the commands that write notes, not what people save
 * in an editor: that is recorded and shared whatever the format.
 * errors: STATUS_SETUP: atelier.yml tells of a newer format
 */
err notes_refuse_newer(struct app *app, const struct repo *repo) ERR_MUST_CHECK;

/* What is said where the person's git is set to sign and could not. */
const char *notes_not_signed(void);

/*
 * Writes files and records them together in the note-taker's name; `message` is in the
 * language of the notes. What a person saved in one of them is recorded first
 * (cmd/saved_first.h).
 * errors: STATUS_BUSY: a file holds something else by now: read again, try again;
 *         STATUS_SETUP: atelier.yml tells of a newer format
 */
err notes_record(struct app *app, struct notes *notes, const struct recorded_file *files,
		 size_t count, struct str message) ERR_MUST_CHECK;

/*
 * Is what failed to be made anew from the notes as they are now? Where somebody else was
 * faster, some times; waits before, longer each time. `attempts`: 0 at first.
 */
bool notes_try_again(err failure, unsigned *attempts);

#endif
