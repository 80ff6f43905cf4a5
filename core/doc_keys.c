/* What is known of blocks once all are there: gaps, texts, keys, ends. */
#include "core/doc_parse.h"

#include "core/label.h"
#include "core/text.h"

/* A block's text without its variant label: what stands before and behind it. */
struct unlabelled {
	uint32_t label;
	struct str before, behind;
};

static struct str last_line_of(struct str text)
{
	return str_slice(text, str_line_start(text, text.len), text.len);
}

/* Whether the last byte is one that a label, or what may stand behind it, ends with. */
static bool may_have_label(struct str text)
{
	char last = text.len ? text.at[text.len - 1] : '\0';

	return last == '\xA9' || last == '|' || last == ' ' || last == '\t' || last == '\r' ||
	       last == '\n';
}

static struct unlabelled without_label(enum block_kind kind, struct str text)
{
	struct unlabelled result = {.before = text};
	struct str labelled = text, before, last;

	if (!may_have_label(text))
		return result;
	switch (kind) {
	case BLOCK_RULE:
	case BLOCK_TABLE:
	case BLOCK_DEFINITION:
		return result;
	case BLOCK_ROW:
		labelled = str_trim_right(row_without_last_mark(text));
		break;
	case BLOCK_FENCE:
	case BLOCK_HTML:
	case BLOCK_QUOTE: /* a line of its own, else it belongs to what is inside */
		last = last_line_of(text);
		if (label_read(last, &before) == 0 || before.len)
			return result;
		break;
	case BLOCK_HEADING:
	case BLOCK_POINT:
	case BLOCK_PARAGRAPH:
		break;
	}
	result.label = label_read(labelled, &before);
	if (result.label) {
		result.before = before;
		result.behind = str_slice(text, labelled.len, text.len);
	}
	return result;
}

/* The parts joined; nearly always the second is empty. */
static struct str join(struct buf *scratch, struct unlabelled text)
{
	if (text.behind.len == 0)
		return text.before;
	scratch->len = 0;
	buf_add(scratch, text.before);
	buf_add(scratch, text.behind);
	return buf_str(scratch);
}

struct str doc_normal(struct arena *arena, const struct block *block)
{
	struct buf scratch = {.arena = arena};

	return text_normal(arena, join(&scratch, without_label(block->kind, block->text)));
}

struct str doc_point_text(struct arena *arena, const struct block *block)
{
	struct buf scratch = {.arena = arena};

	return str_in_one_line(arena, join(&scratch, without_label(block->kind, block->text)));
}

static void set_text(struct block *block)
{
	struct str raw = str_chomp(block->raw);

	if (block->kind != BLOCK_HEADING)
		block->text.len = (size_t)(raw.at + raw.len - block->text.at);
}

static void set_keys(struct block *block, struct buf *scratch)
{
	struct str normal = block->text;

	if (may_have_label(normal)) {
		struct unlabelled text = without_label(block->kind, normal);

		block->label = text.label;
		normal = join(scratch, text);
	}
	if (!text_is_normal_of_words(normal, &block->words)) {
		block->words = (uint32_t)str_word_count(normal);
		normal = text_normal(scratch->arena, normal);
	}
	block->normal = key_of(normal);
}

/* Blocks known from another note; `at` is the one that is likely to come next. */
struct known_blocks {
	const struct block *first, *at, *end;
	ptrdiff_t misses; /* since it did */
};

/* Takes over what a block of the same bytes is known to say. out: false: none is near */
static bool take_keys(struct block *block, struct known_blocks *known)
{
	enum { LOOKED_AT = 4, LOOKED_AT_MOST = 64 };
	ptrdiff_t ahead = LOOKED_AT * (known->misses + 1);

	if (ahead > LOOKED_AT_MOST)
		ahead = LOOKED_AT_MOST;
	if (ahead > known->end - known->at)
		ahead = known->end - known->at;
	for (ptrdiff_t i = 0; i < ahead; i++) {
		const struct block *like = known->at + i;

		if (like->kind != block->kind || !str_equal(like->text, block->text))
			continue;
		block->label = like->label;
		block->words = like->words;
		block->normal = like->normal;
		block->like = (uint32_t)(like - known->first) + 1;
		known->at = like + 1;
		known->misses = 0;
		return true;
	}
	known->misses++;
	return false;
}

/* Children stand behind their parent, so from the last block to the first all are known. */
static void set_ends(struct doc *doc)
{
	for (size_t i = 0; i < doc->count; i++)
		doc->blocks[i].end = (uint32_t)i + 1;
	for (size_t i = doc->count; i-- > 0;) {
		const struct block *block = &doc->blocks[i];

		if (block->parent != NO_PARENT && doc->blocks[block->parent].end < block->end)
			doc->blocks[block->parent].end = block->end;
	}
}

void doc_finish(struct doc *doc, size_t from, const struct doc *known)
{
	struct arena normals = {0};
	struct buf scratch = {.arena = &normals};
	const char *behind = doc->source.at + from;
	struct known_blocks next = {0};

	if (known && known->count)
		next = (struct known_blocks){known->blocks, known->blocks,
					     known->blocks + known->count, 0};
	for (size_t i = 0; i < doc->count; i++) {
		struct block *block = &doc->blocks[i];

		if (!block->gap.at)
			block->gap = (struct str){behind, (size_t)(block->raw.at - behind)};
		behind = block->raw.at + block->raw.len;
		if (block->like) {
			next.at = known->blocks + block->like;
			continue;
		}
		set_text(block);
		if (!take_keys(block, &next))
			set_keys(block, &scratch);
	}
	doc->tail = (struct str){behind, (size_t)(doc->source.at + doc->source.len - behind)};
	arena_free(&normals);
	set_ends(doc);
}
