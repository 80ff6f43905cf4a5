/*
 * The points of the notes with who wrote, changed and said them: what audit, who
 * and show are made from.
 *
 * Invariant: "written by" comes from what was recorded, "said by" from the text;
 * neither is ever inferred from the other.
 */
#ifndef CMD_ATTRIBUTION_H
#define CMD_ATTRIBUTION_H

#include "cmd/history_trace.h"
#include "cmd/notes.h"
#include "core/people.h"
#include "core/signatures.h"
#include "core/speaker.h"
#include "merge/trace_listing.h"

/* A point that stands in the notes, or that was deleted. */
struct attributed {
	const struct workshop *workshop;  /* NULL: of a deleted one, when its folder is gone too */
	struct str folder, file, section; /* empty: of a deleted one, when that is not known */
	uint32_t line;			  /* 0: not known */
	struct str id, text;
	const struct point *point;	     /* NULL: deleted */
	const struct trace_point *trace;     /* NULL: not traced */
	const struct trace_wording *wording; /* the latest; NULL: not traced */
	/* By which its words went: the last that happened to the point, unless this came back
	 * in other words. NULL: it stands. */
	const struct trace_event *deletion;
	/* How many words more `text` begins with than the wording: "##", "Person 1" for "Omar". */
	int32_t marks;
	struct speakers speakers;
};

enum trust { TRUST_DECLARED, TRUST_VERIFIED, TRUST_DISPUTED };

struct attribution {
	struct notes notes;
	struct points points;
	struct history_trace history;
	struct people people;
	struct signatures signatures;
	struct person **authors;    /* by commit number; NULL: nobody is credited. NULL as a
					     whole: not traced */
	enum trust *trusts;	    /* by commit number, once names are hidden in JSON; else NULL */
	struct str *signs;	    /* of people.all, in order */
	struct roster **rosters;    /* by workshop, and one for what stands in none; made
					     by attribution_roster() */
	struct attributed *all;	    /* as points.all */
	struct attributed *deleted; /* by file, line, text; attribution_find_deleted() */
	size_t deleted_count;
	/* By point of the trace: the first as which it stands; attribution_find_deleted() */
	const struct attributed **standing;
	struct listing joined; /* under a point those that went into it; point_events_of() */
	bool joined_is_known;
	bool pseudonyms;
};

/* Reads and traces everything; to be closed, on failure too. Warns of what makes it less sure. */
err attribution_open(struct app *app, struct attribution *out) ERR_MUST_CHECK;
/*
 * The same of notes that have been read, which it takes over (`notes` is empty afterwards),
 * and without the history, which most of the time goes for: nobody is known to have
 * written anything, and all whom .mailmap names may speak. attribution_trace() adds who
 * wrote what, once; all that points into `attribution` stays.
 */
void attribution_untraced(struct app *app, struct notes *notes, struct attribution *out);
err attribution_trace(struct app *app, struct attribution *attribution) ERR_MUST_CHECK;
void attribution_close(struct attribution *attribution);
/* Finds the points that no longer stand in their words, where they last stood. */
void attribution_find_deleted(struct app *app, struct attribution *attribution);
/* As which point a deleted one stands again in other words, NULL: it does not. */
const struct attributed *stands_again_as(const struct attribution *attribution,
					 const struct attributed *deleted);
/* Puts "Person 1"… in the place of every name, in the beginnings of texts too. */
void attribution_hide_names(struct app *app, struct attribution *attribution);

/* Who may speak in a workshop (NULL: in none). */
struct roster *attribution_roster(struct app *app, struct attribution *attribution,
				  const struct workshop *workshop);

/* The only contributor who goes by that whole name, NULL: none, or several. */
const struct person *contributor_named(struct arena *arena, const struct attribution *attribution,
				       struct str name);
/* The author of a commit number, NULL: nobody is credited. */
struct person *author_of(const struct attribution *attribution, uint32_t commit);
/* The commit of a number, NULL: what is saved and not recorded, or nobody's. */
const struct history_commit *recorded_commit(const struct attribution *attribution,
					     uint32_t commit);

/*
 * Is a commit recorded under a name that its person is not known by? Then a file
 * joins the address to somebody else's.
 */
bool is_joined_to_another(struct arena *arena, const struct attribution *attribution,
			  uint32_t commit);
/*
 * Checks the signatures, which trust_of() goes by: before it, and before names are hidden;
 * until then there are none. Tells where they could not all be checked.
 * cost: a process for each signed version
 */
err attribution_read_signatures(struct app *app, struct attribution *attribution) ERR_MUST_CHECK;
/* How far the name on a commit can be relied on. */
enum trust trust_of(struct arena *arena, const struct attribution *attribution, uint32_t commit);
/* "declared", "verified", "disputed"; never translated. */
const char *trust_name(enum trust trust);

/* Is point `index` of `all` a wording of the point before, which people changed differently? */
bool is_another_wording(const struct attribution *attribution, size_t index);

/* Words of a point that one person brought in. */
struct word_share {
	struct person *person; /* NULL: nobody is credited */
	uint32_t count;
};

struct word_shares {
	struct word_share *all; /* most words first, then by address */
	size_t count, room;
};

struct word_shares word_shares_of(struct arena *arena, const struct attribution *attribution,
				  const struct attributed *point);
/* The words of a wording as the trace has them, one space between. */
struct str wording_text(struct arena *arena, const struct trace *trace,
			const struct trace_wording *wording);
/* The commit that brought in word `index` of a point's text, TRACE_NONE: not known. */
uint32_t text_word_commit(const struct attributed *point, uint32_t index);
/*
 * Takes the next word of a text as the trace counts them: no-break spaces end one.
 * out: false once none is left
 */
bool next_traced_word(struct str *rest, struct str *word);
uint32_t traced_word_count(struct str text);

#endif
