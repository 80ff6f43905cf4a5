#include "cmd/commands.h"

#include "core/message.h"
#include "core/spelling.h"

const struct command *const commands[] = {
	/* clang-format off */
	&command_init,
	&command_join,
	&command_new,
	&command_import,
	&command_add,
	&command_edit,
	&command_sync,
	&command_watch,
	&command_status,
	&command_history,
	&command_undo,
	&command_restore,
	&command_show,
	&command_find,
	&command_synthesis,
	&command_audit,
	&command_who,
	&command_people,
	&command_whoami,
	&command_export,
	&command_carry,
	&command_doctor,
	&command_variants,
	&command_choose,
	&command_duplicates,
	&command_same,
	&command_different,
	&command_part_of,
	&command_similarity,
	&command_merge_file,
	&command_merge_driver,
	&command_help,
	&command_version,
	/* clang-format on */
	NULL,
};

const struct command *command_named(struct arena *arena, struct str name)
{
	struct str wanted = spelling_fold(arena, name), rest, known;

	for (size_t i = 0; commands[i]; i++)
		for (rest = command_names(arena, commands[i]); str_next_word(&rest, &known);)
			if (str_equal(spelling_fold(arena, known), wanted))
				return commands[i];
	return NULL;
}

/* The name most like a mistyped one, of equals the one that is shown; NULL: none is near. */
static const char *find_nearest(struct arena *arena, struct str name)
{
	struct str wanted = spelling_fold(arena, name), rest, known, nearest = {0};
	size_t least = spelling_tolerance(wanted) + 1;

	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->hidden)
			continue;
		struct str shown = command_shown_name(commands[i]);
		struct str names = command_names(arena, commands[i]);
		rest = str_printf(arena, "%.*s %.*s", STR_ARGS(shown), STR_ARGS(names));
		while (str_next_word(&rest, &known)) {
			size_t distance = spelling_distance(wanted, spelling_fold(arena, known));
			if (distance < least) {
				least = distance;
				nearest = known;
			}
		}
	}
	return nearest.at ? str_c(arena, nearest) : NULL;
}

/* What people type who know other programs, and what does that here. */
static const char *find_habit(struct arena *arena, const char *name)
{
	static const struct {
		const char *habit, *command;
	} habits[] = {
		{"fetch", "sync"},	   {"merge", "sync"},	     {"save", "sync"},
		{"share", "sync"},	   {"publish", "sync"},	     {"upload", "sync"},
		{"download", "sync"},	   {"enregistrer", "sync"},  {"sauver", "sync"},
		{"sauvegarder", "sync"},   {"envoyer", "sync"},	     {"recevoir", "sync"},
		{"partager", "sync"},	   {"publier", "sync"},	     {"fusionner", "sync"},
		{"log", "history"},	   {"journal", "history"},   {"blame", "who"},
		{"annotate", "who"},	   {"diff", "status"},	     {"grep", "find"},
		{"search", "find"},	   {"rechercher", "find"},   {"revert", "undo"},
		{"reset", "undo"},	   {"checkout", "restore"},  {"resolve", "choose"},
		{"mergetool", "choose"},   {"trancher", "choose"},   {"departager", "choose"},
		{"conflicts", "variants"}, {"conflits", "variants"}, {"cat", "show"},
		{"print", "show"},	   {"list", "show"},	     {"ls", "show"},
		{"afficher", "show"},	   {"lire", "show"},	     {"lister", "show"},
		{"create", "new"},	   {"creer", "new"},	     {"delete", "edit"},
		{"remove", "edit"},	   {"rm", "edit"},	     {"supprimer", "edit"},
		{"effacer", "edit"},	   {"write", "edit"},	     {"ecrire", "edit"},
		{"verify", "doctor"},	   {"check", "doctor"},	     {"verifier", "doctor"},
		{"repair", "doctor"},	   {"reparer", "doctor"},    {"users", "people"},
		{"convert", "export"},
	};
	struct str wanted = spelling_fold(arena, str_of(name));

	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
		if (str_equal(wanted, str_of(habits[i].habit)))
			return str_c(arena, command_shown_name(command_named(
						    arena, str_of(habits[i].command))));
	return NULL;
}

err command_unknown(struct arena *arena, const char *name)
{
	err failure = err_new(STATUS_USAGE, _("%s: there is no such command."), name);
	const char *habit = find_habit(arena, name);
	const char *nearest = habit ? habit : find_nearest(arena, str_of(name));

	return nearest ? err_advise(failure, _("Did you mean “%s”?"), nearest)
		       : err_advise(failure, _("“atelier help” lists them all."));
}
