/*
 * Objects on their way to the disk. One that is there already is not written again, nor
 * fetched, be it that whoever wrote it was killed before it was there for good; so a mark
 * stands in the clone for as long as some may be.
 */
#ifndef CORE_REPO_DURABLE_H
#define CORE_REPO_DURABLE_H

#include "core/repo.h"

/* Before a program is started that writes objects; repo_object_write() does it by itself. */
void repo_durable_begin(const struct repo *repo);
/* They are on the disk with the folders they are in. */
void repo_durable_end(const struct repo *repo);
/*
 * Makes all last that a killed run had written; it may take long. The lock of the clone
 * is held. cost: nothing to speak of where none was killed.
 */
void repo_durable_mend(const struct repo *repo);

#endif
