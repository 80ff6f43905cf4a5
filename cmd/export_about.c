#include "cmd/export_page.h"
#include "core/people_groups.h"

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
	struct people_groups groups = people_groups_of(out->arena, about.root);
	for (size_t i = 0; i < groups.count; i++)
		buf_printf(out, "- %.*s\n",
			   STR_ARGS(people_group_shown(out->arena, &groups.all[i])));
}
