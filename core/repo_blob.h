/*
 * Texts lent for a while: what walking a whole history needs, where copying every one
 * would not do.
 */
#ifndef CORE_REPO_BLOB_H
#define CORE_REPO_BLOB_H

#include "core/repo_object.h"

struct lent_blob {
	struct str text;
	void *handle;
};

/* Lends a file's bytes without copying them; to be given back. errors: as repo_blob_read() */
err repo_blob_lend(const struct repo *repo, struct object_id id, size_t limit,
		   struct lent_blob *out) ERR_MUST_CHECK;
/* The same of one whose size the caller has asked for and found fit: none is asked for again. */
err repo_blob_lend_measured(const struct repo *repo, struct object_id id,
			    struct lent_blob *out) ERR_MUST_CHECK;
/* Lends what is lent already once more, to be given back too. out: nothing for nothing */
struct lent_blob repo_blob_lend_again(const struct lent_blob *lent);
void repo_blob_give_back(void *handle);
/*
 * From here on very many objects are read and none written: their bytes are not checked
 * against their ids, as git itself does not, until the end.
 */
void repo_read_many_begin(void);
void repo_read_many_end(void);

#endif
