#include "cmd/export_page.h"
#include "core/message.h"
#include "core/meta.h"

static void add_people(struct buf *out, const struct meta *people)
{
	for (size_t i = 0; people && people->kind == META_LIST && i < people->count; i++) {
		const struct meta *group = people->entries[i].value;
		struct str heading = meta_text(group, STR("heading"));
		const struct meta *names = meta_get(group, STR("names"));

		buf_add_c(out, "- ");
		if (heading.len)
			buf_printf(out, _("%.*s: "), STR_ARGS(heading));
		for (size_t j = 0; names && j < names->count; j++)
			buf_printf(out, "%s%.*s", j ? ", " : "",
				   STR_ARGS(names->entries[j].value->value));
		buf_add_byte(out, '\n');
	}
}

/* Date, place and people, as workshop.yml tells. */
void export_about(struct app *app, struct buf *out, const struct workshop *workshop)
{
	struct meta_doc about = {0};

	/* YAML that cannot be read is no reason not to export the notes. */
	err_free(meta_read(&app->arena, workshop->about, "workshop.yml", &about));
	struct str date = meta_text(about.root, STR("date"));
	struct str place = meta_text(about.root, STR("place"));

	if (date.len || place.len)
		buf_printf(out, "%.*s%s%.*s\n\n", STR_ARGS(date), date.len && place.len ? ", " : "",
			   STR_ARGS(place));
	add_people(out, meta_get(about.root, STR("people")));
}
