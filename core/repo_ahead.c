#include "core/repo_ahead.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	READERS = 2,
	PIECES = 16, /* most that are read or can be taken from */
	PARTS = 4,   /* of a piece */
	LEAST_PART = 64,
	BATCH_BYTES = 768 << 10, /* read one after another: see read_batch() */
	PIECE_TEXTS = 2048,
	LOOK_BACK = 64,	       /* texts that may still be taken after one behind them */
	FIRST_BYTES = 1 << 20, /* of the first piece, which is waited for; each next one doubles */
	MOST_BYTES = 40 << 20, /* of a piece */
	OPEN_BYTES = 64 << 20, /* with so many in pieces none is opened */
	LEAST_WORTH = 64,      /* fewer are read as fast without a thread */
	/*
	 * To unpack a version takes up to so many others (git's pack.depth), which libgit2
	 * keeps for the next one while all that it keeps are less than 16 MB. Readers that
	 * together need more would throw away what each other needs.
	 */
	CHAIN = 50,
	KEPT_BYTES = 12 << 20,
};

/*
 * The ids are cut into pieces, in their order; a piece's texts are read in the order
 * of time, by parts, each by one reader; whole pieces are taken from and given up.
 */
struct piece { /* the ids from `from` to `to` */
	uint32_t from, to;
	size_t bytes;
	uint32_t order[PIECE_TEXTS], count;  /* those to read, as they are read */
	uint32_t handed_out, parts;	     /* of `order`; how many are being read */
	struct lent_blob texts[PIECE_TEXTS]; /* no handle: could not be read */
};

struct part {
	struct piece *piece;
	uint32_t from, to; /* of its order */
	uint32_t batch;	   /* texts of a batch */
};

struct reader {
	struct repo_ahead *ahead;
	struct repo *repo; /* a handle each: two do not wait for each other */
	pthread_t thread;
};

struct repo_ahead {
	struct reader readers[READERS];
	uint32_t reader_count;
	const struct object_id *ids;
	const int64_t *times;
	uint32_t count;
	size_t limit;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* Under the mutex, but for the texts of a piece that is handed out or read: */
	struct piece pieces[PIECES]; /* piece n is pieces[n % PIECES] */
	uint32_t opened, given_up;   /* so many pieces */
	size_t bytes;		     /* of the pieces that are not given up */
	size_t most;		     /* bytes of the next piece */
	uint32_t parts;		     /* that are being read */
	size_t chain_bytes;	     /* of the last piece's versions, about */
	bool waited_for;	     /* the next piece, by who takes texts */
	bool stop;
};

static struct piece *piece_at(struct repo_ahead *ahead, uint32_t number)
{
	return &ahead->pieces[number % PIECES];
}

static bool is_read(const struct piece *piece)
{
	return piece->handed_out == piece->count && piece->parts == 0;
}

/* --- reading ---------------------------------------------------------------------- */

static int compare_times(const void *left, const void *right, void *context)
{
	const uint32_t *a = left, *b = right;
	const struct repo_ahead *ahead = context;
	int64_t one = ahead->times[*a], other = ahead->times[*b];

	if (one != other)
		return one < other ? -1 : 1;
	return (*a > *b) - (*a < *b);
}

/*
 * The next ids: more than a few together only where those that follow were recorded
 * between them. One that is over the limit is not read.
 */
static void open_piece(struct repo_ahead *ahead, const struct repo *repo, uint32_t from)
{
	struct piece *piece = piece_at(ahead, ahead->opened++);
	uint32_t to = from;
	int64_t latest = INT64_MIN;
	size_t bytes = 0, size;

	piece->handed_out = 0;
	for (piece->count = 0; to < ahead->count && to - from < PIECE_TEXTS; to++) {
		err failure = repo_blob_size(repo, ahead->ids[to], &size);

		if (failure || size > ahead->limit) {
			err_free(failure);
			continue;
		}
		if (piece->count &&
		    bytes + size > (ahead->times[to] < latest ? ahead->most : ahead->most / 4))
			break;
		bytes += size;
		latest = ahead->times[to] > latest ? ahead->times[to] : latest;
		piece->order[piece->count++] = to;
	}
	piece->from = from;
	piece->to = to;
	piece->bytes = bytes;
	ahead->bytes += bytes;
	qsort_r(piece->order, piece->count, sizeof *piece->order, compare_times, ahead);
	ahead->most = ahead->most < MOST_BYTES ? ahead->most * 2 : MOST_BYTES;
	ahead->chain_bytes = CHAIN * bytes / (piece->count + 1);
}

static struct part hand_out(struct repo_ahead *ahead, struct piece *piece)
{
	uint32_t left = piece->count - piece->handed_out, texts = piece->count / PARTS;
	struct part part = {.piece = piece, .from = piece->handed_out};

	texts = texts > LEAST_PART ? texts : LEAST_PART;
	part.to = part.from + (left < texts ? left : texts);
	part.batch = 1 + (uint32_t)(CHAIN * BATCH_BYTES / (ahead->chain_bytes + 1));
	piece->handed_out = part.to;
	piece->parts++;
	ahead->parts++;
	return part;
}

/* Two readers unpack some versions twice: they are for who waits. */
static bool may_read(const struct repo_ahead *ahead)
{
	return ahead->parts == 0 ||
	       (ahead->waited_for && (ahead->parts + 1) * ahead->chain_bytes <= KEPT_BYTES);
}

static bool has_room(const struct repo_ahead *ahead)
{
	return ahead->opened - ahead->given_up < PIECES && ahead->bytes < OPEN_BYTES;
}

/* Waits for something to read, with the mutex. out: false: it is to end */
static bool next_part(struct repo_ahead *ahead, const struct repo *repo, struct part *out)
{
	while (!ahead->stop) {
		struct piece *last = ahead->opened ? piece_at(ahead, ahead->opened - 1) : NULL;

		if (last && last->handed_out < last->count) {
			if (may_read(ahead)) {
				*out = hand_out(ahead, last);
				return true;
			}
		} else if (last && last->to == ahead->count) {
			return false;
		} else if (has_room(ahead)) {
			open_piece(ahead, repo, last ? last->to : 0);
			/* It may be read already: there may be nothing in it that can be. */
			pthread_cond_broadcast(&ahead->changed);
			continue;
		}
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	}
	return false;
}

/*
 * From the last to the first: packs store a version as what differs from the one before
 * it, and libgit2 keeps the versions that led to what it was asked for, but not that.
 */
static void read_batch(const struct reader *reader, const struct part *part, uint32_t from,
		       uint32_t to)
{
	struct piece *piece = part->piece;

	while (to-- > from) {
		uint32_t index = piece->order[to];

		err_free(repo_blob_lend_measured(reader->repo, reader->ahead->ids[index],
						 &piece->texts[index - piece->from]));
	}
}

static void *read_parts(void *context)
{
	struct reader *reader = context;
	struct repo_ahead *ahead = reader->ahead;
	struct part part;

	pthread_mutex_lock(&ahead->mutex);
	while (next_part(ahead, reader->repo, &part)) {
		pthread_mutex_unlock(&ahead->mutex);
		for (uint32_t from = part.from, to; from < part.to; from = to) {
			to = part.to - from > part.batch ? from + part.batch : part.to;
			read_batch(reader, &part, from, to);
		}
		pthread_mutex_lock(&ahead->mutex);
		part.piece->parts--;
		ahead->parts--;
		pthread_cond_broadcast(&ahead->changed);
	}
	pthread_mutex_unlock(&ahead->mutex);
	return NULL;
}

/* --- taking ----------------------------------------------------------------------- */

static void give_up_piece(struct repo_ahead *ahead)
{
	struct piece *piece = piece_at(ahead, ahead->given_up++);

	ahead->bytes -= piece->bytes;
	for (uint32_t i = 0; i < piece->to - piece->from; i++) {
		if (piece->texts[i].handle)
			repo_blob_give_back(piece->texts[i].handle);
		piece->texts[i] = (struct lent_blob){0};
	}
	pthread_cond_broadcast(&ahead->changed);
}

/* Waits for the piece that has `index`. out: NULL: it was given up */
static struct piece *wait_for_piece(struct repo_ahead *ahead, uint32_t index)
{
	for (uint32_t number = ahead->given_up;; number++) {
		struct piece *piece = piece_at(ahead, number);

		while (number == ahead->opened && number > ahead->given_up && !has_room(ahead))
			give_up_piece(ahead);
		while (number == ahead->opened || !is_read(piece)) {
			ahead->waited_for = true;
			pthread_cond_broadcast(&ahead->changed);
			pthread_cond_wait(&ahead->changed, &ahead->mutex);
		}
		ahead->waited_for = false;
		if (index < piece->from)
			return NULL;
		if (index < piece->to)
			return piece;
		while (ahead->given_up <= number &&
		       index >= piece_at(ahead, ahead->given_up)->to + LOOK_BACK)
			give_up_piece(ahead);
	}
}

bool repo_ahead_take(struct repo_ahead *ahead, uint32_t index, struct lent_blob *out)
{
	struct piece *piece = NULL;

	if (index >= ahead->count)
		return false;
	pthread_mutex_lock(&ahead->mutex);
	piece = wait_for_piece(ahead, index);
	pthread_mutex_unlock(&ahead->mutex);
	if (!piece)
		return false;
	*out = repo_blob_lend_again(&piece->texts[index - piece->from]);
	return out->handle != NULL;
}

/* --- beginning and end -------------------------------------------------------------- */

static bool start_reader(struct repo_ahead *ahead, const struct repo *repo)
{
	struct reader *reader = &ahead->readers[ahead->reader_count];
	err failure = repo_open_here(repo_folder(repo), &reader->repo);

	reader->ahead = ahead;
	if (failure || pthread_create(&reader->thread, NULL, read_parts, reader) != 0) {
		err_free(failure);
		repo_close(reader->repo);
		return false;
	}
	ahead->reader_count++;
	return true;
}

struct repo_ahead *repo_ahead_start(const struct repo *repo, const struct object_id *ids,
				    const int64_t *times, uint32_t count, size_t limit)
{
	struct repo_ahead *ahead;

	if (count < LEAST_WORTH || !(ahead = calloc(1, sizeof *ahead)))
		return NULL;
	ahead->ids = ids;
	ahead->times = times;
	ahead->count = count;
	ahead->limit = limit;
	ahead->most = FIRST_BYTES;
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	while (ahead->reader_count < READERS && start_reader(ahead, repo)) {
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
	while (ahead->given_up < ahead->opened)
		give_up_piece(ahead);
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->mutex);
	free(ahead);
}
