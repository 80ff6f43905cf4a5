#include "core/signatures.h"

#include <stdlib.h>

#include "core/process.h"

enum { OUTPUT_BYTES = 64 * 1024 * 1024, MILLISECONDS = 120 * 1000, GIT_GAVE_UP = 128 };

static int compare_ids(const void *left, const void *right)
{
	const struct signed_commit *a = left, *b = right;

	return object_id_compare(a->id, b->id);
}

/* git's letters: G good; N none; E cannot be checked, as without a tool for its kind. */
static enum signature_state state_of(struct str letter)
{
	if (str_equal(letter, STR("G")))
		return SIGNATURE_GOOD;
	if (letter.len == 0 || str_equal(letter, STR("N")) || str_equal(letter, STR("E")))
		return SIGNATURE_NONE;
	return SIGNATURE_DOUBTFUL;
}

static void read_lines(struct arena *arena, struct str lines, struct signatures *out)
{
	struct str line, id, letter;
	size_t room = 0;

	while (str_next_line(&lines, &line)) {
		struct str rest = str_chomp(line);
		struct signed_commit found = {0};

		if (!str_next_part(&rest, '\t', &id) || !object_id_read(id, &found.id) ||
		    !str_next_part(&rest, '\t', &letter))
			continue;
		found.state = state_of(letter);
		found.signer = rest;
		if (found.state == SIGNATURE_NONE)
			continue;
		arena_push(arena, out->all, out->count, room);
		out->all[out->count++] = found;
	}
	if (out->count)
		qsort(out->all, out->count, sizeof *out->all, compare_ids);
}

err signatures_read(struct arena *arena, const struct repo *repo, struct signatures *out)
{
	/* Signatures of other kinds would start programs that may ask for something. */
	const char *const argv[] = {"git",
				    "-c",
				    "gpg.program=false",
				    "-c",
				    "gpg.x509.program=false",
				    "-c",
				    "log.showSignature=false",
				    "log",
				    "--format=%H%x09%G?%x09%GS",
				    "HEAD",
				    "--",
				    NULL};
	const char *const environment[] = {"LC_ALL=C", "GIT_NO_REPLACE_OBJECTS=1", NULL};
	struct process git = {.argv = argv,
			      .environment = environment,
			      .directory = repo_folder(repo),
			      .output_limit = OUTPUT_BYTES,
			      .timeout_milliseconds = MILLISECONDS};
	struct process_result result;
	err e;

	*out = (struct signatures){0};
	if (repo_setting(arena, repo, "gpg.ssh.allowedSignersFile").len == 0)
		return NULL;
	if ((e = process_run(arena, &git, &result)))
		return e;
	/*
	 * What an answer that was cut off does not name would pass for unsigned. Where git itself
	 * gives up, versions are missing, which is told elsewhere.
	 */
	if (result.timed_out || result.status > GIT_GAVE_UP || result.output.len >= OUTPUT_BYTES)
		out->incomplete = true;
	else
		read_lines(arena, result.output, out);
	return NULL;
}

const struct signed_commit *signature_of(const struct signatures *signatures, struct object_id id)
{
	struct signed_commit wanted = {.id = id};

	return signatures->count ? bsearch(&wanted, signatures->all, signatures->count,
					   sizeof wanted, compare_ids)
				 : NULL;
}
