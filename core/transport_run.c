#include "core/transport_run.h"

#include "core/process.h"
#include "core/transport_outcome.h"

enum { SILENCE_MILLISECONDS = 600 * 1000, MOST_ARGUMENTS = 40 };

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

/* What is sent and brought is what is recorded: what a machine replaces in it is its own. */
static const char *const environment_quiet[] = {
	"GIT_TERMINAL_PROMPT=0", /* the first QUIET_ONLY: left out where a person can be asked */
	"GCM_INTERACTIVE=never",
	"LC_ALL=C",
	"LANGUAGE=",
	"GIT_ALLOW_PROTOCOL=file:git:http:https:ssh",
	"GIT_NO_REPLACE_OBJECTS=1",
	"GIT_GRAFT_FILE=/dev/null/none", /* one that can be opened, git speaks about */
	NULL,
};
enum { QUIET_ONLY = 2 };

err transport_run(struct arena *arena, const char *folder, const char *const *arguments,
		  struct transport_result *out)
{
	const char *argv[MOST_ARGUMENTS + 2 * SAFE_SETTINGS] = {"git"};
	bool asks = process_has_terminal();
	struct process process = {.argv = argv,
				  .environment =
					  asks ? environment_quiet + QUIET_ONLY : environment_quiet,
				  .directory = folder,
				  .timeout_milliseconds = SILENCE_MILLISECONDS,
				  .time_is_of_silence = true,
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
	*out = transport_judge(arena, &result);
	return NULL;
}
