/*
 * One run of the program: the command that was asked for, its options, and the
 * ways it speaks to the person.
 *
 * Invariant: whatever a command prints goes through cmd/print.h or cmd/json.h.
 */
#ifndef CMD_APP_H
#define CMD_APP_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/screen.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/message.h"
#include "core/str.h"

/* An option of a command; a table of them ends with a row without name. */
struct option {
	const char *name; /* "workshop" for --workshop */
	char letter;	  /* 'w' for -w, 0: none */
	/* N_() what it takes, as shown in help ("WORKSHOP"); NULL: a flag; in brackets ("[FILE]")
	 * it may be left out, and is given as --name=FILE. */
	const char *value;
	const char *help; /* N_() sentence */
};

/* What every command takes besides its own options: cmd/options.c */
extern const struct option global_options[];

enum needs {
	NEEDS_NOTHING,
	NEEDS_NOTES,	  /* a repository, or a plain folder, with notes to read */
	NEEDS_REPOSITORY, /* a repository to write in */
};

struct app;

struct command {
	const char *name;
	const char *french;    /* with accents; parsing accepts it without too; several: "a b" */
	const char *aliases;   /* separated by spaces; NULL: none */
	const char *arguments; /* N_() as shown in usage: "[DIR]"; NULL: none */
	const char *summary;   /* N_() sentence */
	const char *details;   /* N_() paragraphs and examples for `help COMMAND`; NULL: none */
	const char *examples;  /* N_() command lines, a line each; NULL: none */
	const struct option *options; /* NULL: none */
	int least, most;	      /* number of positional arguments; most -1: any */
	enum needs needs;
	bool of_workshops; /* its arguments are workshops, so -w WORKSHOP is one, too */
	bool everyday;	   /* shown by `atelier` alone */
	bool hidden;	   /* left out of `atelier help`, as merge-driver */
	bool paged;	   /* what it prints may be long: through the pager, on a terminal */
	/* argv[0] is the command's name, argv[1] the first positional argument. */
	int (*run)(struct app *app, int argc, char **argv);
};

struct app {
	struct arena arena; /* lives as long as the run */
	const struct command *command;
	const char *directory;	 /* where the repository is looked for: ".", as -C DIR is entered */
	const char *identity;	 /* --as "Name <mail>", NULL: what git says */
	const char *program_dir; /* where the program's file is */
	bool json, plain, quiet;
	bool into_file;	      /* what is printed becomes a file (-o) */
	struct screen screen; /* where standard output goes */
	size_t error_width;   /* columns for what goes to standard error; 0: lines stay whole */
	/* By row of command->options: value, "" for a flag, NULL: not given. */
	const char **option_values;
};

/* Runs the program: parses, chooses the language, runs the command. out: exit status. */
int app_main(int argc, char **argv);

/* The value of option --name of the running command, NULL: not given. */
const char *option_value(const struct app *app, const char *name);
bool option_given(const struct app *app, const char *name);

/*
 * Prints a failure (that nothing is lost, what, why, what to do) on standard
 * error, releases it, and gives the exit status; NULL gives 0.
 */
int fail(struct app *app, err failure);
/* What a command is called in a language: the first of its French names, else the English one. */
struct str command_name_in(const struct command *command, enum language language);
/* The same in the language of the messages. */
struct str command_shown_name(const struct command *command);
/* All names of a command, English, French and aliases, separated by spaces. */
struct str command_names(struct arena *arena, const struct command *command);
/* The names besides the one that is shown, "a, b"; empty: none. */
struct str command_other_names(struct arena *arena, const struct command *command);
/* Prints how the running command is used. out: exit status 2 */
int usage(struct app *app);

#endif
