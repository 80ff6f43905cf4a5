/*
 * Who wrote which point and which word, over a whole history, in one pass.
 *
 * Every block of every version is related to the blocks of the version's
 * parents: the same words, similar words, a piece of them, one that had been
 * deleted before, a copy, or new. A point is what stays the same through all of
 * this; a wording is one text of it, and says for each word which commit brought
 * it in.
 *
 * Pure: the history comes as arrays and a reader of texts. Invariant: the result
 * depends on nothing else, neither on how the history was fetched nor on a clock.
 */
#ifndef MERGE_TRACE_H
#define MERGE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/hash.h"
#include "core/str.h"

/* Of the rules and of the records: those of another version are of no use. */
enum { TRACE_VERSION = 13 };

#define TRACE_NONE UINT32_MAX /* no blob, commit, point or wording */

/* A note that differs from the one in a parent. */
struct trace_change {
	struct str path;
	uint32_t blob; /* TRACE_NONE: the parent has it, the commit does not */
};

struct trace_parent {
	uint32_t commit; /* smaller than the commit's own index; TRACE_NONE: the empty tree */
	const struct trace_change *changes; /* each path once */
	size_t change_count;
};

struct trace_commit {
	const struct trace_parent *parents; /* at least one: a first commit has the empty tree */
	size_t parent_count;
	uint32_t author; /* who; any numbering */
	bool automatic;	 /* a merge made by the program: what it does, its parents' authors did */
	int64_t time;	 /* by its author's clock: which of two comes later where neither knew of
			    the other */
};

/*
 * A text, and what its owner wants back with it. Where it was compared with that of the
 * blob `beside`: so many bytes at both ends are the same, and none is counted twice.
 */
struct trace_text {
	struct str text;
	void *handle;
	bool compared;
	uint32_t beside;
	size_t same_start, same_end;
};

struct trace_input {
	const struct trace_commit *commits; /* parents before children; the last is the tip */
	uint32_t commit_count;
	/*
	 * The text of a blob, which stays as it is until it is given back. NULL: it cannot be
	 * read. Then, and where it is no text (doc_read: opaque), the note is taken for what
	 * it was before.
	 */
	struct trace_text (*read)(void *context, uint32_t blob);
	void (*give_back)(void *context, struct trace_text text); /* may be NULL */
	/*
	 * What was kept when the first commits were traced before, one record each: they
	 * are not read again, and need no changes. A blob has the number it had then.
	 */
	const struct str *records;
	uint32_t record_count;
	/* Takes the record of each further commit, to be copied; may be NULL. */
	void (*keep)(void *context, uint32_t commit, struct str record);
	void *context;
};

/* So many words in a row that one commit brought in. */
struct trace_run {
	uint32_t words, commit;
};

struct trace_wording {
	struct key key; /* of the normal text, headings set apart */
	uint32_t point;
	uint32_t commit;	      /* that brought this wording */
	const uint32_t *words;	      /* numbers in the vocabulary */
	const struct trace_run *runs; /* cover the words in order */
	uint32_t word_count, run_count;
	uint32_t earlier;  /* the wording of the same point that this one changed */
	uint32_t same_key; /* an older wording with equal key */
	bool heading;
};

enum trace_kind {
	TRACE_ADD,
	TRACE_REWORD, /* `words`: how many came in or went */
	TRACE_MOVE,   /* to another place, section or file */
	TRACE_SPLIT,  /* taken out of `other` */
	TRACE_JOIN,   /* went into `other` */
	TRACE_DELETE,
	TRACE_RESTORE, /* stands again after it had been deleted */
	TRACE_COPY,    /* `other` was copied */
	TRACE_RENAME,  /* its file has another name */
};

/* Where a deleted point last stood. */
struct trace_place {
	struct str path, section; /* section: the heading above, empty: none */
	struct str text;	  /* its own words as they were written (doc_point_text); empty:
				     it was no point, but code, html or the header of a table */
	uint32_t line;
};

struct trace_event {
	enum trace_kind kind;
	uint32_t commit; /* that did it */
	uint32_t seen;	 /* the one in which it is so: an automatic merge of what `commit` did */
	uint32_t other;	 /* a point, or TRACE_NONE */
	uint32_t words;
	/* Of a deletion: the last wording that the point had, and where; of a restoration: the
	 * wording that stands again. */
	uint32_t wording;
	const struct trace_place *place;
	const struct trace_event *next;
};

/* One more commit that wrote the same point, neither knowing of the other. */
struct trace_also {
	uint32_t commit;
	const struct trace_also *next;
};

struct trace_point {
	uint32_t origin;  /* the commit that first wrote it */
	uint32_t wording; /* its latest; the one that was deleted, where it stands no more */
	bool heading;
	bool alive; /* stands at the tip */
	const struct trace_also *also;
	const struct trace_event *events; /* in the order of `seen` */
	/* By which it ended, of several the last; NULL: it stands, or lives on in another. */
	const struct trace_event *deletion;
	struct trace_event *last_event;
};

/* A block of a note, in document order; one for each that doc_read() gives. */
struct trace_entry {
	uint64_t hash;	  /* half of the wording's key, 0: not traced */
	uint32_t offset;  /* of its first byte in the file */
	uint32_t wording; /* TRACE_NONE: a rule, or no words */
};

struct trace_file {
	struct str path;
	const struct trace_entry *entries;
	size_t entry_count;
};

struct trace {
	const struct trace_file *files; /* at the tip, ordered by path */
	size_t file_count;
	const struct trace_wording *wordings;
	const struct trace_point *points; /* all there ever were */
	const struct str *vocabulary;	  /* normal words by number */
	uint32_t wording_count, point_count, word_count;
	bool bad_record; /* one of the records is not of this history; nothing else is set */
};

/*
 * Traces a history. The result lives in the arena.
 * cost: linear in what the commits change; memory: every wording once, and the
 * states of the commits that still wait for a child.
 */
struct trace trace_history(struct arena *arena, const struct trace_input *input);

/*
 * Whether an event of a point is the deletion of words that do not stand again: it ended
 * the point, or this came back in other words only.
 */
bool trace_took_words(const struct trace *trace, const struct trace_point *point,
		      const struct trace_event *event);

/* The commit that brought in word `index` of a wording. */
uint32_t trace_word_commit(const struct trace_wording *wording, uint32_t index);

#endif
