/*
 * What every page has: one self-contained HTML file that loads nothing from
 * anywhere, with its style and its script inside, and a policy that lets no
 * other script run.
 */
#ifndef CMD_PAGE_FRAME_H
#define CMD_PAGE_FRAME_H

#include "core/str.h"

enum page_scripts { PAGE_WITHOUT_SCRIPT, PAGE_WITH_SCRIPT };

/* Begins a page, up to the opened body. */
void page_begin(struct buf *out, struct str title, enum page_scripts scripts);
/* Ends it, with the script where it has one. */
void page_end(struct buf *out, enum page_scripts scripts);

/* Do bytes begin as page_begin() begins a page? */
bool page_is_ours(struct str bytes);

enum { PAGE_COLOURS = 12 };
/* The class of person `number`: one of PAGE_COLOURS colours, as "c3". */
const char *page_colour(size_t number);

#endif
