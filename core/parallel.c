#include "core/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 8 };

struct crew {
	void (*work)(void *context, size_t part);
	void *context;
	size_t parts;
	atomic_size_t next;
};

static void *take_parts(void *argument)
{
	struct crew *crew = argument;

	for (;;) {
		size_t part = atomic_fetch_add(&crew->next, 1);

		if (part >= crew->parts)
			return NULL;
		crew->work(crew->context, part);
	}
}

void parallel_run(size_t parts, void (*work)(void *context, size_t part), void *context)
{
	struct crew crew = {.work = work, .context = context, .parts = parts};
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t threads[MOST_THREADS];
	size_t wanted = processors > 0 ? (size_t)processors : 1, started = 0;

	wanted = wanted < parts ? wanted : parts;
	wanted = wanted < MOST_THREADS ? wanted : MOST_THREADS;
	while (started + 1 < wanted &&
	       pthread_create(&threads[started], NULL, take_parts, &crew) == 0)
		started++;
	take_parts(&crew);
	while (started)
		pthread_join(threads[--started], NULL);
}
