#include "core/message.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef LOCALE_DIR
#define LOCALE_DIR "/usr/local/share/locale"
#endif

/* gettext keeps its language for the whole process, and so does this. */
static enum language chosen = LANGUAGE_ENGLISH;

static enum language language_of(const char *locale)
{
	return strncmp(locale, "fr", 2) == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
}

static enum language find_language(const char *option)
{
	static const char *const variables[] = {"ATELIER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};

	if (option && *option)
		return language_of(option);
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *locale = getenv(variables[i]);
		if (locale && *locale)
			return language_of(locale);
	}
	return LANGUAGE_ENGLISH;
}

/* Beside the program as `make` leaves it, beside it as installed, else where it was to go. */
static void bind_catalogue(const char *program_dir)
{
	static const char *const places[] = {"locale", "../share/locale"};
	char path[4096];

	for (size_t i = 0; program_dir && i < sizeof places / sizeof *places; i++) {
		snprintf(path, sizeof path, "%s/%s/fr/LC_MESSAGES/atelier.mo", program_dir,
			 places[i]);
		if (access(path, R_OK) != 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", program_dir, places[i]);
		bindtextdomain("atelier", path);
		return;
	}
	bindtextdomain("atelier", LOCALE_DIR);
}

enum language message_choose(const char *option, const char *program_dir)
{
	chosen = find_language(option);
	/*
	 * C.UTF-8 is built into the C library, so gettext needs no generated
	 * locale; LANGUAGE then picks the catalogue.
	 */
	setlocale(LC_ALL, "C.UTF-8");
	setenv("LANGUAGE", chosen == LANGUAGE_FRENCH ? "fr" : "en", 1);
	bind_catalogue(program_dir);
	bind_textdomain_codeset("atelier", "UTF-8");
	textdomain("atelier");
	return chosen;
}

enum language message_language(void)
{
	return chosen;
}
