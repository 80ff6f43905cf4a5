/* The beginnings and ends of html blocks: CommonMark 0.30, section 4.6. */
#include <string.h>
#include <strings.h>

#include "core/doc_lines.h"

static const char *const verbatim_tags[] = {"script", "pre", "style", "textarea"};

static const char *const block_tags[] = {
	"address", "article",  "aside",	  "base",     "basefont", "blockquote", "body",
	"caption", "center",   "col",	  "colgroup", "dd",	  "details",	"dialog",
	"dir",	   "div",      "dl",	  "dt",	      "fieldset", "figcaption", "figure",
	"footer",  "form",     "frame",	  "frameset", "h1",	  "h2",		"h3",
	"h4",	   "h5",       "h6",	  "head",     "header",	  "hr",		"html",
	"iframe",  "legend",   "li",	  "link",     "main",	  "menu",	"menuitem",
	"nav",	   "noframes", "ol",	  "optgroup", "option",	  "p",		"param",
	"section", "source",   "summary", "table",    "tbody",	  "td",		"tfoot",
	"th",	   "thead",    "title",	  "tr",	      "track",	  "ul",
};

static bool is_letter(char byte)
{
	return (unsigned char)((byte | 0x20) - 'a') < 26;
}

static bool is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static char byte_at(struct str text, size_t at)
{
	return at < text.len ? text.at[at] : '\0';
}

static size_t skip_spaces(struct str text, size_t at)
{
	while (is_space(byte_at(text, at)))
		at++;
	return at;
}

/* Letters, digits and dashes, a letter first. out: offset behind it; `at`: no name */
static size_t skip_tag_name(struct str text, size_t at)
{
	if (!is_letter(byte_at(text, at)))
		return at;
	while (is_letter(byte_at(text, at)) || byte_is_digit(byte_at(text, at)) ||
	       byte_at(text, at) == '-')
		at++;
	return at;
}

static bool is_one_of(struct str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == name.len && strncasecmp(names[i], name.at, name.len) == 0)
			return true;
	return false;
}

/* The attribute's value behind its '='. out: offset behind it, 0: none */
static size_t skip_value(struct str text, size_t at)
{
	char quote = byte_at(text, at);

	if (quote == '"' || quote == '\'') {
		size_t end = str_find_byte(text, quote, at + 1);
		return end < text.len ? end + 1 : 0;
	}
	size_t from = at;
	while (at < text.len && !is_space(text.at[at]) && !memchr("\"'=<>`", text.at[at], 6))
		at++;
	return at > from ? at : 0;
}

/* The attributes of an opening tag. out: offset behind them, 0: malformed */
static size_t skip_attributes(struct str text, size_t at)
{
	for (;;) {
		size_t name = skip_spaces(text, at), end = name;
		char first = byte_at(text, name);

		if (name == at || !(is_letter(first) || first == '_' || first == ':'))
			return at;
		while (is_letter(byte_at(text, end)) || byte_is_digit(byte_at(text, end)) ||
		       (end < text.len && memchr("_:.-", text.at[end], 4)))
			end++;
		at = end;
		size_t equals = skip_spaces(text, end);
		if (byte_at(text, equals) == '=' &&
		    (at = skip_value(text, skip_spaces(text, equals + 1))) == 0)
			return 0;
	}
}

/* A complete tag that stands alone on the line. */
static bool is_lone_tag(struct str line)
{
	bool closing = byte_at(line, 1) == '/';
	size_t name = closing ? 2 : 1, at = skip_tag_name(line, name);

	if (at == name || (!closing && (at = skip_attributes(line, at)) == 0))
		return false;
	at = skip_spaces(line, at);
	if (!closing && byte_at(line, at) == '/')
		at++;
	return byte_at(line, at) == '>' && skip_spaces(line, at + 1) == line.len;
}

static bool ends_tag_name(struct str line, size_t at)
{
	return at == line.len || is_space(line.at[at]) || line.at[at] == '>';
}

enum html_kind line_html_kind(struct str line)
{
	if (byte_at(line, 0) != '<')
		return HTML_NONE;
	if (str_starts(line, STR("<!--")))
		return HTML_COMMENT;
	if (byte_at(line, 1) == '?')
		return HTML_INSTRUCTION;
	if (str_starts(line, STR("<![CDATA[")))
		return HTML_CDATA;
	if (byte_at(line, 1) == '!')
		return is_letter(byte_at(line, 2)) ? HTML_DECLARATION : HTML_NONE;

	size_t from = byte_at(line, 1) == '/' ? 2 : 1, at = skip_tag_name(line, from);
	struct str name = str_slice(line, from, at);
	if (from == 1 && ends_tag_name(line, at) &&
	    is_one_of(name, verbatim_tags, sizeof verbatim_tags / sizeof *verbatim_tags))
		return HTML_VERBATIM;
	if ((ends_tag_name(line, at) || str_starts(str_slice(line, at, line.len), STR("/>"))) &&
	    is_one_of(name, block_tags, sizeof block_tags / sizeof *block_tags))
		return HTML_BLOCK_TAG;
	return is_lone_tag(line) ? HTML_ANY_TAG : HTML_NONE;
}

/* "</script>" or its like, anywhere in the line. */
static bool closes_verbatim(struct str line)
{
	for (size_t at = str_find(line, STR("</"), 0); at < line.len;
	     at = str_find(line, STR("</"), at + 2)) {
		size_t end = skip_tag_name(line, at + 2);

		if (byte_at(line, end) == '>' &&
		    is_one_of(str_slice(line, at + 2, end), verbatim_tags,
			      sizeof verbatim_tags / sizeof *verbatim_tags))
			return true;
	}
	return false;
}

bool line_ends_html(struct str line, enum html_kind kind)
{
	switch (kind) {
	case HTML_VERBATIM:
		return closes_verbatim(line);
	case HTML_COMMENT:
		return str_contains(line, STR("-->"));
	case HTML_INSTRUCTION:
		return str_contains(line, STR("?>"));
	case HTML_DECLARATION:
		return str_contains(line, STR(">"));
	case HTML_CDATA:
		return str_contains(line, STR("]]>"));
	case HTML_NONE:
	case HTML_BLOCK_TAG:
	case HTML_ANY_TAG:
		break;
	}
	return false;
}
