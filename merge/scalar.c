#include "merge/scalar.h"

struct str merge_scalar(struct str base, struct str ours, struct str theirs)
{
	struct str changed;

	if (take_changed(base, ours, theirs, &changed))
		return changed;
	if (ours.len != theirs.len)
		return ours.len > theirs.len ? ours : theirs;
	return str_compare(ours, theirs) >= 0 ? ours : theirs;
}

struct str merge_name(struct str base, struct str ours, struct str theirs)
{
	struct str changed;

	if (take_changed(base, ours, theirs, &changed))
		return changed;
	return str_compare(ours, theirs) < 0 ? ours : theirs;
}
