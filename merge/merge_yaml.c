#include "merge/merge_yaml.h"

#include "core/meta.h"
#include "merge/scalar.h"
#include "merge/words.h"
#include "merge/yaml_absorb.h"
#include "merge/yaml_text.h"
#include "merge/yaml_tree.h"

static const struct str unreadable = {NULL, 0};

struct version {
	struct str source;
	struct meta_doc doc; /* of which the last line has an end, as all that is merged */
};

/* Whether the last line has no end. */
static bool is_open(struct str text)
{
	return text.len && !str_ends(text, STR("\n"));
}

static struct str with_last_line_end(struct arena *arena, struct str text)
{
	return is_open(text) ? str_printf(arena, "%.*s\n", STR_ARGS(text)) : text;
}

/*
 * Line ends of YAML that are none to anybody else: what stands behind them is on no line
 * of ours.
 */
static bool has_odd_line_ends(struct str text)
{
	for (size_t at = str_find_byte(text, '\r', 0); at < text.len;
	     at = str_find_byte(text, '\r', at + 1))
		if (at + 1 == text.len || text.at[at + 1] != '\n')
			return true;
	return str_contains(text, STR("\xC2\x85")) || str_contains(text, STR("\xE2\x80\xA8")) ||
	       str_contains(text, STR("\xE2\x80\xA9"));
}

static bool version_read(struct arena *arena, struct str text, struct version *out)
{
	*out = (struct version){.source = text.len ? text : STR("")};
	if (has_odd_line_ends(text))
		return false;
	err failure = meta_read(arena, with_last_line_end(arena, text), "", &out->doc);
	err_free(failure);
	return failure == NULL;
}

/* A base that cannot be read counts as empty. */
static void read_base(struct arena *arena, struct str text, struct version *out)
{
	if (!version_read(arena, text, out))
		*out = (struct version){.doc = {.source = STR("")}};
}

/* Whether the result ends so. */
static bool ends_open(const struct version texts[TEXTS])
{
	struct str base = texts[BASE].source, ours = texts[OURS].source,
		   theirs = texts[THEIRS].source;

	if (ours.len == 0 || theirs.len == 0)
		return is_open(ours.len ? ours : theirs);
	/* With no base to tell who changed it, rather closed. */
	return merge_flag(base.len == 0 || is_open(base), is_open(ours), is_open(theirs));
}

static bool reads_back(struct str text, const struct meta *plan)
{
	struct arena scratch = {0};
	struct meta_doc doc = {0};
	err failure = meta_read(&scratch, text, "", &doc);
	bool same = !failure && (doc.root ? meta_equal(doc.root, plan) : plan->count == 0);

	err_free(failure);
	arena_free(&scratch);
	return same;
}

/* A text that is nothing but comments reads as an empty list or map. */
static const struct meta *root_of(struct arena *arena, const struct meta_doc *doc,
				  enum meta_kind kind)
{
	if (doc->root)
		return doc->root->kind == kind ? doc->root : NULL;
	struct meta *empty = arena_new(arena, struct meta);
	empty->kind = kind;
	empty->at = doc->source.at;
	empty->lines_length = (uint32_t)doc->source.len;
	return empty;
}

static struct lines all_comments(struct arena *arena, const struct version texts[TEXTS])
{
	return lines_merge(arena, document_comments(arena, &texts[BASE].doc),
			   document_comments(arena, &texts[OURS].doc),
			   document_comments(arena, &texts[THEIRS].doc));
}

/* The plain way out where the texts cannot be put together: comments on top, one line an entry. */
static struct str write_plainly(struct arena *arena, const struct version texts[TEXTS],
				const struct meta *plan)
{
	struct buf out = {.arena = arena};

	write_lines(&out, all_comments(arena, texts));
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->kind == META_MAP) {
			meta_write_scalar(&out, meta_key(&plan->entries[i]), false);
			buf_add(&out, STR(": "));
		} else {
			buf_add(&out, STR("- "));
		}
		meta_write_flow(&out, plan->entries[i].value);
		buf_add_byte(&out, '\n');
	}
	return buf_str(&out);
}

static struct str write_document(struct arena *arena, const struct version texts[TEXTS],
				 struct made merged, struct lines loose)
{
	struct buf out = {.arena = arena};

	if (merged.block && merged.plan->count && loose.count == 0)
		return str_copy(arena, merged.text);
	if (merged.plan->count == 0) {
		write_lines(&out, all_comments(arena, texts));
		return buf_str(&out);
	}
	if (!merged.block)
		loose = all_comments(arena, texts);
	write_lines(&out, loose);
	buf_add(&out, merged.text);
	if (!merged.block)
		buf_add_byte(&out, '\n');
	return buf_str(&out);
}

/*
 * The text, with the trees of the sides in `trees` and the base's in `old`, which goes before
 * the result is read.
 */
static struct str merge_versions(struct arena *arena, struct arena *trees, struct arena *old,
				 struct version texts[TEXTS])
{
	const struct meta *known =
		texts[OURS].doc.root ? texts[OURS].doc.root : texts[THEIRS].doc.root;
	enum meta_kind kind = known ? known->kind : META_MAP;
	const struct meta *ours = root_of(trees, &texts[OURS].doc, kind);
	const struct meta *theirs = root_of(trees, &texts[THEIRS].doc, kind);
	const struct meta *base = root_of(old, &texts[BASE].doc, kind);
	struct arena passing = {0};
	struct lines loose;

	if (!ours || !theirs || kind == META_SCALAR)
		return unreadable;
	int holder = yaml_absorbing(base, ours, theirs);
	if (holder != BASE)
		return texts[holder].source;
	struct made merged = yaml_tree_merge(trees, &passing, base, ours, theirs, &loose);
	struct str text = write_document(arena, texts, merged, loose);
	arena_free(&passing);
	arena_free(old);
	if (!reads_back(text, merged.plan)) {
		read_base(old, texts[BASE].source, &texts[BASE]);
		text = write_plainly(arena, texts, merged.plan);
		if (!reads_back(text, merged.plan))
			return unreadable;
	}
	if (ends_open(texts))
		text = str_chomp(text);
	return text.at ? text : STR("");
}

static bool say_same(struct str a, struct str b)
{
	struct arena scratch = {0};
	struct version x, y;
	bool same = version_read(&scratch, a, &x) && version_read(&scratch, b, &y) && x.doc.root &&
		    y.doc.root && meta_equal(x.doc.root, y.doc.root);

	arena_free(&scratch);
	return same;
}

/* Merges lines that the sides changed apart. out: whether they did, and the lines, in the arena */
static bool merge_lines_apart(struct arena *arena, const struct str texts[TEXTS], struct str *out)
{
	struct arena scratch = {0};
	struct dictionary words = {.arena = &scratch};
	struct text_merge merge = {
		.words = &words, .base = texts[BASE], .ours = texts[OURS], .theirs = texts[THEIRS]};
	struct str lines;
	bool apart = merge_other_lines(&merge, &lines);

	if (apart)
		*out = str_copy(arena, lines);
	arena_free(&scratch);
	return apart;
}

/* Whether merging lines again with side `s` leaves them. */
static bool lines_rest(const struct str texts[TEXTS], int s, struct str lines)
{
	struct arena scratch = {0};
	struct str second[TEXTS] = {texts[BASE], texts[OURS], texts[THEIRS]}, again;

	second[s == OURS ? THEIRS : OURS] = lines;
	bool rest = merge_lines_apart(&scratch, second, &again) && str_equal(again, lines);
	arena_free(&scratch);
	return rest;
}

/*
 * The lines of both sides, where these changed other ones and that says what the keys do, in
 * that order and with no other comments: so quotes and blanks that one changed, which say
 * nothing, are taken as well.
 */
static struct str with_lines(struct arena *arena, const struct version versions[TEXTS],
			     struct str by_key)
{
	const struct str texts[TEXTS] = {versions[BASE].source, versions[OURS].source,
					 versions[THEIRS].source};
	struct arena scratch = {0};
	struct str lines;

	/* Of lines that are all gone it is not known that the last one had an end. */
	if (by_key.at && merge_lines_apart(&scratch, texts, &lines) && !str_equal(lines, by_key) &&
	    is_open(lines) == is_open(by_key) && text_same_words(lines, by_key) &&
	    lines_rest(texts, OURS, lines) && lines_rest(texts, THEIRS, lines) &&
	    say_same(lines, by_key))
		by_key = str_copy(arena, lines);
	arena_free(&scratch);
	return by_key;
}

/* out: one of the texts, or in the arena */
static struct str merge_in_order(struct arena *arena, struct str base, struct str ours,
				 struct str theirs)
{
	struct arena trees = {0}, old = {0};
	struct version texts[TEXTS];
	struct str merged = unreadable;
	bool both = false;

	if (version_read(&trees, ours, &texts[OURS]) &&
	    version_read(&trees, theirs, &texts[THEIRS])) {
		both = !take_changed(base, ours, theirs, &merged);
		if (both) {
			read_base(&old, base, &texts[BASE]);
			merged = merge_versions(arena, &trees, &old, texts);
		} else if (!merged.at) {
			merged = STR("");
		}
	}
	arena_free(&old);
	arena_free(&trees);
	return both ? with_lines(arena, texts, merged) : merged;
}

struct str merge_yaml(struct arena *arena, struct str base, struct str ours, struct str theirs)
{
	struct arena reading = {0};
	/* Which is whose is no matter: see texts_in_order(). */
	bool turned = str_compare(ours, theirs) > 0;
	struct str merged =
		merge_in_order(&reading, base, turned ? theirs : ours, turned ? ours : theirs);

	if (merged.len)
		merged = str_copy(arena, merged);
	arena_free(&reading);
	return merged;
}
