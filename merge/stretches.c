#include "merge/stretches.h"

#include "merge/hold.h"
#include "merge/scalar.h"
#include "merge/similar.h"
#include "merge/tally.h"
#include "merge/twice.h"

/* The white space that a text ends with. */
static struct str last_space(const struct tokens *tokens)
{
	if (tokens->count == 0)
		return (struct str){0};
	return token_space(tokens, tokens->count - 1);
}

void writer_add(struct writer *writer, struct str text, struct str space)
{
	if (writer->any)
		buf_add(&writer->out, writer->space.len ? writer->space : writer->glue);
	buf_add(&writer->out, text);
	writer->space = space;
	writer->any = true;
}

void writer_add_tokens(struct writer *writer, const struct tokens *tokens, int from, int to)
{
	if (from < to)
		writer_add(writer, tokens_text(tokens, from, to), token_space(tokens, to - 1));
}

/*
 * The space behind a word that the base has too. That the side goes on no further says
 * nothing of it: what the other still has there stands behind the base's.
 */
static struct str space_behind(const struct tokens *side, int at, struct str base)
{
	return at + 1 < side->count ? token_space(side, at) : base;
}

/* The space behind word `base` of the base, which stands in the sides as word `at`. */
static struct str merge_space(const struct three *three, int base, const int at[2])
{
	struct str space = token_space(&three->base, base);

	return merge_scalar(space, space_behind(&three->side[0], at[0], space),
			    space_behind(&three->side[1], at[1], space));
}

/* What nobody changed but for the space between the words. */
static void write_common(struct writer *writer, const struct three *three,
			 const struct region *region)
{
	for (int i = region->base; i < region->base_end; i++) {
		const int at[2] = {region->side[0] + i - region->base,
				   region->side[1] + i - region->base};

		writer_add_tokens(writer, &three->base, i, i + 1);
		writer->space = merge_space(three, i, at);
	}
}

bool stands_in_all(const struct region *region)
{
	return region->base < region->base_end && region->side[0] < region->side_end[0] &&
	       region->side[1] < region->side_end[1];
}

struct str space_behind_region(const struct three *three, const struct region *region)
{
	const int last[2] = {region->side_end[0] - 1, region->side_end[1] - 1};

	return merge_space(three, region->base_end - 1, last);
}

/* The words of one side; the space behind them is that of whoever changed it. */
static void write_side(struct writer *writer, const struct three *three,
		       const struct region *region, int s)
{
	writer_add_tokens(writer, &three->side[s], region->side[s], region->side_end[s]);
	if (stands_in_all(region))
		writer->space = space_behind_region(three, region);
}

/* What stands behind a colon is its value, and two values are not one. */
static bool ends_with_colon(const struct tokens *base)
{
	struct str last = base->count ? base->at[base->count - 1] : (struct str){0};

	while (str_ends(last, STR("*")) || str_ends(last, STR("_")))
		last.len--;
	return str_ends(last, STR(":"));
}

static bool at_very_end(const struct three *three, const struct region *region)
{
	return region->base == three->base.count && region->side_end[0] == three->side[0].count &&
	       region->side_end[1] == three->side[1].count;
}

/*
 * Whether what both put in at one point may stand one behind the other: lines, and what
 * ends the text.
 */
static bool may_follow(const struct three *three, const struct region *region)
{
	struct tokens before = tokens_part(&three->base, 0, region->base);

	return region->base == region->base_end &&
	       (three->of_lines || at_very_end(three, region)) && !ends_with_colon(&before);
}

static struct str text_of(const struct tokens *tokens)
{
	return tokens_text(tokens, 0, tokens->count);
}

/* The side whose text is smaller in bytes comes first, whichever of the two it is called. */
static int smaller_of(const struct tokens side[2])
{
	return str_compare(text_of(&side[0]), text_of(&side[1])) <= 0 ? 0 : 1;
}

/* Whether two texts say the same in other words. */
static bool are_alike(struct dictionary *words, const struct tokens side[2])
{
	struct tokens a = tokens_of_words(words, text_of(&side[0]));
	struct tokens b = tokens_of_words(words, text_of(&side[1]));

	return similarity(words->arena, tokens_numbers(&a), tokens_numbers(&b)) >= TWICE_ALIKE;
}

/* Takes note of words that the other side took out, and that stay as side `s` has edited them. */
static void note_edit(const struct text_merge *merge, const struct tokens *base,
		      const struct tokens side[2], int s)
{
	const struct tokens texts[TALLIED_TEXTS] = {*base, side[1 - s], side[s]};

	if (merge->edit_kept && !merge->edit_kept->len && words_come_back(texts))
		*merge->edit_kept = text_of(&side[s]);
}

bool write_both(const struct text_merge *merge, struct writer *writer, const struct three *three,
		const struct region *region)
{
	struct tokens base = tokens_part(&three->base, region->base, region->base_end);
	struct tokens side[2];

	for (int s = 0; s < 2; s++)
		side[s] = tokens_part(&three->side[s], region->side[s], region->side_end[s]);
	for (int s = 0; s < 2; s++)
		if (is_subsequence(tokens_numbers(&side[1 - s]), tokens_numbers(&side[s])) &&
		    !tokens_undo(&base, &side[1 - s], &side[s])) {
			note_edit(merge, &base, side, s);
			write_side(writer, three, region, s);
			return true;
		}
	bool may_be_alike = merge->keeps_alike && three->of_lines;
	if (!merge->keeps_both &&
	    (!may_follow(three, region) || (!may_be_alike && are_alike(merge->words, side))))
		return false;
	int first = smaller_of(side);
	write_side(writer, three, region, first);
	write_side(writer, three, region, 1 - first);
	return true;
}

bool write_same(const struct text_merge *merge, struct writer *writer, const struct three *three,
		const struct region *region)
{
	struct tokens side[2];

	(void)merge;
	for (int s = 0; s < 2; s++)
		side[s] = tokens_part(&three->side[s], region->side[s], region->side_end[s]);
	if (!tokens_equal(&side[0], &side[1]))
		return false;
	write_side(writer, three, region, 0);
	return true;
}

static bool has_entry(const struct tokens *entries, uint32_t id)
{
	for (int i = 0; i < entries->count; i++)
		if (entries->ids[i] == id)
			return true;
	return false;
}

/* How many entries there are that neither of two others has. */
static int count_alone(const struct tokens *of, const struct tokens *x, const struct tokens *y)
{
	int count = 0;

	for (int i = 0; i < of->count; i++)
		count += !has_entry(x, of->ids[i]) && !has_entry(y, of->ids[i]);
	return count;
}

/* Of two that are called the same, nothing tells which one somebody took out. */
static bool has_twice(const struct tokens *entries)
{
	for (int i = 0; i < entries->count; i++) {
		struct tokens before = tokens_part(entries, 0, i);

		if (has_entry(&before, entries->ids[i]))
			return true;
	}
	return false;
}

/* Those of a side that stay or are new; of the second side only what the first does not have. */
static void write_staying(struct writer *writer, const struct tokens *base,
			  const struct tokens *side, const struct tokens *other, bool first)
{
	for (int i = 0; i < side->count; i++) {
		uint32_t id = side->ids[i];
		bool in_other = has_entry(other, id);

		if (first ? in_other || !has_entry(base, id) : !in_other && !has_entry(base, id))
			writer_add_tokens(writer, side, i, i + 1);
	}
}

bool write_entries(const struct text_merge *merge, struct writer *writer, const struct three *three,
		   const struct region *region)
{
	enum { MOST_ENTRIES = 256 };
	struct tokens base = tokens_part(&three->base, region->base, region->base_end);
	struct tokens side[2];

	if (base.count == 0)
		return write_both(merge, writer, three, region);
	for (int s = 0; s < 2; s++) {
		side[s] = tokens_part(&three->side[s], region->side[s], region->side_end[s]);
		if (side[s].count > MOST_ENTRIES || base.count > MOST_ENTRIES ||
		    has_twice(&side[s]))
			return false;
	}
	int alone[2] = {count_alone(&side[0], &base, &side[1]),
			count_alone(&side[1], &base, &side[0])};
	/* Each has another in place of one. */
	if (count_alone(&base, &side[0], &side[1]) && alone[0] && alone[1])
		return false;
	int first = smaller_of(side);

	/* Who has all that is new has put it in order already. */
	if (alone[first] == 0 && alone[1 - first])
		first = 1 - first;
	write_staying(writer, &base, &side[first], &side[1 - first], true);
	write_staying(writer, &base, &side[1 - first], &side[first], false);
	return true;
}

bool write_regions(const struct text_merge *merge, struct writer *writer, const struct three *three,
		   const struct regions *regions, write_changed *both)
{
	for (int i = 0; i < regions->count; i++) {
		const struct region *region = regions->at + i;

		if (!region->changed[0] && !region->changed[1])
			write_common(writer, three, region);
		else if (!region->changed[0] || !region->changed[1])
			write_side(writer, three, region, region->changed[0] ? 0 : 1);
		else if (!both(merge, writer, three, region))
			return false;
	}
	buf_add(&writer->out, merge_scalar(last_space(&three->base), last_space(&three->side[0]),
					   last_space(&three->side[1])));
	return true;
}
