#include "core/file_events.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "core/limits.h"
#include "core/message.h"
#include "core/path.h"

enum {
	CHANGES = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE,
	EVENT_BYTES = 16 * 1024,
};

/* A folder that is watched; by its number, which the kernel gives. */
struct watched {
	int number;
	struct str path;
	bool alone; /* those below it are not */
};

struct file_events {
	struct arena arena;
	int descriptor;
	struct watched *folders;
	size_t count, room;
};

static bool watch(struct file_events *events, struct str path, bool alone)
{
	int number = inotify_add_watch(events->descriptor, str_c(&events->arena, path),
				       CHANGES | IN_ONLYDIR | IN_DONT_FOLLOW);

	if (number < 0)
		return false;
	arena_push(&events->arena, events->folders, events->count, events->room);
	events->folders[events->count++] =
		(struct watched){number, str_copy(&events->arena, path), alone};
	return true;
}

static void watch_below(struct file_events *events, struct str path, int depth)
{
	DIR *folder = depth < LIMIT_PATH_DEPTH ? opendir(str_c(&events->arena, path)) : NULL;
	struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		struct str below = path_join(&events->arena, path, str_of(entry->d_name));

		/* Some file systems do not tell which is a folder: none else is watched. */
		if ((entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN) &&
		    entry->d_name[0] != '.' && watch(events, below, false))
			watch_below(events, below, depth + 1);
	}
	if (folder)
		closedir(folder);
}

err file_events_open(const char *root, struct file_events **out)
{
	struct file_events *events = calloc(1, sizeof *events);

	if (!events)
		return err_errno(root, _("cannot watch"));
	events->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (events->descriptor < 0 || !watch(events, str_of(root), false)) {
		bool too_many = errno == ENOSPC || errno == EMFILE;
		err e = too_many ? err_new(STATUS_IO,
					   _("%s: the system watches too many folders already"),
					   root)
				 : err_errno(root, _("cannot watch"));

		file_events_close(events);
		return e;
	}
	watch_below(events, str_of(root), 0);
	*out = events;
	return NULL;
}

void file_events_add(struct file_events *events, const char *folder)
{
	watch(events, str_of(folder), true);
}

int file_events_descriptor(const struct file_events *events)
{
	return events->descriptor;
}

static const struct watched *folder_of(const struct file_events *events, int number)
{
	/* The latest one: numbers of folders that are gone may be given again. */
	for (size_t i = events->count; i > 0; i--)
		if (events->folders[i - 1].number == number)
			return &events->folders[i - 1];
	return NULL;
}

static bool take(struct file_events *events, const struct inotify_event *event)
{
	const struct watched *folder = folder_of(events, event->wd);
	struct str name = event->len ? str_of(event->name) : (struct str){0};

	/* Too much happened at once: something surely did. */
	if (event->mask & IN_Q_OVERFLOW)
		return true;
	if (!folder || name.len == 0 || path_is_temporary(name) || str_ends(name, STR(".lock")) ||
	    (name.at[0] == '.' && !folder->alone))
		return false;
	if ((event->mask & IN_ISDIR) && !folder->alone &&
	    (event->mask & (IN_CREATE | IN_MOVED_TO))) {
		struct str path = path_join(&events->arena, folder->path, name);

		if (watch(events, path, false))
			watch_below(events, path, 1);
		return true;
	}
	/* A new file is a save once it is closed. */
	return (event->mask & (CHANGES & ~(unsigned)IN_CREATE)) != 0;
}

bool file_events_take(struct file_events *events)
{
	_Alignas(struct inotify_event) char bytes[EVENT_BYTES];
	bool changed = false;
	ssize_t length;

	while ((length = read(events->descriptor, bytes, sizeof bytes)) > 0)
		for (ssize_t at = 0; at < length;) {
			const struct inotify_event *event =
				(const struct inotify_event *)(const void *)(bytes + at);

			changed |= take(events, event);
			at += (ssize_t)(sizeof *event + event->len);
		}
	return changed;
}

void file_events_close(struct file_events *events)
{
	if (!events)
		return;
	if (events->descriptor >= 0)
		close(events->descriptor);
	arena_free(&events->arena);
	free(events);
}
