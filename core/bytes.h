/*
 * Numbers and texts as bytes, for files that only the program itself reads.
 *
 * Numbers take seven bits a byte, the low ones first. A reader that comes to an
 * end too early fails for good and gives zeros; whoever reads checks it at last.
 */
#ifndef CORE_BYTES_H
#define CORE_BYTES_H

#include <stdint.h>

#include "core/str.h"

void bytes_add_number(struct buf *buf, uint64_t number);
/* One that may be negative. */
void bytes_add_signed(struct buf *buf, int64_t number);
/* A text with its length in front. */
void bytes_add_text(struct buf *buf, struct str text);

struct bytes_reader {
	struct str rest;
	bool failed;
};

uint64_t bytes_number(struct bytes_reader *reader);
/* The same where it has to be below `limit`, and of more bytes than one. */
uint32_t bytes_long_below(struct bytes_reader *reader, uint64_t limit);

/* The same where it has to be below `limit`. */
static inline uint32_t bytes_below(struct bytes_reader *reader, uint64_t limit)
{
	unsigned char byte;

	if (reader->rest.len == 0 || (byte = (unsigned char)*reader->rest.at) >= 0x80 ||
	    byte >= limit)
		return bytes_long_below(reader, limit);
	reader->rest.at++;
	reader->rest.len--;
	return byte;
}

/* A count of things that take at least one byte each. */
uint32_t bytes_count(struct bytes_reader *reader);
int64_t bytes_signed(struct bytes_reader *reader);
/* `count` bytes as they are, borrowed. */
struct str bytes_take(struct bytes_reader *reader, size_t count);
struct str bytes_text(struct bytes_reader *reader);

#endif
