#include "core/repo_ahead.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	SLOTS = 256,
	BATCH = 4,
	MOST_BYTES = 32 << 20, /* read and not taken yet */
	LEAST_WORTH = 64,      /* fewer are read as fast without a thread */
};

struct repo_ahead {
	struct repo *repo; /* the thread's own handle: two do not wait for each other */
	const struct object_id *ids;
	uint32_t count;
	size_t limit;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* Under the mutex: */
	struct lent_blob slots[SLOTS]; /* by index modulo SLOTS; no handle: could not be read */
	uint32_t done, given_up;       /* all before are read; all before are taken or given up */
	size_t bytes;
	bool stop;
};

static bool has_room(const struct repo_ahead *ahead)
{
	return ahead->done - ahead->given_up <= SLOTS - BATCH && ahead->bytes < MOST_BYTES;
}

/* Waits until there is room. out: false: it is to end */
static bool wait_for_room(struct repo_ahead *ahead)
{
	bool stop;

	pthread_mutex_lock(&ahead->mutex);
	while (!ahead->stop && ahead->done > ahead->given_up && !has_room(ahead))
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	stop = ahead->stop;
	pthread_mutex_unlock(&ahead->mutex);
	return !stop;
}

static void drop(struct repo_ahead *ahead, uint32_t index)
{
	struct lent_blob *slot = &ahead->slots[index % SLOTS];

	if (slot->handle)
		repo_blob_give_back(slot->handle);
	ahead->bytes -= slot->text.len;
	*slot = (struct lent_blob){0};
}

/*
 * From the last to the first: packs store a version as what differs from the one before
 * it, and libgit2 keeps the versions that led to what it was asked for, but not that.
 */
static void read_batch(struct repo_ahead *ahead, uint32_t from, uint32_t to)
{
	struct lent_blob lent[BATCH] = {0};

	for (uint32_t i = to; i-- > from;)
		err_free(repo_blob_lend(ahead->repo, ahead->ids[i], ahead->limit, &lent[i - from]));
	pthread_mutex_lock(&ahead->mutex);
	for (uint32_t i = from; i < to; i++) {
		ahead->slots[i % SLOTS] = lent[i - from];
		ahead->bytes += lent[i - from].text.len;
		if (i < ahead->given_up)
			drop(ahead, i);
	}
	ahead->done = to;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
}

static void *read_all(void *context)
{
	struct repo_ahead *ahead = context;

	while (ahead->done < ahead->count && wait_for_room(ahead)) {
		uint32_t left = ahead->count - ahead->done;

		read_batch(ahead, ahead->done, ahead->done + (left < BATCH ? left : BATCH));
	}
	return NULL;
}

struct repo_ahead *repo_ahead_start(const struct repo *repo, const struct object_id *ids,
				    uint32_t count, size_t limit)
{
	struct repo_ahead *ahead;
	err failure;

	if (count < LEAST_WORTH || !(ahead = calloc(1, sizeof *ahead)))
		return NULL;
	*ahead = (struct repo_ahead){.ids = ids, .count = count, .limit = limit};
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	failure = repo_open_here(repo_folder(repo), &ahead->repo);
	if (failure || pthread_create(&ahead->thread, NULL, read_all, ahead) != 0) {
		err_free(failure);
		repo_close(ahead->repo);
		free(ahead);
		return NULL;
	}
	return ahead;
}

bool repo_ahead_take(struct repo_ahead *ahead, uint32_t index, struct lent_blob *out)
{
	bool taken = false;

	pthread_mutex_lock(&ahead->mutex);
	if (index >= ahead->given_up && index < ahead->count) {
		for (uint32_t i = ahead->given_up; i < index && i < ahead->done; i++)
			drop(ahead, i);
		ahead->given_up = index;
		pthread_cond_broadcast(&ahead->changed);
		while (ahead->done <= index)
			pthread_cond_wait(&ahead->changed, &ahead->mutex);
		*out = ahead->slots[index % SLOTS];
		taken = out->handle != NULL;
		ahead->slots[index % SLOTS] = (struct lent_blob){0};
		ahead->bytes -= out->text.len;
		ahead->given_up = index + 1;
		pthread_cond_broadcast(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->mutex);
	return taken;
}

void repo_ahead_stop(struct repo_ahead *ahead)
{
	if (!ahead)
		return;
	pthread_mutex_lock(&ahead->mutex);
	ahead->stop = true;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	pthread_join(ahead->thread, NULL);
	for (uint32_t i = ahead->given_up; i < ahead->done; i++)
		drop(ahead, i);
	repo_close(ahead->repo);
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->mutex);
	free(ahead);
}
