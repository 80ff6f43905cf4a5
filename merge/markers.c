#include "merge/markers.h"

#include "core/doc.h"
#include "merge/tokens.h"

/* Of more, a text is not taken apart. */
enum { MOST_CONFLICTS = 256 };

/* Numbers of the lines of one conflict that git wrote. */
struct conflict {
	int begin;  /* <<<<<<< */
	int ours;   /* behind the last line of ours: ||||||| or the middle */
	int middle; /* ======= */
	int end;    /* >>>>>>> */
	bool split; /* both texts changed what it stands around */
};

struct conflicts {
	struct conflict *at;
	size_t count, room;
};

/* The text with conflicts, beside the base and the other one, by lines. */
struct marked {
	struct tokens base, lines, other;
	uint32_t of_base;	      /* the largest number of a line of the base */
	struct spans changes, others; /* what the text and the other made of the base */
	uint8_t *versions; /* by number of a line: which of a conflict's have it, a bit each */
};

static bool is_mark(struct str line, char byte)
{
	enum { MARK_BYTES = 7 };
	size_t run = 0;

	line = str_trim_right(line);
	while (run < line.len && line.at[run] == byte)
		run++;
	return run == MARK_BYTES && (line.len == run || line.at[run] == ' ');
}

/* By line, whether it stands in a fence. */
static const bool *find_fenced(struct arena *arena, struct str text, const struct tokens *lines)
{
	bool *fenced = arena_array(arena, bool, (size_t)lines->count + 1);
	struct doc doc = doc_read(arena, text);
	int line = 0;

	for (size_t i = 0; i < doc.count; i++) {
		const struct block *block = doc.blocks + i;

		while (line < lines->count && lines->at[line].at < block->raw.at)
			line++;
		for (; line < lines->count && lines->at[line].at < block->raw.at + block->raw.len;
		     line++)
			fenced[line] = block->kind == BLOCK_FENCE;
	}
	return fenced;
}

static struct conflicts find_conflicts(struct arena *arena, const struct tokens *lines,
				       const bool *fenced)
{
	const struct conflict none = {-1, -1, -1, -1, false};
	struct conflict open = none;
	struct conflicts found = {0};

	for (int i = 0; i < lines->count; i++) {
		struct str line = lines->at[i];

		if (fenced[i])
			continue;
		if (is_mark(line, '<')) {
			open = none;
			open.begin = i;
		} else if (open.begin >= 0 && open.ours < 0 && is_mark(line, '|')) {
			open.ours = i;
		} else if (open.begin >= 0 && open.middle < 0 && is_mark(line, '=')) {
			open.middle = i;
			open.ours = open.ours < 0 ? i : open.ours;
		} else if (open.middle >= 0 && is_mark(line, '>')) {
			open.end = i;
			arena_push(arena, found.at, found.count, found.room);
			found.at[found.count++] = open;
			open = none;
		}
	}
	return found;
}

/* The lines [from, end) with their line ends. */
static struct str lines_text(const struct tokens *lines, int from, int end)
{
	struct str text = tokens_text(lines, from, end);

	text.len += token_space(lines, end - 1).len;
	return text;
}

/* A part of the base, and whether the text changed it. */
struct stretch {
	int from, end;
	bool changed;
};

/* What of the base became lines [from, end). */
static struct stretch stretch_of(const struct spans *changes, int from, int end)
{
	struct stretch stretch = {from, end, false};

	for (int i = 0; i < changes->count; i++) {
		const struct span *span = changes->at + i;

		stretch.changed = stretch.changed || (span->b < end && span->b_end > from);
		if (span->b_end <= from)
			stretch.from = from - span->b_end + span->a_end;
		else if (span->b <= from)
			stretch.from = span->a;
		if (span->b_end <= end)
			stretch.end = end - span->b_end + span->a_end;
		else if (span->b < end)
			stretch.end = span->a_end;
	}
	return stretch;
}

/* Its paragraphs or lists as a whole, and the blank lines around: what is added is near. */
static struct stretch widen(struct stretch stretch, const struct tokens *base)
{
	while (stretch.from > 0 && !str_is_blank(base->at[stretch.from - 1]))
		stretch.from--;
	while (stretch.from > 0 && str_is_blank(base->at[stretch.from - 1]))
		stretch.from--;
	while (stretch.end < base->count && !str_is_blank(base->at[stretch.end]))
		stretch.end++;
	while (stretch.end < base->count && str_is_blank(base->at[stretch.end]))
		stretch.end++;
	return stretch;
}

/* Whether the other text changed the stretch, but for writing what one of the versions has. */
static bool is_changed_by_other(const struct marked *marked, const struct stretch *stretch)
{
	bool touched = false, wrote = false;
	uint8_t holders = UINT8_MAX;

	for (int i = 0; i < marked->others.count; i++) {
		const struct span *span = marked->others.at + i;

		if (span->a > stretch->end || span->a_end < stretch->from)
			continue;
		touched = true;
		for (int line = span->b; line < span->b_end; line++)
			if (!str_is_blank(marked->other.at[line])) {
				wrote = true;
				holders &= marked->versions[marked->other.ids[line]];
			}
	}
	return touched && !(wrote && holders);
}

/* Notes that a version has the lines; 0: that none has. */
static void mark_lines(struct marked *marked, int from, int end, uint8_t version)
{
	for (int i = from; i < end; i++) {
		uint8_t *versions = &marked->versions[marked->lines.ids[i]];

		*versions = version ? *versions | version : 0;
	}
}

/* Whether what git shows of the base says no more than the base does. */
static bool shows_the_base(const struct marked *marked, const struct conflict *conflict)
{
	for (int i = conflict->ours + 1; i < conflict->middle; i++)
		if (marked->lines.ids[i] > marked->of_base && !str_is_blank(marked->lines.at[i]))
			return false;
	return true;
}

/*
 * Whether both texts changed what a conflict stands around. Who has all of it, or took
 * one of its versions, brings nothing to choose from: then it stays as it was recorded.
 */
static bool is_to_split(struct marked *marked, const struct conflict *conflict, struct str other)
{
	enum { NEITHER = 0, FIRST = 1, SECOND = 2 };
	struct stretch stretch = stretch_of(&marked->changes, conflict->begin, conflict->end + 1);

	if (!stretch.changed || !shows_the_base(marked, conflict) ||
	    str_contains(other, lines_text(&marked->lines, conflict->begin, conflict->end)))
		return false;
	stretch = widen(stretch, &marked->base);
	mark_lines(marked, conflict->begin + 1, conflict->ours, FIRST);
	mark_lines(marked, conflict->middle + 1, conflict->end, SECOND);
	bool changed = is_changed_by_other(marked, &stretch);

	mark_lines(marked, conflict->begin, conflict->end, NEITHER);
	return changed;
}

static void add_lines(struct buf *out, const struct tokens *lines, int from, int end)
{
	if (from < end)
		buf_add(out, lines_text(lines, from, end));
}

/* The text with one version of each conflict that is split. */
static struct str version_of(struct arena *arena, const struct tokens *lines,
			     const struct conflicts *conflicts, int version)
{
	struct buf out = {.arena = arena};
	int next = 0;

	for (size_t i = 0; i < conflicts->count; i++) {
		const struct conflict *conflict = conflicts->at + i;

		if (!conflict->split)
			continue;
		add_lines(&out, lines, next, conflict->begin);
		if (version == 0)
			add_lines(&out, lines, conflict->begin + 1, conflict->ours);
		else
			add_lines(&out, lines, conflict->middle + 1, conflict->end);
		next = conflict->end + 1;
	}
	add_lines(&out, lines, next, lines->count);
	return buf_str(&out);
}

static struct marked read_marked(struct arena *arena, struct str base, struct str text,
				 struct str other)
{
	struct dictionary words = {.arena = arena};
	struct marked marked = {.base = tokens_of_lines(&words, base)};

	marked.of_base = (uint32_t)words.count;
	marked.lines = tokens_of_lines(&words, text);
	marked.other = tokens_of_lines(&words, other);
	struct numbers was = tokens_numbers(&marked.base);

	marked.changes = diff_numbers(arena, was, tokens_numbers(&marked.lines));
	marked.others = diff_numbers(arena, was, tokens_numbers(&marked.other));
	marked.versions = arena_array(arena, uint8_t, words.count + 1);
	return marked;
}

bool markers_split(struct arena *arena, struct str base, struct str text, struct str other,
		   struct str versions[2])
{
	if (!str_contains(text, STR("<<<<<<<")))
		return false;
	struct arena scratch = {0};
	struct marked marked = read_marked(&scratch, base, text, other);
	struct conflicts conflicts =
		find_conflicts(&scratch, &marked.lines, find_fenced(&scratch, text, &marked.lines));
	bool any = false;

	for (size_t i = 0; i < conflicts.count && conflicts.count <= MOST_CONFLICTS; i++) {
		struct conflict *conflict = conflicts.at + i;

		conflict->split = is_to_split(&marked, conflict, other);
		any = any || conflict->split;
	}
	for (int v = 0; any && v < 2; v++)
		versions[v] = version_of(arena, &marked.lines, &conflicts, v);
	arena_free(&scratch);
	return any;
}
