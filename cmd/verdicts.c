#include "cmd/verdicts.h"

#include "core/label.h"
#include "core/message.h"
#include "core/worktree.h"

enum { KEY_DIGITS = 16 };

static const char *const names[] = {NULL, "same", "different", "part-of"};

const char *verdict_name(enum verdict_kind kind)
{
	return names[kind];
}

static enum verdict_kind kind_of(const struct meta *item)
{
	struct str name = meta_text(item, STR("verdict"));

	if (meta_get(item, STR("verdict" LABEL_OF_KEY)))
		return VERDICT_NONE;
	for (int kind = VERDICT_SAME; kind <= VERDICT_PART_OF; kind++)
		if (str_equal(name, str_of(names[kind])))
			return (enum verdict_kind)kind;
	return VERDICT_NONE;
}

err verdicts_read(struct app *app, const struct notes *notes, struct lexicon *lexicon,
		  struct verdicts *out)
{
	struct saved_file file;
	enum language language = notes_language(app, notes);
	err failure;

	*out = (struct verdicts){0};
	if ((failure = worktree_show(&app->arena, notes->repo, STR("ideas.yml"), &file)))
		return failure;
	if (file.mode == 0)
		return NULL;
	if ((failure = meta_read(&app->arena, file.bytes, "ideas.yml", &out->doc)))
		return failure;
	out->source = file.bytes;
	const struct meta *root = out->doc.root;
	if (!root)
		return NULL;
	if (root->kind != META_LIST)
		return err_advise(err_new(STATUS_BAD_INPUT, _("ideas.yml is no list.")),
				  _("Every verdict is a line of its own there, behind “- ”: move "
				    "what else it holds into a note."));
	out->all = arena_array(&app->arena, struct noted_verdict, root->count);
	for (size_t i = 0; i < root->count; i++) {
		const struct meta *item = root->entries[i].value;
		struct noted_verdict verdict = {
			.kind = kind_of(item),
			.a = meta_text(item, STR("a")),
			.b = meta_text(item, STR("b")),
			.by = meta_text(item, STR("by")),
			.entry = &root->entries[i],
		};

		if (item->kind != META_MAP || verdict.a.len == 0 || verdict.b.len == 0)
			continue;
		verdict.key_a = collection_key(lexicon, verdict.a, language);
		verdict.key_b = collection_key(lexicon, verdict.b, language);
		out->all[out->count++] = verdict;
	}
	return NULL;
}

static bool same_pair(const struct noted_verdict *one, const struct noted_verdict *other)
{
	return (key_equal(one->key_a, other->key_a) && key_equal(one->key_b, other->key_b)) ||
	       (key_equal(one->key_a, other->key_b) && key_equal(one->key_b, other->key_a));
}

/* One line of YAML, without its dash. */
static struct str item_of(struct app *app, const struct noted_verdict *verdict)
{
	bool ordered = key_compare(verdict->key_a, verdict->key_b) <= 0;
	bool as_given = ordered || verdict->kind == VERDICT_PART_OF;
	struct key first = ordered ? verdict->key_a : verdict->key_b;
	struct key second = ordered ? verdict->key_b : verdict->key_a;
	struct buf item = {.arena = &app->arena};

	buf_printf(&item, "{verdict: %s, a: ", verdict_name(verdict->kind));
	meta_write_scalar(&item, as_given ? verdict->a : verdict->b, true);
	buf_add(&item, STR(", b: "));
	meta_write_scalar(&item, as_given ? verdict->b : verdict->a, true);
	buf_add(&item, STR(", keys: ["));
	meta_write_scalar(&item, key_hex(&app->arena, first, KEY_DIGITS), true);
	buf_add(&item, STR(", "));
	meta_write_scalar(&item, key_hex(&app->arena, second, KEY_DIGITS), true);
	buf_add(&item, STR("], by: "));
	meta_write_scalar(&item, verdict->by, true);
	buf_add(&item, STR("}"));
	return buf_str(&item);
}

struct str verdicts_with(struct app *app, const struct verdicts *verdicts,
			 const struct noted_verdict *verdict)
{
	struct str item = item_of(app, verdict), source = verdicts->source;

	for (size_t i = 0; i < verdicts->count; i++) {
		struct str whole = meta_whole(verdicts->all[i].entry);
		bool flow = verdicts->doc.root->flow;

		if (!same_pair(&verdicts->all[i], verdict))
			continue;
		size_t from = (size_t)(whole.at - source.at), to = from + whole.len;
		return str_printf(&app->arena, flow ? "%.*s%.*s%.*s" : "%.*s- %.*s\n%.*s",
				  STR_ARGS(str_slice(source, 0, from)), STR_ARGS(item),
				  STR_ARGS(str_slice(source, to, source.len)));
	}
	return meta_append(&app->arena, &verdicts->doc, (struct str){0}, item);
}
