#include "cmd/commands.h"
#include "cmd/document.h"
#include "cmd/import_again.h"
#include "cmd/import_writers.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "cmd/sync_report.h"
#include "cmd/wrapped.h"
#include "core/message.h"
#include "core/note_import.h"
#include "core/path.h"

/* One document and the workshop that it makes. */
struct import {
	struct document document;
	struct imported note;
	struct last_import last;
	bool known;	  /* the workshop is there already, and nothing is new */
	struct plan plan; /* what uniting it with an earlier import decided */
};

/* Does a workshop that no import has made hold exactly what the document says? */
static bool is_same(struct app *app, const struct notes *notes, const struct imported *note)
{
	bool same = true;

	for (size_t i = 0; i < note->count; i++) {
		struct saved_file there = {0};
		struct str path = path_join(&app->arena, note->folder, note->files[i].name);
		err failure = worktree_show(&app->arena, notes->repo, path, &there);

		same &= !failure && there.mode && str_equal(there.bytes, note->files[i].bytes);
		err_free(failure);
	}
	return same;
}

/* Is a workshop of that name there, and if so: made of an earlier state of this document? */
static err compare_with_workshops(struct app *app, const struct notes *notes, struct import *import)
{
	const struct imported *note = &import->note;
	err e = last_import_find(&app->arena, notes->repo, note, &import->last);

	if (e || import->last.kind == IMPORT_GROWN)
		return e;
	import->known = import->last.kind == IMPORT_EQUAL ||
			(import->last.kind == IMPORT_NEVER &&
			 workshop_at(&notes->workshops, note->folder) && is_same(app, notes, note));
	if (import->known ||
	    (import->last.kind == IMPORT_NEVER && !workshop_at(&notes->workshops, note->folder)))
		return NULL;
	return err_advise(
		err_new(STATUS_BAD_INPUT,
			_("%s: the workshop %.*s exists already and says something else."),
			import->document.path, STR_ARGS(note->folder)),
		_("Give the document another title, or copy into the workshop what is new."));
}

static struct str subject_of(struct app *app, const struct import *import, enum language language)
{
	return str_printf(&app->arena, "%s %.*s",
			  language == LANGUAGE_FRENCH ? "Import de" : "Import of",
			  STR_ARGS(path_name(str_of(import->document.path))));
}

/* A workshop that nobody has yet: its files are simply written. */
static err record(struct app *app, struct notes *notes, const struct import *import,
		  struct str subject)
{
	const struct imported *note = &import->note;
	struct recorded_file *files = arena_array(&app->arena, struct recorded_file, note->count);

	for (size_t i = 0; i < note->count; i++)
		files[i] = (struct recorded_file){
			.path = path_join(&app->arena, note->folder, note->files[i].name),
			.bytes = note->files[i].bytes,
		};
	return notes_record(app, notes, files, note->count,
			    str_printf(&app->arena, "%.*s\n\n" IMPORT_TRAILER ": %.*s",
				       STR_ARGS(subject), STR_ARGS(note->folder)));
}

static struct signature *signature_of(struct arena *arena, const struct writer *writer)
{
	struct signature *signature = arena_array(arena, struct signature, 1);

	*signature = (struct signature){
		.name = writer->name, .email = writer->address, .time = writer->time};
	return signature;
}

/* The saves that the note is recorded as: one, or where it tells its writers theirs. */
static err find_saves(struct app *app, const struct notes *notes, const struct import *import,
		      struct import_save **out, size_t *count)
{
	const struct document *document = &import->document;
	struct arena *arena = &app->arena;
	struct imported before;
	err e = last_import_read(arena, notes->repo, &import->note, import->last.commit, &before);

	*count = 1;
	*out = arena_array(arena, struct import_save, 1);
	(*out)[0] = (struct import_save){.note = import->note};
	if (e || !document->written_by)
		return e;
	struct writer_save *saves = writer_saves(arena, document, &import->note, &before, count);
	*out = arena_array(arena, struct import_save, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		uint32_t writer = saves[i].writer;

		(*out)[i] = (struct import_save){
			.writer = writer == NOBODY
					  ? NULL
					  : signature_of(arena, &document->writers[writer]),
			.note = saves[i].note,
		};
	}
	return NULL;
}

static err take_in(struct app *app, struct notes *notes, struct import *import,
		   enum language language)
{
	struct str subject = subject_of(app, import, language);
	struct import_save *saves;
	size_t count;

	if (import->known)
		return NULL;
	if (import->last.kind != IMPORT_GROWN && !import->document.written_by)
		return record(app, notes, import, subject);
	err e = find_saves(app, notes, import, &saves, &count);
	return e ? e : import_saves(app, saves, count, import->last.commit, subject, &import->plan);
}

/* What the document has and the workshop has not. */
static void tell_missing(struct app *app, const struct import *import)
{
	const struct document *document = &import->document;

	if (document->pictures)
		note(app, _("%s: its pictures are named in the text, but not taken over.\n"),
		     document->path);
	if (document->unchecked)
		complain(
			app,
			_("%s: whether pandoc left out words could not be checked with “unzip”.\n"),
			document->path);
	if (document->missing.len)
		complain(app,
			 _("%s: pandoc left out these words, which are not in the notes: %.*s\n"),
			 document->path, STR_ARGS(document->missing));
}

static void tell(struct app *app, const struct import *import)
{
	const struct imported *made = &import->note;

	if (app->json) {
		struct json *line = json_record();
		json_add_text(line, "workshop", made->folder);
		json_add_text(line, "document", str_of(import->document.path));
		json_add_bool(line, "known", import->known);
		json_add_bool(line, "again", import->last.kind == IMPORT_GROWN);
		struct json *list = json_add_array(line, "files");
		for (size_t i = 0; i < made->count; i++)
			json_add_text(list, NULL,
				      path_join(&app->arena, made->folder, made->files[i].name));
		struct str missing = import->document.missing, word;
		list = json_add_array(line, "missing");
		while (str_next_word(&missing, &word))
			json_add_text(list, NULL, word);
		json_print(app, line);
		return;
	}
	if (import->known) {
		print_line(app, _("%s: imported before, nothing is new.\n"), import->document.path);
		return;
	}
	if (import->last.kind == IMPORT_GROWN) {
		print_line(app,
			   _("%s: what is new in it was added to %.*s; your own changes stay.\n"),
			   import->document.path, STR_ARGS(made->folder));
		sync_report_decisions(app, &import->plan);
		return;
	}
	print_line(app, _("New workshop: %.*s\n"), STR_ARGS(made->folder));
	for (size_t i = 0; i < made->count; i++)
		print(app, "  %.*s\n", STR_ARGS(made->files[i].name));
	note(app, "%s\n", _("Next: write in these files, in any editor, then “atelier sync”."));
}

static err import_one(struct app *app, const char *path)
{
	struct notes notes = {0};
	struct import import = {0};
	err failure = notes_open(app, &notes);
	enum language language;

	if (failure)
		goto done;
	language = notes_language(app, &notes);
	if ((failure = document_read(app, path, language, &import.document)))
		goto done;
	import.note =
		import_note(&app->arena, import.document.text, path_stem(str_of(path)), language);
	if ((failure = compare_with_workshops(app, &notes, &import)) ||
	    (failure = take_in(app, &notes, &import, language)))
		goto done;
	tell(app, &import);
	tell_missing(app, &import);
done:
	notes_close(&notes);
	return failure;
}

static int run(struct app *app, int argc, char **argv)
{
	err failure = NULL;

	for (int i = 1; i < argc && !failure; i++)
		failure = import_one(app, argv[i]);
	return fail(app, failure);
}

const struct command command_import = {
	.name = "import",
	.french = "importer",
	.arguments = N_("FILE…"),
	.summary = N_("make workshops from documents"),
	.details = N_(
		"A document in plain text or Markdown: title lines or headings become "
		"sections, names under Participants, Facilitators and the like go to the "
		"workshop's people. No word of it is left out. The same document again, grown or "
		"corrected, is joined with what you made of it.\n"
		"The export of a pad (.etherpad) keeps its writers: each word is recorded in the "
		"name of who wrote it, the chat becomes a section. .docx, .odt and .html are read "
		"through pandoc where it is installed."),
	.least = 1,
	.most = -1,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier import session-2.txt\n"
		       "atelier import pad.etherpad minutes.docx"),
	.run = run,
};
