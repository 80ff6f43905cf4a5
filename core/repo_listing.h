/*
 * One folder of a recorded tree as git keeps it, whatever whoever made it put there:
 * libgit2's own reader gives up where one name is empty or over 64 KiB long, and
 * misses names where they are out of order.
 */
#ifndef CORE_REPO_LISTING_H
#define CORE_REPO_LISTING_H

#include "core/repo_object.h"

struct listed {
	struct str name; /* may be empty, hold '/' or be as long as it likes */
	uint32_t mode;	 /* as written, whether or not it means anything */
	struct object_id id;
};

struct listing {
	struct listed *entries; /* in git's order: by name, a folder's with '/' behind it */
	size_t count;
};

/* errors: STATUS_IO when it is missing, damaged or no folder; STATUS_BAD_INPUT over a limit. */
err repo_list(struct arena *arena, const struct repo *repo, struct object_id folder,
	      struct listing *out) ERR_MUST_CHECK;
/* Records a folder; its entries, each of another name, are put in order. out: `out`, its id */
err repo_list_write(struct arena *arena, struct repo *repo, struct listing *listing,
		    struct object_id *out) ERR_MUST_CHECK;

static inline bool listed_is_folder(const struct listed *entry)
{
	return (entry->mode & 0170000) == MODE_FOLDER;
}

/*
 * Is this a .gitignore or .gitattributes whose patterns would keep git, and
 * libgit2, at work for longer than anybody waits?
 */
bool listed_wears_out(const struct repo *repo, const struct listed *entry);

/* git's order of two entries; 0: the same name, and both folders or none. */
int listed_compare(const struct listed *a, const struct listed *b);
/* How many entries from `at` on are of the same name and kind: one, where nobody tampered. */
size_t listed_same(const struct listing *listing, size_t at);

#endif
