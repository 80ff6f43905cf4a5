#include "cmd/commands.h"
#include "cmd/contributions.h"
#include "cmd/gone.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/saved_first.h"
#include "cmd/wrapped.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/variant.h"
#include "merge/put_back.h"

/* A point on its way back. */
struct restoring {
	struct gone_point gone;
	struct recorded_file file;
	size_t blocks; /* that come back */
	uint32_t line; /* where it stands then */
};

/*
 * How many of the blocks that stood in its file beside it does this section hold?
 * out: 0: less than half; headings, which many notes have in common, do not count
 */
static size_t shared_blocks(const struct doc *doc, const struct gone_point *gone)
{
	const struct block *blocks = gone->before->blocks, *point = &blocks[gone->index];
	size_t end = point->kind == BLOCK_HEADING ? gone->index + 1 : point->end;
	size_t shared = 0, others = 0;

	for (size_t i = 0; i < gone->before->count; i++) {
		if (blocks[i].kind == BLOCK_HEADING || (i >= gone->index && i < end))
			continue;
		others++;
		shared += doc_holds(doc, blocks[i].normal);
	}
	return 2 * shared >= others ? shared : 0;
}

/* The file it stood in, or the one that holds most of it by now; NULL: none. */
static const struct section *find_section(const struct notes *notes, const struct gone_point *gone)
{
	const struct section *best = NULL;
	size_t most = 0;

	for (size_t w = 0; w < notes->workshops.count; w++)
		for (size_t s = 0; s < notes->workshops.all[w].count; s++) {
			const struct section *section = &notes->workshops.all[w].sections[s];
			size_t shared;

			if (str_equal(section->path, gone->path))
				return section;
			shared = shared_blocks(&section->doc, gone);
			if (shared > most) {
				best = section;
				most = shared;
			}
		}
	return best;
}

/* A wording that comes back to no others is a point like any: without the label of a set. */
static void settle_alone(struct app *app, struct restoring *restoring)
{
	struct key key = restoring->gone.before->blocks[restoring->gone.speaking].normal;
	struct doc doc = doc_read(&app->arena, restoring->file.bytes);
	const size_t *sets = variant_numbers(&app->arena, &doc);

	for (size_t i = 0; i < doc.count; i++) {
		struct variant_set alone = {.blocks = &i, .count = 1};

		if (doc.blocks[i].label == 0 || !key_equal(doc.blocks[i].normal, key) ||
		    sets[i] > 0)
			continue;
		restoring->file.bytes = variant_settle(&app->arena, &doc, &alone, 0);
		return;
	}
}

static void find_line(struct app *app, struct restoring *restoring)
{
	struct key key = restoring->gone.before->blocks[restoring->gone.speaking].normal;
	struct doc doc = doc_read(&app->arena, restoring->file.bytes);

	for (size_t i = 0; i < doc.count; i++)
		if (key_equal(doc.blocks[i].normal, key))
			restoring->line = doc.blocks[i].line;
}

static err prepare(struct app *app, const struct notes *notes, const char *wanted,
		   struct restoring *out)
{
	struct points points = points_of(&app->arena, &notes->workshops);
	const struct section *section;
	err e = gone_find(&app->arena, notes->repo, repo_reference(notes->repo, "HEAD"), &points,
			  str_of(wanted), &out->gone);

	if (e)
		return e;
	struct put_back what = {.before = out->gone.before, .index = out->gone.index};
	section = find_section(notes, &out->gone);
	if (section && section->doc.opaque)
		return err_new(STATUS_BAD_INPUT, _("%.*s cannot be read as text."),
			       STR_ARGS(section->path));
	if (section) {
		out->file.seen = what.now = section->doc.source.at ? section->doc.source : STR("");
		what.after = out->gone.after;
	}
	out->file.path = section ? section->path : out->gone.path;
	out->file.bytes = put_back(&app->arena, &what, &out->blocks);
	settle_alone(app, out);
	if (out->file.bytes.len > LIMIT_FILE_BYTES)
		return err_new(STATUS_BAD_INPUT, _("%.*s would become too large."),
			       STR_ARGS(out->file.path));
	find_line(app, out);
	return NULL;
}

/* Nobody deleted what was kept aside. */
static void add_deleter(struct app *app, struct json *record, const struct gone_point *gone)
{
	if (gone->aside) {
		json_add_null(record, "deleted_by");
		return;
	}
	struct json *by = json_add_object(record, "deleted_by");

	json_add_text(by, "name", gone->commit.author.name);
	json_add_text(by, "email", gone->commit.author.email);
	json_add_text(by, "commit", object_id_hex(&app->arena, gone->commit.id));
	json_add_number(by, "at", gone->commit.author.time);
}

static void tell(struct app *app, const struct restoring *restoring, bool done)
{
	const struct gone_point *gone = &restoring->gone;
	struct str called = person_called(gone->commit.author.name, gone->commit.author.email);

	if (app->json) {
		struct json *record = json_record();

		json_add_text(record, "file", restoring->file.path);
		json_add_number(record, "line", restoring->line);
		json_add_text(record, "id", gone->id);
		json_add_text(record, "text", gone->text);
		json_add_number(record, "points", (int64_t)restoring->blocks);
		add_deleter(app, record, gone);
		json_add_bool(record, "done", done);
		json_print(app, record);
		return;
	}
	print_line(app,
		   done ? _("Back in its place: %.*s:%u: %.*s\n")
			: _("It would stand at %.*s:%u: %.*s\n"),
		   STR_ARGS(restoring->file.path), restoring->line, STR_ARGS(gone->text));
	if (gone->aside)
		print_line(app, "%s\n", _("It was saved while plain git was at work."));
	else
		print_line(app,
			   gone->reworded ? _("%.*s had reworded it.\n")
					  : _("%.*s had deleted it.\n"),
			   STR_ARGS(called));
	if (restoring->blocks > 1)
		print_line(app,
			   message_plural("With it comes %zu that stood below it.\n",
					  "With it come %zu that stood below it.\n",
					  restoring->blocks - 1),
			   restoring->blocks - 1);
}

static err restore(struct app *app, const char *wanted, bool only_tell)
{
	struct restoring restoring = {0};
	struct notes notes;
	err e = notes_open(app, &notes);

	if (e || (e = prepare(app, &notes, wanted, &restoring)))
		goto done;
	if (!only_tell) {
		bool french = notes_language(app, &notes) == LANGUAGE_FRENCH;
		struct str message =
			str_printf(&app->arena, french ? "Rétablissement : %.*s" : "Restore: %.*s",
				   STR_ARGS(restoring.gone.text));
		e = notes_record(app, &notes, &restoring.file, 1, message);
	}
	if (!e)
		tell(app, &restoring, !only_tell);
done:
	notes_close(&notes);
	return e;
}

static int run(struct app *app, int argc, char **argv)
{
	bool only_tell = option_given(app, "dry-run");
	/* So that what was deleted a moment ago is found as well. */
	err e = only_tell ? NULL : saved_first_everywhere(app);
	unsigned attempts = 0;

	(void)argc;
	if (e)
		return fail(app, e);
	while (notes_try_again(e = restore(app, argv[1], only_tell), &attempts))
		err_free(e);
	return fail(app, e);
}

static const struct option options[] = {
	{"dry-run", 0, NULL, N_("tell what would come back; change nothing")},
	{0},
};

const struct command command_restore = {
	.name = "restore",
	.french = "rétablir",
	.arguments = N_("POINT"),
	.summary = N_("bring a deleted point back to where it stood"),
	.details = N_("POINT is a piece of its text, its id, or file:line as it was before it was "
		      "deleted. What stood below it and went with it comes back as well."),
	.options = options,
	.least = 1,
	.most = 1,
	.needs = NEEDS_REPOSITORY,
	.examples = N_("atelier restore \"a lid keeps the rain\""),
	.run = run,
};
