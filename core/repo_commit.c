#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "core/repo_object.h"
#include "core/repo_private.h"

static struct signature copy_signature(struct arena *arena, const git_signature *from)
{
	return (struct signature){
		.name = str_copy(arena, str_of(from->name)),
		.email = str_copy(arena, str_of(from->email)),
		.time = from->when.time,
		.offset_minutes = from->when.offset,
	};
}

err repo_commit_read(struct arena *arena, const struct repo *repo, struct object_id id,
		     struct commit *out)
{
	git_oid oid = repo_id_to(id);
	git_commit *commit = NULL;

	if (git_commit_lookup(&commit, repo->git, &oid) < 0)
		return repo_failure(STATUS_IO, _("cannot read what is recorded"));
	*out = (struct commit){
		.id = id,
		.tree = repo_id_from(git_commit_tree_id(commit)),
		.parent_count = git_commit_parentcount(commit),
		.author = copy_signature(arena, git_commit_author(commit)),
		.committer = copy_signature(arena, git_commit_committer(commit)),
		.message = str_copy(arena, str_of(git_commit_message_raw(commit))),
	};
	out->parents = arena_array(arena, struct object_id, out->parent_count);
	for (unsigned i = 0; i < out->parent_count; i++)
		out->parents[i] = repo_id_from(git_commit_parent_id(commit, i));
	git_commit_free(commit);
	return NULL;
}

bool repo_commit_is_signed(const struct repo *repo, struct object_id id)
{
	git_oid oid = repo_id_to(id);
	git_commit *commit = NULL;
	git_buf field = {0};
	bool found = git_commit_lookup(&commit, repo->git, &oid) == 0 &&
		     git_commit_header_field(&field, commit, "gpgsig") == 0;

	git_buf_dispose(&field);
	git_commit_free(commit);
	return found;
}

/* git delimits names with <, > and the line's end, and drops blanks around them. */
static void add_name(struct buf *buf, struct str name)
{
	name = str_trim(name);
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("<>\n", name.at[i]))
			buf_add_byte(buf, name.at[i]);
}

static void add_signature(struct buf *buf, const char *role, const struct signature *from)
{
	int minutes = abs(from->offset_minutes);

	buf_printf(buf, "%s ", role);
	add_name(buf, from->name);
	buf_add_c(buf, " <");
	add_name(buf, from->email);
	buf_printf(buf, "> %lld %c%02d%02d\n", (long long)from->time,
		   from->offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

err repo_commit_write(struct repo *repo, struct commit *commit)
{
	struct arena arena = {0};
	struct buf bytes = {.arena = &arena};
	err e = NULL;

	buf_printf(&bytes, "tree %s\n", object_id_hex(&arena, commit->tree).at);
	for (size_t i = 0; i < commit->parent_count; i++)
		buf_printf(&bytes, "parent %s\n", object_id_hex(&arena, commit->parents[i]).at);
	add_signature(&bytes, "author", &commit->author);
	add_signature(&bytes, "committer", &commit->committer);
	buf_add_byte(&bytes, '\n');
	buf_add(&bytes, commit->message);
	if (!repo_object_write(repo, buf_str(&bytes), GIT_OBJECT_COMMIT, &commit->id))
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

bool commit_is_automatic(const struct commit *commit)
{
	return commit_trailer(commit, STR("Atelier-Merge")).len > 0;
}

bool repo_descends(const struct repo *repo, struct object_id id, struct object_id ancestor)
{
	git_oid commit = repo_id_to(id), above = repo_id_to(ancestor);

	if (object_id_is_none(id) || object_id_is_none(ancestor))
		return false;
	return object_id_equal(id, ancestor) ||
	       git_graph_descendant_of(repo->git, &commit, &above) == 1;
}

static int compare_ids(const void *left, const void *right)
{
	const struct object_id *a = left, *b = right;

	return object_id_compare(*a, *b);
}

err repo_merge_bases(struct arena *arena, const struct repo *repo, struct object_id one,
		     const struct object_id *others, size_t other_count, struct object_id **out,
		     size_t *count)
{
	git_oid *ids = arena_array(arena, git_oid, other_count + 1);
	git_oidarray bases = {0};
	int code;

	ids[0] = repo_id_to(one);
	for (size_t i = 0; i < other_count; i++)
		ids[i + 1] = repo_id_to(others[i]);
	code = git_merge_bases_many(&bases, repo->git, other_count + 1, ids);
	if (code < 0 && code != GIT_ENOTFOUND)
		return repo_failure(STATUS_IO, _("cannot read what is recorded"));
	*count = code < 0 ? 0 : bases.count;
	*out = arena_array(arena, struct object_id, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = repo_id_from(&bases.ids[i]);
	git_oidarray_dispose(&bases);
	if (*count > 1)
		qsort(*out, *count, sizeof **out, compare_ids);
	return NULL;
}

static err start_walk(git_revwalk **walk, const struct repo *repo, struct object_id from,
		      struct object_id without)
{
	git_oid tip = repo_id_to(from), hidden = repo_id_to(without);

	if (git_revwalk_new(walk, repo->git) < 0 ||
	    git_revwalk_sorting(*walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME | GIT_SORT_REVERSE) <
		    0 ||
	    git_revwalk_push(*walk, &tip) < 0 ||
	    (!object_id_is_none(without) && git_revwalk_hide(*walk, &hidden) < 0))
		return repo_failure(STATUS_IO, _("cannot read what is recorded"));
	return NULL;
}

err repo_history(struct arena *arena, const struct repo *repo, struct object_id from,
		 struct object_id without, struct commit **out, size_t *count)
{
	struct commit *found = NULL;
	size_t number = 0, room = 0;
	git_revwalk *walk = NULL;
	git_oid id;
	err e = NULL;

	if (!object_id_is_none(from))
		e = start_walk(&walk, repo, from, without);
	while (!e && walk && git_revwalk_next(&id, walk) == 0) {
		arena_push(arena, found, number, room);
		e = repo_commit_read(arena, repo, repo_id_from(&id), &found[number++]);
	}
	git_revwalk_free(walk);
	if (e)
		return e;
	*out = found;
	*count = number;
	return NULL;
}
