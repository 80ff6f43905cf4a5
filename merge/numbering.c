#include "merge/numbering.h"

struct list {
	uint32_t first, last, count;
	bool runs;
};

/* The ordered lists of a text, or of the result. */
struct lists {
	struct list *at;
	int count;
	int *of; /* by piece, or by place in the result: its list, or NONE */
};

/* A list that may go on. */
struct open_list {
	uint32_t rank;
	char glyph;
	int group; /* whose items it takes */
	int list;
};

struct walk {
	struct arena *arena;
	struct lists lists;
	size_t list_room;
	struct open_list *open; /* each deeper than the one before */
	size_t open_count, open_room;
};

/* The list that the next block in order may go on with; NULL: none. */
static struct open_list *open_above(struct walk *walk, uint32_t rank, const struct block *block)
{
	struct open_list *last;

	while (walk->open_count && walk->open[walk->open_count - 1].rank > rank)
		walk->open_count--;
	if (walk->open_count == 0)
		return NULL;
	last = walk->open + walk->open_count - 1;
	if (last->rank < rank || (block->numbered && last->glyph == block->glyph))
		return last->rank == rank ? last : NULL;
	walk->open_count--;
	return NULL;
}

/* out: the list that begins with a block, in the place of one that ended above it */
static int begin_list(struct walk *walk, struct open_list *ended, uint32_t rank,
		      const struct block *block, int group)
{
	walk->open_count -= ended != NULL;
	arena_push(walk->arena, walk->open, walk->open_count, walk->open_room);
	walk->open[walk->open_count++] =
		(struct open_list){rank, block->glyph, group, walk->lists.count};
	arena_push(walk->arena, walk->lists.at, (size_t)walk->lists.count, walk->list_room);
	walk->lists.at[walk->lists.count] =
		(struct list){.first = block->number, .last = block->number, .runs = true};
	return walk->lists.count++;
}

static size_t digits_of(uint32_t number)
{
	size_t digits = 1;

	while (number >= 10)
		number /= 10, digits++;
	return digits;
}

/* Where the number of an item stands in what begins with its indent. */
static struct str number_in(struct str head)
{
	size_t from = 0;

	while (from < head.len && !byte_is_digit(head.at[from]))
		from++;
	head = str_slice(head, from, head.len);
	return str_take_digits(&head);
}

/* Takes the next item; where others cut the text, some were put in or taken out unnumbered. */
static void count_item(struct list *list, const struct block *block, bool was_cut)
{
	bool follows =
		was_cut ? block->number >= list->last : block->number == list->first + list->count;

	list->runs = list->runs && follows && number_in(block->raw).len == digits_of(block->number);
	list->last = block->number;
	list->count++;
}

static struct lists read_lists(struct arena *arena, const struct side *side, bool was_cut)
{
	struct walk walk = {.arena = arena};

	walk.lists.of = arena_array(arena, int, (size_t)side->count + 1);
	for (int i = 0; i < side->count; i++) {
		const struct block *block = piece_block(side, i);
		uint32_t rank = side->pieces[i].rank;
		struct open_list *open = open_above(&walk, rank, block);

		walk.lists.of[i] = NONE;
		if (!block->numbered)
			continue;
		/* A 1 begins a new list, right behind another one that ran, too. */
		bool begins = !open || (block->number == 1 && walk.lists.at[open->list].runs &&
					walk.lists.at[open->list].count > 1);
		walk.lists.of[i] = begins ? begin_list(&walk, open, rank, block, 0) : open->list;
		count_item(walk.lists.at + walk.lists.of[i], block, was_cut);
	}
	/* One number for all of them is no counting. */
	for (int i = 0; was_cut && i < walk.lists.count; i++)
		if (walk.lists.at[i].count > 1 && walk.lists.at[i].last == walk.lists.at[i].first)
			walk.lists.at[i].runs = false;
	return walk.lists;
}

/* The item as it will be written: of a side that changed its mark, if one did. */
static int side_shown(const struct plan *plan, const struct node *node)
{
	if (node->side[0] < 0 || node->side[1] < 0)
		return node->side[0] >= 0 ? 0 : 1;
	return node->base >= 0 && piece_block(&plan->side[0], node->side[0])->glyph ==
					  piece_block(&plan->base, node->base)->glyph
		       ? 1
		       : 0;
}

static uint32_t rank_at(const struct plan *plan, int place)
{
	const struct node *node = plan->nodes + plan->order[place];
	int s = side_shown(plan, node);

	return plan->side[s].pieces[node->side[s]].rank;
}

/* The lists of the three texts; those that have an item in common are one. */
struct text_lists {
	struct lists of[TEXTS];
	int first[TEXTS]; /* where the lists of a text begin in `same_as` */
	int *same_as;
};

static int root_of(const struct text_lists *texts, int list)
{
	while (texts->same_as[list] != list) {
		texts->same_as[list] = texts->same_as[texts->same_as[list]];
		list = texts->same_as[list];
	}
	return list;
}

/* The list of a node in text `t` among all of them, or NONE. */
static int list_of(const struct text_lists *texts, const struct node *node, int t)
{
	int piece = node_piece(node, t);
	int at = piece >= 0 ? texts->of[t].of[piece] : NONE;

	return at == NONE ? NONE : texts->first[t] + at;
}

/* What all lists that the node stands in are, or NONE. */
static int group_of(const struct text_lists *texts, const struct node *node)
{
	for (int t = 0; t < TEXTS; t++)
		if (list_of(texts, node, t) != NONE)
			return root_of(texts, list_of(texts, node, t));
	return NONE;
}

static struct text_lists read_texts(struct arena *arena, const struct plan *plan)
{
	struct text_lists texts = {0};
	int count = 0;

	for (int t = 0; t < TEXTS; t++) {
		texts.of[t] = read_lists(arena, plan_text(plan, t), plan->was_cut[t]);
		texts.first[t] = count;
		count += texts.of[t].count;
	}
	texts.same_as = arena_array(arena, int, (size_t)count + 1);
	for (int i = 0; i < count; i++)
		texts.same_as[i] = i;
	for (int i = 0; i < plan->order_count; i++) {
		const struct node *node = plan->nodes + plan->order[i];

		for (int t = 0; t < TEXTS; t++)
			if (list_of(&texts, node, t) != NONE)
				texts.same_as[root_of(&texts, list_of(&texts, node, t))] =
					group_of(&texts, node);
	}
	return texts;
}

/* Whether the lists of all texts that the node stands in run as the result's. */
static bool runs_everywhere(const struct text_lists *texts, const struct node *node,
			    const struct list *list)
{
	for (int t = 0; t < TEXTS; t++) {
		int piece = node_piece(node, t);
		int at = piece >= 0 ? texts->of[t].of[piece] : NONE;

		if (at != NONE &&
		    (!texts->of[t].at[at].runs || texts->of[t].at[at].first != list->first))
			return false;
	}
	return true;
}

/*
 * Whether what stands under the item stays there: a number with one digit more
 * puts the item's text, and so its children, further to the right.
 */
static bool holds_children(const struct plan *plan, int place, uint32_t number)
{
	uint32_t rank = rank_at(plan, place);
	const struct node *node = plan->nodes + plan->order[place];

	for (int s = 0; s < SIDES; s++) {
		if (node->side[s] < 0)
			continue;
		const struct block *item = piece_block(&plan->side[s], node->side[s]);
		size_t wider = digits_of(number), was = digits_of(item->number);

		for (int i = place + 1; wider > was && i < plan->order_count; i++) {
			const struct node *child = plan->nodes + plan->order[i];
			int shown = side_shown(plan, child);

			if (rank_at(plan, i) <= rank)
				break;
			if (piece_block(&plan->side[shown], child->side[shown])->indent <
			    item->content + (wider - was))
				return false;
		}
	}
	return true;
}

/* Finds the lists of the result, and which of them run. */
static struct lists find_lists(struct arena *arena, const struct plan *plan,
			       const struct text_lists *texts)
{
	struct walk walk = {.arena = arena};
	unsigned *stands_in = arena_array(arena, unsigned, (size_t)plan->order_count + 1);

	walk.lists.of = arena_array(arena, int, (size_t)plan->order_count + 1);
	for (int i = 0; i < plan->order_count; i++) {
		const struct node *node = plan->nodes + plan->order[i];
		int s = side_shown(plan, node), group = group_of(texts, node);
		const struct block *block = piece_block(&plan->side[s], node->side[s]);
		struct open_list *open = open_above(&walk, rank_at(plan, i), block);

		walk.lists.of[i] = NONE;
		if (!block->numbered)
			continue;
		if (!open || open->group != group) {
			int own = texts->of[OURS + s].of[node->side[s]];

			walk.lists.of[i] = begin_list(&walk, open, rank_at(plan, i), block, group);
			walk.lists.at[walk.lists.of[i]].first = texts->of[OURS + s].at[own].first;
		} else {
			walk.lists.of[i] = open->list;
		}
		struct list *list = walk.lists.at + walk.lists.of[i];
		list->runs = list->runs && runs_everywhere(texts, node, list) &&
			     holds_children(plan, i, list->first + list->count);
		list->count++;
		for (int t = 0; t < TEXTS; t++)
			stands_in[walk.lists.of[i]] |= (unsigned)(list_of(texts, node, t) != NONE)
						       << t;
	}
	for (int i = 0; i < walk.lists.count; i++)
		walk.lists.at[i].runs = walk.lists.at[i].runs && stands_in[i] == (1U << TEXTS) - 1;
	return walk.lists;
}

static bool has_numbers(const struct side *side)
{
	for (int i = 0; i < side->count; i++)
		if (piece_block(side, i)->numbered)
			return true;
	return false;
}

const int *number_nodes(struct plan *plan)
{
	struct arena scratch = {0};

	if (!has_numbers(&plan->base))
		return NULL;
	struct text_lists texts = read_texts(&scratch, plan);
	struct lists lists = find_lists(&scratch, plan, &texts);
	int *next = arena_array(&scratch, int, (size_t)lists.count + 1);
	int *numbers = arena_array(plan->arena, int, (size_t)plan->count + 1);
	for (int i = 0; i < plan->count; i++)
		numbers[i] = AS_WRITTEN;
	for (int i = 0; i < plan->order_count; i++) {
		int at = lists.of[i];

		if (at != NONE && lists.at[at].runs)
			numbers[plan->order[i]] = (int)lists.at[at].first + next[at]++;
	}
	arena_free(&scratch);
	return numbers;
}

struct str with_number(struct arena *arena, struct str head, int number)
{
	struct str old = number_in(head);
	size_t from = (size_t)(old.at - head.at);

	return str_printf(arena, "%.*s%d%.*s", STR_ARGS(str_slice(head, 0, from)), number,
			  STR_ARGS(str_slice(head, from + old.len, head.len)));
}
