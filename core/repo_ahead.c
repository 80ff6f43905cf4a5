#include "core/repo_ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/repo_places.h"

enum {
	READERS = 2,
	LEAST_WORTH = 64, /* fewer are read as fast without a thread */
	LOOK_BACK = 64,	  /* texts that may still be taken after one behind them */
	WINDOW_TEXTS = 2048,
	WINDOW_BYTES = 40 << 20,
	BATCH_BYTES = 512 << 10, /* read one after another: see read_batch() */
	HELD_BYTES = 96 << 20,	 /* of what is opened and not given up */
};

enum text_state { TEXT_WAITS, TEXT_OPENED, TEXT_READ, TEXT_GIVEN_UP };

struct ahead_text {
	struct lent_blob lent; /* no handle: could not be read */
	struct ahead_beside beside;
	size_t size;
	uint32_t place;		/* of equal ones the first is read first */
	bool measured, is_over; /* its size is known; it is over the limit */
	enum text_state state;
};

struct reader {
	struct repo_ahead *ahead;
	struct repo *repo; /* a handle each: two do not wait for each other */
	pthread_t thread;
	uint32_t run[WINDOW_TEXTS], run_count;
	struct lent_blob last; /* compared with the next one */
	uint32_t last_index;
};

/*
 * A run is what a reader reads at once, of the next texts those that packs have as what
 * differs from each other, so that each serves the next. Otherwise the same versions
 * would be unpacked again and again: libgit2 forgets all that it keeps whenever it is 16 MB.
 */
struct repo_ahead {
	struct reader readers[READERS];
	uint32_t reader_count;
	const struct object_id *ids;
	const uint64_t *files; /* NULL: not known */
	uint32_t count;
	size_t limit;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* Under the mutex, but for the lent text of one that is being read: */
	struct ahead_text *texts; /* by index */
	uint32_t next;		  /* none before it waits */
	uint32_t given_up;	  /* all before it */
	uint32_t runs;		  /* that are being read */
	size_t held;		  /* bytes that are opened and not given up */
	bool placed;		  /* the texts have their places */
	bool imported;
	bool waited_for; /* a text, by who takes */
	bool stop;
};

/* With the mutex; not of one that is being read. */
static void give_up(struct repo_ahead *ahead, struct ahead_text *text)
{
	if (text->state == TEXT_READ)
		ahead->held -= text->size;
	if (text->lent.handle)
		repo_blob_give_back(text->lent.handle);
	text->lent = (struct lent_blob){0};
	text->state = TEXT_GIVEN_UP;
}

/* --- what is read after what -------------------------------------------------------- */

/* What was imported in the order in which it lies, else file by file. */
static void find_places(struct repo_ahead *ahead, const struct repo *repo)
{
	uint32_t *places = calloc(ahead->count, sizeof *places);

	if (places && ahead->files) {
		repo_places_find(repo, ahead->ids, ahead->count, places);
		ahead->imported = repo_places_are_imported(places, ahead->files, ahead->count);
		for (uint32_t i = 0; ahead->imported && i < ahead->count; i++)
			ahead->texts[i].place = places[i];
	}
	free(places);
}

static int compare_places(const void *left, const void *right, void *context)
{
	const uint32_t *a = left, *b = right;
	const struct ahead_text *texts = context;

	if (texts[*a].place != texts[*b].place)
		return texts[*a].place < texts[*b].place ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

/* --- reading ---------------------------------------------------------------------- */

static void measure(struct repo_ahead *ahead, const struct repo *repo, uint32_t index)
{
	struct ahead_text *text = &ahead->texts[index];
	err failure;

	if (text->measured)
		return;
	failure = repo_blob_size(repo, ahead->ids[index], &text->size);
	text->measured = true;
	text->is_over = failure || text->size > ahead->limit;
	if (text->is_over)
		text->size = 0;
	err_free(failure);
}

static bool has_room(const struct repo_ahead *ahead)
{
	return ahead->held + WINDOW_BYTES <= HELD_BYTES;
}

static bool is_of_run(const struct repo_ahead *ahead, uint32_t index)
{
	return ahead->texts[index].state == TEXT_WAITS &&
	       (!ahead->files || ahead->imported ||
		ahead->files[index] == ahead->files[ahead->next]);
}

/* The next text, and where there is room others with it. */
static void open_run(struct reader *reader)
{
	struct repo_ahead *ahead = reader->ahead;
	size_t most = has_room(ahead) ? WINDOW_BYTES : 0, bytes = 0;

	reader->run_count = 0;
	for (uint32_t i = ahead->next; i < ahead->count && i - ahead->next < WINDOW_TEXTS; i++) {
		struct ahead_text *text = &ahead->texts[i];

		measure(ahead, reader->repo, i);
		bytes += text->size;
		if (i > ahead->next && bytes > most)
			break;
		if (!is_of_run(ahead, i))
			continue;
		reader->run[reader->run_count++] = i;
		ahead->held += text->size;
	}
	for (uint32_t i = 0; i < reader->run_count; i++)
		ahead->texts[reader->run[i]].state = TEXT_OPENED;
	qsort_r(reader->run, reader->run_count, sizeof *reader->run, compare_places, ahead->texts);
	ahead->runs++;
}

/* A second one is for who waits: two make libgit2 forget what each other needs. */
static bool may_read(const struct repo_ahead *ahead)
{
	return ahead->placed && (ahead->waited_for ? ahead->runs == 0 || has_room(ahead)
						   : ahead->runs == 0 && has_room(ahead));
}

/* Waits for something to read, with the mutex. out: false: it is to end */
static bool next_run(struct reader *reader)
{
	struct repo_ahead *ahead = reader->ahead;

	for (;;) {
		while (ahead->next < ahead->count && ahead->texts[ahead->next].state != TEXT_WAITS)
			ahead->next++;
		if (ahead->stop || ahead->next == ahead->count)
			return false;
		if (may_read(ahead))
			break;
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	}
	open_run(reader);
	return true;
}

/* Here, where the processor still has both at hand, and not by who takes them later. */
static void compare_with_last(struct reader *reader, uint32_t index)
{
	struct repo_ahead *ahead = reader->ahead;
	struct ahead_text *text = &ahead->texts[index];
	struct str was = reader->last.text, now = text->lent.text;

	if (!text->lent.handle || !ahead->files)
		return;
	if (reader->last.handle && ahead->files[index] == ahead->files[reader->last_index]) {
		text->beside = (struct ahead_beside){.index = reader->last_index, .compared = true};
		str_common_ends(was, now, &text->beside.start, &text->beside.end);
	}
	repo_blob_give_back(reader->last.handle);
	reader->last = repo_blob_lend_again(&text->lent);
	reader->last_index = index;
}

/*
 * From the last to the first: libgit2 keeps the versions that led to what it was asked
 * for, but not that. out: where the batch ends
 */
static uint32_t read_batch(struct reader *reader, uint32_t from)
{
	struct repo_ahead *ahead = reader->ahead;
	uint32_t to = from;
	size_t bytes = 0;

	while (to < reader->run_count && bytes < BATCH_BYTES)
		bytes += ahead->texts[reader->run[to++]].size;
	for (uint32_t i = to; i-- > from;) {
		struct ahead_text *text = &ahead->texts[reader->run[i]];

		if (!text->is_over)
			err_free(repo_blob_lend_measured(reader->repo, ahead->ids[reader->run[i]],
							 &text->lent));
	}
	for (uint32_t i = from; i < to; i++)
		compare_with_last(reader, reader->run[i]);
	return to;
}

/* With the mutex. */
static void hand_over(struct reader *reader, uint32_t from, uint32_t to)
{
	struct repo_ahead *ahead = reader->ahead;

	for (uint32_t i = from; i < to; i++) {
		struct ahead_text *text = &ahead->texts[reader->run[i]];

		text->state = TEXT_READ;
		if (reader->run[i] < ahead->given_up)
			give_up(ahead, text);
	}
	pthread_cond_broadcast(&ahead->changed);
}

static void *read_texts(void *context)
{
	struct reader *reader = context;
	struct repo_ahead *ahead = reader->ahead;

	if (reader == &ahead->readers[0])
		find_places(ahead, reader->repo);
	pthread_mutex_lock(&ahead->mutex);
	ahead->placed = ahead->placed || reader == &ahead->readers[0];
	while (next_run(reader)) {
		for (uint32_t from = 0, to; from < reader->run_count && !ahead->stop; from = to) {
			pthread_mutex_unlock(&ahead->mutex);
			to = read_batch(reader, from);
			pthread_mutex_lock(&ahead->mutex);
			hand_over(reader, from, to);
		}
		ahead->runs--;
	}
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	repo_blob_give_back(reader->last.handle);
	return NULL;
}

/* --- taking ----------------------------------------------------------------------- */

static void give_up_before(struct repo_ahead *ahead, uint32_t index)
{
	bool had_room = has_room(ahead);

	for (; ahead->given_up < index; ahead->given_up++)
		if (ahead->texts[ahead->given_up].state != TEXT_OPENED)
			give_up(ahead, &ahead->texts[ahead->given_up]);
	if (!had_room && has_room(ahead))
		pthread_cond_broadcast(&ahead->changed);
}

static void wait_for(struct repo_ahead *ahead, uint32_t index)
{
	while (ahead->texts[index].state != TEXT_READ) {
		/* Large texts: there is no room for those behind. */
		if (ahead->runs == 0 && !has_room(ahead))
			give_up_before(ahead, index);
		ahead->waited_for = true;
		pthread_cond_broadcast(&ahead->changed);
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	}
	ahead->waited_for = false;
}

bool repo_ahead_take(struct repo_ahead *ahead, uint32_t index, struct lent_blob *out)
{
	bool is_there;

	if (index >= ahead->count)
		return false;
	pthread_mutex_lock(&ahead->mutex);
	give_up_before(ahead, index > LOOK_BACK ? index - LOOK_BACK : 0);
	is_there = index >= ahead->given_up;
	if (is_there)
		wait_for(ahead, index);
	pthread_mutex_unlock(&ahead->mutex);
	if (!is_there)
		return false;
	*out = repo_blob_lend_again(&ahead->texts[index].lent);
	return out->handle != NULL;
}

struct ahead_beside repo_ahead_beside(const struct repo_ahead *ahead, uint32_t index)
{
	return ahead->texts[index].beside;
}

/* --- beginning and end -------------------------------------------------------------- */

static bool start_reader(struct repo_ahead *ahead, const struct repo *repo)
{
	struct reader *reader = &ahead->readers[ahead->reader_count];
	err failure = repo_open_here(repo_folder(repo), &reader->repo);

	reader->ahead = ahead;
	if (failure || pthread_create(&reader->thread, NULL, read_texts, reader) != 0) {
		err_free(failure);
		repo_close(reader->repo);
		return false;
	}
	ahead->reader_count++;
	return true;
}

struct repo_ahead *repo_ahead_start(const struct repo *repo, const struct object_id *ids,
				    const uint64_t *files, uint32_t count, size_t limit)
{
	struct repo_ahead *ahead;

	if (count < LEAST_WORTH || !(ahead = calloc(1, sizeof *ahead)))
		return NULL;
	ahead->ids = ids;
	ahead->files = files;
	ahead->count = count;
	ahead->limit = limit;
	ahead->texts = calloc(count, sizeof *ahead->texts);
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	while (ahead->texts && ahead->reader_count < READERS && start_reader(ahead, repo)) {
	}
	if (ahead->reader_count == 0) {
		repo_ahead_stop(ahead);
		return NULL;
	}
	return ahead;
}

void repo_ahead_stop(struct repo_ahead *ahead)
{
	if (!ahead)
		return;
	pthread_mutex_lock(&ahead->mutex);
	ahead->stop = true;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	for (uint32_t i = 0; i < ahead->reader_count; i++) {
		pthread_join(ahead->readers[i].thread, NULL);
		repo_close(ahead->readers[i].repo);
	}
	for (uint32_t i = 0; ahead->texts && i < ahead->count; i++)
		give_up(ahead, &ahead->texts[i]);
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->mutex);
	free(ahead->texts);
	free(ahead);
}
