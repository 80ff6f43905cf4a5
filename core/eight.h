/*
 * Eight bytes of text at a time, the first byte in the lowest bits. Masks have
 * the highest bit of each byte that is meant.
 *
 * source: H. S. Warren, Hacker's Delight, 2nd edition, section 6-1
 */
#ifndef CORE_EIGHT_H
#define CORE_EIGHT_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_LOW  0x7F7F7F7F7F7F7F7FU
#define EIGHT_HIGH 0x8080808080808080U
#define EIGHT_ONES 0x0101010101010101U

static inline uint64_t eight_read(const char *at)
{
	uint64_t bytes;

	memcpy(&bytes, at, sizeof bytes);
	return le64toh(bytes);
}

/* The first `count` bytes, at most eight; `filler` stands for the others. */
static inline uint64_t eight_read_part(const char *at, size_t count, char filler)
{
	uint64_t bytes = EIGHT_ONES * (unsigned char)filler;

	memcpy(&bytes, at, count);
	return le64toh(bytes);
}

/* How many bytes a mask means. */
static inline uint32_t eight_count(uint64_t mask)
{
	return (uint32_t)((mask >> 7) * EIGHT_ONES >> 56);
}

static inline uint64_t eight_equal(uint64_t bytes, char byte)
{
	uint64_t differ = bytes ^ (EIGHT_ONES * (unsigned char)byte);

	return ~(((differ & EIGHT_LOW) + EIGHT_LOW) | differ) & EIGHT_HIGH;
}

/* The control characters below the space. */
static inline uint64_t eight_controls(uint64_t bytes)
{
	return ~(((bytes & EIGHT_LOW) + EIGHT_ONES * (0x80 - ' ')) | bytes) & EIGHT_HIGH;
}

/* The mask one byte later, where `first` says what stood before the eight. */
static inline uint64_t eight_later(uint64_t mask, int first)
{
	return mask << 8 | (first ? 0x80U : 0);
}

#endif
