#include "core/stale_log.h"

#include <sys/stat.h>

#include "core/file.h"
#include "core/message.h"

/*
 * Lines: `step FROM-COMMIT FROM TO-COMMIT TO PATH`, `told LINE-KEY PATH`,
 * `forget PATH`. A batch opens with a line end, so that one which was cut off
 * spoils no other.
 */
enum {
	LOG_LIMIT = 64 * 1024 * 1024,
	COMPACT_BYTES = 4 * 1024 * 1024,
	MOST_STEPS = 10000, /* left by compacting: well below its size, or each batch would */
	KEY_DIGITS = 32,
};

static const char *log_path(struct arena *arena, const struct repo *repo)
{
	return str_printf(arena, "%s/versions", repo_state_folder(repo)).at;
}

static void read_step(struct arena *arena, struct stale_log *log, struct str line)
{
	struct str ids[4];
	struct stale_step step;

	for (size_t i = 0; i < 4; i++)
		if (!str_next_part(&line, ' ', &ids[i]))
			return;
	step.path = line;
	if (!object_id_read(ids[0], &step.from_commit) || !object_id_read(ids[1], &step.from) ||
	    !object_id_read(ids[2], &step.to_commit) || !object_id_read(ids[3], &step.to) ||
	    path_judge(line) != PATH_FINE)
		return;
	arena_push(arena, log->steps, log->step_count, log->step_room);
	log->steps[log->step_count++] = step;
}

static bool read_digit(char digit, uint64_t *value)
{
	static const char digits[] = "0123456789abcdef";

	for (uint64_t i = 0; i < 16; i++)
		if (digits[i] == digit) {
			*value = *value << 4 | i;
			return true;
		}
	return false;
}

static void read_told(struct arena *arena, struct stale_log *log, struct str line)
{
	struct stale_told told = {0};
	struct str key;

	if (!str_next_part(&line, ' ', &key) || key.len != KEY_DIGITS || line.len == 0)
		return;
	for (size_t i = 0; i < KEY_DIGITS; i++)
		if (!read_digit(key.at[i], i < KEY_DIGITS / 2 ? &told.line.high : &told.line.low))
			return;
	told.path = line;
	arena_push(arena, log->told, log->told_count, log->told_room);
	log->told[log->told_count++] = told;
}

static void forget(struct stale_log *log, struct str path)
{
	size_t kept = 0;

	for (size_t i = 0; i < log->told_count; i++)
		if (!str_equal(log->told[i].path, path))
			log->told[kept++] = log->told[i];
	log->told_count = kept;
}

static void read_line(struct arena *arena, struct stale_log *log, struct str line)
{
	struct str rest = str_slice(line, str_find_byte(line, ' ', 0) + 1, line.len);

	if (str_starts(line, STR("step ")))
		read_step(arena, log, rest);
	else if (str_starts(line, STR("told ")))
		read_told(arena, log, rest);
	else if (str_starts(line, STR("forget ")))
		forget(log, rest);
}

err stale_log_read(struct arena *arena, const struct repo *repo, struct stale_log *out)
{
	const char *path = log_path(arena, repo);
	struct stale_log log = {0};
	struct str bytes, line;
	bool found;
	err e = file_read_if_there(arena, path, LOG_LIMIT, &bytes, &found);

	*out = log;
	if (e || !found)
		return e;
	while (str_next_line(&bytes, &line))
		if (str_ends(line, STR("\n")))
			read_line(arena, &log, str_chomp(line));
	*out = log;
	return NULL;
}

static void write_step(struct buf *out, const struct stale_step *step)
{
	struct arena *arena = out->arena;

	buf_printf(out, "step %s %s %s %s %.*s\n", object_id_hex(arena, step->from_commit).at,
		   object_id_hex(arena, step->from).at, object_id_hex(arena, step->to_commit).at,
		   object_id_hex(arena, step->to).at, STR_ARGS(step->path));
}

static void write_told(struct buf *out, struct key line, struct str path)
{
	struct str key = key_hex(out->arena, line, KEY_DIGITS);

	buf_printf(out, "told %.*s %.*s\n", STR_ARGS(key), STR_ARGS(path));
}

/* Steps of one path after the one at `index`. */
static size_t later_steps(const struct stale_log *log, size_t index)
{
	size_t later = 0;

	for (size_t i = index + 1; i < log->step_count && later < STALE_VERSIONS; i++)
		later += str_equal(log->steps[i].path, log->steps[index].path);
	return later;
}

/* Leaves of a log that has grown what is still asked for. */
static err compact(struct arena *arena, const struct repo *repo)
{
	struct buf lines = {.arena = arena};
	struct stale_log log;
	err e = stale_log_read(arena, repo, &log);

	if (e)
		return e;
	for (size_t i = 0; i < log.step_count; i++)
		if (log.step_count - i <= MOST_STEPS && later_steps(&log, i) < STALE_VERSIONS)
			write_step(&lines, &log.steps[i]);
	for (size_t i = 0; i < log.told_count; i++)
		write_told(&lines, log.told[i].line, log.told[i].path);
	return file_replace(log_path(arena, repo), buf_str(&lines));
}

static err add(struct arena *arena, const struct repo *repo, const struct buf *lines)
{
	const char *path = log_path(arena, repo);
	struct str text = str_printf(arena, "\n%.*s", STR_ARGS(buf_str(lines)));
	struct stat status;
	err e = file_make_folders(repo_state_folder(repo));

	if (e || (e = file_append(path, text)))
		return e;
	if (stat(path, &status) < 0)
		return err_errno(path, _("cannot read"));
	return status.st_size > COMPACT_BYTES ? compact(arena, repo) : NULL;
}

err stale_log_add(struct arena *arena, const struct repo *repo, const struct stale_step *steps,
		  size_t count)
{
	struct buf lines = {.arena = arena};

	for (size_t i = 0; i < count; i++)
		if (!object_id_is_none(steps[i].from) && !object_id_is_none(steps[i].to) &&
		    !object_id_equal(steps[i].from, steps[i].to))
			write_step(&lines, &steps[i]);
	return lines.len ? add(arena, repo, &lines) : NULL;
}

err stale_log_tell(struct arena *arena, const struct repo *repo, struct str path,
		   const struct str *lines, size_t count)
{
	struct buf told = {.arena = arena};

	for (size_t i = 0; i < count; i++)
		write_told(&told, key_of(lines[i]), path);
	return told.len ? add(arena, repo, &told) : NULL;
}

err stale_log_forget(struct arena *arena, const struct repo *repo, struct str path)
{
	struct buf line = {.arena = arena};

	buf_printf(&line, "forget %.*s\n", STR_ARGS(path));
	return add(arena, repo, &line);
}
