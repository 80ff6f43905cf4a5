/*
 * Who changed which files between two states: what sync and history tell.
 */
#ifndef CMD_CONTRIBUTIONS_H
#define CMD_CONTRIBUTIONS_H

#include "cmd/json.h"
#include "core/repo_object.h"

struct contributed_file {
	struct str path;
	bool deleted; /* by the last of the person's versions that changed it */
};

struct contribution {
	struct str name, email;
	struct str called;		/* as person_called() has it */
	struct contributed_file *files; /* by path, each once */
	size_t file_count, file_room;
	size_t commits;
	bool is_cut_off; /* there are commits of which the files are not told */
};

struct contributions {
	struct contribution *people; /* by name, then address */
	size_t count, room;
};

/*
 * What people recorded that is in `to` and not in `from` (none: all of it);
 * automatic merges and those who changed nothing aside. The files of at most 200
 * commits are told.
 */
err contributions_between(struct arena *arena, const struct repo *repo, struct object_id from,
			  struct object_id to, struct contributions *out) ERR_MUST_CHECK;
/* Adds what lies between two other states, which may be the same in part: what is told once. */
void contributions_join(struct arena *arena, struct contributions *all,
			const struct contributions *more);
/* Neither an automatic merge nor the first files of a folder, which are nobody's. */
bool commit_is_by_person(const struct commit *commit);
/* The files that a commit changed against its first parent, by path; none where that is cut off. */
err commit_files(struct arena *arena, const struct repo *repo, const struct commit *commit,
		 struct str **out, size_t *count) ERR_MUST_CHECK;

/*
 * What a person is called in a sentence: by name, else by address, which a bad tool may
 * leave out.
 */
struct str person_called(struct str name, struct str email);

/* Adds a list of people under `key`, each with name, email and files. */
void contributions_add(struct json *record, const char *key, const struct contributions *people);

#endif
