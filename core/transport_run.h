/*
 * How git is run to talk to other machines: with settings and an environment of
 * ours, and somebody at a terminal may be asked for a password.
 *
 * Invariant: whatever a repository or a machine is set to, nothing that came with
 * the notes is run, and what is received is on the disk.
 */
#ifndef CORE_TRANSPORT_RUN_H
#define CORE_TRANSPORT_RUN_H

#include "core/transport_outcome.h"

/*
 * Runs git in `folder` (NULL: here) with `arguments`, up to 39 with the NULL at
 * their end. What takes long has to be asked for its progress ("--progress"; a fetch
 * that is to be quiet tells none of what it receives): a line may be as slow as it
 * likes, a git that says nothing for minutes is given up.
 * errors: git cannot be started; what it could not do is an outcome.
 */
err transport_run(struct arena *arena, const char *folder, const char *const *arguments,
		  struct transport_result *out) ERR_MUST_CHECK;

#endif
