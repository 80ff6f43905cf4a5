/*
 * A plain note turned into a workshop: title, people and section files.
 *
 * Invariant: every word of the note stands at least as often in the section
 * files and the values of workshop.yml, in the note's order within each.
 * Marks are no words: bullets, heading marks and underlines, line ends, and the line of a front
 * matter that says that the program made the note.
 */
#ifndef CORE_NOTE_IMPORT_H
#define CORE_NOTE_IMPORT_H

#include "core/message.h"
#include "core/str.h"

struct imported_file {
	struct str name; /* within the workshop's folder: "01-questions.md" */
	struct str bytes;
};

struct imported {
	struct str folder; /* slug of the title, behind a date where the note has one */
	struct str title;
	struct imported_file *files; /* workshop.yml first, then the sections in order */
	size_t count;
};

/*
 * Reads a note (valid UTF-8): with Markdown headings these are its sections,
 * else bare title lines are. `name`: what it is called when it has no title.
 * `language`: of titles that the note does not give. cost: linear.
 */
struct imported import_note(struct arena *arena, struct str text, struct str name,
			    enum language language);

#endif
