/*
 * What the program takes from outside, at most. Every limit is checked before
 * the thing is loaded; what is over one is carried in git and not read.
 */
#ifndef CORE_LIMITS_H
#define CORE_LIMITS_H

enum {
	LIMIT_FILE_BYTES = 4 * 1024 * 1024,
	LIMIT_COMMIT_BYTES = 16 * 1024 * 1024, /* of one version's description */
	LIMIT_RULES_BYTES = 256 * 1024,	       /* of a .gitignore or .gitattributes */
	LIMIT_RULE_STARS = 4, /* runs of "*" in a line of it: each costs as many times the name */
	LIMIT_LINE_BYTES = 64 * 1024,
	LIMIT_DEPTH = 64, /* nesting of blocks in a document */
	LIMIT_YAML_DEPTH = 16,
	LIMIT_YAML_NODES = 500000,
	LIMIT_FILE_POINTS = 50000,
	LIMIT_FILES = 20000,		 /* in one repository */
	LIMIT_ENTRIES = 8 * LIMIT_FILES, /* looked at to find them: folders, and what is refused */
	LIMIT_FOLDER_BYTES = 8 * 1024 * 1024, /* of one folder's list of names */
	LIMIT_PATH_BYTES = 200,
	LIMIT_PATH_DEPTH = 8,
	LIMIT_PATHS_BYTES = LIMIT_FILES * LIMIT_PATH_BYTES, /* of all paths together */
};

#endif
