#include "core/commit_text.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/repo_blob.h"
#include "core/repo_private.h"

err repo_commit_read(struct arena *arena, const struct repo *repo, struct object_id id,
		     struct commit *out)
{
	struct lent_blob lent = {0};
	err e = repo_lend(repo, id, GIT_OBJECT_COMMIT, LIMIT_COMMIT_BYTES, &lent);

	if (e)
		return e;
	bool sound = commit_text_read(arena, str_copy(arena, lent.text), out);
	repo_blob_give_back(lent.handle);
	out->id = id;
	return sound ? NULL : repo_unreadable(id);
}

bool repo_commit_is_signed(const struct repo *repo, struct object_id id)
{
	struct lent_blob lent = {0};
	err e = repo_lend(repo, id, GIT_OBJECT_COMMIT, LIMIT_COMMIT_BYTES, &lent);
	bool is_signed = !e && commit_text_header(lent.text, STR("gpgsig")).len > 0;

	repo_blob_give_back(lent.handle);
	err_free(e);
	return is_signed;
}

err repo_commit_write(struct repo *repo, struct commit *commit)
{
	struct arena arena = {0};
	err e = NULL;

	if (!repo_object_write(repo, commit_text_write(&arena, commit), GIT_OBJECT_COMMIT,
			       &commit->id))
		e = repo_failure(STATUS_IO, _("cannot record"));
	arena_free(&arena);
	return e;
}

struct str commit_trailer(const struct commit *commit, struct str name)
{
	struct str rest = commit->message, line, value = {0};

	while (str_next_line(&rest, &line)) {
		struct str chomped = str_chomp(line);

		if (str_is_blank(chomped))
			value = (struct str){0};
		else if (str_starts(chomped, name) && chomped.len > name.len &&
			 chomped.at[name.len] == ':')
			value = str_trim(str_slice(chomped, name.len + 1, chomped.len));
	}
	return value;
}

struct signature signature_of_program(int64_t time)
{
	return (struct signature){
		.name = STR("atelier"), .email = STR("atelier@invalid"), .time = time};
}

bool signature_is_program(const struct signature *signature)
{
	return str_equal(signature->email, signature_of_program(0).email);
}

bool commit_is_automatic(const struct commit *commit)
{
	return commit_trailer(commit, STR("Atelier-Merge")).len > 0;
}
