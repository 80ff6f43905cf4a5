/* A synthesis as people and programs read it: the looks, nothing of the gathering. */
#ifndef CMD_SYNTHESIS_PRINT_H
#define CMD_SYNTHESIS_PRINT_H

#include "cmd/gather.h"

/* One object on one line, never translated; its line end included. */
struct str synthesis_json(struct app *app, const struct gathered *gathered);
/* A note that says of itself that it was made by the program. */
struct str synthesis_markdown(struct app *app, const struct gathered *gathered);
/* One page that needs no other file. */
struct str synthesis_page(struct app *app, const struct gathered *gathered);

/* "Synthesis: TITLE", "Synthesis of 3 workshops". */
struct str synthesis_title(struct arena *arena, const struct gathered *gathered);

#endif
