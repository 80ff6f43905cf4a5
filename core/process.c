#include "core/process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/file.h"
#include "core/message.h"

extern char **environ;

enum {
	DEFAULT_OUTPUT_LIMIT = 1024 * 1024,
	PART_BYTES = 8 * 1024, /* read at once */
	CLOSED = -1,
	GRACE_MILLISECONDS = 3000,
	POLL_MILLISECONDS = 20, /* where the system tells of no end by itself */
};

/*
 * What ties git to the repository it is at work in, where it started us (a hook, an alias):
 * we say ourselves where a program works. source: git rev-parse --local-env-vars, but for
 * settings, which are a person's (git -c); what it sets while it receives
 */
static const char *const of_other_repository[] = {
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_COMMON_DIR",
	"GIT_INDEX_FILE",
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_QUARANTINE_PATH",
	"GIT_SHALLOW_FILE",
	"GIT_GRAFT_FILE",
	"GIT_REPLACE_REF_BASE",
	"GIT_NO_REPLACE_OBJECTS",
	"GIT_NAMESPACE",
	"GIT_PREFIX",
	"GIT_INTERNAL_SUPER_PREFIX",
	NULL,
};

/* The parent's ends of the streams of a running program. */
struct running {
	pid_t pid;
	int ended; /* readable once it has; CLOSED: the system has no such thing */
	int input; /* a file in memory that holds what it reads */
	int output[2], errors[2];
	int64_t end;	/* of its time, by the clock; 0: it has none */
	int64_t longer; /* what it has from each word on, milliseconds; 0: words do not count */
};

static bool same_name(const char *setting, const char *variable)
{
	size_t length = strcspn(setting, "=");

	return strncmp(setting, variable, length) == 0 && variable[length] == '=';
}

static bool is_changed(const char *const *changes, const char *variable)
{
	for (; changes && *changes; changes++)
		if (same_name(*changes, variable))
			return true;
	return false;
}

/* posix_spawn wants char *const[], though it does not write to them. */
static char **environment_with(struct arena *arena, const char *const *changes)
{
	char **list = NULL;
	size_t count = 0, room = 0;

	for (char **variable = environ; *variable; variable++)
		if (!is_changed(changes, *variable) &&
		    !is_changed(of_other_repository, *variable)) {
			arena_push(arena, list, count, room);
			list[count++] = *variable;
		}
	for (; changes && *changes; changes++)
		if (strchr(*changes, '=')) {
			arena_push(arena, list, count, room);
			list[count++] = str_writable(arena, str_of(*changes));
		}
	arena_push(arena, list, count, room);
	list[count] = NULL;
	return list;
}

static char **arguments_of(struct arena *arena, const char *const *argv)
{
	size_t count = 0;

	while (argv[count])
		count++;
	char **copy = arena_array(arena, char *, count + 1);
	for (size_t i = 0; i < count; i++)
		copy[i] = str_writable(arena, str_of(argv[i]));
	return copy;
}

static void close_stream(int *descriptor)
{
	if (*descriptor != CLOSED)
		close(*descriptor);
	*descriptor = CLOSED;
}

static void running_close(struct running *running)
{
	close_stream(&running->input);
	close_stream(&running->ended);
	for (int end = 0; end < 2; end++) {
		close_stream(&running->output[end]);
		close_stream(&running->errors[end]);
	}
}

/* Input is a file, not a pipe: a program that does not read it cannot block or signal us. */
static err open_streams(struct running *running, const struct process *process)
{
	if (process->foreground && process->input.len == 0)
		return NULL;
	running->input = memfd_create("input", MFD_CLOEXEC);
	if (running->input < 0 || (!process->foreground && (pipe2(running->output, O_CLOEXEC) < 0 ||
							    pipe2(running->errors, O_CLOEXEC) < 0)))
		return err_errno(process->argv[0], _("cannot start"));
	err e = file_write_open(running->input, process->argv[0], process->input);
	if (!e && lseek(running->input, 0, SEEK_SET) < 0)
		e = err_errno(process->argv[0], _("cannot start"));
	return e;
}

static err cannot_start(const char *program, int code)
{
	err e = err_new(STATUS_SETUP, _("%s: cannot start: %s"), program, err_reason(code));

	return code == ENOENT ? err_advise(e, _("Install the program “%s”."), program) : e;
}

static err start(struct arena *arena, struct running *running, const struct process *process)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults, blocked;
	int code = 0;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	if (running->input != CLOSED)
		posix_spawn_file_actions_adddup2(&actions, running->input, STDIN_FILENO);
	if (!process->foreground) {
		posix_spawn_file_actions_adddup2(&actions, running->output[1], STDOUT_FILENO);
		posix_spawn_file_actions_adddup2(&actions, running->errors[1], STDERR_FILENO);
	}
	if (process->directory)
		code = posix_spawn_file_actions_addchdir_np(&actions, process->directory);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGINT);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	/* What we block while we wait for it, it must hear. */
	sigemptyset(&blocked);
	posix_spawnattr_setsigmask(&attributes, &blocked);
	/* A session of its own has no terminal: ssh cannot ask, and all of it can be ended. */
	bool keeps_terminal = process->may_prompt || process->foreground;
	posix_spawnattr_setflags(&attributes,
				 (short)(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
					 (keeps_terminal ? 0 : POSIX_SPAWN_SETSID)));
	char **argv = arguments_of(arena, process->argv);
	if (!code)
		code = posix_spawnp(&running->pid, argv[0], &actions, &attributes, argv,
				    environment_with(arena, process->environment));
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return code ? cannot_start(process->argv[0], code) : NULL;
}

/* Beyond the limit, data is worth nothing without its beginning. */
static void keep_beginning(struct buf *kept, struct str part, size_t limit)
{
	buf_add(kept, str_slice(part, 0, limit - kept->len));
}

/* Why a program failed stands last, after all that it said on its way. */
static void keep_end(struct buf *kept, struct str part, size_t limit)
{
	size_t half = limit / 2;

	if (part.len > half)
		part = str_slice(part, part.len - half, part.len);
	if (kept->len + part.len > limit) {
		memmove(kept->at, kept->at + kept->len - half, half);
		kept->len = half;
	}
	buf_add(kept, part);
}

/* What is there to read, into `room`; closes the stream at its end. */
static struct str drain(int *descriptor, char room[static PART_BYTES])
{
	ssize_t got = read(*descriptor, room, PART_BYTES);

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return (struct str){0};
	if (got <= 0) {
		close_stream(descriptor);
		return (struct str){0};
	}
	return (struct str){room, (size_t)got};
}

/* It is not waited for yet, so that its number stays its own. */
static bool has_ended(const struct running *running)
{
	siginfo_t about = {0};

	return waitid(P_PID, (id_t)running->pid, &about, WEXITED | WNOHANG | WNOWAIT) < 0 ||
	       about.si_pid != 0;
}

/* How long to wait for something to happen; -1: until it does. */
static int patience(const struct running *running, bool ended)
{
	int64_t left = running->end ? running->end - clock_milliseconds() : -1;

	if (ended || (running->end && left < 0))
		return 0;
	if (running->ended == CLOSED && (left < 0 || left > POLL_MILLISECONDS))
		return POLL_MILLISECONDS;
	return left > INT_MAX ? INT_MAX : (int)left;
}

/*
 * Reads both streams until the program has ended and what it wrote is read: others that it
 * started may hold them open for ever.
 * out: false when the time was up
 */
static bool collect(struct running *running, struct buf *output, struct buf *errors, size_t limit)
{
	char part[PART_BYTES];

	for (;;) {
		struct pollfd streams[] = {{.fd = running->output[0], .events = POLLIN},
					   {.fd = running->errors[0], .events = POLLIN},
					   {.fd = running->ended, .events = POLLIN}};
		bool ended = has_ended(running);
		bool is_late = running->end && clock_milliseconds() >= running->end;

		if (poll(streams, 3, patience(running, ended)) < 0)
			memset(streams, 0, sizeof streams);
		bool speaks = streams[0].revents || streams[1].revents;
		if (ended && (is_late || !speaks))
			return true;
		if (is_late)
			return false;
		if (streams[0].revents)
			keep_beginning(output, drain(&running->output[0], part), limit);
		if (streams[1].revents)
			keep_end(errors, drain(&running->errors[0], part), limit);
		if (speaks && running->longer)
			running->end = clock_milliseconds() + running->longer;
	}
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* One that keeps the terminal is in our group: of that only itself is ended. */
static void end_group(struct running *running, const struct process *process, struct buf *output,
		      struct buf *errors, size_t limit)
{
	pid_t all = process->may_prompt || process->foreground ? running->pid : -running->pid;
	int64_t grace = process->timeout_milliseconds < GRACE_MILLISECONDS
				? process->timeout_milliseconds
				: GRACE_MILLISECONDS;

	kill(all, SIGTERM);
	running->end = clock_milliseconds() + grace;
	running->longer = 0;
	collect(running, output, errors, limit);
	kill(all, SIGKILL);
}

/* The interrupt key is for the program in front, not for us who wait. out: what was done before */
static struct sigaction leave_interrupts(const struct process *process)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

	sigaction(SIGINT, process->foreground ? &ignore : NULL, &before);
	return before;
}

err process_run(struct arena *arena, const struct process *process, struct process_result *out)
{
	struct running running = {.ended = CLOSED,
				  .input = CLOSED,
				  .output = {CLOSED, CLOSED},
				  .errors = {CLOSED, CLOSED}};
	struct buf output = {.arena = arena}, errors = {.arena = arena};
	size_t limit = process->output_limit ? process->output_limit : DEFAULT_OUTPUT_LIMIT;
	struct process_result result = {0};
	err e;

	struct sigaction before = leave_interrupts(process);
	if ((e = open_streams(&running, process)) || (e = start(arena, &running, process)))
		goto done;
	close_stream(&running.output[1]);
	close_stream(&running.errors[1]);
	running.ended = pidfd_open(running.pid, 0);
	if (process->timeout_milliseconds)
		running.end = clock_milliseconds() + process->timeout_milliseconds;
	running.longer = process->time_is_of_silence ? process->timeout_milliseconds : 0;
	result.timed_out = !collect(&running, &output, &errors, limit);
	if (result.timed_out)
		end_group(&running, process, &output, &errors, limit);
	result.status = wait_for(running.pid);
	result.output = buf_str(&output);
	result.errors = buf_str(&errors);
	*out = result;
done:
	sigaction(SIGINT, &before, NULL);
	running_close(&running);
	return e;
}

bool process_has_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}
