/*
 * From lines to blocks: the inside of doc_read().
 *
 * Invariant: blocks come in document order, and between two of them stand only
 * blank lines.
 */
#ifndef CORE_DOC_PARSE_H
#define CORE_DOC_PARSE_H

#include "core/doc.h"
#include "core/doc_cursor.h"
#include "core/doc_lines.h"

/* An item or a quote that is open. */
struct container {
	int block;
	uint32_t width;	   /* of an item: columns that its content is indented by; 0: a quote */
	uint32_t children; /* of an item: what it holds so far */
};

enum leaf_kind { LEAF_NONE, LEAF_PARAGRAPH, LEAF_FENCE, LEAF_CODE, LEAF_HTML, LEAF_TABLE };

/* What is open innermost. A paragraph becomes a block when it ends, any other at once. */
struct leaf {
	enum leaf_kind kind;
	char fence; /* its glyph and length */
	uint32_t fence_length;
	enum html_kind html;
	int table;
	/* A paragraph: its bytes so far, and its last line, which may head a table. */
	const char *from, *to, *last, *last_text;
	uint32_t line, lines, column, last_column;
};

enum { NO_QUOTE = -1, CODE_INDENT = 4 };

/* Another version of the note, whose blocks are copied where the lines are the same. */
struct known {
	const struct doc *doc; /* NULL: there is none */
	size_t next;	       /* its block that is likely to come next */
	size_t misses;	       /* since it did */
	int section;	       /* of the parser, in front of the line that is read */
};

struct parser {
	struct arena *arena;
	struct doc *doc;
	size_t room;
	bool over;		/* a limit was passed */
	const char *body, *end; /* the bytes that are parsed */
	struct container *open;
	size_t depth, depth_room;
	size_t matched; /* how many of `open` the line belongs to */
	int quote;	/* the outermost quote among `open`, by index; inside, no block is kept */
	int section;	/* the nearest heading outside of items */
	struct leaf leaf;
	struct known known;
};

/*
 * Adds the blocks of `doc->source` from byte `from` on, without gaps, keys and
 * what is counted: `from` stands at the beginning of line number `line`. Those
 * that are copied from `known` (NULL: none) have all but `end`, the first of several its
 * gap; they are like the one that they were copied from, the others like none.
 * out: false: a limit was passed, and the blocks are of no use
 * cost: linear, however deep the nesting
 */
bool doc_parse(struct arena *arena, struct doc *doc, size_t from, uint32_t line,
	       const struct doc *known);

/*
 * Copies what follows the line that was read, as far as it is known.
 * out: whether anything was; `line` is then the last one that was copied
 */
bool copy_beside(struct parser *parser, struct line *line);

static inline bool is_quoted(const struct parser *parser)
{
	return parser->quote != NO_QUOTE;
}

/* What a line turned out to begin. */
enum beginning { BEGINS_NOTHING, BEGINS_CONTAINER, BEGINS_LEAF };

/* Begins what the rest of the line does; of a container it takes the mark. */
enum beginning begin_with(struct parser *parser, struct line *line);

/* Ends the leaf, and the containers that the line does not belong to. */
void leave_unmatched(struct parser *parser);
/* Opens an item or a quote, whose block is the last one. */
void container_open(struct parser *parser, struct container container);

/* What a block that begins now stands under: an item, or a heading. */
int block_parent(const struct parser *parser);
/* Adds a block under what is open, to be ended with block_end(). */
struct block *block_add(struct parser *parser, enum block_kind kind, const char *from,
			uint32_t line, uint32_t column);
/* Adds a block that begins with this line's text, and ends with it so far; NULL inside a quote. */
struct block *block_begin(struct parser *parser, enum block_kind kind, const struct line *line);
void block_end(struct block *block, const char *end, uint32_t last_line);
/* Makes the last block, a heading, the section that follows; gives it its parent. */
void block_set_heading(struct parser *parser, uint32_t level);

void paragraph_begin(struct parser *parser, const struct line *line);
void paragraph_extend(struct parser *parser, const struct line *line);
/* Ends the open paragraph: what it holds becomes blocks. */
void paragraph_end(struct parser *parser);
/*
 * Ends the open paragraph as a heading that `line` underlines.
 * out: false: it was nothing but link definitions, which are blocks now
 */
bool paragraph_underline(struct parser *parser, const struct line *line, uint32_t level);
/*
 * Ends the open paragraph before its last line, the header of a table.
 * out: the table, which `line`, the rule under the header, now ends
 */
struct block *paragraph_to_table(struct parser *parser, const struct line *line);

/*
 * The bytes of the link definition that a paragraph begins with, its line end
 * included; 0: it begins otherwise.
 */
size_t definition_bytes(struct str paragraph);
/* Whether the text begins as "[^label]:". */
bool begins_footnote(struct str text);

/*
 * Fills in gaps, texts, keys, words, labels and ends of all blocks. What `known`
 * (NULL: none) tells of a block of the same bytes is taken from there.
 */
void doc_finish(struct doc *doc, size_t from, const struct doc *known);

#endif
