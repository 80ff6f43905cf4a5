#include "core/transport.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/message.h"
#include "core/repo_durable.h"
#include "core/repo_mend.h"
#include "core/transport_run.h"

/*
 * The settings of our git do not reach the one that receives on the other side. Where
 * that is a folder on this machine, what was sent is to be on the disk as well.
 */
static const char durable_receiving[] = "--receive-pack=git -c core.fsync=all receive-pack";

/* What is fetched, and where it goes here. */
struct fetching {
	const char *from; /* a remote's name or a bundle's path */
	struct str remote;
	const char *how, *how_much; /* options, NULL: none */
};

/* `refmap`: an option, NULL: git also follows where its own settings want to have it. */
static err fetch_to(struct arena *arena, const struct repo *repo, const struct fetching *fetch,
		    const char *refmap, struct transport_result *out)
{
	struct str refs =
		str_printf(arena, "+refs/heads/*:refs/atelier/in/%.*s/*", STR_ARGS(fetch->remote));
	const char *const arguments[] = {"fetch",
					 "--progress",
					 "--prune",
					 "--no-tags",
					 "--no-recurse-submodules",
					 "--no-write-fetch-head",
					 fetch->how ? fetch->how : "--no-auto-maintenance",
					 fetch->how_much ? fetch->how_much
							 : "--no-auto-maintenance",
					 refmap ? refmap : "--no-auto-maintenance",
					 "--",
					 fetch->from,
					 refs.at,
					 NULL};

	return transport_run(arena, repo_folder(repo), arguments, out);
}

static err fetch(struct arena *arena, const struct repo *repo, const struct fetching *fetch,
		 struct transport_result *out)
{
	const char *received = repo_common_path(arena, repo, "objects/pack");
	err e;

	repo_durable_begin(repo);
	e = fetch_to(arena, repo, fetch, NULL, out);
	/* A lock in refs/remotes, of a plain git or left by one, is nothing to wait for. */
	if (!e && out->outcome == TRANSPORT_REJECTED)
		e = fetch_to(arena, repo, fetch, "--refmap=", out);
	/* git makes what it receives durable, but not its name. */
	if (!e && access(received, F_OK) == 0)
		e = file_sync_folder(received);
	if (!e)
		repo_durable_end(repo);
	return e;
}

struct str transport_folder(struct arena *arena, const struct repo *repo, struct str remote)
{
	const char *key = str_printf(arena, "remote.%.*s.url", STR_ARGS(remote)).at;
	struct str url = repo_setting(arena, repo, key), scheme = STR("file://");

	if (str_starts(url, scheme))
		url = str_slice(url, scheme.len, url.len);
	return str_starts(url, STR("/")) && !repo_rewrites_addresses(repo) ? url : (struct str){0};
}

/*
 * Has a folder on this machine nothing that was not brought already? Then git need
 * not be started.
 */
static bool has_nothing_new(struct arena *arena, const struct repo *repo, struct str remote)
{
	const char *prefix = str_printf(arena, "refs/atelier/in/%.*s/", STR_ARGS(remote)).at;
	struct str url = transport_folder(arena, repo, remote), heads = STR("refs/heads/");
	struct reference *there, *known;
	size_t there_count, known_count, prefix_length = strlen(prefix);

	if (url.len == 0 || !repo_look_at_other(arena, str_c(arena, url), &there, &there_count))
		return false;
	err e = repo_references(arena, repo, prefix, &known, &known_count);
	bool same = !e && there_count == known_count && there_count > 0;

	err_free(e);
	for (size_t i = 0; same && i < there_count; i++)
		same = object_id_equal(there[i].id, known[i].id) &&
		       str_equal(str_slice(there[i].name, heads.len, there[i].name.len),
				 str_slice(known[i].name, prefix_length, known[i].name.len));
	return same;
}

err transport_fetch(struct arena *arena, const struct repo *repo, struct str remote,
		    struct transport_result *out)
{
	if (has_nothing_new(arena, repo, remote)) {
		*out = (struct transport_result){.outcome = TRANSPORT_DONE};
		return NULL;
	}
	return fetch(arena, repo, &(struct fetching){str_c(arena, remote), remote, NULL, NULL},
		     out);
}

err transport_complete(struct arena *arena, struct repo *repo, struct str remote,
		       struct transport_result *out)
{
	struct fetching whole = {str_c(arena, remote), remote, NULL, "--no-filter"};
	err e = NULL;

	*out = (struct transport_result){.outcome = TRANSPORT_DONE};
	if (repo_is_shallow(repo)) {
		whole.how = "--unshallow";
		e = fetch(arena, repo, &whole, out);
	}
	if (e || out->outcome != TRANSPORT_DONE || !repo_is_partial(repo, remote))
		return e;
	whole.how = "--refetch";
	if ((e = fetch(arena, repo, &whole, out)) || out->outcome != TRANSPORT_DONE)
		return e;
	return repo_set_whole(repo, remote);
}

err transport_fetch_bundle(struct arena *arena, const struct repo *repo, const char *path,
			   struct str remote, struct transport_result *out)
{
	return fetch(arena, repo, &(struct fetching){path, remote, NULL, NULL}, out);
}

err transport_write_bundle(struct arena *arena, const struct repo *repo, const char *path,
			   struct str branch, struct transport_result *out)
{
	const char *const arguments[] = {
		"bundle", "create", "--all-progress", path, str_c(arena, branch), NULL};

	return transport_run(arena, repo_folder(repo), arguments, out);
}

err transport_look(struct arena *arena, const struct repo *repo, struct str remote,
		   struct transport_result *out)
{
	const char *const arguments[] = {"ls-remote",	       "--quiet", "--heads", "--",
					 str_c(arena, remote), NULL};

	return transport_run(arena, repo_folder(repo), arguments, out);
}

err transport_push(struct arena *arena, const struct repo *repo, struct str remote,
		   struct object_id id, struct str branch, struct transport_result *out)
{
	struct str refs =
		str_printf(arena, "%s:%.*s", object_id_hex(arena, id).at, STR_ARGS(branch));
	struct str folder = transport_folder(arena, repo, remote);
	const char *key = str_printf(arena, "remote.%.*s", STR_ARGS(remote)).at;
	bool is_plain =
		repo_setting(arena, repo, str_printf(arena, "%s.pushurl", key).at).len == 0 &&
		repo_setting(arena, repo, str_printf(arena, "%s.receivepack", key).at).len == 0;
	const char *how = folder.len && is_plain ? durable_receiving : "--no-tags";
	const char *const arguments[] = {
		/* Not quiet, or the other side is silent for as long as it takes it in. */
		"push", "--progress",	      "--porcelain", "--no-verify", how,
		"--",	str_c(arena, remote), refs.at,	     NULL};
	err e = transport_run(arena, repo_folder(repo), arguments, out);

	/* A git that was killed there may have left a lock, which nobody could get past. */
	if (!e && folder.len && out->outcome == TRANSPORT_REJECTED)
		repo_mend_other_locks(str_c(arena, folder));
	return e;
}

err transport_clone(struct arena *arena, const char *url, const char *folder,
		    struct transport_result *out)
{
	const char *const arguments[] = {"clone",
					 "--progress",
					 "--no-checkout",
					 "--no-recurse-submodules",
					 "--origin",
					 "origin",
					 "--no-local",
					 "--",
					 url,
					 folder,
					 NULL};
	err e = transport_check_url(url);

	return e ? e : transport_run(arena, NULL, arguments, out);
}

/* source: gitformat-bundle(5) */
bool transport_is_bundle(struct arena *arena, struct str url)
{
	static const char first_line[] = "# v2 git bundle\n";
	char bytes[sizeof first_line - 1] = {0};
	int file = open(str_c(arena, url), O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return str_starts(url, STR("/")) && str_ends(url, STR(".bundle"));
	bool whole = read(file, bytes, sizeof bytes) == (ssize_t)sizeof bytes;
	close(file);
	/* A later form differs in its number. */
	bytes[strlen("# v")] = '2';
	return whole && memcmp(bytes, first_line, sizeof bytes) == 0;
}

err transport_check_url(const char *url)
{
	size_t scheme = 0;

	while (isalnum((unsigned char)url[scheme]) || url[scheme] == '-' || url[scheme] == '+')
		scheme++;
	if (url[0] == '-' || url[0] == '\0' || strncmp(url + scheme, "::", 2) == 0)
		return err_advise(
			err_new(STATUS_BAD_INPUT, _("“%s” is not an address to share with"), url),
			_("An address looks like https://…, ssh://…, name@host:folder or "
			  "/folder."));
	return NULL;
}
