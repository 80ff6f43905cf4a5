/*
 * The workshops of a repository: which folders they are, and the sections in
 * each, as they are in the work tree.
 *
 * A folder is a workshop when workshop.yml or a note (.md, .markdown) stands in
 * it; a folder inside a workshop is one of its own; hidden folders never; the
 * root only where there is no other. Sections are in the order of their names.
 * Files that say `generated: atelier` in their front matter are none.
 */
#ifndef CORE_WORKSHOP_H
#define CORE_WORKSHOP_H

#include "core/doc.h"
#include "core/err.h"
#include "core/repo.h"
#include "core/section.h"

struct section {
	struct str path;  /* of its file, from the repository's root */
	struct str title; /* its first heading, else what its name says */
	enum section_kind kind;
	struct doc doc;
};

/* Over LIMIT_FILE_BYTES, or not to be read by this person: what it says is not known. */
static inline bool section_is_unread(const struct section *section)
{
	return section->doc.opaque && section->doc.source.len == 0;
}

struct workshop {
	struct str folder; /* from the repository's root, "." for the root itself */
	struct str title;  /* in workshop.yml, else the folder's name */
	struct str about;  /* the bytes of workshop.yml, empty: there is none */
	struct section *sections;
	size_t count;
};

struct workshops {
	struct workshop *all; /* by folder */
	size_t count;
};

/* A file of the tree that is looked at. */
struct workshop_file {
	struct str path, bytes;
	bool unread; /* over LIMIT_FILE_BYTES, or not to be read: `bytes` is empty */
};

/* Does a note say that the program made it? */
bool doc_is_generated(struct arena *arena, const struct doc *doc);
/*
 * Finds the workshops among files; what is neither a section's file nor a
 * workshop.yml is passed over. cost: n log n
 */
struct workshops workshops_of(struct arena *arena, const struct workshop_file *files, size_t count);
/*
 * The same from the work tree, as people see it now. Sections that are not to be read are
 * there, unread (section_is_unread()).
 */
err workshops_read(struct arena *arena, const struct repo *repo,
		   struct workshops *out) ERR_MUST_CHECK;

/* The workshops once the file of a section that is among them holds these bytes. */
void workshops_update(struct arena *arena, struct workshops *workshops, struct str path,
		      struct str bytes);

/* The workshop of a folder, NULL: there is none. */
const struct workshop *workshop_at(const struct workshops *workshops, struct str folder);
/* The workshop whose folder is `place` or the nearest above it, NULL: none. */
const struct workshop *workshop_around(const struct workshops *workshops, struct str place);
/* Where a directory is below the root: "" for the root itself and for elsewhere. */
struct str workshops_place(struct arena *arena, const struct repo *repo, const char *directory);
/*
 * The workshop that `wanted` names: a folder, or a piece of its name or title;
 * NULL: the one that `place` is in, else the only one.
 * errors: STATUS_BAD_INPUT, with a list of those there are.
 */
err workshop_choose(struct arena *arena, const struct workshops *workshops, const char *wanted,
		    struct str place, const struct workshop **out) ERR_MUST_CHECK;
/*
 * The section that `wanted` names: a number, a file, a kind or a piece of the
 * title; NULL: the discussion, else the only one.
 * errors: STATUS_BAD_INPUT, with a list of those there are.
 */
err section_choose(struct arena *arena, const struct workshop *workshop, const char *wanted,
		   const struct section **out) ERR_MUST_CHECK;

#endif
