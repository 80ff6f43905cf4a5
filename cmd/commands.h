/*
 * The table of commands: parsing, usage, help and completions come from it.
 *
 * Each command is described beside its code, in cmd/<name>.c.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/app.h"

/* Every command, in the order of `atelier help`; ends with NULL. */
extern const struct command *const commands[];

extern const struct command command_init;
extern const struct command command_join;
extern const struct command command_sync;
extern const struct command command_status;
extern const struct command command_history;
extern const struct command command_add;
extern const struct command command_carry;
extern const struct command command_choose;
extern const struct command command_doctor;
extern const struct command command_edit;
extern const struct command command_export;
extern const struct command command_find;
extern const struct command command_duplicates;
extern const struct command command_same;
extern const struct command command_different;
extern const struct command command_part_of;
extern const struct command command_similarity;
extern const struct command command_merge_file;
extern const struct command command_merge_driver;
extern const struct command command_help;
extern const struct command command_import;
extern const struct command command_new;
extern const struct command command_show;
extern const struct command command_restore;
extern const struct command command_undo;
extern const struct command command_audit;
extern const struct command command_variants;
extern const struct command command_watch;
extern const struct command command_who;
extern const struct command command_people;
extern const struct command command_whoami;
extern const struct command command_synthesis;
extern const struct command command_version;

/*
 * The command of that name, in French or English or by an alias, case and accents aside;
 * or NULL.
 */
const struct command *command_named(struct arena *arena, struct str name);
/* The failure of asking for a command that does not exist, with what was probably meant. */
err command_unknown(struct arena *arena, const char *name) ERR_MUST_CHECK;

#endif
