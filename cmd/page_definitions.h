/*
 * Link targets of a section, for parts of it that are rendered alone: "[a link][1]" has
 * its target, "[1]: https://…", elsewhere in the section.
 */
#ifndef CMD_PAGE_DEFINITIONS_H
#define CMD_PAGE_DEFINITIONS_H

#include "core/doc.h"

enum { MOST_DEFINITIONS = 256 }; /* of a section; links to others show as they are written */

struct definition {
	struct str label; /* "[1]", case aside */
	struct str raw;
};

struct definitions {
	struct definition *all;
	size_t count;
};

struct definitions definitions_of(struct arena *arena, const struct doc *doc);
/* `markdown` behind those that it names. cost: definitions * bytes, where it has a bracket */
struct str definitions_before(struct arena *arena, const struct definitions *definitions,
			      struct str markdown);

#endif
