#include "cmd/document.h"

#include "cmd/document_words.h"
#include "cmd/etherpad.h"
#include "core/doc.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/path.h"
#include "core/process.h"
#include "core/text.h"
#include "core/utf8.h"

enum { MOST_ORIGINAL = 64 * 1024 * 1024, PANDOC_MILLISECONDS = 60 * 1000 };

/* What pandoc calls the formats that it reads for us, by the endings of names. */
static const struct format {
	const char *ending, *name;
	const char *part; /* of the zip file that holds the text; NULL: it is none */
} formats[] = {
	{".docx", "docx", "word/document.xml"},
	{".odt", "odt", "content.xml"},
	/* Without what only places and paints the text. */
	{".html", "html-native_divs-native_spans", NULL},
	{".htm", "html-native_divs-native_spans", NULL},
};

static bool ends_with(struct arena *arena, const char *path, const char *ending)
{
	return str_ends(text_fold(arena, path_name(str_of(path))), str_of(ending));
}

static err check_text(const struct document *document)
{
	struct str rest = document->text, line;

	if (!utf8_valid(rest) || str_find_byte(rest, '\0', 0) < rest.len)
		return err_advise(err_new(STATUS_BAD_INPUT,
					  _("%s: this is not plain text in UTF-8."),
					  document->path),
				  _("Export it as text or Markdown, then import that."));
	if (str_is_blank(rest))
		return err_new(STATUS_BAD_INPUT, _("%s: there is nothing in it."), document->path);
	while (str_next_line(&rest, &line))
		if (line.len > LIMIT_LINE_BYTES)
			return err_new(STATUS_BAD_INPUT, _("%s: a line is longer than %d KB."),
				       document->path, LIMIT_LINE_BYTES / 1024);
	return NULL;
}

/* Behind the code that begins at `at`: a run of backticks, until one as long; else behind the run.
 */
static size_t code_end(struct str text, size_t at)
{
	size_t begin = at, length, from;

	while (at < text.len && text.at[at] == '`')
		at++;
	length = at - begin;
	for (size_t i = at; i < text.len; i++) {
		for (from = i; i < text.len && text.at[i] == '`';)
			i++;
		if (i - from == length)
			return i;
	}
	return at;
}

/* Pandoc keeps anchors and underlining as elements, which would stand between the words. */
static struct str without_spans(struct arena *arena, struct str text)
{
	struct buf out = {.arena = arena};

	for (size_t at = 0, end; at < text.len; at = end) {
		struct str rest = str_slice(text, at, text.len);
		bool tag = str_starts(rest, STR("<span")) || str_starts(rest, STR("</span>"));

		end = at + 1;
		if (rest.at[0] == '\\' && rest.len > 1)
			end++;
		else if (rest.at[0] == '`')
			end = code_end(text, at);
		else if (tag && str_contains(rest, STR(">"))) {
			end = str_find_byte(text, '>', at) + 1;
			continue;
		}
		buf_add(&out, str_slice(text, at, end));
	}
	return buf_str(&out);
}

/* In code they are what somebody wrote about. */
static struct str without_spans_beside_code(struct arena *arena, struct str text)
{
	struct doc doc = doc_read(arena, text);

	for (size_t i = 0; i < doc.count; i++)
		if (doc.blocks[i].kind != BLOCK_FENCE)
			doc.blocks[i].raw = without_spans(arena, doc.blocks[i].raw);
	return doc_write(arena, &doc);
}

/*
 * Has pandoc write the document as Markdown. It reads the bytes from us, so that
 * no name is taken for an option or an address, and may read nothing else.
 */
static err convert(struct arena *arena, const struct format *format, struct document *document)
{
	const char *const argv[] = {"pandoc", "--sandbox", "--from",	  format->name,
				    "--to",   "gfm",	   "--wrap=none", NULL};
	struct process pandoc = {
		.argv = argv,
		.input = document->text,
		.output_limit = LIMIT_FILE_BYTES + 1,
		.timeout_milliseconds = PANDOC_MILLISECONDS,
	};
	struct process_result result;
	err e = process_run(arena, &pandoc, &result);

	if (e)
		return err_advise(e, _("The program “pandoc” reads such documents; install it, or "
				       "export the document as text."));
	if (result.status != 0 || result.timed_out)
		return err_advise(err_new(STATUS_BAD_INPUT, _("%s: pandoc cannot read it: %.*s"),
					  document->path, STR_ARGS(str_trim(result.errors))),
				  _("Export it as text or Markdown, then import that."));
	if (result.output.len > LIMIT_FILE_BYTES)
		return err_new(STATUS_BAD_INPUT, _("%s: larger than %d MB."), document->path,
			       LIMIT_FILE_BYTES / (1024 * 1024));
	bool checked = true;
	struct str text = without_spans_beside_code(arena, result.output);
	if (format->part)
		document->missing =
			document_words_missing(arena, document->text, format->part, text, &checked);
	document->unchecked = !checked;
	document->text = text;
	document->pictures = str_contains(text, STR("![")) || str_contains(text, STR("<img "));
	return NULL;
}

err document_read(struct app *app, const char *path, enum language language, struct document *out)
{
	struct arena *arena = &app->arena;
	struct document document = {.path = path};
	bool pad = ends_with(arena, path, ".etherpad");
	const struct format *format = NULL;
	err e;

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (ends_with(arena, path, formats[i].ending))
			format = &formats[i];
	e = file_read(arena, path, pad || format ? MOST_ORIGINAL : LIMIT_FILE_BYTES,
		      &document.text);
	if (!e && pad)
		e = etherpad_read(arena, document.text, language, &document);
	else if (!e && format)
		e = convert(arena, format, &document);
	if (!e)
		e = check_text(&document);
	*out = document;
	return e;
}
