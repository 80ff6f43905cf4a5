/*
 * One note as a list of blocks in document order, each with its parent.
 *
 * Any bytes parse. Invariant: written back, a document gives the bytes it was
 * read from: bom, front matter, then `gap` and `raw` of every block in order,
 * then `tail`. All slices borrow from the text that was read.
 *
 * Every block is whole lines, but for those an item begins with on the line of
 * its mark ("- # title", "- - x", "- ```"): see `joined`. An item whose first
 * paragraph stands there or on the next line holds it as its own text. Items
 * nested deeper than LIMIT_DEPTH stand under the one at that depth. A variant
 * label on a line of its own right behind a fence, quote or html is part of it.
 *
 * Block structure follows CommonMark 0.30 for headings, list items, fences,
 * html and rules, front matter aside; a table is one block for its header with
 * the rule under it, and one for each row. What stands inside a quote, a fence
 * or html is not taken apart. Lines end with LF or CRLF; both read alike.
 */
#ifndef CORE_DOC_H
#define CORE_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "core/hash.h"
#include "core/str.h"

enum block_kind {
	BLOCK_HEADING,
	BLOCK_POINT, /* list item: mark and first paragraph; what else it holds are children */
	BLOCK_PARAGRAPH,
	BLOCK_QUOTE,
	BLOCK_TABLE, /* header row and the rule under it */
	BLOCK_ROW,   /* a row below the header; its parent is the BLOCK_TABLE */
	BLOCK_FENCE, /* fenced or indented code */
	BLOCK_HTML,
	BLOCK_RULE,	  /* thematic break */
	BLOCK_DEFINITION, /* [label]: target */
};

enum { NO_PARENT = -1, DEEPEST_HEADING = 6 };

struct block {
	enum block_kind kind;
	int parent;	     /* index of the block it stands under: the item or table that holds it,
				else the nearest earlier heading (of a smaller level, for a heading);
				always smaller than its own index; NO_PARENT: none */
	uint32_t line;	     /* of its first byte, from 1 */
	uint32_t lines;	     /* how many */
	uint32_t indent;     /* columns before the mark or the text */
	uint32_t content;    /* point: columns before its text and its children; else indent */
	uint8_t level;	     /* heading: 1 to DEEPEST_HEADING */
	char glyph;	     /* point: - * + or, for a number, . ) */
	char checkbox;	     /* point: ' ', 'x' or 'X' as in "[x]"; 0: none */
	bool underlined : 1; /* heading: written with a line of = or - below */
	bool joined : 1;     /* begins on the line of the block before it, as the second item of
			    "- - x", so that block's raw has no line end of its own */
	bool numbered : 1;   /* point: has `number` */
	uint32_t number;
	struct str gap;	   /* blank lines between the block before and this one */
	struct str raw;	   /* the block's own bytes, last line end included */
	struct str text;   /* within raw: without mark, number and checkbox in front, and the last
			      line end; a heading's without closing #s or underline */
	struct key normal; /* of the normal text: see doc_normal() */
	uint32_t words;	   /* in text, split at blanks, variant label aside */
	uint32_t label;	   /* number in a trailing variant label, 0: none */
	uint32_t end;	   /* index behind its last descendant */
	uint32_t like;	   /* 1 + the index of a block of `beside` of this kind and text, 0: none is
			      known */
};

enum line_end { LINE_END_LF, LINE_END_CRLF, LINE_END_MIXED };

struct doc {
	struct str source;
	bool bom;
	enum line_end line_end;
	bool ends_without_line_end; /* source is not empty and its last byte is no LF */
	bool opaque;	  /* invalid UTF-8, NUL, or over a limit (LIMIT_FILE_POINTS counts all
			     blocks): merged as a whole, no blocks, front or tail */
	struct str front; /* YAML front matter with both its --- lines; empty: none */
	struct block *blocks;
	size_t count;
	struct str tail;	    /* blank lines behind the last block */
	const struct block *beside; /* those of the note that it was read beside; NULL: none */
};

/* Reads a note. cost: linear; about 16 words of memory a block. */
struct doc doc_read(struct arena *arena, struct str source);

/* The same, quicker where the note has many blocks that `known` has in the same order. */
struct doc doc_read_beside(struct arena *arena, struct str source, const struct doc *known);

/* Puts the bytes back together: equal to what was read. */
struct str doc_write(struct arena *arena, const struct doc *doc);
/* The end of a line that is added to it: what all of its own have, else LF. */
struct str doc_line_end(const struct doc *doc);
/* Whether a block says what `normal` is the key of. A document that is NULL has none. */
bool doc_holds(const struct doc *doc, struct key normal);
/* What stands between the two lines of a front matter. */
struct str doc_front_inner(struct str front);

/*
 * The text that `normal` is the key of: NFC; runs of blanks, line ends and
 * U+00A0/U+202F as one space; typographic quotes and apostrophes as " and ';
 * variant label, mark, number and checkbox left out.
 */
struct str doc_normal(struct arena *arena, const struct block *block);

/*
 * Whether a block is a footnote, "[^label]: its text", which ends a paragraph before it;
 * one of a single word is a link definition, too. source: as cmark-gfm reads them
 */
bool block_is_footnote(const struct block *block);

/* The nearest heading above block `index` in the document, NO_PARENT: none. */
int doc_section_of(const struct doc *doc, size_t index);

/*
 * The point's own words in one line: wrapped lines joined by one space, without
 * mark, number, checkbox and variant label. What people and JSON are shown.
 */
struct str doc_point_text(struct arena *arena, const struct block *block);

#endif
