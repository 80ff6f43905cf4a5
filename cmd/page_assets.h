/* Style and script of the pages: the files of cmd/page/, as the Makefile puts them into C. */
#ifndef CMD_PAGE_ASSETS_H
#define CMD_PAGE_ASSETS_H

#include <stddef.h>

extern const unsigned char page_style[], page_script[];
extern const size_t page_style_size, page_script_size;
/* The script's SHA-256 in base64, as a content security policy names it. */
extern const char page_script_sha256[];

#endif
