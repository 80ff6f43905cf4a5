/*
 * Which lines belong to which entry of a YAML tree: the second half of
 * meta_read(), apart from libyaml.
 *
 * A comment belongs to what stands below it, unless it is indented deeper: then
 * to what stands above. A comment before the first entry belongs to the list or map.
 */
#ifndef CORE_META_LAYOUT_H
#define CORE_META_LAYOUT_H

#include "core/meta.h"

/*
 * Fills lines and whole of a tree whose raws are known.
 * out: false when an entry does not begin its line (as in "? key"), with its `line`.
 */
bool meta_lay_out(struct str source, struct meta *root, uint32_t *line);

#endif
