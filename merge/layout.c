#include "merge/layout.h"

#include "merge/scalar.h"
#include "merge/sides.h"

static enum lines_end ends_of(struct str text)
{
	struct str line;

	if (!str_contains(text, STR("\r")))
		return LINES_LF;
	if (!str_contains(text, STR("\n")))
		return LINES_CR;
	while (str_next_line(&text, &line)) {
		/* Of two returns in front of a line feed one would come to stand there. */
		bool fits = str_ends(line, STR("\r\n")) && !str_ends(line, STR("\r\r\n"));

		if (str_ends(line, STR("\n")) && !fits)
			return LINES_MIXED;
	}
	return LINES_CRLF;
}

static struct layout layout_of(struct str text)
{
	return (struct layout){text.len > 0, str_starts(text, BYTE_ORDER_MARK), ends_of(text)};
}

/* The text with that end in place of a line feed, alone or behind a return. */
static struct str with_line_ends(struct arena *arena, struct str text, struct str end)
{
	struct buf out = {.arena = arena};
	struct str line;

	while (str_next_line(&text, &line)) {
		buf_add(&out, str_chomp(line));
		if (str_ends(line, STR("\n")))
			buf_add(&out, end);
	}
	return buf_str(&out);
}

static struct str with_feeds_for_returns(struct arena *arena, struct str text)
{
	char *bytes = arena_array(arena, char, text.len);

	for (size_t i = 0; i < text.len; i++)
		bytes[i] = text.at[i] == '\r' ? '\n' : text.at[i];
	return (struct str){bytes, text.len};
}

/* The changed one; both changed: whichever comes first. */
static enum lines_end merge_ends(enum lines_end base, enum lines_end ours, enum lines_end theirs)
{
	if (ours == base || ours == theirs)
		return theirs;
	return theirs == base || ours < theirs ? ours : theirs;
}

static struct layout merge_layouts(const struct layout of[TEXTS])
{
	if (!of[OURS].known)
		return of[THEIRS];
	if (!of[THEIRS].known)
		return of[OURS];
	return (struct layout){
		.known = true,
		.mark = merge_flag(of[BASE].mark, of[OURS].mark, of[THEIRS].mark),
		.ends = merge_ends(of[BASE].ends, of[OURS].ends, of[THEIRS].ends),
	};
}

static struct str take_off(struct arena *arena, struct str text, struct layout layout)
{
	if (layout.mark)
		text = str_slice(text, BYTE_ORDER_MARK.len, text.len);
	if (layout.ends == LINES_CRLF)
		return with_line_ends(arena, text, STR("\n"));
	return layout.ends == LINES_CR ? with_feeds_for_returns(arena, text) : text;
}

struct layout layout_take(struct arena *arena, struct str *base, struct str *ours,
			  struct str *theirs)
{
	struct str *const texts[TEXTS] = {base, ours, theirs};
	struct layout of[TEXTS];

	for (int t = BASE; t < TEXTS; t++)
		of[t] = layout_of(*texts[t]);
	/* One text whose ends are mixed has some from elsewhere; two have them of their own. */
	bool kept = of[OURS].ends == LINES_MIXED && of[THEIRS].ends == LINES_MIXED;
	for (int t = BASE; t < TEXTS; t++) {
		struct layout off = of[t];

		if (off.ends == LINES_MIXED || off.ends == LINES_CRLF)
			off.ends = kept ? LINES_MIXED : LINES_CRLF;
		*texts[t] = take_off(arena, *texts[t], off);
	}
	for (int t = OURS; t < TEXTS; t++)
		if (of[t].ends == LINES_MIXED)
			of[t].ends = of[BASE].ends;
	return merge_layouts(of);
}

struct str layout_give(struct arena *arena, struct str text, struct layout layout)
{
	struct buf out = {.arena = arena};

	if (layout.ends == LINES_CRLF || layout.ends == LINES_CR)
		text = with_line_ends(arena, text,
				      layout.ends == LINES_CR ? STR("\r") : STR("\r\n"));
	if (!layout.mark)
		return text;
	buf_add(&out, BYTE_ORDER_MARK);
	buf_add(&out, text);
	return buf_str(&out);
}
