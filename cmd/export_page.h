/* A workshop as one document: what stands above its sections, and the whole as a page. */
#ifndef CMD_EXPORT_PAGE_H
#define CMD_EXPORT_PAGE_H

#include "cmd/app.h"
#include "core/workshop.h"

/* Adds date, place and people as Markdown, as workshop.yml tells them. */
void export_about(struct app *app, struct buf *out, const struct workshop *workshop);
/* Prints workshops and sections in their order as one HTML file that needs no other. */
void export_page(struct app *app, const struct workshop *const *workshops, size_t count);

#endif
