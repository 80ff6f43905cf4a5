/*
 * Tells when notes were saved: every folder that is not hidden, and folders of
 * other repositories on this machine, are watched for changes.
 * source: inotify(7)
 */
#ifndef CORE_FILE_EVENTS_H
#define CORE_FILE_EVENTS_H

#include <stdbool.h>

#include "core/err.h"

struct file_events;

/*
 * Watches `root` and the folders below it, hidden ones aside.
 * out: to be closed. errors: STATUS_IO: the system watches no more folders; what
 * can be watched then is not told.
 */
err file_events_open(const char *root, struct file_events **out) ERR_MUST_CHECK;
/* Watches one folder more, alone; one that is not there is left out. */
void file_events_add(struct file_events *events, const char *folder);
/* Becomes readable when something happened. */
int file_events_descriptor(const struct file_events *events);
/*
 * Takes what happened. out: whether a file was saved, moved or deleted that is no
 * editor's temporary. New folders are watched from then on.
 */
bool file_events_take(struct file_events *events);
/* NULL is fine. */
void file_events_close(struct file_events *events);

#endif
