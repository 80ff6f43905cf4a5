/*
 * Any bytes are read as YAML or refused with a reason; what is read merges into
 * YAML, and in the same way with the sides exchanged. The input is cut at NULs
 * into base, ours and theirs.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/meta.h"
#include "merge/merge_yaml.h"
#include "tests/fuzz.h"

static void expect(bool kept, const char *promise)
{
	if (!kept) {
		fprintf(stderr, "breach: %s\n", promise);
		abort();
	}
}

static void check_layout(struct arena *arena, const struct meta_doc *doc)
{
	struct buf all = {.arena = arena};
	const struct meta *root = doc->root;

	if (!root || root->kind == META_SCALAR || root->flow)
		return;
	buf_add(&all, meta_head(root));
	for (size_t i = 0; i < root->count; i++) {
		buf_add(&all, meta_lead(root, &root->entries[i]));
		buf_add(&all, meta_whole(&root->entries[i]));
	}
	buf_add(&all, meta_tail(root));
	expect(str_equal(buf_str(&all), doc->source), "every byte belongs to an entry");
}

static bool reads(struct arena *arena, struct str text)
{
	struct meta_doc doc = {0};
	err failure = meta_read(arena, text, "fuzz", &doc);
	bool read = failure == NULL;

	if (failure)
		expect(err_advice(failure) != NULL, "a refusal says what to do");
	else
		check_layout(arena, &doc);
	err_free(failure);
	return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	struct str rest = {(const char *)bytes, count}, side[3] = {{0}};
	struct arena arena = {0};

	for (int i = 0; i < 3; i++)
		str_next_part(&rest, '\0', &side[i]);
	bool ours = reads(&arena, side[1]), theirs = reads(&arena, side[2]);
	struct str merged = merge_yaml(&arena, side[0], side[1], side[2]);
	struct str swapped = merge_yaml(&arena, side[0], side[2], side[1]);

	expect(ours && theirs ? true : merged.at == NULL, "what cannot be read is not merged");
	expect((merged.at == NULL) == (swapped.at == NULL) && str_equal(merged, swapped),
	       "the sides can be exchanged");
	expect(!merged.at || reads(&arena, merged), "the result can be read");
	arena_free(&arena);
	return 0;
}
