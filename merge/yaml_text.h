/*
 * YAML as lines: moving them between columns, and the comments in them.
 */
#ifndef MERGE_YAML_TEXT_H
#define MERGE_YAML_TEXT_H

#include "core/meta.h"
#include "core/str.h"

/* Whole lines of text, each with its line feed; or comments, each without. */
struct lines {
	struct str *line;
	size_t count, room;
};

struct lines lines_of(struct arena *arena, struct str text);
void lines_add(struct arena *arena, struct lines *lines, struct str line);
/* Adds the lines that are not empty, without the blanks around them. */
void lines_add_comments(struct arena *arena, struct lines *to, struct lines more);
/* Merges two versions of a list of lines: an ordered set, in which each line may stand often. */
struct lines lines_merge(struct arena *arena, struct lines base, struct lines ours,
			 struct lines theirs);

/* Takes up to `column` spaces off the front of each line; the last one ends with a line feed. */
struct str text_outdent(struct arena *arena, struct str text, size_t column);
/* Puts `column` spaces before each line that is not empty, the first one only if `first`. */
void text_indent(struct buf *out, struct str text, size_t column, bool first);

/* Whether both have the same words in order, quotes, brackets, commas and dashes aside. */
bool text_same_words(struct str a, struct str b);

/* The comments of an entry itself: not those above it, nor those within a block below it. */
struct lines entry_comments(struct arena *arena, const struct meta_entry *entry);
/* All comments within a node. */
struct lines node_comments(struct arena *arena, const struct meta *node);
/* All comments of a document, in order. */
struct lines document_comments(struct arena *arena, const struct meta_doc *doc);

#endif
