#include "core/object_id.h"

#include <stdlib.h>
#include <string.h>

bool object_id_is_none(struct object_id id)
{
	return object_id_equal(id, OBJECT_ID_NONE);
}

bool object_id_equal(struct object_id a, struct object_id b)
{
	return memcmp(a.bytes, b.bytes, OBJECT_ID_BYTES) == 0;
}

int object_id_compare(struct object_id a, struct object_id b)
{
	return memcmp(a.bytes, b.bytes, OBJECT_ID_BYTES);
}

static int compare_ids(const void *left, const void *right)
{
	const struct object_id *a = left, *b = right;

	return object_id_compare(*a, *b);
}

void object_ids_sort(struct object_id *ids, size_t count)
{
	if (count > 1)
		qsort(ids, count, sizeof *ids, compare_ids);
}

struct str object_id_hex(struct arena *arena, struct object_id id)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_alloc(arena, 2 * OBJECT_ID_BYTES + 1, 1);

	for (size_t i = 0; i < OBJECT_ID_BYTES; i++) {
		hex[2 * i] = digits[id.bytes[i] >> 4];
		hex[2 * i + 1] = digits[id.bytes[i] & 15];
	}
	return (struct str){hex, 2 * OBJECT_ID_BYTES};
}

static int digit_value(char digit)
{
	if (byte_is_digit(digit))
		return digit - '0';
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool object_id_read(struct str hex, struct object_id *out)
{
	struct object_id id;

	if (hex.len != 2 * OBJECT_ID_BYTES)
		return false;
	for (size_t i = 0; i < OBJECT_ID_BYTES; i++) {
		int high = digit_value(hex.at[2 * i]), low = digit_value(hex.at[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		id.bytes[i] = (unsigned char)(high << 4 | low);
	}
	*out = id;
	return true;
}
