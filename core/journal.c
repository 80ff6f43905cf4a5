#include "core/journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/commit_text.h"
#include "core/file.h"
#include "core/identity.h"
#include "core/limits.h"
#include "core/message.h"

/*
 * Lines: the opening one, `branch NAME`, `from ID`, `to ID`, `author NAME <MAIL> TIME ZONE`,
 * `boot ID` where the system tells it, then `file FROM TO MODE PATH` for each file (paths on
 * disk hold no line end), `end`.
 */
static const char opening[] = "atelier journal 1\n";

enum { JOURNAL_LIMIT = 16 * 1024 * 1024, HEX = 2 * OBJECT_ID_BYTES, BOOT_LIMIT = 100 };

static const char *journal_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/journal", repo_state_folder(repo)).at;
}

static const char *shown_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/shown", repo_state_folder(repo)).at;
}

/* Beside the journal: a line for each path that was marked as placed. */
static const char *placed_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/placed", repo_state_folder(repo)).at;
}

/* What the system calls the time since the machine started; empty: not known. */
static struct str boot_now(struct arena *arena)
{
	struct str id = {0};

	err_free(file_read(arena, "/proc/sys/kernel/random/boot_id", BOOT_LIMIT, &id));
	return str_chomp(id);
}

static err write_to(struct arena *arena, const struct repo *repo, const char *path,
		    const struct journal *journal)
{
	struct buf lines = {.arena = arena};
	struct str boot = boot_now(arena);
	err e = file_make_folders(repo_state_folder(repo));

	if (e)
		return e;
	buf_printf(&lines, "%sbranch %.*s\nfrom %s\nto %s\nauthor %.*s <%.*s> ", opening,
		   STR_ARGS(journal->branch), object_id_hex(arena, journal->from).at,
		   object_id_hex(arena, journal->to).at, STR_ARGS(journal->author.name),
		   STR_ARGS(journal->author.email));
	signature_time_write(&lines, &journal->author);
	buf_add_byte(&lines, '\n');
	if (boot.len)
		buf_printf(&lines, "boot %.*s\n", STR_ARGS(boot));
	for (size_t i = 0; i < journal->changes.count; i++) {
		const struct file_change *change = &journal->changes.files[i];

		if (!change->carried)
			buf_printf(&lines, "file %s %s %o %.*s\n",
				   object_id_hex(arena, change->from).at,
				   object_id_hex(arena, change->to).at, change->to_mode,
				   STR_ARGS(change->path));
	}
	buf_add(&lines, STR("end\n"));
	return file_replace(path, buf_str(&lines));
}

static err remove_file(const char *path)
{
	return unlink(path) < 0 && errno != ENOENT ? err_errno(path, _("cannot remove")) : NULL;
}

err journal_write(struct arena *arena, const struct repo *repo, const struct journal *journal)
{
	/* What was marked for this very journal and in this run of the machine stays so. */
	err e = journal->is_of_this_boot ? NULL : remove_file(placed_path(arena, repo));

	return e ? e : write_to(arena, repo, journal_path(arena, repo), journal);
}

err journal_show(struct arena *arena, const struct repo *repo, struct str branch,
		 struct object_id shown)
{
	struct journal journal = {
		.branch = branch, .from = shown, .to = shown, .author = signature_of_program(0)};

	return write_to(arena, repo, shown_path(arena, repo), &journal);
}

static bool take_line(struct str *rest, struct str name, struct str *value)
{
	struct str line;

	if (!str_next_line(rest, &line) || !str_starts(line, name))
		return false;
	*value = str_chomp(str_slice(line, name.len, line.len));
	return true;
}

/* What stands in front of the files. */
static bool parse_head(struct str *rest, struct journal *journal)
{
	struct str from, to;

	if (!str_starts(*rest, str_of(opening)) || !str_ends(*rest, STR("\nend\n")))
		return false;
	*rest = str_slice(*rest, sizeof opening - 1, rest->len);
	return take_line(rest, STR("branch "), &journal->branch) &&
	       take_line(rest, STR("from "), &from) && take_line(rest, STR("to "), &to) &&
	       object_id_read(from, &journal->from) && object_id_read(to, &journal->to);
}

static bool read_file_line(struct arena *arena, struct str line, struct file_change *out)
{
	struct str from, to, mode;

	if (!str_next_part(&line, ' ', &from) || !str_next_part(&line, ' ', &to) ||
	    !str_next_part(&line, ' ', &mode))
		return false;
	*out = (struct file_change){.path = str_copy(arena, line),
				    .to_mode = (uint32_t)strtoul(str_c(arena, mode), NULL, 8)};
	return object_id_read(from, &out->from) && object_id_read(to, &out->to) &&
	       path_judge(line) == PATH_FINE;
}

/* Nothing but what journal_write() makes is believed. */
static bool parse(struct arena *arena, struct str rest, struct journal *journal)
{
	struct str author, line, boot;

	if (!parse_head(&rest, journal) || !take_line(&rest, STR("author "), &author) ||
	    !identity_read(author, &journal->author))
		return false;
	journal->branch = str_copy(arena, journal->branch);
	/* One of an older program has none. */
	if (str_starts(rest, STR("boot ")))
		journal->is_of_this_boot =
			take_line(&rest, STR("boot "), &boot) && str_equal(boot, boot_now(arena));
	while (take_line(&rest, STR("file "), &line)) {
		struct file_changes *changes = &journal->changes;

		arena_push(arena, changes->files, changes->count, changes->room);
		if (!read_file_line(arena, line, &changes->files[changes->count++]))
			return false;
	}
	/* The line that is none of them is the last one. */
	return rest.len == 0;
}

void journal_mark_placed(const struct repo *repo, struct str path)
{
	struct arena arena = {0};

	err_free(file_append_cache(placed_path(&arena, repo),
				   str_printf(&arena, "%.*s\n", STR_ARGS(path))));
	arena_free(&arena);
}

/* Of a new file that was marked as placed `from` is `to` then. */
static err take_marks(struct arena *arena, const struct repo *repo, struct file_changes *changes)
{
	struct str bytes, line;
	bool there;
	err e = file_read_if_there(arena, placed_path(arena, repo), LIMIT_PATHS_BYTES, &bytes,
				   &there);

	while (!e && str_next_line(&bytes, &line)) {
		const struct file_change *found = file_change_find(changes, str_chomp(line));
		struct file_change *change = found ? &changes->files[found - changes->files] : NULL;

		if (!change)
			continue;
		change->was_marked = true;
		if (object_id_is_none(change->from))
			change->from = change->to;
	}
	return e;
}

err journal_read(struct arena *arena, const struct repo *repo, struct journal *out, bool *found)
{
	const char *path = journal_path(arena, repo);
	struct journal journal = {0};
	struct str bytes;
	bool there;
	err e;

	*found = false;
	if ((e = file_read_if_there(arena, path, JOURNAL_LIMIT, &bytes, &there)) || !there)
		return e;
	if (!parse(arena, bytes, &journal))
		return err_advise(err_new(STATUS_IO, _("%s is damaged"), path),
				  _("“atelier doctor” tells what to do."));
	if (journal.is_of_this_boot && (e = take_marks(arena, repo, &journal.changes)))
		return e;
	*out = journal;
	*found = true;
	return NULL;
}

err journal_remove(const struct repo *repo)
{
	struct arena arena = {0};
	err e = remove_file(journal_path(&arena, repo));

	arena_free(&arena);
	return e;
}

err journal_close(const struct repo *repo)
{
	struct arena arena = {0};
	const char *path = journal_path(&arena, repo);
	err e = NULL;

	if (rename(path, shown_path(&arena, repo)) < 0)
		e = err_errno(path, _("cannot replace"));
	arena_free(&arena);
	return e;
}

struct object_id journal_shown(struct arena *arena, const struct repo *repo)
{
	struct journal journal = {0};
	struct str bytes = {0};
	err e = file_read(arena, shown_path(arena, repo), JOURNAL_LIMIT, &bytes);
	bool known = !e && parse_head(&bytes, &journal);

	err_free(e);
	return known ? journal.to : OBJECT_ID_NONE;
}
