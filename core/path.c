#include "core/path.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "core/limits.h"

/*
 * What editors and systems leave beside a file while it is open, and what is carried on a
 * stick: it holds all notes, so itself as well; shell patterns on the name.
 */
static const char *const temporary_names[] = {
	"*~",
	".#*",
	"#*#",
	"*.sw[a-p]",
	".*.un~",
	"4913",
	"~$*",
	".~*#",
	"*.tmp",
	"*.part",
	"*.bak",
	".goutputstream-*",
	".fuse_hidden*",
	".nfs0*",
	"*.crswap",
	"*___jb_tmp___",
	"*___jb_old___",
	".DS_Store",
	"Thumbs.db",
	"desktop.ini",
	".atelier-??????",
	"atelier.bundle",
	".atelier.bundle.new*",
};

enum { TEMPORARY_NAMES = sizeof temporary_names / sizeof *temporary_names };

struct str path_name(struct str path)
{
	size_t from = path.len;

	while (from > 0 && path.at[from - 1] != '/')
		from--;
	return str_slice(path, from, path.len);
}

struct str path_folder(struct str path)
{
	struct str name = path_name(path);

	return str_slice(path, 0, path.len > name.len ? path.len - name.len - 1 : 0);
}

struct str path_stem(struct str path)
{
	struct str name = path_name(path);
	size_t dot = name.len;

	while (dot > 0 && name.at[dot - 1] != '.')
		dot--;
	return dot > 1 ? str_slice(name, 0, dot - 1) : name;
}

struct str path_join(struct arena *arena, struct str folder, struct str name)
{
	if (folder.len == 0)
		return name;
	return str_printf(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(name));
}

/*
 * Bytes of a code point that HFS+ ignores in names, 0: none.
 * source: git's utf8.c, next_hfs_char(): U+200C–200F, 202A–202E, 206A–206F, FEFF
 */
static size_t ignorable_length(struct str text)
{
	const unsigned char *at = (const unsigned char *)text.at;

	if (text.len < 3)
		return 0;
	if (at[0] == 0xe2 && at[1] == 0x80 &&
	    ((at[2] >= 0x8c && at[2] <= 0x8f) || (at[2] >= 0xaa && at[2] <= 0xae)))
		return 3;
	if (at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xaa && at[2] <= 0xaf)
		return 3;
	return at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf ? 3 : 0;
}

/*
 * A name as file systems that fold see it, up to `room` bytes of it: ignorable code
 * points dropped, lower case, cut at ':' (NTFS streams) and without dots and
 * blanks at the end, however many.
 */
static size_t fold_name(struct str name, char *folded, size_t room)
{
	size_t length = 0, end = 0;

	for (size_t i = 0; i < name.len && name.at[i] != ':' && end < room;) {
		size_t skipped = ignorable_length(str_slice(name, i, name.len));

		if (!skipped && length++ < room)
			folded[length - 1] = (char)tolower((unsigned char)name.at[i]);
		if (!skipped && name.at[i] != '.' && name.at[i] != ' ')
			end = length;
		i += skipped ? skipped : 1;
	}
	return end < room ? end : room;
}

/* `.git`, `GIT~1` … as some file system would open it. */
static bool is_git_in_disguise(struct str name)
{
	char folded[16];
	struct str seen = {folded, fold_name(name, folded, sizeof folded)};

	return str_equal(seen, STR(".git")) ||
	       (seen.len == 5 && str_starts(seen, STR("git~")) && byte_is_digit(folded[4]));
}

static bool is_dots(struct str name)
{
	return str_equal(name, STR(".")) || str_equal(name, STR(".."));
}

/* A backslash separates on the systems of others: both readings have to be safe. */
static bool is_refused(struct str name)
{
	struct str rest = name, part;

	if (name.len == 0 || is_dots(name) || str_find_byte(name, '\0', 0) < name.len)
		return true;
	while (str_next_part(&rest, '\\', &part))
		if (is_git_in_disguise(part) || str_equal(part, STR("..")))
			return true;
	return false;
}

/*
 * Opens a device on Windows, whatever its ending, and with blanks before it.
 * source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
static bool is_device(struct str name)
{
	static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
	static const char *const raised[] = {"\xc2\xb9", "\xc2\xb2", "\xc2\xb3"};
	struct str stem = str_slice(name, 0, str_find_byte(name, '.', 0));

	stem = str_trim_right(str_slice(stem, 0, str_find_byte(stem, ':', 0)));
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		if (stem.len == strlen(devices[i]) &&
		    strncasecmp(stem.at, devices[i], stem.len) == 0)
			return true;
	if (stem.len < 4 ||
	    (strncasecmp(stem.at, "com", 3) != 0 && strncasecmp(stem.at, "lpt", 3) != 0))
		return false;
	struct str port = str_slice(stem, 3, stem.len);
	bool is_port = port.len == 1 && byte_is_digit(port.at[0]);
	for (size_t i = 0; i < sizeof raised / sizeof *raised; i++)
		is_port = is_port || str_equal(port, str_of(raised[i]));
	return is_port;
}

/* Device names of other systems, names they would cut, control characters. */
static bool is_reserved(struct str name)
{
	if (is_device(name))
		return true;
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < ' ' || name.at[i] == 0x7f || name.at[i] == '\\')
			return true;
	char last = name.at[name.len - 1];
	return last == '.' || last == ' ';
}

enum path_verdict path_judge(struct str path)
{
	enum path_verdict verdict = path.len > LIMIT_PATH_BYTES ? PATH_CARRIED : PATH_FINE;
	struct str rest = path, name;
	int depth = 0;

	if (path.len == 0 || path.at[path.len - 1] == '/')
		return PATH_REFUSED;
	while (str_next_part(&rest, '/', &name)) {
		if (is_refused(name))
			return PATH_REFUSED;
		if (is_reserved(name) || ++depth > LIMIT_PATH_DEPTH)
			verdict = PATH_CARRIED;
	}
	return verdict;
}

/* Most names begin or end as no pattern does, and fnmatch() reads both letter by letter. */
static bool may_match(const char *pattern, struct str name)
{
	char first = pattern[0], last = pattern[strlen(pattern) - 1];

	return (strchr("*?[", first) || first == name.at[0]) &&
	       (strchr("*?]", last) || last == name.at[name.len - 1]);
}

bool path_is_temporary(struct str path)
{
	struct str name = path_name(path);
	char c_name[256];

	if (name.len == 0 || name.len >= sizeof c_name)
		return false;
	memcpy(c_name, name.at, name.len);
	c_name[name.len] = '\0';
	for (size_t i = 0; i < TEMPORARY_NAMES; i++)
		if (may_match(temporary_names[i], name) &&
		    fnmatch(temporary_names[i], c_name, 0) == 0)
			return true;
	return false;
}

bool path_is_hidden(struct str path)
{
	struct str rest = path, name;

	while (str_next_part(&rest, '/', &name))
		if (name.len > 0 && name.at[0] == '.' &&
		    !(rest.len == 0 &&
		      (str_equal(name, STR(".gitattributes")) ||
		       str_equal(name, STR(".gitignore")) || str_equal(name, STR(".mailmap")))))
			return true;
	return false;
}

struct str path_temporary_patterns(struct arena *arena)
{
	struct buf lines = {.arena = arena};

	for (size_t i = 0; i < TEMPORARY_NAMES; i++) {
		/* In git's exclude files a '#' in front opens a comment. */
		if (temporary_names[i][0] == '#')
			buf_add_byte(&lines, '\\');
		buf_add_c(&lines, temporary_names[i]);
		buf_add_byte(&lines, '\n');
	}
	return buf_str(&lines);
}

bool path_is_note(struct str path)
{
	return (str_ends(path, STR(".md")) || str_ends(path, STR(".markdown"))) &&
	       !path_is_hidden(path);
}

bool path_is_below(struct str path, struct str folder)
{
	return path.len > folder.len && path.at[folder.len] == '/' && str_starts(path, folder);
}
