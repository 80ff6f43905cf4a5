/*
 * The one door for every sentence a person reads: French or English.
 *
 * Sentences stand in English in the code, wrapped in `_()`; gettext finds the
 * French ones in the catalogue cmd/po/fr.po.
 */
#ifndef CORE_MESSAGE_H
#define CORE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
/* Marks a text for the catalogue where it cannot be translated yet, as in a table. */
#define N_(text)			 (text)
#define message_plural(one, many, count) ngettext((one), (many), (unsigned long)(count))

enum language { LANGUAGE_ENGLISH, LANGUAGE_FRENCH };

/*
 * Chooses the language from `option` (the value of --lang, NULL: none), then
 * ATELIER_LANG, LC_ALL, LC_MESSAGES and LANG, by their text: "fr…" is French,
 * also where that locale is not generated on the machine. To be called once,
 * before the first message. The catalogue is looked for beside the program
 * (`program_dir`/locale) and where `make install` puts it.
 */
enum language message_choose(const char *option, const char *program_dir);

/* The language that message_choose() settled on. */
enum language message_language(void);

#endif
