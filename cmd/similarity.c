/* atelier similarity: how alike the two texts of each row are. */
#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/print.h"

#include "core/file.h"
#include "core/message.h"
#include "merge/alike.h"

enum { TABLE_BYTES = 64 * 1024 * 1024 };

struct table {
	struct lexicon *lexicon;
	struct word_list words;
	size_t *ends; /* in words, of each text; two texts a row */
	size_t count, room;
};

/* The part of a row in the column with this number; empty: the row is too short. */
static struct str column(struct str row, size_t number)
{
	struct str part = {0};

	for (size_t i = 0; i <= number; i++)
		if (!str_next_part(&row, '\t', &part))
			return (struct str){0};
	return part;
}

/* out: false where the header has no such column. */
static bool find_column(struct str header, struct str name, size_t *number)
{
	struct str part;

	for (size_t i = 0; str_next_part(&header, '\t', &part); i++) {
		if (str_equal(part, name)) {
			*number = i;
			return true;
		}
	}
	return false;
}

static void read_text(struct table *table, struct str text, enum language language)
{
	lexicon_read(table->lexicon, text, language, &table->words);
	arena_push(table->words.arena, table->ends, table->count, table->room);
	table->ends[table->count++] = table->words.count;
}

static err read_table(struct str source, struct table *table)
{
	struct str line, header;
	size_t a, b, lang = 0;

	if (!str_next_line(&source, &header))
		return err_new(STATUS_BAD_INPUT, _("The table has no header row."));
	header = str_chomp(header);
	if (!find_column(header, STR("text_a"), &a) || !find_column(header, STR("text_b"), &b))
		return err_new(STATUS_BAD_INPUT,
			       _("The table needs columns called text_a and text_b."));
	bool tells_language = find_column(header, STR("lang"), &lang);
	while (str_next_line(&source, &line)) {
		struct str row = str_chomp(line);
		enum language language = message_language();

		if (tells_language)
			language = str_starts(column(row, lang), STR("en")) ? LANGUAGE_ENGLISH
									    : LANGUAGE_FRENCH;
		read_text(table, column(row, a), language);
		read_text(table, column(row, b), language);
	}
	return NULL;
}

static void print_row(struct app *app, struct alikeness found)
{
	if (!app->json) {
		print(app, "%u.%06u\t%s\n", found.score / ALIKE_FULL, found.score % ALIKE_FULL,
		      alike_level_name(found.level));
		return;
	}
	struct json *record = json_record();
	json_add_fraction(record, "score", (double)found.score / ALIKE_FULL);
	json_add_c(record, "level", alike_level_name(found.level));
	json_print(app, record);
}

static void print_rows(struct app *app, const struct table *table)
{
	struct alike_text *texts = arena_array(&app->arena, struct alike_text, table->count + 1);
	size_t start = 0;

	for (size_t i = 0; i < table->count; i++) {
		texts[i] = (struct alike_text){table->words.at + start, table->ends[i] - start};
		start = table->ends[i];
	}
	struct stem_weights weights = alike_weigh(&app->arena, table->lexicon, texts, table->count);
	for (size_t i = 0; i + 1 < table->count; i += 2)
		print_row(app, alike_compare(table->lexicon, weights, texts[i], texts[i + 1]));
}

static int run(struct app *app, int argc, char **argv)
{
	struct table table = {.words.arena = &app->arena};
	struct str source;
	err e = argc > 1 ? file_read(&app->arena, argv[1], TABLE_BYTES, &source)
			 : file_read_open(&app->arena, 0, "-", TABLE_BYTES, &source);

	if (e)
		return fail(app, e);
	table.lexicon = lexicon_open(&app->arena);
	e = read_table(source, &table);
	if (!e)
		print_rows(app, &table);
	lexicon_close(table.lexicon);
	return fail(app, e);
}

const struct command command_similarity = {
	.name = "similarity",
	.french = "similarité",
	.arguments = N_("[FILE.tsv]"),
	.summary = N_("tell how alike the two texts of each row are"),
	.details = N_("The table has a header row with columns text_a and text_b, separated by "
		      "tabs; standard input without FILE. Each row gives a score from 0 to 1 and "
		      "a level: identical, same-words, near, part-of, related, contradicts (alike, "
		      "but figures or negations differ) or unrelated."),
	.most = 1,
	.examples = N_("atelier similarity pairs.tsv"),
	.run = run,
};
