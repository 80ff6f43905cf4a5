#include "merge/line_pairs.h"

#include "merge/akin.h"
#include "merge/best_pairs.h"
#include "merge/put_in.h"
#include "merge/stretches.h"

/* So many of one text are compared with those of the other, if they are no longer in all. */
enum { MOST_LINES = 64, MOST_BYTES = 1 << 16 };

/* What a line gives a value: "Weight:". A colon within a word, as in 12:30, ends no name. */
static struct str field_of(struct str line)
{
	for (size_t i = 1; i < line.len; i++)
		if (line.at[i] == ':' && (i + 1 == line.len || byte_is_blank(line.at[i + 1]) ||
					  line.at[i + 1] == '*' || line.at[i + 1] == '_'))
			return str_slice(line, 0, i);
	return (struct str){0};
}

/* How well a line of a side goes with one of the base, 0: not at all. */
static int line_fit(struct dictionary *words, struct str was, struct str is)
{
	struct str old = field_of(was), new = field_of(is);

	if (str_equal(was, is))
		return 2 * SAME;
	/* What a cell says depends on those beside it, too. */
	if (!str_equal(old, new) || str_starts(was, STR("|")))
		return 0;
	int alike = similarity(words->arena, text_words(words->arena, words, was, false),
			       text_words(words->arena, words, is, false));

	return old.len > 0 || alike >= ALIKE_SHORT ? 1 + alike : 0;
}

/* The changes of a side between the lines that it has, whatever it made of them. */
static struct spans pair_lines(struct dictionary *words, const struct tokens *base,
			       const struct tokens *side)
{
	struct arena *arena = words->arena;
	size_t pairs = (size_t)base->count * (size_t)side->count;
	int *fits = arena_array(arena, int, pairs), *fit = fits;
	int *partners = arena_array(arena, int, (size_t)base->count);

	for (int i = 0; i < base->count; i++)
		for (int j = 0; j < side->count; j++)
			*fit++ = line_fit(words, base->at[i], side->at[j]);
	best_pairs(fits, base->count, side->count, partners);
	return spans_between(arena, partners, base->count, side->count);
}

/* Whether side `s` has the lines of a region, as many, as the base has them. */
static bool left_alone(const struct three *three, const struct region *region, int s)
{
	struct tokens base = tokens_part(&three->base, region->base, region->base_end);
	struct tokens side = tokens_part(&three->side[s], region->side[s], region->side_end[s]);

	return tokens_equal(&base, &side);
}

/* Lines that both sides have, each by itself. */
static bool write_pairs(const struct text_merge *merge, struct writer *writer,
			const struct three *three, const struct region *region)
{
	for (int i = 0; i < region->base_end - region->base; i++) {
		struct region line = {.base = region->base + i, .base_end = region->base + i + 1};
		struct text_merge inner = *merge;
		struct str merged;

		for (int s = 0; s < 2; s++) {
			line.side[s] = region->side[s] + i;
			line.side_end[s] = line.side[s] + 1;
		}
		inner.base = three->base.at[line.base];
		inner.ours = three->side[0].at[line.side[0]];
		inner.theirs = three->side[1].at[line.side[1]];
		if (!merge_text(&inner, &merged))
			return false;
		writer_add(writer, merged, space_behind_region(three, &line));
	}
	return true;
}

/* One side put lines in front of those that the other took out or replaced. */
static bool write_put_in_front(struct writer *writer, const struct three *three,
			       const struct region *region)
{
	int height = region->base_end - region->base;

	for (int s = 0; s < 2; s++) {
		struct region rest = *region;

		rest.side[s] = region->side_end[s] - height;
		if (height == 0 || rest.side[s] < region->side[s] || !left_alone(three, &rest, s))
			continue;
		writer_add_tokens(writer, &three->side[s], region->side[s], rest.side[s]);
		writer_add_tokens(writer, &three->side[1 - s], region->side[1 - s],
				  region->side_end[1 - s]);
		return true;
	}
	return false;
}

static bool write_region(const struct text_merge *merge, struct writer *writer,
			 const struct three *three, const struct region *region)
{
	if (!region->changed[0] && !region->changed[1])
		return write_pairs(merge, writer, three, region);
	if (region->changed[0] && region->changed[1])
		return write_put_in_front(writer, three, region) ||
		       write_both(merge, writer, three, region);
	int s = region->changed[0] ? 0 : 1;

	if (!left_alone(three, region, 1 - s))
		return false;
	writer_add_tokens(writer, &three->side[s], region->side[s], region->side_end[s]);
	return true;
}

bool merge_line_pairs(const struct text_merge *merge, struct str *out)
{
	struct dictionary *words = merge->words;

	if (merge->base.len + merge->ours.len + merge->theirs.len > MOST_BYTES)
		return false;
	struct writer writer = {.out.arena = words->arena, .glue = STR("\n")};
	struct three three = {
		.base = tokens_of_lines(words, merge->base),
		.side = {tokens_of_lines(words, merge->ours),
			 tokens_of_lines(words, merge->theirs)},
		.of_lines = true,
	};

	for (int s = 0; s < 2; s++)
		if (three.base.count > MOST_LINES || three.side[s].count > MOST_LINES)
			return false;
	for (int s = 0; s < 2; s++)
		three.spans[s] = pair_lines(words, &three.base, &three.side[s]);
	part_same_additions(words->arena, &three);
	struct regions regions = diff_regions(words->arena, three.base.count, three.spans[0],
					      three.spans[1], 0, NULL);

	for (int i = 0; i < regions.count; i++)
		if (!write_region(merge, &writer, &three, &regions.at[i]))
			return false;
	*out = buf_str(&writer.out);
	return true;
}
