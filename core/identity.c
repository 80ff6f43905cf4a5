#include "core/identity.h"

#include <time.h>

#include "core/commit_text.h"
#include "core/message.h"
#include "core/process.h"

enum { GIT_MILLISECONDS = 20 * 1000 };

bool identity_read(struct str text, struct signature *out)
{
	size_t open = str_find_byte(text, '<', 0), close = str_find_byte(text, '>', open);
	struct signature found = {.name = str_trim(str_slice(text, 0, open)),
				  .email = str_trim(str_slice(text, open + 1, close))};

	if (close == text.len || found.name.len == 0 || found.email.len == 0 ||
	    str_find_byte(text, '\n', 0) < close)
		return false;
	signature_time_read(str_trim(str_slice(text, close + 1, text.len)), &found);
	*out = found;
	return true;
}

static void set_time(struct signature *person)
{
	time_t now = time(NULL);
	struct tm local = {0};

	localtime_r(&now, &local);
	person->time = now;
	person->offset_minutes = (int)(local.tm_gmtoff / 60);
}

static err unknown_person(void)
{
	return err_advise(err_new(STATUS_SETUP, _("your name is not known yet")),
			  _("Say it once: git config --global user.name \"First Last\" and "
			    "git config --global user.email you@example.org; "
			    "or each time: --as \"First Last <you@example.org>\"."));
}

static err unknown_address(void)
{
	return err_advise(err_new(STATUS_SETUP, _("your e-mail address is not known yet")),
			  _("Say it once: git config --global user.email you@example.org; "
			    "or each time: --as \"First Last <you@example.org>\"."));
}

err identity_find(struct arena *arena, const char *folder, const char *given, struct signature *out)
{
	const char *const argv[] = {"git", "var", "GIT_AUTHOR_IDENT", NULL};
	const char *const environment[] = {"LC_ALL=C", NULL};
	struct process git = {.argv = argv,
			      .environment = environment,
			      .directory = folder,
			      .timeout_milliseconds = GIT_MILLISECONDS};
	struct process_result result;
	err e;

	if (given) {
		if (!identity_read(str_of(given), out))
			return err_advise(
				err_new(STATUS_USAGE, _("“%s” is not a name"), given),
				_("Write it like this: \"First Last <you@example.org>\"."));
		set_time(out);
		return NULL;
	}
	if ((e = process_run(arena, &git, &result)))
		return e;
	struct str said = str_trim(result.output);
	if (result.status != 0)
		return unknown_person();
	if (identity_read(said, out))
		return NULL;
	/* git takes an empty address, "Anne <>", but no empty name. */
	return str_find_byte(said, '<', 0) > 0 ? unknown_address() : unknown_person();
}
