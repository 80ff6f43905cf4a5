#include "cmd/crowd.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/file.h"

enum {
	MEMORY_SECONDS = 10, /* after which nobody is there any more */
	MOST_MILLISECONDS = 6000,
	MOST_OF_A_TRY = 32, /* the window, in tries: about as many as may be waiting */
	TEXT_BYTES = 16,
};

static const char *path_of(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/crowd", repo_state_folder(repo)).at;
}

struct crowd crowd_read(struct arena *arena, const struct repo *repo)
{
	const char *path = path_of(arena, repo);
	struct crowd crowd = {0};
	struct stat status;
	struct str text;

	if (stat(path, &status) < 0 || labs((long)(time(NULL) - status.st_mtime)) > MEMORY_SECONDS)
		return crowd;
	err e = file_read(arena, path, TEXT_BYTES, &text);
	if (!e)
		crowd.window = (unsigned)strtoul(text.at, NULL, 10);
	err_free(e);
	if (crowd.window > MOST_MILLISECONDS)
		crowd.window = MOST_MILLISECONDS;
	return crowd;
}

void crowd_write(struct arena *arena, const struct repo *repo, const struct crowd *crowd)
{
	const char *path = path_of(arena, repo);
	unsigned window = crowd->met ? crowd->window : crowd->window / 2;
	struct str text = str_printf(arena, "%u\n", window);

	if (window == 0) {
		unlink(path);
		return;
	}
	int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return;
	err_free(file_write_open(descriptor, path, text));
	close(descriptor);
}

void crowd_meet(struct crowd *crowd, unsigned milliseconds)
{
	unsigned most = milliseconds * MOST_OF_A_TRY;

	crowd->met = true;
	crowd->window = crowd->window * 2 > milliseconds ? crowd->window * 2 : milliseconds;
	if (crowd->window > most)
		crowd->window = most;
	if (crowd->window > MOST_MILLISECONDS)
		crowd->window = MOST_MILLISECONDS;
}

void crowd_wait(const struct crowd *crowd)
{
	unsigned chance = 0;

	if (crowd->window == 0)
		return;
	if (getrandom(&chance, sizeof chance, 0) != (ssize_t)sizeof chance)
		chance = (unsigned)getpid();
	clock_pause(chance % crowd->window);
}
