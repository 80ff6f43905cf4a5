#include "core/repo_attributes.h"

#include <string.h>

#include "core/repo_private.h"

/* out: its value as text, where it has one that is a text; NULL: it is set or unset, or nothing */
static git_attr_value_t attribute(const struct repo *repo, struct str path, const char *name,
				  const char **text)
{
	struct arena arena = {0};
	const char *value = NULL;
	int code = git_attr_get(&value, repo->git, 0, str_c(&arena, path), name);
	git_attr_value_t kind = code < 0 ? GIT_ATTR_VALUE_UNSPECIFIED : git_attr_value(value);

	arena_free(&arena);
	if (text)
		*text = kind == GIT_ATTR_VALUE_STRING ? value : NULL;
	return kind;
}

/* A name alone does nothing: what it runs stands in the settings of the machine. */
static bool is_set_up(const struct repo *repo, const char *filter)
{
	static const char *const programs[] = {"clean", "smudge", "process"};
	struct arena arena = {0};
	bool found = false;

	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		found |= repo_setting(&arena, repo,
				      str_printf(&arena, "filter.%s.%s", filter, programs[i]).at)
				 .len > 0;
	arena_free(&arena);
	return found;
}

bool repo_filters(const struct repo *repo, struct str path)
{
	const char *filter;

	attribute(repo, path, "filter", &filter);
	return (filter && is_set_up(repo, filter)) ||
	       attribute(repo, path, "working-tree-encoding", NULL) == GIT_ATTR_VALUE_STRING;
}

bool repo_expands_ids(const struct repo *repo, struct str path)
{
	return attribute(repo, path, "ident", NULL) == GIT_ATTR_VALUE_TRUE;
}

bool repo_converts_line_ends(const struct repo *repo, struct str path)
{
	git_attr_value_t text = attribute(repo, path, "text", NULL);
	bool wanted = text == GIT_ATTR_VALUE_TRUE || text == GIT_ATTR_VALUE_STRING ||
		      (text != GIT_ATTR_VALUE_FALSE &&
		       attribute(repo, path, "eol", NULL) == GIT_ATTR_VALUE_STRING);

	if (text == GIT_ATTR_VALUE_UNSPECIFIED && !wanted) {
		struct arena arena = {0};
		struct str automatic = repo_setting(&arena, repo, "core.autocrlf");

		wanted = automatic.len > 0 && !str_equal(automatic, STR("false"));
		arena_free(&arena);
	}
	return wanted;
}
