#include "cmd/taken_in.h"

#include "core/file.h"

/* One line: this, the two ids. */
static const char opening[] = "atelier taken-in 1 ";

enum { TAKEN_IN_LIMIT = 4096 };

static const char *taken_in_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/taken-in", repo_state_folder(repo)).at;
}

err taken_in_write(struct arena *arena, const struct repo *repo, const struct taken_in *taken)
{
	return file_replace(taken_in_path(arena, repo),
			    str_printf(arena, "%s%s %s\n", opening,
				       object_id_hex(arena, taken->own).at,
				       object_id_hex(arena, taken->with).at));
}

err taken_in_read(struct arena *arena, const struct repo *repo, struct taken_in *out, bool *found)
{
	const char *path = taken_in_path(arena, repo);
	struct str line, own;
	bool there;
	err e = file_read_if_there(arena, path, TAKEN_IN_LIMIT, &line, &there);

	*found = false;
	if (e || !str_starts(line, str_of(opening)))
		return e;
	line = str_chomp(str_slice(line, sizeof opening - 1, line.len));
	*found = str_next_part(&line, ' ', &own) && object_id_read(own, &out->own) &&
		 object_id_read(line, &out->with);
	return NULL;
}
