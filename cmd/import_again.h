/*
 * A document that was imported before, and has grown or been corrected since.
 *
 * Every import is recorded with a line that names its workshop. A later one is
 * recorded on top of the last, holding exactly what the document says, and is
 * then united with what people made of the notes: their changes stay, and the
 * document's come in.
 */
#ifndef CMD_IMPORT_AGAIN_H
#define CMD_IMPORT_AGAIN_H

#include "cmd/app.h"
#include "cmd/sync_plan.h"
#include "core/note_import.h"
#include "core/repo_object.h"

/* What an import is told apart by, at the end of its message: the folder it made. */
#define IMPORT_TRAILER "Atelier-Import"

enum import_before {
	IMPORT_NEVER,	/* nothing is known of it, or nothing is left of it */
	IMPORT_EQUAL,	/* the last import said the same */
	IMPORT_GROWN,	/* the last import was an earlier state of this document */
	IMPORT_ANOTHER, /* the last import was of another document */
};

struct last_import {
	enum import_before kind;
	struct object_id commit; /* unless IMPORT_NEVER */
};

/* Looks for the last import that made the note's folder. */
err last_import_find(struct arena *arena, const struct repo *repo, const struct imported *note,
		     struct last_import *out) ERR_MUST_CHECK;

/* What the last import made of the note; `last` none: nothing, count 0. */
err last_import_read(struct arena *arena, const struct repo *repo, const struct imported *note,
		     struct object_id last, struct imported *out) ERR_MUST_CHECK;

/* Is it what ends an import? Its committer is who imported, its author may be a writer. */
bool import_ends_with(const struct commit *commit);
/* The state before an import that ends with `last`; none: nothing was there. */
err import_began_on(struct arena *arena, const struct repo *repo, const struct commit *last,
		    struct object_id *out) ERR_MUST_CHECK;

/* A state of the note, and in whose name it is recorded. */
struct import_save {
	const struct signature *writer; /* NULL: whoever imports */
	struct imported note;
};

/*
 * Records saves, the last of which is the whole note, on top of the last import
 * (none: of what is recorded), and unites them with what people made of it. Prints what
 * waits for a person.
 * out: what the union decided.
 */
err import_saves(struct app *app, const struct import_save *saves, size_t count,
		 struct object_id last, struct str subject, struct plan *out) ERR_MUST_CHECK;

#endif
