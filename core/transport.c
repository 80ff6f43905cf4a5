#include "core/transport.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "core/message.h"
#include "core/process.h"
#include "core/repo_mend.h"

enum { NETWORK_SECONDS = 600, MOST_ARGUMENTS = 40 };

/* What git (in English) or the other side says, and what it means; the first that is found counts.
 */
static const struct {
	const char *says;
	enum transport_outcome means;
} sayings[] = {
	{"failed to update ref", TRANSPORT_REJECTED},
	{"cannot lock ref", TRANSPORT_REJECTED},
	{"incorrect old value", TRANSPORT_REJECTED},
	{"reference already exists", TRANSPORT_REJECTED},
	{"[remote rejected]", TRANSPORT_REFUSED},
	{"[rejected]", TRANSPORT_REJECTED},
	{"Host key verification failed", TRANSPORT_HOST_KEY},
	{"HOST IDENTIFICATION HAS CHANGED", TRANSPORT_HOST_KEY},
	{"certificate", TRANSPORT_HOST_KEY},
	{"Permission denied (", TRANSPORT_LOGIN},
	{"Authentication failed", TRANSPORT_LOGIN},
	{"could not read Username", TRANSPORT_LOGIN},
	{"could not read Password", TRANSPORT_LOGIN},
	{"Access denied", TRANSPORT_LOGIN},
	{"Too many authentication failures", TRANSPORT_LOGIN},
	{"error: 401", TRANSPORT_LOGIN},
	{"error: 403", TRANSPORT_REFUSED},
	{"denied to", TRANSPORT_REFUSED},
	{"insufficient permission", TRANSPORT_REFUSED},
	{"unable to create temporary", TRANSPORT_REFUSED},
	{"unpacker error", TRANSPORT_REFUSED},
	{"not allowed", TRANSPORT_REFUSED},
	{"dubious ownership", TRANSPORT_REFUSED},
	{"Could not resolve", TRANSPORT_OFFLINE},
	{"Temporary failure in name resolution", TRANSPORT_OFFLINE},
	{"Name or service not known", TRANSPORT_OFFLINE},
	{"Couldn't connect", TRANSPORT_OFFLINE},
	{"Failed to connect", TRANSPORT_OFFLINE},
	{"unable to connect", TRANSPORT_OFFLINE},
	{"Connection refused", TRANSPORT_OFFLINE},
	{"Connection reset", TRANSPORT_OFFLINE},
	{"Connection closed", TRANSPORT_OFFLINE},
	{"timed out", TRANSPORT_OFFLINE},
	{"unreachable", TRANSPORT_OFFLINE},
	{"No route to host", TRANSPORT_OFFLINE},
	{"early EOF", TRANSPORT_OFFLINE},
	{"error: 50", TRANSPORT_OFFLINE},
	{"epository not found", TRANSPORT_NOT_FOUND},
	{"does not appear to be a git repository", TRANSPORT_NOT_FOUND},
	{"error: 404", TRANSPORT_NOT_FOUND},
	{"not found", TRANSPORT_NOT_FOUND},
	{"does not exist", TRANSPORT_NOT_FOUND},
	{"hung up unexpectedly", TRANSPORT_OFFLINE},
};

enum { SAYINGS = sizeof sayings / sizeof *sayings };

static struct str line_with(struct str text, struct str needle)
{
	struct str line;

	while (str_next_line(&text, &line))
		if (str_contains(line, needle))
			return str_trim(line);
	return (struct str){0};
}

/* The line that says most where no saying is known. */
static struct str telling_line(struct str text)
{
	static const char *const marks[] = {"fatal:", "error:", "remote:", ""};
	struct str line = {0};

	for (size_t i = 0; line.len == 0 && i < sizeof marks / sizeof *marks; i++)
		line = line_with(text, str_of(marks[i]));
	return line;
}

/*
 * A line as a person may be shown it: what the host says in its own words rather
 * than git's summary of a refusal.
 */
static struct str quotable(struct str said, struct str line)
{
	struct str mark = STR("remote: "), own;

	if (str_starts(line, STR("!"))) {
		own = line_with(said, mark);
		line = own.len > mark.len ? own
					  : str_slice(line, str_find_byte(line, '(', 0), line.len);
	}
	return str_starts(line, mark) ? str_trim(str_slice(line, mark.len, line.len)) : line;
}

static struct transport_result judge(struct arena *arena, const struct process_result *result)
{
	struct str said =
		str_printf(arena, "%.*s\n%.*s", STR_ARGS(result->output), STR_ARGS(result->errors));

	if (result->status == 0 && !result->timed_out)
		return (struct transport_result){.outcome = TRANSPORT_DONE};
	if (result->timed_out)
		return (struct transport_result){.outcome = TRANSPORT_OFFLINE};
	for (size_t i = 0; i < SAYINGS; i++) {
		struct str line = line_with(said, str_of(sayings[i].says));

		if (line.len > 0)
			return (struct transport_result){sayings[i].means, quotable(said, line)};
	}
	return (struct transport_result){TRANSPORT_UNKNOWN, telling_line(said)};
}

/*
 * Settings for every run, whatever a repository or a machine says: nothing that
 * came with the notes is run, nothing is cleaned up behind our back, what is
 * received is on the disk, and large or poisoned objects are streamed.
 */
static const char *const safe_settings[] = {
	"core.hooksPath=/dev/null",  "core.fsmonitor=false",
	"protocol.ext.allow=never",  "gc.auto=0",
	"maintenance.auto=false",    "core.fsync=all",
	"fetch.unpackLimit=1",	     "transfer.unpackLimit=1",
	"core.bigFileThreshold=1m",  "submodule.recurse=false",
	"push.recurseSubmodules=no", "fetch.writeCommitGraph=false",
	"push.followTags=false",     "advice.detachedHead=false",
	"init.templateDir=",
};

enum { SAFE_SETTINGS = sizeof safe_settings / sizeof *safe_settings };

/*
 * The settings above do not reach the git that receives on the other side. Where that
 * is a folder on this machine, what was sent is to be on the disk as well.
 */
static const char durable_receiving[] = "--receive-pack=git -c core.fsync=all receive-pack";

/* The variables that tie git to another repository are taken away; it speaks English. */
static const char *const environment_quiet[] = {
	"GIT_TERMINAL_PROMPT=0", /* the first QUIET_ONLY: left out where a person can be asked */
	"GCM_INTERACTIVE=never",
	"LC_ALL=C",
	"LANGUAGE=",
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR",
	"GIT_NAMESPACE",
	"GIT_PREFIX",
	"GIT_ALLOW_PROTOCOL=file:git:http:https:ssh",
	NULL,
};
enum { QUIET_ONLY = 2 };

/* Runs git in `folder` (NULL: here) with `arguments`, NULL at their end. */
static err run_git(struct arena *arena, const char *folder, const char *const *arguments,
		   struct transport_result *out)
{
	const char *argv[MOST_ARGUMENTS + 2 * SAFE_SETTINGS] = {"git"};
	bool asks = process_has_terminal();
	struct process process = {.argv = argv,
				  .environment =
					  asks ? environment_quiet + QUIET_ONLY : environment_quiet,
				  .directory = folder,
				  .timeout_seconds = NETWORK_SECONDS,
				  .may_prompt = asks};
	struct process_result result;
	size_t count = 1;
	err e;

	for (size_t i = 0; i < SAFE_SETTINGS; i++) {
		argv[count++] = "-c";
		argv[count++] = safe_settings[i];
	}
	for (; *arguments; arguments++)
		argv[count++] = *arguments;
	if ((e = process_run(arena, &process, &result)))
		return e;
	*out = judge(arena, &result);
	return NULL;
}

/* What is fetched, and where it goes here. */
struct fetch {
	const char *from; /* a remote's name or a bundle's path */
	struct str remote;
	const char *depth; /* an option, NULL: none */
};

/* `refmap`: an option, NULL: git also follows where its own settings want to have it. */
static err fetch_to(struct arena *arena, const struct repo *repo, const struct fetch *fetch,
		    const char *refmap, struct transport_result *out)
{
	struct str refs =
		str_printf(arena, "+refs/heads/*:refs/atelier/in/%.*s/*", STR_ARGS(fetch->remote));
	const char *const arguments[] = {"fetch",
					 "--quiet",
					 "--prune",
					 "--no-tags",
					 "--no-recurse-submodules",
					 "--no-write-fetch-head",
					 fetch->depth ? fetch->depth : "--no-auto-maintenance",
					 refmap ? refmap : "--no-auto-maintenance",
					 "--",
					 fetch->from,
					 refs.at,
					 NULL};

	return run_git(arena, repo_folder(repo), arguments, out);
}

static err fetch(struct arena *arena, const struct repo *repo, const struct fetch *fetch,
		 struct transport_result *out)
{
	const char *received = repo_git_path(arena, repo, "objects/pack");
	err e = fetch_to(arena, repo, fetch, NULL, out);

	/* A lock in refs/remotes, of a plain git or left by one, is nothing to wait for. */
	if (!e && out->outcome == TRANSPORT_REJECTED)
		e = fetch_to(arena, repo, fetch, "--refmap=", out);
	/* git makes what it receives durable, but not its name. */
	if (!e && out->outcome == TRANSPORT_DONE && access(received, F_OK) == 0)
		e = file_sync_folder(received);
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
	return fetch(arena, repo, &(struct fetch){str_c(arena, remote), remote, NULL}, out);
}

err transport_complete(struct arena *arena, const struct repo *repo, struct str remote,
		       struct transport_result *out)
{
	return fetch(arena, repo, &(struct fetch){str_c(arena, remote), remote, "--unshallow"},
		     out);
}

err transport_fetch_bundle(struct arena *arena, const struct repo *repo, const char *path,
			   struct str remote, struct transport_result *out)
{
	return fetch(arena, repo, &(struct fetch){path, remote, NULL}, out);
}

err transport_write_bundle(struct arena *arena, const struct repo *repo, const char *path,
			   struct str branch, struct transport_result *out)
{
	const char *const arguments[] = {"bundle", "create", "--quiet", path, str_c(arena, branch),
					 NULL};

	return run_git(arena, repo_folder(repo), arguments, out);
}

err transport_look(struct arena *arena, const struct repo *repo, struct str remote,
		   struct transport_result *out)
{
	const char *const arguments[] = {"ls-remote",	       "--quiet", "--heads", "--",
					 str_c(arena, remote), NULL};

	return run_git(arena, repo_folder(repo), arguments, out);
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
	const char *const arguments[] = {"push",
					 "--quiet",
					 "--porcelain",
					 "--no-verify",
					 folder.len && is_plain ? durable_receiving : "--no-tags",
					 "--",
					 str_c(arena, remote),
					 refs.at,
					 NULL};
	err e = run_git(arena, repo_folder(repo), arguments, out);

	/* A git that was killed there may have left a lock, which nobody could get past. */
	if (!e && folder.len && out->outcome == TRANSPORT_REJECTED)
		repo_mend_other_locks(str_c(arena, folder));
	return e;
}

err transport_clone(struct arena *arena, const char *url, const char *folder,
		    struct transport_result *out)
{
	const char *const arguments[] = {"clone",
					 "--quiet",
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

	return e ? e : run_git(arena, NULL, arguments, out);
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

static err failure_of(enum transport_outcome outcome, const char *where)
{
	switch (outcome) {
	case TRANSPORT_OFFLINE:
		return err_advise(err_new(STATUS_UNREACHABLE, _("%s cannot be reached now"), where),
				  _("Sync again when the network is back."));
	case TRANSPORT_LOGIN:
		return err_advise(
			err_new(STATUS_REFUSED, _("%s did not accept your login"), where),
			_("Check your key or password with whoever looks after the address."));
	case TRANSPORT_HOST_KEY:
		return err_advise(err_new(STATUS_REFUSED,
					  _("%s could not prove that it is what it says"), where),
				  _("If the machine is new to you, connect once by hand (ssh, or a "
				    "browser)."));
	case TRANSPORT_NOT_FOUND:
		return err_advise(
			err_new(STATUS_UNREACHABLE, _("nothing shared was found at %s"), where),
			_("Check the address, and that the disk or network it is on is there."));
	case TRANSPORT_REFUSED:
		return err_advise(err_new(STATUS_REFUSED, _("%s does not let you write"), where),
				  _("Ask whoever looks after it for the right to write."));
	case TRANSPORT_REJECTED:
		return err_advise(err_new(STATUS_BUSY, _("others were faster each time")),
				  _("Sync again in a moment."));
	case TRANSPORT_UNKNOWN:
		return err_advise(
			err_new(STATUS_UNREACHABLE, _("%s did not answer as expected"), where),
			_("“git fetch” in this folder tells more."));
	case TRANSPORT_DONE:
		break;
	}
	return NULL;
}

err transport_failure(struct transport_result result, const char *where)
{
	err e = failure_of(result.outcome, where), worded;

	if (!e || result.said.len == 0)
		return e;
	worded = err_new(err_status(e), _("%s: it said “%.*s”"), err_message(e),
			 STR_ARGS(result.said));
	worded = err_advise(worded, "%s", err_advice(e));
	err_free(e);
	return worded;
}
