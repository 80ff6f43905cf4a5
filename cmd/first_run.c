#include "cmd/first_run.h"

#include <stdio.h>

#include "cmd/print.h"
#include "core/identity.h"
#include "core/message.h"
#include "core/process.h"
#include "core/text.h"

static bool can_ask(const struct app *app)
{
	return !app->json && process_has_terminal();
}

/* out: the answer without blanks around it; empty: none was given */
static struct str ask(struct app *app, const char *question)
{
	struct str answer = {0};

	complain(app, "%s ", question);
	fflush(stderr);
	if (!answer_read(app, &answer))
		complain(app, "\n");
	return answer;
}

static err ask_again(err failure)
{
	return err_advise(failure,
			  _("Type the command again, then a name such as Ada Byron and an address "
			    "such as ada@example.org."));
}

err first_run_introduce(struct app *app, struct repo *repo)
{
	struct signature person;

	if (app->identity || !can_ask(app))
		return NULL;
	err unknown = identity_find(&app->arena, repo_folder(repo), NULL, &person);
	if (!unknown || err_status(unknown) != STATUS_SETUP)
		return unknown;
	complain(app, "%s\n",
		 _("Who writes here? Your name stands beside what you write; you are asked once."));
	struct str name = ask(app, _("Your name:"));
	struct str address = name.len ? ask(app, _("Your e-mail address:")) : name;
	struct str both = str_printf(&app->arena, "%.*s <%.*s>", STR_ARGS(name), STR_ARGS(address));
	if (address.len == 0)
		return unknown;
	err_free(unknown);
	/* A name that git would cut is none. */
	if (!identity_read(both, &person) || !str_equal(person.name, name))
		return ask_again(
			err_new(STATUS_SETUP, _("“%.*s” cannot be a name here."), STR_ARGS(name)));
	if (!str_equal(person.email, address) || str_word_count(address) != 1 ||
	    str_find_byte(address, '@', 0) == address.len)
		return ask_again(err_new(STATUS_SETUP, _("“%.*s” is not an e-mail address."),
					 STR_ARGS(address)));
	err e = repo_set(repo, "user.name", str_c(&app->arena, name));
	return e ? e : repo_set(repo, "user.email", str_c(&app->arena, address));
}

const char *first_run_language(struct app *app, const char *language)
{
	if (!can_ask(app))
		return language;
	for (;;) {
		struct str answer = text_fold(
			&app->arena,
			ask(app, str_printf(&app->arena, _("Language of the notes, fr or en? [%s]"),
					    language)
					 .at));

		if (str_starts(answer, STR("fr")))
			return "fr";
		if (str_starts(answer, STR("en")) || str_starts(answer, STR("an")))
			return "en";
		if (answer.len == 0)
			return language;
	}
}
