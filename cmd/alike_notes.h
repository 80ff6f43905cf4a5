/*
 * The points of the notes as a collection of wordings, with what people decided
 * about them: what duplicates, add, sync and the synthesis ask.
 */
#ifndef CMD_ALIKE_NOTES_H
#define CMD_ALIKE_NOTES_H

#include "cmd/attribution.h"
#include "cmd/verdicts.h"

/* A verdict that concerns points that stand in the notes. */
struct held_verdict {
	const struct noted_verdict *noted;
	bool reworded; /* a point has been reworded since */
};

struct alike_notes {
	struct attribution attribution;
	bool *chosen;			  /* by workshop: was asked for */
	const struct attributed **points; /* those that were asked for, by file and line */
	struct str *texts;		  /* of the points, without who said it */
	size_t count;
	enum language language;
	struct collection *collection; /* of `texts` */
	struct verdicts verdicts;
	err unread; /* why ideas.yml could not be read; NULL: it was, or is not there */
	struct verdict *decided; /* those that hold, about wordings of the collection */
	struct held_verdict *held;
	size_t decided_count;
	uint32_t *times; /* by wording: how many points have it */
};

/*
 * Reads the notes, their history and ideas.yml. `workshops`: names of those that
 * are asked for, none: all. To be closed, on failure too.
 */
err alike_notes_open(struct app *app, char **workshops, size_t count,
		     struct alike_notes *out) ERR_MUST_CHECK;
/* The same of notes that have been read, all of them, as attribution_untraced() has them. */
err alike_notes_untraced(struct app *app, struct notes *notes,
			 struct alike_notes *out) ERR_MUST_CHECK;
void alike_notes_close(struct alike_notes *notes);

/* The point's words without who said them: "Aymeric : …", "MB via le chat : …". */
struct str text_without_speaker(const struct attributed *point);

/*
 * The ideas of the notes, at `least` that level; says what keeps verdicts from counting. What was
 * compared is kept beside git's own files and not compared again; a clone that cannot be written to
 * forgets.
 */
struct ideas alike_notes_ideas(struct app *app, struct alike_notes *notes, enum alike_level least);

#endif
