/* Markdown examples, corpus files and random bytes for the tests of documents. */
#ifndef TESTS_SUPPORT_MARKDOWN_H
#define TESTS_SUPPORT_MARKDOWN_H

#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

struct example {
	const char *why, *markdown;
};

/* Ends with a row without `why`. */
extern const struct example markdown_examples[];

/*
 * Calls `visit` with every file of ../shared/corpus/merges whose name ends
 * with `suffix`. out: how many; 0: the corpus is not there
 */
size_t corpus_each(const char *suffix,
		   void (*visit)(const char *path, struct str bytes, void *into), void *into);

/* Bytes that like to be structure; the same for the same seed. */
struct str nasty_bytes(struct arena *arena, uint64_t seed);

#endif
