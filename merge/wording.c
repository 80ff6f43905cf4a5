#include "merge/wording.h"

#include "core/doc_lines.h"
#include "core/label.h"

/* Whether a blank parts the last cell of a row from the mark behind it. */
static bool is_padded(enum block_kind kind, struct str text)
{
	return kind == BLOCK_ROW && str_ends(text, STR(" "));
}

struct wording wording_of(const struct block *block, bool in_set)
{
	struct str raw = str_chomp(block->raw), text = block->text;
	struct wording wording = {.kind = block->kind};

	if (!text.at)
		text = str_slice(raw, raw.len, raw.len);
	if (block->kind == BLOCK_ROW)
		text = row_without_last_mark(text);
	wording.head = str_slice(raw, 0, (size_t)(text.at - raw.at));
	wording.tail = str_slice(raw, wording.head.len + text.len, raw.len);
	wording.text = text;
	/* Of the blanks around a label one is left, if there was one behind it. */
	if (in_set && label_read(text, &wording.text) && is_padded(block->kind, text) &&
	    text.at[wording.text.len] == ' ')
		wording.text.len++;
	return wording;
}

int wording_compare(const struct wording *a, const struct wording *b)
{
	int order = str_compare(a->text, b->text);

	if (order == 0)
		order = str_compare(a->head, b->head);
	return order ? order : str_compare(a->tail, b->tail);
}

/*
 * A row that no mark ends has no empty cells behind its last, as a mark there would be
 * that end, nor blanks.
 */
static struct str without_empty_end(const struct wording *wording)
{
	struct str text = wording->text, shorter;

	if (wording->kind != BLOCK_ROW || str_contains(wording->tail, STR("|")))
		return text;
	text = str_trim_right(text);
	while ((shorter = str_trim_right(row_without_last_mark(text))).len < text.len &&
	       shorter.len > 0)
		text = shorter;
	return text;
}

/*
 * The blanks in front of a label on a line of its own: it stands in an item, whose end a line
 * further left would be, but as far in as indented code it would be code.
 */
static size_t label_indent(const struct wording *wording)
{
	enum { CODE_INDENT = 4 };
	bool fenced =
		str_starts(wording->text, STR("```")) || str_starts(wording->text, STR("~~~"));
	size_t blanks = 0;

	while (blanks < wording->head.len && wording->head.at[blanks] == ' ')
		blanks++;
	if (wording->kind == BLOCK_FENCE && !fenced && blanks >= CODE_INDENT)
		blanks -= CODE_INDENT;
	return blanks;
}

void wording_write(struct buf *out, const struct wording *wording, uint32_t label)
{
	struct str text = without_empty_end(wording);
	struct buf mark = {.arena = out->arena};

	buf_add(out, wording->head);
	if (label == 0) {
		buf_add(out, text);
		buf_add(out, wording->tail);
		return;
	}
	label_write(&mark, label);
	buf_add(out, str_trim_right(text));
	if (wording->kind == BLOCK_FENCE || wording->kind == BLOCK_QUOTE ||
	    wording->kind == BLOCK_HTML) {
		buf_add(out, STR("\n"));
		for (size_t i = label_indent(wording); i > 0; i--)
			buf_add_byte(out, ' ');
		buf_add(out, str_trim(buf_str(&mark)));
		return;
	}
	buf_add(out, buf_str(&mark));
	if (is_padded(wording->kind, text))
		buf_add_byte(out, ' ');
	buf_add(out, wording->tail);
}
