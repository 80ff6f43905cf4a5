/*
 * Ideas that are said several times: what one run of `atelier duplicates` was
 * asked for, and how a group of them is told.
 */
#ifndef CMD_DUPLICATES_H
#define CMD_DUPLICATES_H

#include "cmd/alike_notes.h"
#include "cmd/app.h"

/* What one run was asked for. */
struct duplicates {
	struct app *app;
	struct numbered *numbered; /* sections of which the sets of wordings are known */
	struct alike_notes notes;
	enum alike_level least;
	bool contradictions;
	const bool *marks; /* NULL: whenever */
	size_t shown;
	uint32_t *starts;     /* by wording: where its points begin in `of_wording` */
	uint32_t *of_wording; /* points, by wording, then by place */
};

/* The points of a group, those of its first wording first. */
struct group_points {
	uint32_t *at;
	size_t count;
};

static inline const struct attributed *duplicates_point(const struct duplicates *duplicates,
							uint32_t number)
{
	return duplicates->notes.points[number];
}

/* A level as people read it. */
const char *duplicates_level_shown(enum alike_level level);
/* One group, with why it is taken for one: in words, or as a record for programs. */
void duplicates_print_group(struct duplicates *duplicates, const struct idea_group *group,
			    const struct group_points *points);
void duplicates_print_json(struct duplicates *duplicates, const struct idea_group *group,
			   const struct group_points *points);

#endif
