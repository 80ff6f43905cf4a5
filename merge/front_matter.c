#include "merge/front_matter.h"

#include "core/meta.h"
#include "merge/merge_yaml.h"
#include "merge/scalar.h"
#include "merge/words.h"

static struct str first_line(struct str front)
{
	return str_slice(front, 0, str_find_byte(front, '\n', 0) + 1);
}

/* Is it still one, and is no key in it twice? */
static bool is_sound(struct arena *arena, struct str front)
{
	struct meta_doc doc;
	err e = meta_read(arena, doc_front_inner(front), "", &doc);

	err_free(e);
	return e == NULL;
}

/* A title with a colon in it is no YAML, and what people write all the same. */
static struct str merge_as_lines(struct arena *arena, struct str base, struct str ours,
				 struct str theirs)
{
	struct dictionary words = {.arena = arena};
	struct text_merge merge = {.words = &words, .base = base, .ours = ours, .theirs = theirs};
	struct str merged;

	return merge_text(&merge, &merged) ? merged : merge_lines_keeping_both(&merge);
}

struct str merge_front_matter(struct arena *arena, struct str base, struct str ours,
			      struct str theirs)
{
	struct str bar = first_line(ours), other = first_line(theirs), merged;
	struct dictionary words = {.arena = arena};
	struct text_merge whole = {.words = &words, .base = base, .ours = ours, .theirs = theirs};

	if (ours.len == 0 || theirs.len == 0)
		return merge_scalar(base, ours, theirs);
	if (merge_text(&whole, &merged) && is_sound(arena, merged))
		return merged;
	merged = merge_yaml(arena, doc_front_inner(base), doc_front_inner(ours),
			    doc_front_inner(theirs));
	if (!merged.at)
		merged = merge_as_lines(arena, doc_front_inner(base), doc_front_inner(ours),
					doc_front_inner(theirs));
	if (str_compare(other, bar) < 0)
		bar = other;
	return str_printf(arena, "%.*s%.*s%.*s", STR_ARGS(bar), STR_ARGS(merged), STR_ARGS(bar));
}
