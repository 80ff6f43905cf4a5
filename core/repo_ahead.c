#include "core/repo_ahead.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/process.h"
#include "core/repo_private.h"

enum {
	PIPE_BYTES = 1 << 20, /* that git is ahead by */
	LEAST_WORTH = 64,     /* fewer are read as fast without another program */
	HEX = 2 * OBJECT_ID_BYTES,
	LINE = HEX + 1,
};

struct repo_ahead {
	struct process_stream git;
	FILE *texts;	      /* NULL: git said something that is not understood, or ended */
	struct str wanted;    /* ids, each a line: how git is asked */
	uint32_t count, next; /* of them; the one that comes next */
	size_t limit;
	struct arena arena;
};

static struct str lines_of(struct arena *arena, const struct object_id *ids, uint32_t count)
{
	struct buf lines = {.arena = arena};

	for (uint32_t i = 0; i < count; i++) {
		buf_add(&lines, object_id_hex(arena, ids[i]));
		buf_add_byte(&lines, '\n');
	}
	return buf_str(&lines);
}

/*
 * Nothing is fetched, replaced or converted: what is asked for is what is recorded here.
 * The memory is for some versions of each of many notes.
 */
static err start(struct repo_ahead *ahead, const struct repo *repo)
{
	static const char *const argv[] = {
		"git",
		"-c",
		"core.deltaBaseCacheLimit=64m",
		"-c",
		"core.packedGitLimit=64m",
		"-c",
		"core.packedGitWindowSize=8m",
		"cat-file",
		"--batch",
		NULL,
	};
	static const char *const environment[] = {
		"GIT_NO_REPLACE_OBJECTS=1",
		"GIT_ALLOW_PROTOCOL=",
		"GIT_TERMINAL_PROMPT=0",
		"LC_ALL=C",
		NULL,
	};
	struct process process = {
		.argv = argv,
		.environment = environment,
		.directory = repo_folder(repo),
		.input = ahead->wanted,
	};

	return process_start(&ahead->arena, &process, &ahead->git);
}

struct repo_ahead *repo_ahead_start(const struct repo *repo, const struct object_id *ids,
				    uint32_t count, size_t limit)
{
	struct repo_ahead *ahead = count < LEAST_WORTH ? NULL : calloc(1, sizeof *ahead);
	err failure;

	if (!ahead)
		return NULL;
	*ahead = (struct repo_ahead){.count = count, .limit = limit};
	ahead->wanted = lines_of(&ahead->arena, ids, count);
	if ((failure = start(ahead, repo))) {
		err_free(failure);
		arena_free(&ahead->arena);
		free(ahead);
		return NULL;
	}
	fcntl(ahead->git.output, F_SETPIPE_SZ, PIPE_BYTES);
	ahead->texts = fdopen(ahead->git.output, "r");
	return ahead;
}

static void close_texts(struct repo_ahead *ahead)
{
	if (!ahead->texts)
		return;
	fclose(ahead->texts);
	ahead->texts = NULL;
	ahead->git.output = -1;
}

static bool skip(FILE *texts, uint64_t bytes)
{
	char part[16 * 1024];

	for (size_t step; bytes; bytes -= step) {
		step = bytes < sizeof part ? (size_t)bytes : sizeof part;
		if (fread(part, 1, step, texts) != step)
			return false;
	}
	return true;
}

/*
 * "ID blob SIZE", the bytes and a line's end; "ID missing"; of other kinds as of files.
 * `out`: NULL: it is not wanted. out: false: what comes is none of that
 */
static bool read_next(struct repo_ahead *ahead, struct lent_blob *out)
{
	struct str wanted = str_slice(ahead->wanted, (size_t)ahead->next * LINE,
				      (size_t)ahead->next * LINE + HEX);
	char line[HEX + 64], *room = NULL;
	struct str id, kind, number;

	ahead->next++;
	if (!fgets(line, sizeof line, ahead->texts))
		return false;
	struct str rest = str_of(line);
	if (!str_ends(rest, STR("\n")) || !str_next_word(&rest, &id) || !str_equal(id, wanted) ||
	    !str_next_word(&rest, &kind))
		return false;
	if (str_equal(kind, STR("missing")))
		return true;
	if (!str_next_word(&rest, &number) || number.at[0] < '0' || number.at[0] > '9')
		return false;
	uint64_t size = strtoull(number.at, NULL, 10);
	if (out && str_equal(kind, STR("blob")) && size <= ahead->limit)
		room = repo_lend_room((size_t)size, out);
	if (room ? fread(room, 1, (size_t)size, ahead->texts) != size : !skip(ahead->texts, size))
		return false;
	return fgetc(ahead->texts) == '\n';
}

bool repo_ahead_take(struct repo_ahead *ahead, uint32_t index, struct lent_blob *out)
{
	struct lent_blob found = {0};

	while (ahead->texts && ahead->next <= index && ahead->next < ahead->count)
		if (!read_next(ahead, ahead->next == index ? &found : NULL)) {
			close_texts(ahead);
			if (found.handle)
				repo_blob_give_back(found.handle);
			return false;
		}
	if (!found.handle)
		return false;
	*out = found;
	return true;
}

void repo_ahead_stop(struct repo_ahead *ahead)
{
	if (!ahead)
		return;
	close_texts(ahead);
	process_stop(&ahead->git);
	arena_free(&ahead->arena);
	free(ahead);
}
