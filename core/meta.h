/*
 * YAML as it stands in its file: mappings, lists and scalars that know which
 * bytes they came from, so that what nobody touches keeps its bytes, comments
 * and quoting.
 *
 * Invariant: every slice of a node borrows from `meta_doc.source`, but for
 * what scalars and keys say, which may be unescaped copies in the arena; meta_head(), the
 * lead and whole of each entry in order, and meta_tail() of a block collection follow
 * one another without a gap: they are its `lines`.
 *
 * One document of UTF-8 text, at most LIMIT_FILE_BYTES, LIMIT_YAML_NODES and
 * LIMIT_YAML_DEPTH; anchors, aliases, tags, directives, keys that are no plain
 * scalar ("? key") and keys that stand twice are refused.
 * source: https://yaml.org/spec/1.1/, as read by libyaml 0.2
 */
#ifndef CORE_META_H
#define CORE_META_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"

enum { META_COLUMN_BITS = 28, META_COLUMN_MOST = (1 << META_COLUMN_BITS) - 1 };

enum meta_kind { META_SCALAR, META_LIST, META_MAP };

struct meta_entry;

/*
 * There are as many as there are words, or nearly: they are small. Lengths are bytes, which
 * 32 bits hold for any text that is read.
 */
struct meta {
	const char *at; /* its first byte: see meta_raw() */
	union {
		const char *says;	    /* scalar: see meta_says() */
		struct meta_entry *entries; /* map: behind them their order, see meta_sort() */
	};
	uint32_t raw_length;
	union {
		uint32_t says_length;
		uint32_t lines_length; /* list or map: see meta_lines() */
	};
	uint32_t lines_before; /* list or map: so many bytes its lines begin in front of `at` */
	uint32_t count;	       /* list or map: of its entries */
	uint32_t line;	       /* of its first byte, from 1 */
	unsigned column : META_COLUMN_BITS; /* characters before it on its line */
	unsigned kind : 2;		    /* enum meta_kind */
	unsigned flow : 1;		    /* list or map: written in [ ] or { } */
	unsigned plain : 1; /* scalar: no quotes, so that ~, yes or 12 are no text to others */
};

struct meta_entry {
	struct meta *value;
	const char *at;	 /* its first byte: see meta_whole() */
	const char *key; /* see meta_key(); list: NULL */
	uint32_t whole_length;
	uint32_t key_length;
	uint32_t key_raw_from; /* bytes behind `at`: see meta_key_raw() */
	uint32_t key_raw_length;
};

struct meta_doc {
	struct str source; /* without the byte order mark */
	bool bom;
	struct meta *root; /* NULL: nothing but blanks and comments */
};

/*
 * Reads YAML; `name` is what messages call the text.
 * out: the tree, in the arena; untouched on failure.
 * errors: STATUS_BAD_INPUT, with the line and what to do.
 * cost: linear; about 80 bytes a node.
 */
err meta_read(struct arena *arena, struct str text, const char *name,
	      struct meta_doc *out) ERR_MUST_CHECK;

/* An entry of a map put together by hand; a list's has no key. */
struct meta_entry meta_entry_of(struct str key, struct str key_raw, struct meta *value);
/*
 * Gives a list or map put together by hand room for `room` entries, and a map for their order
 * behind them; it had room for `old` ones.
 */
void meta_make_room(struct arena *arena, struct meta *node, size_t old, size_t room);
/*
 * Sorts the keys of a map that was put together by hand, as reading does.
 * out: an entry whose key stands twice, or NULL.
 */
const struct meta_entry *meta_sort(struct meta *map);
/* Entry `i` of a list, or of a map in the order of its keys. */
const struct meta_entry *meta_in_order(const struct meta *node, size_t i);

/* From its first byte to its last, a comment behind it left out; "|+" keeps its line ends. */
static inline struct str meta_raw(const struct meta *node)
{
	return (struct str){node->at, node->raw_length};
}

/* What a scalar says. */
static inline struct str meta_says(const struct meta *scalar)
{
	return (struct str){scalar->says, scalar->says_length};
}

/* Map: what the key says. */
static inline struct str meta_key(const struct meta_entry *entry)
{
	return (struct str){entry->key, entry->key_length};
}

/* Map: the key's bytes. */
static inline struct str meta_key_raw(const struct meta_entry *entry)
{
	if (!entry->key || !entry->at)
		return (struct str){0};
	return (struct str){entry->at + entry->key_raw_from, entry->key_raw_length};
}

/* Block: from its key or dash to the end of its last line; flow: to the end of its value. */
static inline struct str meta_whole(const struct meta_entry *entry)
{
	return (struct str){entry->at, entry->whole_length};
}

/*
 * Block list or map: from behind its owner's line to the end of what stands in it; of flow,
 * outermost only: all.
 */
struct str meta_lines(const struct meta *node);
/* List or map: lines between its owner's line and the first entry; of flow, outermost only. */
struct str meta_head(const struct meta *node);
/* Comment lines behind its last entry. */
struct str meta_tail(const struct meta *node);
/* Block: comment and blank lines above one of its entries; empty for the first. */
struct str meta_lead(const struct meta *node, const struct meta_entry *entry);

/* The entry under `key` of a map; NULL: none, or `map` is NULL or no map. cost: log n. */
const struct meta_entry *meta_find(const struct meta *map, struct str key);
/* The value under `key` of a map; NULL as above. */
const struct meta *meta_get(const struct meta *map, struct str key);
/* The scalar under `key`, or the empty text. */
struct str meta_text(const struct meta *map, struct str key);
/* Whether both say the same, however they are written; the order of keys aside. */
bool meta_equal(const struct meta *a, const struct meta *b);
/* An empty scalar without quotes, or ~: nothing is said. NULL too. */
bool meta_is_nothing(const struct meta *node);

/* --- writing: meta_write.c --------------------------------------------------- */

/*
 * Adds `text` (UTF-8) as a scalar on one line that reads back as exactly this
 * text: as it is where that is safe, else in quotes. `in_flow`: it will stand
 * between [ ] or { }.
 */
void meta_write_scalar(struct buf *out, struct str text, bool in_flow);
/* Whether that writes the text as it is. */
bool meta_is_written_bare(struct str text, bool in_flow);
/* Adds the node on one line, lists as [ ] and maps as { }, in the quotes it had. */
void meta_write_flow(struct buf *out, const struct meta *node);

/*
 * The text with `value` under `key` of its outermost map: in place of what is
 * there, else as a new last line. Everything else keeps its bytes.
 */
struct str meta_set(struct arena *arena, const struct meta_doc *doc, struct str key,
		    struct str value);
/*
 * The text with one more entry, given as YAML on one line, at the end of the
 * list under `key` of the outermost map, or of the outermost list when `key` is
 * empty; the list is made when there is none.
 */
struct str meta_append(struct arena *arena, const struct meta_doc *doc, struct str key,
		       struct str item);

#endif
