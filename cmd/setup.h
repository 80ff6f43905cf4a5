/*
 * Making a folder ready for workshops: shared by init and join.
 */
#ifndef CMD_SETUP_H
#define CMD_SETUP_H

#include "cmd/app.h"
#include "core/repo.h"

/*
 * Tells git to call atelier-merge for notes, with git's own merge behind it in
 * case the program is missing or fails, and never to record editors' temporaries.
 * Writes below .git only; doing it again changes nothing.
 * `attributes`: name the notes in .git/info/attributes, where no .gitattributes does.
 */
err setup_git(struct app *app, struct repo *repo, bool attributes) ERR_MUST_CHECK;
/* Does plain git call the atelier-merge beside this program for notes? */
bool setup_is_current(struct app *app, const struct repo *repo);
/* setup_git() in a repository that has its notes: names them where nothing else does. */
err setup_git_again(struct app *app, struct repo *repo) ERR_MUST_CHECK;
/*
 * Records the first files, in nobody's name and at no time: two people who both
 * start with the same language share this beginning.
 */
err setup_first_files(struct app *app, struct repo *repo, const char *language) ERR_MUST_CHECK;
/* Remembers where to share, as git itself does. */
err setup_remote(struct app *app, struct repo *repo, const char *url) ERR_MUST_CHECK;
/* "fr" or "en": `option`, else the language of the messages. errors: STATUS_USAGE. */
err setup_language(const char *option, const char **out) ERR_MUST_CHECK;

/* "“cd notes”": what to type to go there. */
const char *setup_way_into(struct arena *arena, const char *folder);

#endif
