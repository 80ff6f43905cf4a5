#include "core/repo_blob.h"
#include "core/message.h"
#include "core/repo_object.h"
#include "core/repo_private.h"

err repo_unreadable(struct object_id id)
{
	struct arena arena = {0};
	err e = err_new(STATUS_IO, _("an object that git keeps is missing or damaged (%s)"),
			object_id_hex(&arena, id).at);

	arena_free(&arena);
	return err_advise(e, _("“git fsck” tells more; another copy of the workshops has it."));
}

static err size_of(const struct repo *repo, struct object_id id, git_object_t wanted, size_t *out)
{
	git_oid object = repo_id_to(id);
	git_object_t type;
	size_t size;

	if (git_odb_read_header(&size, &type, repo->objects, &object) < 0 || type != wanted)
		return repo_unreadable(id);
	*out = size;
	return NULL;
}

err repo_blob_size(const struct repo *repo, struct object_id id, size_t *out)
{
	return size_of(repo, id, GIT_OBJECT_BLOB, out);
}

/* An object of any size. */
static err lend(const struct repo *repo, struct object_id id, git_object_t type,
		struct lent_blob *out)
{
	git_oid object = repo_id_to(id);
	git_odb_object *loaded = NULL;

	if (git_odb_read(&loaded, repo->objects, &object) < 0)
		return repo_unreadable(id);
	if (git_odb_object_type(loaded) != type) {
		git_odb_object_free(loaded);
		return repo_unreadable(id);
	}
	*out = (struct lent_blob){
		.text = {git_odb_object_data(loaded), git_odb_object_size(loaded)},
		.handle = loaded,
	};
	return NULL;
}

err repo_lend(const struct repo *repo, struct object_id id, git_object_t type, size_t limit,
	      struct lent_blob *out)
{
	size_t size = 0;
	err e = size_of(repo, id, type, &size);

	if (e)
		return e;
	if (size > limit)
		return err_new(STATUS_BAD_INPUT, _("a file of %zu KB is over the limit of %zu KB"),
			       size / 1024, limit / 1024);
	return lend(repo, id, type, out);
}

err repo_blob_lend(const struct repo *repo, struct object_id id, size_t limit,
		   struct lent_blob *out)
{
	return repo_lend(repo, id, GIT_OBJECT_BLOB, limit, out);
}

err repo_blob_lend_measured(const struct repo *repo, struct object_id id, struct lent_blob *out)
{
	return lend(repo, id, GIT_OBJECT_BLOB, out);
}

struct lent_blob repo_blob_lend_again(const struct lent_blob *lent)
{
	git_odb_object *again = NULL;

	if (!lent->handle || git_odb_object_dup(&again, lent->handle) < 0)
		return (struct lent_blob){0};
	return (struct lent_blob){lent->text, again};
}

void repo_blob_give_back(void *handle)
{
	git_odb_object_free(handle);
}

void repo_read_many_begin(void)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

void repo_read_many_end(void)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
}

err repo_blob_read(struct arena *arena, const struct repo *repo, struct object_id id, size_t limit,
		   struct str *out)
{
	struct lent_blob lent = {0};
	err e = repo_blob_lend(repo, id, limit, &lent);

	if (e)
		return e;
	*out = str_copy(arena, lent.text);
	repo_blob_give_back(lent.handle);
	return NULL;
}

err repo_blob_write(struct repo *repo, struct str bytes, struct object_id *out)
{
	if (!repo_object_write(repo, bytes, GIT_OBJECT_BLOB, out))
		return repo_failure(STATUS_IO, _("cannot record"));
	return NULL;
}

struct object_id blob_id_of(struct str bytes)
{
	git_oid id = {{0}};

	git_odb_hash(&id, bytes.at ? bytes.at : "", bytes.len, GIT_OBJECT_BLOB);
	return repo_id_from(&id);
}
