#include "core/people.h"

#include "core/identity.h"
#include "core/meta.h"
#include "core/worktree.h"

/* --- .mailmap --------------------------------------------------------------- */

/* Takes "Name <mail>" off a line, either part of which may be empty. out: false: no mail. */
static bool take_identity(struct str *line, struct str *name, struct str *email)
{
	size_t open = str_find_byte(*line, '<', 0), close = str_find_byte(*line, '>', open);

	if (close == line->len)
		return false;
	*name = str_trim(str_slice(*line, 0, open));
	*email = str_trim(str_slice(*line, open + 1, close));
	*line = str_slice(*line, close + 1, line->len);
	return true;
}

static void read_mailmap(struct people *people, struct str text)
{
	struct str rest = text, line;
	size_t room = 0;

	while (str_next_line(&rest, &line)) {
		struct mailmap_line found = {0};

		/* A name may have a number sign in it: a comment is a line, or stands behind. */
		if (str_starts(str_trim(line), STR("#")))
			continue;
		if (!take_identity(&line, &found.name, &found.email))
			continue;
		if (str_starts(str_trim(line), STR("#")) ||
		    !take_identity(&line, &found.old_name, &found.old_email)) {
			found.old_email = found.email;
			found.email = (struct str){0};
		}
		arena_push(people->arena, people->lines, people->line_count, room);
		people->lines[people->line_count++] = found;
	}
}

/* Case aside, for ASCII letters, as git compares them. */
static bool same_letters(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		unsigned char one = (unsigned char)a.at[i], other = (unsigned char)b.at[i];

		one = one >= 'A' && one <= 'Z' ? (unsigned char)(one + 32) : one;
		other = other >= 'A' && other <= 'Z' ? (unsigned char)(other + 32) : other;
		if (one != other)
			return false;
	}
	return true;
}

/* A line that names the old name too goes before one that does not; else the last one holds. */
static const struct mailmap_line *find_line(const struct people *people, struct str name,
					    struct str email)
{
	const struct mailmap_line *general = NULL;

	for (size_t i = people->line_count; i > 0; i--) {
		const struct mailmap_line *line = &people->lines[i - 1];

		if (!same_letters(line->old_email, email))
			continue;
		if (line->old_name.len && same_letters(line->old_name, name))
			return line;
		if (line->old_name.len == 0 && !general)
			general = line;
	}
	return general;
}

/* --- people.yml ------------------------------------------------------------- */

void names_add(struct arena *arena, struct names *names, struct str name)
{
	if (name.len == 0)
		return;
	arena_push(arena, names->at, names->count, names->room);
	names->at[names->count++] = name;
}

static bool has_name(const struct names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (same_letters(names->at[i], name))
			return true;
	return false;
}

static void add_name(struct arena *arena, struct names *names, struct str name)
{
	name = str_trim(name);
	if (!has_name(names, name))
		names_add(arena, names, name);
}

static struct person *add_person(struct people *people, struct person person)
{
	struct person *added = arena_new(people->arena, struct person);

	*added = person;
	arena_push(people->arena, people->all, people->count, people->room);
	people->all[people->count++] = added;
	return added;
}

static void add_email(struct arena *arena, struct names *emails, struct str text)
{
	if (text.len > 1 && text.at[0] == '<' && text.at[text.len - 1] == '>')
		text = str_slice(text, 1, text.len - 1);
	add_name(arena, emails, text);
}

/* The addresses among words: "a@x b@y", "Anne <a@x>"; where none has an @, all is one. */
static void add_part(struct arena *arena, struct names *emails, struct str part)
{
	struct str rest = part, word;
	bool found = false;

	while (str_next_word(&rest, &word)) {
		if (str_find_byte(word, '@', 0) == word.len)
			continue;
		add_email(arena, emails, word);
		found = true;
	}
	if (!found)
		add_email(arena, emails, str_trim(part));
}

/* One address, or several in one text: "a@x, b@y". */
static void add_emails(struct arena *arena, struct names *emails, struct str text)
{
	for (size_t end; text.len; text = str_slice(text, end + 1, text.len)) {
		size_t comma = str_find_byte(text, ',', 0);

		end = str_find_byte(str_slice(text, 0, comma), ';', 0);
		add_part(arena, emails, str_slice(text, 0, end));
	}
}

/* A text, or a list of texts; an alias with @ is an address. */
static void add_values(struct arena *arena, struct person *person, const struct meta *value,
		       bool emails)
{
	if (value && value->kind == META_SCALAR && !meta_is_nothing(value)) {
		if (emails || str_find_byte(meta_says(value), '@', 0) < value->says_length)
			add_emails(arena, &person->emails, meta_says(value));
		else
			add_name(arena, &person->aliases, meta_says(value));
	}
	for (size_t i = 0; value && value->kind == META_LIST && i < value->count; i++)
		if (value->entries[i].value->kind == META_SCALAR)
			add_values(arena, person, value->entries[i].value, emails);
}

static void read_person(struct people *people, const struct meta *entry)
{
	struct person person = {.listed = true};
	struct signature written;

	if (entry->kind == META_SCALAR && identity_read(meta_says(entry), &written)) {
		person.name = written.name;
		add_name(people->arena, &person.emails, written.email);
	} else if (entry->kind == META_SCALAR) {
		person.name = str_trim(meta_says(entry));
	} else {
		person.name = str_trim(meta_text(entry, STR("name")));
		person.initials = str_trim(meta_text(entry, STR("initials")));
		add_values(people->arena, &person, meta_get(entry, STR("email")), true);
		add_values(people->arena, &person, meta_get(entry, STR("emails")), true);
		add_values(people->arena, &person, meta_get(entry, STR("aliases")), false);
	}
	if (person.emails.count)
		person.email = person.emails.at[0];
	if (person.name.len || person.email.len)
		add_person(people, person);
}

static err read_roster(struct people *people, struct str roster)
{
	struct meta_doc document;
	err e = meta_read(people->arena, roster, "people.yml", &document);

	if (e)
		return e;
	const struct meta *list = document.root;
	if (list && list->kind == META_MAP)
		list = meta_get(list, STR("people"));
	for (size_t i = 0; list && list->kind == META_LIST && i < list->count; i++)
		read_person(people, list->entries[i].value);
	return NULL;
}

err people_of(struct arena *arena, struct str mailmap, struct str roster, struct people *out)
{
	*out = (struct people){.arena = arena};
	read_mailmap(out, mailmap);
	return read_roster(out, roster);
}

err people_read(struct arena *arena, const struct repo *repo, struct people *out)
{
	struct saved_file mailmap, roster;
	err e;

	*out = (struct people){.arena = arena};
	if ((e = worktree_show(arena, repo, STR(".mailmap"), &mailmap)) ||
	    (e = worktree_show(arena, repo, STR("people.yml"), &roster)))
		return e;
	return people_of(arena, mailmap.bytes, roster.bytes, out);
}

/* --- who recorded under a name ---------------------------------------------- */

static struct person *with_email(const struct people *people, struct str email)
{
	for (size_t i = 0; i < people->count && email.len; i++)
		if (has_name(&people->all[i]->emails, email))
			return people->all[i];
	return NULL;
}

/* Without an address, git's names are all there is to tell people apart. */
static struct person *without_email(const struct people *people, struct str name)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->all[i]->email.len == 0 && same_letters(people->all[i]->name, name))
			return people->all[i];
	return NULL;
}

/* Who somebody is by .mailmap. */
struct mapped {
	const struct mailmap_line *line; /* NULL: it has none of them */
	struct str name, email;
	bool by_name; /* under that name only: who else has the address is not told by it */
};

static struct mapped map_author(const struct people *people, const struct signature *author)
{
	const struct mailmap_line *line = find_line(people, author->name, author->email);

	return (struct mapped){
		.line = line,
		.name = line && line->name.len ? line->name : author->name,
		.email = line && line->email.len ? line->email : author->email,
		.by_name = line && line->old_name.len,
	};
}

static struct person *find_mapped(const struct people *people, const struct mapped *mapped,
				  const struct signature *author)
{
	struct person *person = mapped->email.len ? with_email(people, mapped->email)
						  : without_email(people, mapped->name);

	/* people.yml may know the address that .mailmap replaces. */
	return person || mapped->by_name ? person : with_email(people, author->email);
}

struct person *people_known(const struct people *people, const struct signature *author)
{
	struct mapped mapped = map_author(people, author);

	return find_mapped(people, &mapped, author);
}

struct person *people_find(struct people *people, const struct signature *author)
{
	struct mapped mapped = map_author(people, author);
	struct person *person = find_mapped(people, &mapped, author);

	if (!person)
		person = add_person(people,
				    (struct person){.name = mapped.name, .email = mapped.email});
	if (person->name.len == 0)
		person->name = mapped.name;
	person->seen = true;
	person->mapped |= mapped.line != NULL;
	add_name(people->arena, &person->emails, mapped.email);
	if (!mapped.by_name)
		add_name(people->arena, &person->emails, author->email);
	if (!str_equal(author->name, person->name))
		add_name(people->arena, &person->written, author->name);
	return person;
}

void people_find_mapped(struct people *people)
{
	for (size_t i = 0; i < people->line_count; i++) {
		const struct mailmap_line *line = &people->lines[i];

		people_find(people, &(struct signature){.name = line->old_name.len ? line->old_name
										   : line->name,
							.email = line->old_email});
	}
}
