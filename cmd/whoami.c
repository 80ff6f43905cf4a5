#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "core/identity.h"
#include "core/message.h"
#include "core/people.h"

/* Who the notes know one as; outside of a repository, as git says. */
static const struct person *known_as(struct app *app, const struct repo *repo,
				     const struct signature *self)
{
	struct people people = {.arena = &app->arena};

	/* What is wrong with people.yml is for `doctor` to say. */
	if (repo)
		err_free(people_read(&app->arena, repo, &people));
	return people_find(&people, self);
}

static int run(struct app *app, int argc, char **argv)
{
	struct signature self;
	struct repo *repo = NULL;
	err e;

	(void)argc;
	(void)argv;
	err_free(repo_open(app->directory, &repo));
	if ((e = identity_find(&app->arena, repo ? repo_folder(repo) : app->directory,
			       app->identity, &self)))
		goto done;
	const struct person *person = known_as(app, repo, &self);
	if (app->json) {
		struct json *record = json_record();

		json_add_text(record, "name", person->name);
		json_add_text(record, "email", person->email);
		json_add_text(record, "raw_name", self.name);
		json_add_text(record, "raw_email", self.email);
		json_print(app, record);
		goto done;
	}
	print(app, "%.*s <%.*s>\n", STR_ARGS(self.name), STR_ARGS(self.email));
	if (!str_equal(person->name, self.name) || !str_equal(person->email, self.email)) {
		print(app, _("Known here as %.*s <%.*s>."), STR_ARGS(person->name),
		      STR_ARGS(person->email));
		print(app, "\n");
	}
done:
	repo_close(repo);
	return fail(app, e);
}

const struct command command_whoami = {
	.name = "whoami",
	.french = "qui-suis-je",
	.summary = N_("tell in whose name you write"),
	.needs = NEEDS_NOTHING,
	.examples = N_("atelier whoami"),
	.run = run,
};
