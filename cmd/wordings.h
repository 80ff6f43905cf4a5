/*
 * What is left to choose, over all workshops: sets of wordings in the notes,
 * values in YAML, and files of which both versions were kept.
 */
#ifndef CMD_WORDINGS_H
#define CMD_WORDINGS_H

#include "cmd/notes.h"
#include "core/variant.h"
#include "merge/yaml_sets.h"

enum wordings_kind {
	WORDINGS_BLOCKS, /* points, headings, rows, code… of a section */
	WORDINGS_VALUE,	 /* under one key of workshop.yml, people.yml or a front matter */
	WORDINGS_FILES,	 /* photo.png, photo ⟨version 2⟩.png */
};

struct choice {
	enum wordings_kind kind;
	struct str workshop; /* its folder */
	struct str path;     /* of the file that holds them */
	uint32_t line;	     /* of the first one */
	struct str id;	     /* of the first one */
	struct str *texts;   /* without labels */
	size_t count;
	struct str name; /* value: its key */

	const struct section *section; /* blocks, and values of a front matter */
	struct variant_set set;	       /* blocks */
	struct str *ids;	       /* blocks: of each wording */
	struct str source;	       /* value: the whole file */
	struct str span;	       /* value: the part of it that `doc` was read from */
	struct meta_doc doc;	       /* value */
	struct yaml_set value;	       /* value */
	struct str *paths;	       /* files */
};

struct choices {
	struct choice *all; /* by file and line */
	size_t count, room;
};

/* Everything that is left to choose. */
err choices_of(struct app *app, const struct notes *notes, struct choices *out) ERR_MUST_CHECK;

/* How many there are. */
err choices_count(struct app *app, struct repo *repo, size_t *out) ERR_MUST_CHECK;
/* Tells how many there are and what to do about them; nothing where there are none. */
void choices_tell(struct app *app, size_t count);

/*
 * The set that `wanted` names: an id, file:line, a file, or a piece of text that
 * only one set has.
 * errors: STATUS_BAD_INPUT: none, or several.
 */
err choice_find(struct app *app, const struct notes *notes, const char *wanted,
		struct choice *out) ERR_MUST_CHECK;

/* A record that says where the first one stands; for json_print(). */
struct json *choice_record(const struct choice *choice);

/*
 * Prints where they stand, and each with its number; on a terminal, words that not all
 * have stand in {}.
 */
void choice_print(struct app *app, const struct choice *choice);

#endif
