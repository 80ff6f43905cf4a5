#include "merge/keep_both.h"

#include "merge/dictionary.h"
#include "merge/diff.h"

struct lines {
	struct str *at;
	uint32_t *ids;
	int count;
};

static struct lines split(struct dictionary *words, struct str text)
{
	struct lines lines = {0};
	struct str line;
	size_t room = 0, id_room = 0;

	while (str_next_line(&text, &line)) {
		arena_push(words->arena, lines.at, (size_t)lines.count, room);
		arena_push(words->arena, lines.ids, (size_t)lines.count, id_room);
		lines.at[lines.count] = line;
		lines.ids[lines.count++] = word_id(words, str_chomp(line));
	}
	return lines;
}

static void add_lines(struct buf *out, const struct lines *lines, int from, int to)
{
	for (int i = from; i < to; i++) {
		buf_end_line(out, STR("\n"));
		buf_add(out, lines->at[i]);
	}
}

struct str keep_both(struct arena *arena, struct str ours, struct str theirs)
{
	struct dictionary words = {.arena = arena};
	struct lines x = split(&words, ours), y = split(&words, theirs);
	struct spans spans = diff_numbers(arena, (struct numbers){x.ids, x.count},
					  (struct numbers){y.ids, y.count});
	struct buf out = {.arena = arena};
	int at = 0;

	for (int i = 0; i < spans.count; i++) {
		add_lines(&out, &x, at, spans.at[i].a_end);
		add_lines(&out, &y, spans.at[i].b, spans.at[i].b_end);
		at = spans.at[i].a_end;
	}
	add_lines(&out, &x, at, x.count);
	return buf_str(&out);
}
