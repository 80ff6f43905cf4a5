/*
 * Seeded random notes, and what two people may make of one.
 *
 * Invariant: the same seed gives the same bytes on every machine. A word that
 * is inserted never stands in the note it is inserted into, so a count tells
 * what became of it.
 */
#ifndef TESTS_SUPPORT_NOTES_H
#define TESTS_SUPPORT_NOTES_H

#include "core/str.h"
#include "tests/support_seeded.h"

/* A note of a few lines: headings, points, nested ones, boxes, numbers, rows, paragraphs. */
struct str seeded_note(struct seeded *seeded);

/*
 * The note after a few edits by one person: words and lines added, changed,
 * moved, deleted. `person`: what begins most of the words that he or she adds.
 */
struct str seeded_edit(struct seeded *seeded, struct str note, char person);

/* Note number `seed`, and what two people made of it. */
struct seeded_versions {
	struct str base, ours, theirs;
};

struct seeded_versions seeded_versions_of(struct arena *arena, uint64_t seed);

/* Any bytes, with what Markdown, YAML and git's markers are made of among them. */
struct str seeded_bytes(struct seeded *seeded);

#endif
