/*
 * The three-way choice of what is taken as it is, and not merged within: who changed it
 * has the say.
 *
 * Invariant: where both changed it, what they made of it decides, not who is which side.
 */
#ifndef MERGE_SCALAR_H
#define MERGE_SCALAR_H

#include "core/str.h"

/*
 * What the side that alone changed it made of it, or what both did.
 * out: false: each made something else of it; then `out` is untouched
 */
static inline bool take_changed(struct str base, struct str ours, struct str theirs,
				struct str *out)
{
	if (str_equal(ours, base))
		*out = theirs;
	else if (str_equal(theirs, base) || str_equal(ours, theirs))
		*out = ours;
	else
		return false;
	return true;
}

/* The same; of two changes the longer, of two as long the larger in bytes. */
struct str merge_scalar(struct str base, struct str ours, struct str theirs);

/* The same of what names something, or is a value: of two changes the smaller in bytes. */
struct str merge_name(struct str base, struct str ours, struct str theirs);

/* The same of what is so or not: two changes are one. */
static inline bool merge_flag(bool base, bool ours, bool theirs)
{
	return ours == base ? theirs : ours;
}

/* Whether `whole` has it as `other` does, unless that left it as it was. */
static inline bool holds_flag(bool base, bool other, bool whole)
{
	return other == base || other == whole;
}

#endif
