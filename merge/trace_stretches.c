/*
 * Which parts of a note have to be read anew: what differs from an earlier text of
 * it, line by line, each part widened to where reading may begin and end.
 */
#include <string.h>

#include "merge/diff.h"
#include "merge/trace_inside.h"

/* What a heading or bullet takes to be known as one: a change so near may undo it. */
enum { SEAM_BYTES = 8 };

enum {
	LARGE = 8,	/* blocks from which it is worth looking for what stays inside */
	LEAST_KEPT = 4, /* blocks in a row that are worth keeping */
};

/* The first entry that begins at or behind byte `offset`. */
static uint32_t entry_from(const struct file_state *file, size_t offset)
{
	uint32_t low = 0, high = file->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (file->entries[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * A heading or a bullet at the very start of a line, with text: whatever stands
 * before it, a fence or html aside, is closed there, so reading may begin or end.
 */
static bool is_seam(struct str text, const struct trace_entry *entry)
{
	size_t at = entry->offset;

	if (entry->hash == 0 || (at > 0 && text.at[at - 1] != '\n'))
		return false;
	if (text.at[at] == '#')
		while (at < text.len && text.at[at] == '#')
			at++;
	else if (strchr("-*+", text.at[at]))
		at++;
	else
		return false;
	return at + 1 < text.len && text.at[at] == ' ' && !strchr(" \t\r\n", text.at[at + 1]);
}

/* The two texts, what was read of the first, and the bytes that both begin and end with. */
struct versions {
	const struct file_state *old;
	struct str was, now;
	size_t start, end;
};

static struct versions compare_versions(const struct file_state *old, struct str was,
					const struct trace_text *now)
{
	size_t most = was.len < now->text.len ? was.len : now->text.len;
	struct versions texts = {old, was, now->text, now->same_start, now->same_end};

	if (now->compared && now->beside == old->blob && texts.start + texts.end <= most)
		return texts;
	str_common_ends(was, now->text, &texts.start, &texts.end);
	return texts;
}

/* All that differs, as one stretch. */
static struct stretch outer_stretch(const struct versions *texts)
{
	const struct file_state *old = texts->old;
	struct str was = texts->was, now = texts->now;
	size_t start = texts->start, end = texts->end;
	struct stretch stretch = {.last = old->count, .to = now.len};
	uint32_t first = start > SEAM_BYTES ? entry_from(old, start - SEAM_BYTES) : 0, last;

	while (first > 0 && !is_seam(was, &old->entries[first - 1]))
		first--;
	if (first > 0) {
		stretch.first = first - 1;
		stretch.from = old->entries[first - 1].offset;
	}
	last = entry_from(old, was.len - end);
	if (last < stretch.first)
		last = stretch.first;
	while (last < old->count && !is_seam(was, &old->entries[last]))
		last++;
	if (last < old->count) {
		stretch.last = last;
		stretch.to = now.len - (was.len - old->entries[last].offset);
	}
	return stretch;
}

/* --- what stays inside ------------------------------------------------------ */

/* The lines of a part of a text: where each begins, one more for the end, and its number. */
struct lines {
	size_t *starts;
	uint32_t *numbers;
	int count;
};

static struct lines split_lines(struct arena *scratch, struct str text, size_t from, size_t to)
{
	struct str rest = str_slice(text, from, to), line;
	struct lines lines = {0};
	size_t count = 0, room = 0;

	do {
		arena_push(scratch, lines.starts, count, room);
		lines.starts[count++] = (size_t)(rest.at - text.at);
	} while (str_next_line(&rest, &line));
	lines.count = (int)count - 1;
	lines.numbers = arena_array(scratch, uint32_t, count);
	return lines;
}

/* Equal lines get equal numbers: that of the first of them, over both texts. */
struct line_table {
	struct str *lines; /* by number */
	uint32_t *slots;   /* number + 1 */
	uint32_t count, mask;
};

static void number_lines(struct line_table *table, struct str text, struct lines *lines)
{
	for (int i = 0; i < lines->count; i++) {
		struct str line = str_slice(text, lines->starts[i], lines->starts[i + 1]);
		uint32_t at = (uint32_t)hash_bytes(line) & table->mask;

		while (table->slots[at] && !str_equal(table->lines[table->slots[at] - 1], line))
			at = (at + 1) & table->mask;
		if (table->slots[at] == 0) {
			table->lines[table->count] = line;
			table->slots[at] = ++table->count;
		}
		lines->numbers[i] = table->slots[at] - 1;
	}
}

static void number_both(struct arena *scratch, const struct versions *texts, struct lines *was,
			struct lines *now)
{
	uint32_t most = (uint32_t)(was->count + now->count), slots = 16;

	while (slots < 2 * most)
		slots *= 2;

	struct line_table table = {
		.lines = arena_array(scratch, struct str, most),
		.slots = arena_array(scratch, uint32_t, slots),
		.mask = slots - 1,
	};

	number_lines(&table, texts->was, was);
	number_lines(&table, texts->now, now);
}

/*
 * Ends the last stretch before lines that are in both texts and begins another behind
 * them; both at seams, for what stands between to mean the same as it did.
 */
static void cut_at(const struct versions *texts, size_t was, size_t was_end, size_t now,
		   struct stretches *out)
{
	const struct file_state *old = texts->old;
	struct stretch *before = &out->all[out->count - 1];
	uint32_t first = entry_from(old, was), last = entry_from(old, was_end);

	while (first < last && !is_seam(texts->was, &old->entries[first]))
		first++;
	while (last > first && !is_seam(texts->was, &old->entries[last - 1]))
		last--;
	if (last <= first + LEAST_KEPT)
		return;
	out->all[out->count++] = (struct stretch){
		.first = last - 1,
		.last = before->last,
		.from = now + (old->entries[last - 1].offset - was),
		.to = before->to,
	};
	before->last = first;
	before->to = now + (old->entries[first].offset - was);
}

static void cut_stretch(struct arena *scratch, const struct versions *texts, struct stretches *out)
{
	const struct file_state *old = texts->old;
	struct stretch outer = out->all[0];
	size_t was_from = outer.first ? old->entries[outer.first].offset : 0;
	size_t was_to = outer.last < old->count ? old->entries[outer.last].offset : texts->was.len;
	struct lines was = split_lines(scratch, texts->was, was_from, was_to);
	struct lines now = split_lines(scratch, texts->now, outer.from, outer.to);
	int was_line = 0, now_line = 0;

	number_both(scratch, texts, &was, &now);

	struct spans spans = diff_numbers(scratch, (struct numbers){was.numbers, was.count},
					  (struct numbers){now.numbers, now.count});

	out->all = arena_array(scratch, struct stretch, (size_t)spans.count + 2);
	out->all[0] = outer;
	for (int i = 0; i <= spans.count; i++) {
		int end = i < spans.count ? spans.at[i].a : was.count;

		if (end > was_line)
			cut_at(texts, was.starts[was_line], was.starts[end], now.starts[now_line],
			       out);
		if (i < spans.count) {
			was_line = spans.at[i].a_end;
			now_line = spans.at[i].b_end;
		}
	}
}

/* With or without the mark of byte order. */
static bool may_have_front(struct str text)
{
	return str_starts(text, STR("---")) || str_starts(text, STR("\xEF\xBB\xBF---"));
}

/* Where front matter ends, no seam tells: the line that ends it must be among what is the same. */
static bool front_may_differ(const struct versions *texts)
{
	struct str rest = str_slice(texts->was, 0, texts->start), line;

	if (!may_have_front(texts->was) && !may_have_front(texts->now))
		return false;
	str_next_line(&rest, &line);
	while (str_next_line(&rest, &line) && str_ends(line, STR("\n"))) {
		line = str_trim_right(line);
		if (str_equal(line, STR("---")) || str_equal(line, STR("...")))
			return false;
	}
	return true;
}

struct stretches find_stretches(struct arena *scratch, const struct file_state *old, struct str was,
				const struct trace_text *now)
{
	struct stretches out = {.all = arena_new(scratch, struct stretch), .count = 1};

	out.all[0] = (struct stretch){.last = old->count, .to = now->text.len};
	/* The old text cannot be read any more. */
	if (old->count && old->entries[old->count - 1].offset >= was.len)
		return out;

	struct versions texts = compare_versions(old, was, now);

	if (front_may_differ(&texts))
		return out;
	out.all[0] = outer_stretch(&texts);
	if (out.all[0].last - out.all[0].first >= LARGE)
		cut_stretch(scratch, &texts, &out);
	return out;
}
