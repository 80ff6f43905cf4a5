#include "cmd/wordings.h"

#include "cmd/print.h"
#include "core/hash.h"
#include "core/message.h"

static struct str id_of(struct app *app, const struct points *points, const struct section *section,
			size_t index)
{
	for (size_t i = 0; i < points->count; i++)
		if (points->all[i].section == section && points->all[i].index == index)
			return points->all[i].id;
	return key_hex(&app->arena, section->doc.blocks[index].normal, POINT_ID_DIGITS);
}

static struct wordings read_wordings(struct app *app, const struct points *points,
				     const struct workshop *workshop, const struct section *section,
				     struct variant_set set)
{
	struct wordings wordings = {
		.workshop = workshop,
		.section = section,
		.set = set,
		.id = id_of(app, points, section, set.blocks[0]),
		.texts = arena_array(&app->arena, struct str, set.count),
	};

	for (size_t n = 0; n < set.count; n++)
		wordings.texts[n] =
			doc_point_text(&app->arena, &section->doc.blocks[set.blocks[n]]);
	return wordings;
}

struct all_wordings wordings_of(struct app *app, const struct notes *notes)
{
	struct points points = points_of(&app->arena, &notes->workshops);
	struct all_wordings found = {0};
	size_t room = 0;

	for (size_t w = 0; w < notes->workshops.count; w++) {
		const struct workshop *workshop = &notes->workshops.all[w];

		for (size_t s = 0; s < workshop->count; s++) {
			const struct section *section = &workshop->sections[s];
			struct variant_sets sets = variant_sets_of(&app->arena, &section->doc);

			for (size_t i = 0; i < sets.count; i++) {
				arena_push(&app->arena, found.all, found.count, room);
				found.all[found.count++] = read_wordings(app, &points, workshop,
									 section, sets.sets[i]);
			}
		}
	}
	return found;
}

uint32_t wordings_line(const struct wordings *wordings)
{
	return wordings->section->doc.blocks[wordings->set.blocks[0]].line;
}

/* How many bytes all texts have in common at their beginnings, whole words only. */
static size_t common_start(const struct wordings *wordings)
{
	struct str first = wordings->texts[0];
	size_t start = 0;

	for (size_t at = 0; at < first.len; at++) {
		for (size_t n = 1; n < wordings->set.count; n++)
			if (at >= wordings->texts[n].len ||
			    wordings->texts[n].at[at] != first.at[at])
				return start;
		if (first.at[at] == ' ')
			start = at + 1;
	}
	return start;
}

/* The same at their ends, behind what is common at the beginnings. */
static size_t common_end(const struct wordings *wordings, size_t start)
{
	struct str first = wordings->texts[0];
	size_t end = 0;

	for (size_t from_end = 1; from_end + start <= first.len; from_end++) {
		char byte = first.at[first.len - from_end];

		for (size_t n = 1; n < wordings->set.count; n++) {
			struct str text = wordings->texts[n];
			if (from_end + start > text.len || text.at[text.len - from_end] != byte)
				return end;
		}
		if (byte == ' ')
			end = from_end;
	}
	return end;
}

void wordings_print(struct app *app, const struct wordings *wordings)
{
	size_t start = common_start(wordings), end = common_end(wordings, start);

	print_style(app, STYLE_FAINT);
	print(app, "%.*s:%u  %.*s\n", STR_ARGS(wordings->section->path), wordings_line(wordings),
	      STR_ARGS(wordings->id));
	print_style(app, STYLE_NONE);
	for (size_t n = 0; n < wordings->set.count; n++) {
		struct str text = wordings->texts[n];

		print(app, "  %zu  %.*s", n + 1, (int)start, text.at);
		print_style(app, STYLE_STRONG);
		print_text(app, str_slice(text, start, text.len - end));
		print_style(app, STYLE_NONE);
		print_text(app, str_slice(text, text.len - end, text.len));
		print(app, "\n");
	}
}
