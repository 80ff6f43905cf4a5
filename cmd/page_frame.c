#include "cmd/page_frame.h"

#include "cmd/page_assets.h"
#include "cmd/page_text.h"
#include "core/message.h"

#define DOCTYPE	  "<!DOCTYPE html>\n"
#define GENERATOR "<meta name=\"generator\" content=\"atelier\">\n"

/* What the notes hold is escaped; should any of it act after all, this forbids it. */
static void add_policy(struct buf *out, enum page_scripts scripts)
{
	buf_add_c(out,
		  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		  "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'");
	if (scripts == PAGE_WITH_SCRIPT)
		buf_printf(out, "; script-src 'sha256-%s'", page_script_sha256);
	buf_add_c(out, "\">\n");
}

void page_begin(struct buf *out, struct str title, enum page_scripts scripts)
{
	buf_printf(out, DOCTYPE "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		   message_language() == LANGUAGE_FRENCH ? "fr" : "en");
	add_policy(out, scripts);
	buf_add_c(out,
		  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	buf_add_c(out, GENERATOR);
	buf_add_c(out, "<meta name=\"referrer\" content=\"no-referrer\">\n"
		       /* Else a server is asked for one. */
		       "<link rel=\"icon\" href=\"data:,\">\n<title>");
	page_add_text(out, title);
	buf_add_c(out, "</title>\n<style>\n");
	buf_add(out, (struct str){(const char *)page_style, page_style_size});
	buf_add_c(out, "</style>\n</head>\n<body>\n");
}

void page_end(struct buf *out, enum page_scripts scripts)
{
	if (scripts == PAGE_WITHOUT_SCRIPT) {
		buf_add_c(out, "</body>\n</html>\n");
		return;
	}
	buf_add_c(out, "<script>");
	buf_add(out, (struct str){(const char *)page_script, page_script_size});
	buf_add_c(out, "</script>\n</body>\n</html>\n");
}

bool page_is_ours(struct str bytes)
{
	/* The title is the first of what people wrote. */
	struct str head = str_slice(bytes, 0, str_find(bytes, STR("<title>"), 0));

	return str_starts(bytes, STR(DOCTYPE)) && str_contains(head, STR(GENERATOR));
}

const char *page_colour(size_t number)
{
	static const char *const names[PAGE_COLOURS] = {"c0", "c1", "c2", "c3", "c4",  "c5",
							"c6", "c7", "c8", "c9", "c10", "c11"};

	return names[number % PAGE_COLOURS];
}
