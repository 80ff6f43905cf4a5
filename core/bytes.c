#include "core/bytes.h"

enum { BITS = 7, MORE = 1 << BITS };

void bytes_add_number(struct buf *buf, uint64_t number)
{
	while (number >= MORE) {
		buf_add_byte(buf, (char)(unsigned char)(number | MORE));
		number >>= BITS;
	}
	buf_add_byte(buf, (char)(unsigned char)number);
}

void bytes_add_signed(struct buf *buf, int64_t number)
{
	bytes_add_number(buf, number < 0 ? 2 * ~(uint64_t)number + 1 : 2 * (uint64_t)number);
}

void bytes_add_text(struct buf *buf, struct str text)
{
	bytes_add_number(buf, text.len);
	buf_add(buf, text);
}

uint64_t bytes_number(struct bytes_reader *reader)
{
	uint64_t number = 0;

	for (unsigned shift = 0; reader->rest.len && shift < 64; shift += BITS) {
		unsigned char byte = (unsigned char)*reader->rest.at;

		reader->rest.at++;
		reader->rest.len--;
		number |= (uint64_t)(byte & (MORE - 1)) << shift;
		if (!(byte & MORE))
			return number;
	}
	reader->failed = true;
	reader->rest.len = 0;
	return 0;
}

uint32_t bytes_long_below(struct bytes_reader *reader, uint64_t limit)
{
	uint64_t number = bytes_number(reader);

	if (number < limit && number < UINT32_MAX)
		return (uint32_t)number;
	reader->failed = true;
	reader->rest.len = 0;
	return 0;
}

uint32_t bytes_count(struct bytes_reader *reader)
{
	/* The count itself is in `rest` still, hence never too low a limit. */
	return bytes_below(reader, reader->rest.len);
}

int64_t bytes_signed(struct bytes_reader *reader)
{
	uint64_t number = bytes_number(reader);

	return (int64_t)(number & 1 ? ~(number / 2) : number / 2);
}

struct str bytes_take(struct bytes_reader *reader, size_t count)
{
	struct str taken = {0};

	if (count > reader->rest.len) {
		reader->failed = true;
		reader->rest.len = 0;
		return taken;
	}
	taken = (struct str){reader->rest.at, count};
	reader->rest.at += count;
	reader->rest.len -= count;
	return taken;
}

struct str bytes_text(struct bytes_reader *reader)
{
	return bytes_take(reader, bytes_below(reader, (uint64_t)reader->rest.len + 1));
}
