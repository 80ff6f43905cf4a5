#include <stdio.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/editor.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "cmd/settle.h"
#include "cmd/wrapped.h"
#include "core/message.h"

/* What a person answers: what to do with this set, and whether to go on. */
enum answer { ANSWER_SETTLE, ANSWER_LATER, ANSWER_QUIT };

/* A number from 1 to `most`; 0: it is none. */
static size_t read_number(struct str text, size_t most)
{
	struct str rest = str_trim(text);
	int64_t number;

	if (!str_take_number(&rest, INT32_MAX, &number) || rest.len || (size_t)number > most)
		return 0;
	return (size_t)number;
}

static void print_question(struct app *app, const struct choice *choice)
{
	print(app, _("Which one stays? 1 to %zu"), choice->count);
	if (settle_allows(choice, SETTLE_ALL))
		print(app, _(" · + all of them"));
	if (settle_allows(choice, SETTLE_OWN))
		print(app, _(" · e your own words"));
	print(app, _(" · Enter later · q stop: "));
	fflush(stdout);
}

/*
 * The person's own words, from their editor. out: false: it could not be asked, or nothing
 * changed
 */
static bool ask_own(struct app *app, const struct notes *notes, const struct choice *choice,
		    struct settlement *settlement)
{
	const char *ending, *path, *folder = repo_state_folder(notes->repo);
	struct str own, draft = settle_draft(&app->arena, choice, &ending);
	err failure = editor_change(&app->arena, folder, draft, ending, &path, &own);

	if (failure) {
		fail(app, failure);
		return false;
	}
	if (!str_equal(own, draft)) {
		*settlement = (struct settlement){.how = SETTLE_OWN, .own = own, .draft = path};
		return true;
	}
	unlink(path);
	print(app, "%s\n", _("The text was left as it is, so nothing was chosen."));
	return false;
}

static enum answer ask(struct app *app, const struct notes *notes, const struct choice *choice,
		       struct settlement *settlement)
{
	struct str answer;

	choice_print(app, choice);
	for (;;) {
		print_question(app, choice);
		if (!answer_read(app, &answer)) {
			print(app, "\n");
			return ANSWER_QUIT;
		}
		if (answer.len == 0)
			return ANSWER_LATER;
		if (str_equal(answer, STR("q")) || str_equal(answer, STR("Q")))
			return ANSWER_QUIT;
		if (str_equal(answer, STR("+")) && settle_allows(choice, SETTLE_ALL)) {
			settlement->how = SETTLE_ALL;
			return ANSWER_SETTLE;
		}
		if ((str_equal(answer, STR("e")) || str_equal(answer, STR("E"))) &&
		    settle_allows(choice, SETTLE_OWN)) {
			if (ask_own(app, notes, choice, settlement))
				return ANSWER_SETTLE;
			continue;
		}
		settlement->number = read_number(answer, choice->count);
		if (settlement->number)
			return ANSWER_SETTLE;
		print_line(app, _("“%.*s” is no answer.\n"), STR_ARGS(answer));
	}
}

static void tell(struct app *app, const struct choice *choice, struct str text)
{
	if (!app->json) {
		print_line(app, _("Settled: %.*s\n"), STR_ARGS(text));
		return;
	}
	struct json *record = choice_record(choice);

	json_add_text(record, "text", text);
	json_print(app, record);
}

static bool same_set(const struct choice *a, const struct choice *b)
{
	bool same =
		a->count == b->count && str_equal(a->path, b->path) && str_equal(a->name, b->name);

	for (size_t n = 0; same && n < a->count; n++)
		same = str_equal(a->texts[n], b->texts[n]);
	return same;
}

/* The same set in what was read again after somebody saved. out: false: it is gone or differs */
static bool find_again(const struct choices *found, struct choice *choice)
{
	for (size_t i = 0; i < found->count; i++)
		if (same_set(&found->all[i], choice)) {
			*choice = found->all[i];
			return true;
		}
	return false;
}

/* Settles; while others save at the same time, the notes are read again. */
static err settle_or_retry(struct app *app, struct notes *notes, struct choice choice,
			   const struct settlement *settlement)
{
	unsigned attempts = 0;
	struct choices found;
	struct str told;
	err failure;

	while (notes_try_again(failure = settle(app, notes, &choice, settlement, &told),
			       &attempts)) {
		notes_close(notes);
		err again = notes_open(app, notes);
		if (!again)
			again = choices_of(app, notes, &found);
		if (again || !find_again(&found, &choice)) {
			err_free(again);
			break;
		}
		err_free(failure);
	}
	if (failure)
		return settlement->draft
			       ? editor_words_kept(&app->arena, failure, settlement->draft)
			       : failure;
	if (settlement->draft)
		unlink(settlement->draft);
	tell(app, &choice, told);
	return NULL;
}

/* Asks about every set, one after the other; what was chosen stays chosen when one quits. */
static err choose_all(struct app *app)
{
	enum answer answer = ANSWER_LATER;
	err failure = NULL;

	for (size_t left = 0; answer != ANSWER_QUIT && !failure;) {
		struct settlement settlement = {0};
		struct choices found = {0};
		struct notes notes = {0};

		failure = notes_open(app, &notes);
		if (!failure)
			failure = choices_of(app, &notes, &found);
		if (failure || left >= found.count) {
			if (!failure && found.count == 0)
				print(app, "%s\n", _("No wording is left to choose."));
			notes_close(&notes);
			break;
		}
		answer = ask(app, &notes, &found.all[left], &settlement);
		if (answer == ANSWER_LATER)
			left++;
		else if (answer == ANSWER_SETTLE)
			failure = settle_or_retry(app, &notes, found.all[left], &settlement);
		notes_close(&notes);
	}
	return failure;
}

static err choose_one(struct app *app, const char *wanted, const char *number)
{
	struct settlement settlement = {0};
	enum answer answer = ANSWER_SETTLE;
	struct choice choice;
	struct notes notes = {0};
	err failure;

	if ((failure = notes_open(app, &notes)) ||
	    (failure = choice_find(app, &notes, wanted, &choice)))
		goto done;
	if (number)
		settlement.number = read_number(str_of(number), choice.count);
	else
		answer = ask(app, &notes, &choice, &settlement);
	if (number && settlement.number == 0) {
		failure = err_new(STATUS_USAGE, _("%s: the wordings are numbered 1 to %zu."),
				  number, choice.count);
		goto done;
	}
	if (answer == ANSWER_SETTLE)
		failure = settle_or_retry(app, &notes, choice, &settlement);
done:
	notes_close(&notes);
	return failure;
}

static err nobody_to_ask(void)
{
	return err_advise(err_new(STATUS_USAGE, _("There is no terminal here to ask you on.")),
			  _("“atelier variants” lists the wordings, “atelier choose POINT NUMBER” "
			    "settles one."));
}

/* Shows a set to who cannot be asked. */
static err show_one(struct app *app, const char *wanted)
{
	struct notes notes = {0};
	struct choice choice;
	err failure = notes_open(app, &notes);

	if (!failure && !(failure = choice_find(app, &notes, wanted, &choice))) {
		choice_print(app, &choice);
		failure =
			err_advise(err_new(STATUS_USAGE,
					   _("%s: the number of the wording is missing."), wanted),
				   _("Give it behind the point: atelier choose POINT NUMBER"));
	}
	notes_close(&notes);
	return failure;
}

static int run(struct app *app, int argc, char **argv)
{
	bool can_ask = answer_possible(app);

	if (argc == 1 && !can_ask)
		return fail(app, nobody_to_ask());
	if (argc == 2 && !can_ask)
		return fail(app, show_one(app, argv[1]));
	return fail(app, argc == 1 ? choose_all(app)
				   : choose_one(app, argv[1], argc > 2 ? argv[2] : NULL));
}

const struct command command_choose = {
	.name = "choose",
	.french = "choisir",
	.arguments = N_("[POINT [NUMBER]]"),
	.summary = N_("settle which wording of a point stays"),
	.details = N_("POINT is an id, file:line, or a piece of text that only one point has. On a "
		      "terminal, without NUMBER, the wordings are shown and you are asked: a "
		      "number, + to keep all, e to write your own words in your editor, Enter to "
		      "decide later, q to stop. Without POINT, about all of them in turn."),
	.most = 2,
	.needs = NEEDS_REPOSITORY,
	.everyday = true,
	.examples = N_("atelier choose\n"
		       "atelier choose \"budget voted\" 2\n"
		       "atelier choose my-workshop/workshop.yml:3 2"),
	.run = run,
};
