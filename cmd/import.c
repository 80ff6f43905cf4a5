#include <string.h>

#include "cmd/commands.h"
#include "cmd/import_again.h"
#include "cmd/json.h"
#include "cmd/notes.h"
#include "cmd/print.h"
#include "cmd/sync_report.h"
#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/note_import.h"
#include "core/path.h"
#include "core/utf8.h"

/* One document and the workshop that it makes. */
struct import {
	const char *document;
	struct imported note;
	struct last_import last;
	bool known;	  /* the workshop is there already, and nothing is new */
	struct plan plan; /* what uniting it with an earlier import decided */
};

/* "notes/Session 2.txt" without folder and ending. */
static struct str name_of(const char *document)
{
	struct str name = path_name(str_of(document));
	size_t dot = name.len;

	while (dot > 0 && name.at[dot - 1] != '.')
		dot--;
	return dot > 1 ? str_slice(name, 0, dot - 1) : name;
}

static err read_document(struct app *app, struct import *import, enum language language)
{
	struct str text;
	err failure = file_read(&app->arena, import->document, LIMIT_FILE_BYTES, &text);

	if (failure)
		return failure;
	if (!utf8_valid(text) || str_find_byte(text, '\0', 0) < text.len)
		return err_advise(err_new(STATUS_BAD_INPUT,
					  _("%s: this is not plain text in UTF-8."),
					  import->document),
				  _("Export it as text or Markdown, then import that."));
	if (str_is_blank(text))
		return err_new(STATUS_BAD_INPUT, _("%s: there is nothing in it."),
			       import->document);
	struct str rest = text, line;
	while (str_next_line(&rest, &line))
		if (line.len > LIMIT_LINE_BYTES)
			return err_new(STATUS_BAD_INPUT, _("%s: a line is longer than %d KiB."),
				       import->document, LIMIT_LINE_BYTES / 1024);
	import->note = import_note(&app->arena, text, name_of(import->document), language);
	return NULL;
}

static bool is_there(const struct notes *notes, struct str folder)
{
	for (size_t i = 0; i < notes->workshops.count; i++)
		if (str_equal(notes->workshops.all[i].folder, folder))
			return true;
	return false;
}

/* Does a workshop that no import has made hold exactly what the document says? */
static bool is_same(struct app *app, const struct notes *notes, const struct imported *note)
{
	bool same = true;

	for (size_t i = 0; i < note->count; i++) {
		struct str there = {0};
		const char *path =
			str_c(&app->arena,
			      str_printf(&app->arena, "%s/%.*s/%.*s", repo_folder(notes->repo),
					 STR_ARGS(note->folder), STR_ARGS(note->files[i].name)));
		err failure = file_read(&app->arena, path, LIMIT_FILE_BYTES, &there);

		same &= !failure && str_equal(there, note->files[i].bytes);
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
			(import->last.kind == IMPORT_NEVER && is_there(notes, note->folder) &&
			 is_same(app, notes, note));
	if (import->known || (import->last.kind == IMPORT_NEVER && !is_there(notes, note->folder)))
		return NULL;
	return err_advise(
		err_new(STATUS_BAD_INPUT,
			_("%s: the workshop %.*s exists already and says something else."),
			import->document, STR_ARGS(note->folder)),
		_("Give the document another title, or copy into the workshop what is new."));
}

static struct str message_of(struct app *app, const struct import *import, enum language language)
{
	return str_printf(&app->arena, "%s %.*s\n\n" IMPORT_TRAILER ": %.*s",
			  language == LANGUAGE_FRENCH ? "Import de" : "Import of",
			  STR_ARGS(path_name(str_of(import->document))),
			  STR_ARGS(import->note.folder));
}

static err record(struct app *app, struct notes *notes, const struct import *import,
		  enum language language)
{
	const struct imported *note = &import->note;
	struct recorded_file *files = arena_array(&app->arena, struct recorded_file, note->count);
	struct str *seen = arena_array(&app->arena, struct str, note->count);

	for (size_t i = 0; i < note->count; i++)
		files[i] = (struct recorded_file){
			.path = path_join(&app->arena, note->folder, note->files[i].name),
			.bytes = note->files[i].bytes,
		};
	return notes_record(app, notes, files, seen, note->count,
			    message_of(app, import, language));
}

static void tell(struct app *app, const struct import *import)
{
	const struct imported *note = &import->note;

	if (app->json) {
		struct json *line = json_record();
		json_add_text(line, "workshop", note->folder);
		json_add_text(line, "document", str_of(import->document));
		json_add_bool(line, "known", import->known);
		json_add_bool(line, "again", import->last.kind == IMPORT_GROWN);
		struct json *list = json_add_array(line, "files");
		for (size_t i = 0; i < note->count; i++)
			json_add_text(list, NULL,
				      path_join(&app->arena, note->folder, note->files[i].name));
		json_print(app, line);
		return;
	}
	if (import->known) {
		print(app, _("%s: imported before, nothing is new."), import->document);
		print(app, "\n");
		return;
	}
	if (import->last.kind == IMPORT_GROWN) {
		print(app, _("%s: what is new in it was added to %.*s; your own changes stay.\n"),
		      import->document, STR_ARGS(note->folder));
		sync_report_decisions(app, &import->plan);
		return;
	}
	print(app, _("New workshop: %.*s"), STR_ARGS(note->folder));
	print(app, "\n");
	for (size_t i = 0; i < note->count; i++)
		print(app, "  %.*s\n", STR_ARGS(note->files[i].name));
}

static err import_one(struct app *app, const char *document)
{
	struct import import = {.document = document};
	struct notes notes = {0};
	err failure = notes_open(app, &notes);
	enum language language;

	if (failure)
		goto done;
	language = notes_language(app, &notes);
	if ((failure = read_document(app, &import, language)) ||
	    (failure = compare_with_workshops(app, &notes, &import)))
		goto done;
	if (import.last.kind == IMPORT_GROWN)
		failure = import_again(app, &import.note, import.last.commit,
				       message_of(app, &import, language), &import.plan);
	else if (!import.known)
		failure = record(app, &notes, &import, language);
	if (failure)
		goto done;
	tell(app, &import);
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
		"corrected, is joined with what you made of it."),
	.least = 1,
	.most = -1,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.run = run,
};
