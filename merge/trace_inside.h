/*
 * What the parts of the trace share: the states of files and trees while the
 * history is walked, and the work on one commit.
 *
 * Invariant: a tree is kept until the last child of its commit is done, a file's
 * state until no such tree has it; wordings and points stay.
 */
#ifndef MERGE_TRACE_INSIDE_H
#define MERGE_TRACE_INSIDE_H

#include "core/doc.h"
#include "merge/trace.h"
#include "merge/trace_listing.h"
#include "merge/trace_words.h"

/* Memory that is given back and used again, by power of two. */
struct store {
	struct arena *arena;
	void *given_back[32];
};

struct file_state {
	uint32_t holders; /* trees that have it */
	uint32_t blob;
	struct trace_text lent;
	bool has_text; /* lent is */
	struct trace_entry *entries;
	uint32_t count;
	/* For the record of the commit that made it: what it has in common with which state. */
	const struct file_state *made_from;
	uint32_t same_before, same_behind;
	int64_t shift; /* of the offsets behind */
};

struct tree_file {
	uint32_t path; /* number in tracer.paths */
	struct file_state *file;
};

struct tree {
	struct tree_file *files; /* ordered by path number */
	uint32_t count, room;
	uint64_t *ancestors; /* bit set of commits, its own included */
	uint32_t children;   /* that still have to be traced */
};

struct posting {
	uint32_t wording, next;
};

/* What happened to a point or wording, for the record of the commit; first enum trace_kind. */
enum deed_kind { DEED_ALSO = TRACE_RENAME + 1, DEED_WORDING, DEED_BURIED, DEED_KINDS };

struct deed {
	unsigned kind;
	uint32_t subject, other, words, wording;
	uint32_t commit;		 /* of an event */
	const struct trace_place *place; /* of a deletion */
};

struct deeds {
	struct deed *deeds;
	uint32_t count, room;
};

struct trace_counts {
	uint32_t paths, words, points, wordings;
};

struct tracer {
	struct arena *arena; /* the result's */
	struct arena states; /* for trees and files under way */
	struct store store;
	const struct trace_input *input;
	struct tree *trees; /* by commit */
	struct vocabulary vocabulary, paths;

	struct trace_wording *wordings;
	uint32_t wording_count, wording_room;
	struct trace_point *points;
	uint32_t point_count, point_room;
	uint32_t *alive; /* by point: 1 + the last commit in whose tree it was seen */
	uint32_t *moved; /* by point: 1 + the last commit that moved it */
	uint32_t *taken; /* by wording: 1 + the last commit that has it from a parent */

	uint32_t *by_key; /* open addressing over wording keys: newest number + 1 */
	uint32_t key_slots, key_count;
	uint32_t *graves; /* by word: newest posting + 1 of a wording that was deleted */
	uint32_t grave_words;
	struct posting *postings;
	uint32_t posting_count, posting_room;
	bool all_known;	    /* from records: nothing is looked for among wordings and graves */
	struct deeds deeds; /* of the commit under way */
	bool recording;	    /* it is not known from a record, and somebody keeps one */
};

/* A block of the commit that is not simply where it was in its parent. */
struct fresh {
	struct file_state *file;
	uint32_t path, index; /* of its entry */
	struct block block;
	struct key key;
	uint64_t before, after; /* hashes of the neighbours */
	bool heading;

	uint32_t wording;   /* the known one that it is, or TRACE_NONE */
	uint32_t candidate; /* the vanished block that it was, or TRACE_NONE */
	uint32_t point;	    /* or TRACE_NONE: a new one */
	enum trace_kind how;
	uint32_t other; /* for a split or copied one: the point that it came from */
	struct words words, sorted;
	uint32_t *origins;  /* the commit of each word, TRACE_NONE: not known yet */
	uint32_t new_words; /* that no parent has */
	bool gathered;	    /* has words of several points */
};

/* A block of a parent that is not simply where it was. */
struct candidate {
	struct file_state *file;
	uint32_t path, index, parent; /* which of the commit's parents */
	uint32_t wording;
	uint64_t before, after;
	struct words sorted;
	bool *consumed;		     /* by word: it goes on in a fresh block */
	uint32_t heir;		     /* the fresh block that it went on as, or TRACE_NONE */
	uint32_t taker;		     /* another one that took words of it, or TRACE_NONE */
	uint32_t run_words, runs_in; /* so many in runs went to the fresh block `runs_in` */
};

/* A set of wordings, a bit each. */
struct present {
	uint64_t *bits; /* NULL: not asked for yet */
};

/* Blocks of a file in a row that stay between others that were read anew. */
struct kept_run {
	uint32_t path, was, index, count; /* first entry in the parent's file, in this one */
	const struct file_state *old, *file;
};

/* How far a file has been gone through for lines and headings. */
struct place_cursor {
	const struct file_state *file;
	uint32_t index;	  /* of the entry it has come to */
	uint32_t heading; /* the last one before `index`, or TRACE_NONE */
	size_t offset;	  /* of the text it has come to, and its line from 1 */
	uint32_t line;
};

struct work {
	struct tracer *tracer;
	struct arena scratch;
	uint32_t commit;
	const struct trace_commit *input;
	struct tree *tree;
	struct fresh *fresh;
	uint32_t fresh_count, fresh_room;
	struct candidate *candidates;
	uint32_t candidate_count, candidate_room;
	struct listing by_point; /* all of them, once candidates_of() was asked */
	struct kept_run *runs;	 /* by path as changed, then by place */
	uint32_t run_count, run_room;
	struct place_cursor place; /* of the last candidate that was placed */
	struct trace_counts before;
	struct present *in_parents; /* what stands in each, as it is asked for */
	struct listing standing;    /* wordings in the files that differ, by point, once listed */
	bool standing_listed;
	struct listing rows; /* fresh blocks under words in a row, once rows_listed */
	bool rows_listed;
	bool alive_known; /* tracer.alive covers the parts of the tree that did not change */
};

/* --- trace_state.c: files, trees, wordings and points */

void *store_take(struct store *store, size_t bytes);
void store_give(struct store *store, void *at, size_t bytes);
/* One piece of memory would do for both sizes. */
bool store_is_same(size_t a, size_t b);

struct file_state *file_new(struct tracer *tracer, uint32_t blob, uint32_t count);
void file_release(struct tracer *tracer, struct file_state *file);
/* Its text, read if it is not at hand. */
struct str file_text(struct tracer *tracer, struct file_state *file);
void file_forget_text(struct tracer *tracer, struct file_state *file);

struct file_state *tree_find(const struct tree *tree, uint32_t path);
/* Puts a file in the place of what stands there; NULL takes it away. */
void tree_put(struct tracer *tracer, struct tree *tree, uint32_t path, struct file_state *file);
/* Makes `tree` what `parent` is; takes its memory when no other child waits. */
void tree_follow(struct tracer *tracer, struct tree *tree, struct tree *parent);
/* The same where nobody else waits for `parent`: what it has is taken. */
void tree_replace(struct tree *tree, struct tree *parent);
void tree_release(struct tracer *tracer, struct tree *tree);
bool tree_has_ancestor(const struct tree *tree, uint32_t commit);

/* For the record of the commit under way. */
void add_deed(struct tracer *tracer, struct deed deed);
/*
 * Makes room for as many points and wordings as the known commits can have, once: arrays
 * that grow are copied.
 */
void make_known_room(struct tracer *tracer);
uint32_t point_new(struct tracer *tracer, uint32_t origin, bool heading);
/* An event that is seen in its own commit, and one that is seen in a merge. */
void point_event(struct tracer *tracer, uint32_t point, struct trace_event event);
void point_event_in(struct tracer *tracer, uint32_t point, struct trace_event event, uint32_t seen);
void point_also(struct tracer *tracer, uint32_t point, uint32_t commit);
/* Who wrote `other` wrote `point` too, all of them where several did. */
void point_also_of(struct tracer *tracer, uint32_t point, uint32_t other);
void point_wording(struct tracer *tracer, uint32_t point, uint32_t wording);
/* Adds a wording as it is; what it points to lives in the result's arena. */
uint32_t wording_add(struct tracer *tracer, const struct trace_wording *wording);
/* Adds a wording of `point`; `origins` gives the commit of each word. */
uint32_t wording_new(struct tracer *tracer, const struct trace_wording *wording,
		     const uint32_t *origins);
struct words wording_words(const struct tracer *tracer, uint32_t wording);

/* --- trace_present.c */

/* The wordings, of those known by now, that stand in a file or tree. cost: linear */
struct present present_in_file(struct arena *arena, const struct tracer *tracer,
			       const struct file_state *file);
struct present present_in_tree(struct arena *arena, const struct tracer *tracer,
			       const struct tree *tree);
bool is_present(const struct present *present, uint32_t wording);

/* --- trace_stretches.c, trace_read.c: the blocks of a changed file */

/* The part of a file that has to be read anew, and what it stands for. */
struct stretch {
	uint32_t first, last; /* entries of the old file before and behind it stay */
	size_t from, to;      /* bytes of the new text */
	/* Filled in as it is read: */
	const struct block *blocks;
	uint32_t read; /* so many */
};

struct stretches {
	struct stretch *all; /* in order, at least one; what stands between is the same */
	uint32_t count;
};

/*
 * Finds what differs between the text of `old` and another.
 * cost: linear in what differs, apart from comparing bytes.
 */
struct stretches find_stretches(struct arena *scratch, const struct file_state *old, struct str was,
				const struct trace_text *now);

/*
 * Reads a blob into a new state. What stands as in `old` keeps its wordings;
 * the rest becomes fresh, and its counterpart in `old` candidates. Without `old`
 * everything is fresh.
 * cost: linear in what differs, apart from comparing bytes.
 */
struct file_state *read_file(struct work *work, uint32_t path, uint32_t blob,
			     struct file_state *old, uint32_t parent);
/* Makes candidates of the entries from `from` up to `to`, but for known parts of the tree. */
void add_candidates(struct work *work, struct file_state *file, uint32_t path, uint32_t parent,
		    uint32_t from, uint32_t to);

/* --- what each fresh block is: asked in this order, until it is known */

/*
 * Elsewhere than beside where a block stood, common words say little: in a list that
 * says the same of many things one is not another. Weights of what both have, from
 * which they have to do with each other.
 */
enum { TELLING = 12 };

/* Between the same neighbours in the same file; beside one of them. */
bool is_in_place(const struct fresh *fresh, const struct candidate *candidate);
bool is_beside(const struct fresh *fresh, const struct candidate *candidate);

void match_exact(struct work *work);   /* trace_match.c */
void match_earlier(struct work *work); /* trace_earlier.c */
void match_similar(struct work *work); /* trace_similar.c */
void match_runs(struct work *work);    /* trace_runs.c */
void match_graves(struct work *work);  /* trace_grave.c */
void match_left(struct work *work);    /* trace_left.c */
/* Of a new block: is it a copy of what the same commit made of a point of before? */
void match_copy(struct work *work, struct fresh *fresh);

void fresh_read_words(struct work *work, struct fresh *fresh);
/* The words of a candidate's wording that go on in `fresh` are credited as there. */
void fresh_take_words(struct work *work, struct fresh *fresh, struct words from,
		      const struct trace_wording *wording, bool *consumed);
/* `fresh` is the known wording. */
void fresh_settle(struct work *work, struct fresh *fresh, uint32_t wording);
/* The block went on in the commit under way. */
bool is_taken(const struct work *work, const struct candidate *candidate);
/* The candidates that are wordings of a point, in their order; once all are there. */
const struct listed *candidates_of(struct work *work, uint32_t point, size_t *count);
/* Marks the points of the tree's blocks that are known by now. */
void mark_alive(struct work *work);
bool point_is_alive(struct work *work, uint32_t point);

/* --- trace_split.c */

/* Two points that were joined go on as the one whose words stand first, the candidate's. */
void go_on_as_first(struct work *work, struct fresh *fresh, uint32_t candidate);
/* A block that holds words of a candidate is the point itself, where it can, or a part of it. */
void go_on_as_part(struct work *work, struct fresh *fresh, uint32_t candidate);

/* --- trace_grave.c: what was known before */

/* Makes a wording known by its key; the newest comes first. */
void remember_wording(struct tracer *tracer, uint32_t wording);
uint32_t find_wording(const struct tracer *tracer, struct key key);
/* Lays the last wording of a deleted point among the graves. */
void bury(struct tracer *tracer, uint32_t wording);

/* --- trace_events.c, trace_moves.c, trace_ends.c: what happened to points */

void settle_fresh(struct work *work);
void record_moves(struct work *work);
void record_ends(struct work *work);
/* The parent that has the candidate has that wording too, as a copy or the original. */
bool stands_beside(struct work *work, const struct candidate *candidate, uint32_t wording);

/* --- trace_whose.c */

/* The event by which a point was split off another, NULL: it was not. */
const struct trace_event *split_of(const struct tracer *tracer, uint32_t point);
/* The wordings, known before, that a merge has of a point in files that a parent has otherwise. */
const struct listed *standing_of(struct work *work, uint32_t point, size_t *count);
/* The commit that joined or deleted what a candidate was: who is behind an automatic merge. */
uint32_t who_ended(struct work *work, const struct candidate *candidate,
		   const struct trace_event *end);
/* The same of what was split off. */
uint32_t who_split(struct work *work, const struct fresh *part);

/* --- trace_rows.c */

/*
 * Half of the words that a parent has of a point stand in a row in what an automatic merge
 * has.
 * out: the point that has them
 */
bool point_stands_in_row(struct work *work, uint32_t point, uint32_t *other);

/* --- trace_place.c */

const struct trace_place *place_of(struct work *work, const struct candidate *candidate);

/* --- trace_record.c, trace_replay.c: the same again without reading */

/* How a file that differs from the first parent's stands in a record. */
enum file_record {
	FILE_GONE,
	FILE_SHARED,  /* with another parent */
	FILE_CHANGED, /* between two places in the first parent's, where runs of it may stay */
	FILE_WHOLE,
};

struct trace_counts trace_counts_of(const struct tracer *tracer);
/* Gives the record of the commit to the input's keep(). */
void record_commit(struct work *work);
/* Does to points, wordings and the tree what the record says. out: false: it is none of this
 * history */
bool replay_commit(struct work *work, struct str record);

#endif
