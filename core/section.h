/*
 * Kinds of sections: what a section is about, by its title in French or English.
 */
#ifndef CORE_SECTION_H
#define CORE_SECTION_H

#include "core/message.h"
#include "core/str.h"

enum section_kind {
	SECTION_OTHER,
	SECTION_QUESTIONS,
	SECTION_SYNTHESIS,
	SECTION_DISCUSSION,
	SECTION_IDEAS,
	SECTION_CONCLUSION,
};

/* The kind that the first telling word of a title stands for; accents and case aside. */
enum section_kind section_kind_of(struct arena *arena, struct str title);
/* What programs and front matter call a kind: "discussion"; never translated. */
const char *section_kind_name(enum section_kind kind);
/* The title that a new section of this kind is given in the notes' language. */
const char *section_kind_title(enum section_kind kind, enum language language);

#endif
