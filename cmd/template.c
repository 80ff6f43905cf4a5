#include "cmd/template.h"

#include <dirent.h>

#include "core/file.h"
#include "core/limits.h"
#include "core/message.h"
#include "core/path.h"
#include "core/text.h"
#include "core/utf8.h"

static const struct str ending = {".txt", sizeof ".txt" - 1};

/* Finds the file of a template. out: its path, or NULL; `known`: the names of all, by commas */
static const char *find(struct arena *arena, struct str folder, struct str wanted,
			struct buf *known)
{
	DIR *directory = opendir(str_c(arena, folder));
	const char *found = NULL;
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		struct str file = str_of(entry->d_name);
		struct str name =
			str_slice(file, 0, file.len < ending.len ? 0 : file.len - ending.len);

		if (!str_ends(file, ending) || name.len == 0 || name.at[0] == '.')
			continue;
		buf_printf(known, "%s%.*s", known->len ? ", " : "", STR_ARGS(name));
		if (str_equal(text_fold(arena, name), text_fold(arena, wanted)))
			found = str_c(arena, path_join(arena, folder, file));
	}
	if (directory)
		closedir(directory);
	return found;
}

static err unknown(const char *wanted, struct str known)
{
	err e = err_new(STATUS_BAD_INPUT, _("There is no template “%s”."), wanted);

	return known.len ? err_advise(e, _("There are: %.*s."), STR_ARGS(known))
			 : err_advise(e, _("A template is a document templates/NAME.txt."));
}

err template_read(struct arena *arena, const struct repo *repo, const char *wanted, struct str *out)
{
	struct str folder = path_join(arena, str_of(repo_folder(repo)), STR("templates"));
	struct buf known = {.arena = arena};
	const char *path = find(arena, folder, wanted ? str_of(wanted) : STR("default"), &known);
	err e;

	*out = (struct str){0};
	if (!path)
		return wanted ? unknown(wanted, buf_str(&known)) : NULL;
	if ((e = file_read(arena, path, LIMIT_FILE_BYTES, out)))
		return e;
	if (!utf8_valid(*out) || str_find_byte(*out, '\0', 0) < out->len || str_is_blank(*out))
		return err_new(STATUS_BAD_INPUT, _("%s: this is not plain text in UTF-8."), path);
	return NULL;
}
