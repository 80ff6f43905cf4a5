#include "core/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

struct key key_of(struct str bytes)
{
	XXH128_hash_t hash = XXH3_128bits(bytes.at, bytes.len);

	return (struct key){.high = hash.high64, .low = hash.low64};
}

uint64_t hash_bytes(struct str bytes)
{
	return XXH3_64bits(bytes.at, bytes.len);
}

bool key_equal(struct key a, struct key b)
{
	return a.high == b.high && a.low == b.low;
}

int key_compare(struct key a, struct key b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return (a.low > b.low) - (a.low < b.low);
}

struct key key_chain(struct key first, struct key next)
{
	/* The machine's byte order enters the hash, so chained keys stay in memory. */
	uint64_t parts[4] = {first.high, first.low, next.high, next.low};

	return key_of((struct str){(const char *)parts, sizeof parts});
}

struct str key_hex(struct arena *arena, struct key key, size_t digits)
{
	char *at;

	digits = digits < 32 ? digits : 32;
	at = arena_alloc(arena, digits + 1, 1);
	for (size_t i = 0; i < digits; i++) {
		uint64_t half = i < 16 ? key.high : key.low;
		at[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
	}
	return (struct str){at, digits};
}
