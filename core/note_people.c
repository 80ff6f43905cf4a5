#include "core/note_people.h"

#include "core/meta.h"
#include "core/text.h"

enum { HEADING_WORDS = 4, NAME_WORDS = 6 };

/* Beginnings of folded words. */
static const struct {
	const char *start, *role;
} roles[] = {
	{"porteu", "facilitator"},  {"animat", "facilitator"},	    {"facilit", "facilitator"},
	{"host", "facilitator"},    {"participant", "participant"}, {"attendee", "participant"},
	{"present", "participant"}, {"excuse", "absent"},	    {"absent", "absent"},
	{"apologies", "absent"},    {"rapporteu", "note-taker"},    {"secretaire", "note-taker"},
	{"scribe", "note-taker"},   {"intervenant", "speaker"},	    {"speaker", "speaker"},
	{"organisat", "organiser"}, {"organiser", "organiser"},	    {"organizer", "organiser"},
};

const char *import_role_of(struct arena *arena, struct str heading)
{
	struct str rest = text_fold(arena, heading), word;

	if (str_word_count(heading) > HEADING_WORDS || !text_next_word(&rest, &word))
		return NULL;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_starts(word, str_of(roles[i].start)))
			return roles[i].role;
	return NULL;
}

/* The words between which names stand: "et", "and", "&". */
static bool is_joint(struct str word)
{
	return str_equal(word, STR("et")) || str_equal(word, STR("and")) ||
	       str_equal(word, STR("&")) || str_equal(word, STR("/"));
}

static bool is_bullet(struct str word)
{
	return str_equal(word, STR("-")) || str_equal(word, STR("*")) || str_equal(word, STR("+"));
}

bool import_next_name(struct str *rest, struct str *name)
{
	struct str word, ahead = *rest;

	*name = (struct str){0};
	while (str_next_word(&ahead, &word)) {
		bool first = name->len == 0, last;

		*rest = ahead;
		if (is_joint(word) || (first && is_bullet(word))) {
			if (first)
				continue;
			return true;
		}
		last = word.at[word.len - 1] == ',' || word.at[word.len - 1] == ';';
		word.len -= last;
		if (word.len) {
			const char *start = first ? word.at : name->at;
			*name = (struct str){start, (size_t)(word.at + word.len - start)};
		}
		if (last && name->len)
			return true;
	}
	*rest = (struct str){0};
	return name->len > 0;
}

/* Names only: none too long, nothing that ends or opens a sentence. */
static bool is_names_line(struct str line)
{
	struct str rest = line, name;

	if (str_is_blank(line))
		return false;
	for (size_t i = 0; i < line.len; i++)
		if (line.at[i] == ':' || line.at[i] == '?' || line.at[i] == '!' ||
		    line.at[i] == '#' || line.at[i] == '|' || line.at[i] == '`')
			return false;
	if (str_ends(str_trim(line), STR(".")))
		return false;
	while (import_next_name(&rest, &name))
		if (str_word_count(name) > NAME_WORDS)
			return false;
	return true;
}

size_t import_names_length(struct str body)
{
	struct str rest = body, line;
	size_t names_end = 0;

	while (str_next_line(&rest, &line)) {
		if (str_is_blank(line))
			continue;
		if (!is_names_line(line))
			break;
		names_end = (size_t)(line.at + line.len - body.at);
	}
	return names_end;
}

/* Adds the words of all lines with one space between, bullets left out. */
static void add_words(struct buf *out, struct str lines)
{
	struct str line, word;
	size_t begin = out->len;

	while (str_next_line(&lines, &line))
		for (bool first = true; str_next_word(&line, &word); first = false) {
			if (first && is_bullet(word))
				continue;
			if (out->len > begin)
				buf_add_byte(out, ' ');
			buf_add(out, word);
		}
}

void import_write_people(struct buf *out, struct str heading, const char *role, struct str lines)
{
	struct buf written = {.arena = out->arena}, names = {.arena = out->arena},
		   listed = {.arena = out->arena};
	struct str rest = lines, line, name;

	add_words(&written, lines);
	while (str_next_line(&rest, &line))
		while (import_next_name(&line, &name)) {
			buf_add_c(&listed, listed.len ? ", " : "");
			meta_write_scalar(&listed, name, true);
			buf_add_c(&names, names.len ? " " : "");
			add_words(&names, name);
		}
	buf_add_c(out, "  - {heading: ");
	meta_write_scalar(out, heading, true);
	buf_printf(out, ", role: %s", role);
	/* Said only where the names alone would lose a word ("et", a comma). */
	if (!str_equal(buf_str(&written), buf_str(&names))) {
		buf_add_c(out, ", as_written: ");
		meta_write_scalar(out, buf_str(&written), true);
	}
	buf_add_c(out, ", names: [");
	buf_add(out, buf_str(&listed));
	buf_add_c(out, "]}\n");
}
