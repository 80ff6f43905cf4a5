#include "merge/write.h"

#include "core/label.h"
#include "merge/gaps.h"
#include "merge/numbering.h"
#include "merge/scalar.h"
#include "merge/table_rows.h"
#include "merge/table_widths.h"

struct out {
	struct plan *plan;
	const int *numbers; /* as number_nodes() gives them */
	struct buf text;
	uint32_t line;
	size_t counted; /* bytes of `text` whose lines are in `line` */
	struct decision *decisions;
	size_t decision_count, decision_room;
	int table;	   /* the header above, or NONE; its rows are lined up behind the last */
	size_t table_from; /* where it begins */
};

static void count_lines(struct out *out)
{
	for (; out->counted < out->text.len; out->counted++)
		out->line += out->text.at[out->counted] == '\n';
}

static void decide(struct out *out, enum decision_kind kind, struct str text)
{
	text = str_trim(text);
	count_lines(out);
	arena_push(out->plan->arena, out->decisions, out->decision_count, out->decision_room);
	out->decisions[out->decision_count++] = (struct decision){
		.kind = kind,
		.line = out->line,
		.text = str_slice(text, 0, str_find_byte(text, '\n', 0)),
	};
}

/* Some blocks begin behind the mark of the item that holds them, on one line. */
static bool shares_line(const struct plan *plan, const struct joint *joint)
{
	if (joint->before < 0 || joint->node < 0)
		return false;
	for (int s = 0; s < SIDES; s++)
		if (joint->in[OURS + s] &&
		    piece_block(&plan->side[s], joint->place[OURS + s])->joined)
			return true;
	return false;
}

/* An item's first bytes, with the number that it gets. */
static struct str numbered(const struct out *out, int index, struct str bytes)
{
	int number = out->numbers ? out->numbers[index] : AS_WRITTEN;

	return number == AS_WRITTEN ? bytes : with_number(out->plan->arena, bytes, number);
}

static void write_wordings(struct out *out, int index, const struct wordings *wordings,
			   const struct block *block)
{
	struct block shown = *block;

	shown.kind = wordings->at[0].kind;
	for (int i = 0; i < wordings->count; i++) {
		struct wording wording = wordings->at[i];

		wording.head = numbered(out, index, wording.head);
		if (i > 0) {
			buf_end_line(&out->text, STR("\n"));
			if (shown.kind != BLOCK_HEADING && would_fuse(&shown, &shown))
				buf_add_byte(&out->text, '\n');
		}
		wording_write(&out->text, &wording, wordings->count > 1 ? (uint32_t)i + 1 : 0);
	}
}

/* A node's bytes as they stand in a side, if only one changed them, or both alike. */
static bool take_whole(const struct plan *plan, const struct node *node, struct str *out)
{
	if (node->side[0] < 0 || node->side[1] < 0 || node->base < 0)
		return false;
	const struct columns *columns = columns_of_node(plan, node);
	if ((columns && columns != &columns_alike) || node_has_set(plan, node))
		return false;
	return take_changed(str_chomp(piece_block(&plan->base, node->base)->raw),
			    str_chomp(piece_block(&plan->side[0], node->side[0])->raw),
			    str_chomp(piece_block(&plan->side[1], node->side[1])->raw), out);
}

/* A label on a line of its own would become one with a paragraph right behind it. */
static bool ends_with_label_line(const struct out *out, int node)
{
	struct str text = buf_str(&out->text), before = {0};

	/* Nearly always the last letter tells that there is none. */
	if (node < 0 || !str_ends(str_trim_right(text), STR("⟩")) ||
	    shown_block(out->plan, node)->kind == BLOCK_PARAGRAPH)
		return false;
	text.len -= text.at[text.len - 1] == '\n';
	return label_read(str_slice(text, str_line_start(text, text.len), text.len), &before) &&
	       str_is_blank(before);
}

static void write_gap(struct out *out, const struct joint *joint)
{
	struct str gap = gap_between(out->plan, joint);

	if (gap.len == 0 && joint->node != END && ends_with_label_line(out, joint->before))
		gap = STR("\n");
	buf_add(&out->text, gap);
}

/* A block that a side moved and another, or the same one, reworded. */
static bool is_moved_and_edited(const struct plan *plan, const struct node *node)
{
	if (!node->moved || node->side[0] < 0 || node->side[1] < 0)
		return false;
	uint32_t base = plan->base.ids[node->base];
	return plan->side[0].ids[node->side[0]] != base || plan->side[1].ids[node->side[1]] != base;
}

static void write_node(struct out *out, int index)
{
	const struct node *node = out->plan->nodes + index;
	const struct block *block = shown_block(out->plan, index);
	struct str text = block_text(block), whole;

	if (node->edit_kept)
		decide(out, DECISION_EDIT_KEPT, text);
	if (node->twin)
		decide(out, DECISION_BOTH_KEPT, text);
	if (is_moved_and_edited(out->plan, node))
		decide(out, DECISION_MOVED, node_merged(out->plan, index)->at[0].text);
	if (take_whole(out->plan, node, &whole)) {
		buf_add(&out->text, numbered(out, index, whole));
		return;
	}
	const struct wordings *wordings = node_merged(out->plan, index);

	if (wordings->edit_kept.len)
		decide(out, DECISION_EDIT_KEPT, wordings->edit_kept);
	if (wordings->stacked)
		decide(out, DECISION_BOTH_KEPT, wordings->at[0].text);
	if (wordings->count > 1)
		decide(out, DECISION_VARIANTS, wordings->at[0].text);
	write_wordings(out, index, wordings, block);
}

/* The lines of the table that a header stands above in a text. */
static struct str table_in(const struct side *text, int header)
{
	if (header < 0)
		return (struct str){0};
	struct str first = piece_block(text, header)->raw;
	struct str last = piece_block(text, text->pieces[header].end - 1)->raw;

	return (struct str){first.at, (size_t)(last.at + last.len - first.at)};
}

/* Once a table is written. A row with wordings to choose from is wider than it will be. */
static void end_table(struct out *out)
{
	if (out->table == NONE)
		return;
	const struct plan *plan = out->plan;
	const struct node *header = plan->nodes + out->table;
	const struct columns *columns = columns_of_node(plan, header);
	struct str written = str_slice(buf_str(&out->text), out->table_from, out->text.len);

	out->table = NONE;
	if (!columns || header->side[0] < 0 || header->side[1] < 0 || label_count(written) > 0)
		return;
	const struct str tables[TEXTS] = {
		table_in(&plan->base, header->base),
		table_in(&plan->side[0], header->side[0]),
		table_in(&plan->side[1], header->side[1]),
	};
	struct str lined_up = table_lined_up(plan->arena, columns, tables, written);

	if (lined_up.at == written.at)
		return;
	count_lines(out);
	out->text.len = out->table_from;
	buf_add(&out->text, lined_up);
	out->counted = out->text.len;
}

static void begin_table(struct out *out, int index)
{
	out->table = index;
	out->table_from = out->text.len;
}

/* Room for a result that says what both sides say, and a little more. */
static void make_room(struct plan *plan, struct buf *text)
{
	enum { MORE_BYTES = 64, PART = 16 };
	size_t base = plan->base.doc->source.len, sides = plan->side[0].doc->source.len;

	sides += plan->side[1].doc->source.len;
	text->room = (sides > base ? sides - base : 0) + sides / PART + MORE_BYTES;
	text->at = arena_array(plan->arena, char, text->room);
}

struct written write_plan(struct plan *plan, struct str front)
{
	struct out out = {
		.plan = plan,
		.numbers = number_nodes(plan),
		.text.arena = plan->arena,
		.line = 1,
		.table = NONE,
	};
	struct joint joint = first_joint();

	make_room(plan, &out.text);
	buf_add(&out.text, front);
	for (int i = 0; i < plan->order_count; i++) {
		int node = plan->order[i];

		joint = next_joint(plan, &joint, node);
		if (shown_block(plan, node)->kind != BLOCK_ROW)
			end_table(&out);
		if (!shares_line(plan, &joint))
			buf_end_line(&out.text, STR("\n"));
		write_gap(&out, &joint);
		if (shown_block(plan, node)->kind == BLOCK_TABLE)
			begin_table(&out, node);
		write_node(&out, node);
	}
	end_table(&out);
	buf_end_line(&out.text, STR("\n"));
	joint = next_joint(plan, &joint, END);
	buf_add(&out.text, gap_between(plan, &joint));
	return (struct written){buf_str(&out.text), out.decisions, out.decision_count};
}
