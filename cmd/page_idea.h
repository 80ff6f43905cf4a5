/* One idea of a synthesis in a page: its words, who had a part in it, what carries it. */
#ifndef CMD_PAGE_IDEA_H
#define CMD_PAGE_IDEA_H

#include "cmd/gather.h"
#include "cmd/page_definitions.h"

/* A page while it is written. */
struct page_writing {
	struct arena *arena;
	const struct gathered *gathered;
	struct buf *out;
	size_t stories; /* so far, for their names */
	/* The link targets of the section that was last asked about. */
	const struct section *section;
	struct definitions definitions;
};

/* Adds the idea as an opened list item, for its details to follow. */
void page_add_idea(struct page_writing *page, const struct idea *idea);
/* Adds "AB" in the person's colour, with the name for those who ask. */
void page_add_chip(struct page_writing *page, uint32_t person, const char *looks);

#endif
