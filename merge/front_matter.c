#include "merge/front_matter.h"

#include "core/doc.h"
#include "merge/merge_yaml.h"
#include "merge/scalar.h"
#include "merge/words.h"

static struct str first_line(struct str front)
{
	return str_slice(front, 0, str_find_byte(front, '\n', 0) + 1);
}

/* A title with a colon in it is no YAML, and what people write all the same. */
static struct str merge_as_lines(struct arena *arena, struct str base, struct str ours,
				 struct str theirs)
{
	struct dictionary words = {.arena = arena};
	struct text_merge merge = {.words = &words, .base = base, .ours = ours, .theirs = theirs};
	struct text_merge by_lines = merge;
	struct str merged;

	by_lines.by_lines_only = true;
	if (merge_text(&merge, &merged) || merge_text(&by_lines, &merged))
		return merged;
	return merge_lines_keeping_both(&merge);
}

struct str merge_front_matter(struct arena *arena, struct str base, struct str ours,
			      struct str theirs)
{
	struct str bar = first_line(ours), other = first_line(theirs), merged;

	if (ours.len == 0 || theirs.len == 0)
		return merge_scalar(base, ours, theirs);
	merged = merge_yaml(arena, doc_front_inner(base), doc_front_inner(ours),
			    doc_front_inner(theirs));
	if (!merged.at)
		merged = merge_as_lines(arena, doc_front_inner(base), doc_front_inner(ours),
					doc_front_inner(theirs));
	if (str_compare(other, bar) < 0)
		bar = other;
	return str_printf(arena, "%.*s%.*s%.*s", STR_ARGS(bar), STR_ARGS(merged), STR_ARGS(bar));
}
