/*
 * The only place that starts other programs.
 *
 * Invariant: no shell reads the arguments, nothing but standard streams is
 * inherited, what a program writes is held up to a limit, and none works in another
 * repository than the folder says, whatever git was at work in when it started us.
 */
#ifndef CORE_PROCESS_H
#define CORE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"

struct process {
	const char *const *argv;	/* NULL at its end; argv[0] is looked for in PATH */
	const char *const *environment; /* NAME=value set, or NAME taken away; NULL at its end;
					   NULL: ours as it is */
	const char *directory;		/* to start in; NULL: ours */
	struct str input;		/* what it reads on standard input */
	size_t output_limit;		/* bytes kept of each stream; 0: 1 MiB */
	int64_t timeout_milliseconds;	/* then it is asked to end, and killed if in as long again,
					   or 3 s, it has not; 0: it may take for ever */
	bool time_is_of_silence;	/* with each word that it writes, its time begins anew */
	bool may_prompt; /* it keeps the terminal: a password can be asked for. Only otherwise is
			    what it started ended with it when the time is up */
	bool foreground; /* it keeps the standard streams (an editor; a pager, which reads `input`
			    where that is not empty) and the interrupt key; nothing is kept */
};

struct process_result {
	int status; /* exit status; 128 + signal when it was ended by one */
	bool timed_out;
	/* What it wrote, without what others write there that outlive it. */
	struct str output; /* from its beginning up to the limit */
	struct str errors; /* up to its end: beyond the limit at least the last half of that */
};

/*
 * Runs a program to its end.
 * errors: STATUS_SETUP where it cannot be started; a status other than 0 is no error.
 */
err process_run(struct arena *arena, const struct process *process,
		struct process_result *out) ERR_MUST_CHECK;

/* Somebody sits at a terminal that can be asked. */
bool process_has_terminal(void);

#endif
