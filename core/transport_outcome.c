#include "core/transport_outcome.h"

#include "core/message.h"

/* What git (in English) or the other side says, and what it means; the first that is found counts.
 */
static const struct {
	const char *says;
	enum transport_outcome means;
} sayings[] = {
	{"dubious ownership", TRANSPORT_OWNER},
	{"update checked out branch", TRANSPORT_IN_USE},
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
	{"invalid gitfile format", TRANSPORT_NOT_FOUND}, /* a file of another kind */
	{"hung up unexpectedly", TRANSPORT_OFFLINE},
};

enum { SAYINGS = sizeof sayings / sizeof *sayings };

/* "Counting objects:  50% (1/2)"; a host may tell how full its disk is. */
static bool is_progress(struct str line)
{
	struct str mark = STR("% (");
	struct str rest = str_slice(line, str_find(line, mark, 0) + mark.len, line.len);

	if (str_take_digits(&rest).len == 0 || !str_starts(rest, STR("/")))
		return false;
	rest = str_slice(rest, 1, rest.len);
	return str_take_digits(&rest).len > 0 && str_starts(rest, STR(")"));
}

/*
 * Git telling what it is about and what came, with names and addresses in it that may hold
 * any words. source: git-fetch(1), “Output”
 */
static bool is_told_on_the_way(struct str line)
{
	return str_starts(line, STR("From ")) || str_starts(line, STR("To ")) ||
	       str_starts(line, STR("Cloning into ")) || str_starts(line, STR(" ")) ||
	       (str_starts(line, STR("remote: ")) && is_progress(line));
}

static struct str line_with(struct str text, struct str needle)
{
	struct str line, part;

	/* A line may have been written over: "Receiving objects:  45%" by what went wrong then. */
	while (str_next_line(&text, &line))
		while (str_next_part(&line, '\r', &part))
			if (!is_told_on_the_way(part) && str_contains(part, needle))
				return str_trim(part);
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

struct transport_result transport_judge(struct arena *arena, const struct process_result *result)
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

static err failure_of(enum transport_outcome outcome, const char *where)
{
	switch (outcome) {
	case TRANSPORT_OFFLINE:
		return err_advise(err_new(STATUS_UNREACHABLE, _("%s cannot be reached now"), where),
				  _("Try again when the network is back."));
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
	case TRANSPORT_OWNER:
		return err_advise(err_new(STATUS_REFUSED, _("%s belongs to somebody else"), where),
				  _("If you trust it: git config --global --add safe.directory "
				    "FOLDER"));
	case TRANSPORT_IN_USE:
		return err_advise(
			err_new(STATUS_REFUSED, _("%s is somebody’s own copy, which stays theirs"),
				where),
			_("Share by a folder that nobody writes in: “git init --bare FOLDER”, then "
			  "“atelier init --remote FOLDER” in each copy."));
	case TRANSPORT_REFUSED:
		return err_advise(err_new(STATUS_REFUSED, _("%s does not let you write"), where),
				  _("Ask whoever looks after it for the right to write."));
	case TRANSPORT_REJECTED:
		return err_advise(err_new(STATUS_BUSY, _("others were faster each time")),
				  _("Sync again in a moment."));
	case TRANSPORT_UNSOUND:
		return err_advise(
			err_new(STATUS_UNREACHABLE, _("what is shared at %s cannot be taken in"),
				where),
			_("Your notes stay as they are. Whoever looks after it learns more from "
			  "“git fsck” there."));
	case TRANSPORT_UNKNOWN:
		return err_advise(
			err_new(STATUS_UNREACHABLE, _("%s did not answer as expected"), where),
			_("Your notes stay as they are. Show this to whoever looks after it; “git "
			  "fetch” in this folder tells them more."));
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
	worded = err_new(err_status(e),
			 result.outcome == TRANSPORT_UNSOUND ? _("%s: %.*s")
							     : _("%s: it said “%.*s”"),
			 err_message(e), STR_ARGS(result.said));
	worded = err_advise(worded, "%s", err_advice(e));
	err_free(e);
	return worded;
}
