#include "tests/support_workshop.h"

static const char *const paths[] = {"w/01-questions.md", "w/02-synthese.md", "w/03-discussion.md"};

static const char *const vocabulary[] = {
	"le",	   "compost", "les",	  "voisins", "une",    "réunion",  "chaque",  "mois",
	"on",	   "peut",    "demander", "à",	     "la",     "ville",	   "de",      "prêter",
	"un",	   "lieu",    "ouvert",	  "pour",    "parler", "du",	   "budget",  "partagé",
	"il",	   "faudra",  "écrire",	  "avant",   "l’été",  "qui",	   "garde",   "clés",
	"des",	   "outils",  "simples",  "et",	     "libres", "avec",	   "l’école", "voisine",
	"notre",   "charte",  "doit",	  "rester",  "courte", "sans",	   "jargon",  "juridique",
	"inviter", "élus",    "locaux",	  "au",	     "jardin", "pendant",  "fête",    "printemps",
	"compter", "heures",  "données",  "par",     "chacun", "bénévole", "puis",    "remercier"};

enum { VOCABULARY = sizeof vocabulary / sizeof *vocabulary };

static struct str word(struct seeded *seeded)
{
	return str_of(vocabulary[seeded_next(seeded, VOCABULARY)]);
}

struct made_point made_point_new(struct seeded *seeded)
{
	struct made_point point = {.word_count = 4 + seeded_next(seeded, 9)};

	for (uint32_t i = 0; i < point.word_count; i++)
		point.words[i] = word(seeded);
	if (seeded_next(seeded, 5) == 0) {
		struct str a = word(seeded), b = word(seeded), c = word(seeded);

		point.child = str_printf(seeded->arena, "%.*s %.*s %.*s", STR_ARGS(a), STR_ARGS(b),
					 STR_ARGS(c));
	}
	return point;
}

struct made_workshop made_workshop_new(struct seeded *seeded)
{
	struct made_workshop workshop = {0};

	for (int s = 0; s < MADE_FILES; s++) {
		struct made_section *section = &workshop.sections[s];

		section->count = 3 + seeded_next(seeded, 7);
		for (uint32_t i = 0; i < section->count; i++)
			section->points[i] = made_point_new(seeded);
	}
	return workshop;
}

static void made_point_write(struct buf *out, const struct made_point *point)
{
	buf_add_c(out, point->ticked ? "- [x]" : "-");
	for (uint32_t i = 0; i < point->word_count; i++)
		buf_printf(out, " %.*s", STR_ARGS(point->words[i]));
	buf_add_c(out, "\n");
	if (point->child.at)
		buf_printf(out, "  - %.*s\n", STR_ARGS(point->child));
}

struct str made_point_text(struct arena *arena, const struct made_point *point)
{
	struct buf out = {.arena = arena};

	made_point_write(&out, point);
	return buf_str(&out);
}

struct version made_version(struct arena *arena, const struct made_workshop *workshop, int number,
			    const struct version *base)
{
	struct version version = {arena_array(arena, struct version_file, MADE_FILES), MADE_FILES};

	for (int s = 0; s < MADE_FILES; s++) {
		struct buf text = {.arena = arena};

		buf_printf(&text, "# Section %d\n\n", s + 1);
		for (uint32_t i = 0; i < workshop->sections[s].count; i++)
			made_point_write(&text, &workshop->sections[s].points[i]);
		version.files[s] = (struct version_file){
			.path = str_of(paths[s]),
			.mode = 0100644,
			.id = {{(unsigned char)(1 + s), (unsigned char)number}},
			.bytes = buf_str(&text)};
		if (base && str_equal(version.files[s].bytes, base->files[s].bytes))
			version.files[s].id = base->files[s].id;
	}
	return version;
}

struct made_point made_point_take(struct made_section *section, uint32_t at)
{
	struct made_point point = section->points[at];

	section->count--;
	for (uint32_t i = at; i < section->count; i++)
		section->points[i] = section->points[i + 1];
	return point;
}

void made_point_put(struct made_section *section, uint32_t at, struct made_point point)
{
	for (uint32_t i = section->count; i > at; i--)
		section->points[i] = section->points[i - 1];
	section->points[at] = point;
	section->count++;
}

void made_point_edit(struct seeded *seeded, struct made_point *point)
{
	uint32_t at = seeded_next(seeded, point->word_count);
	struct str new = str_printf(seeded->arena, "précisé%u", seeded_next(seeded, 1000));

	switch (seeded_next(seeded, 4)) {
	case 0:
		point->words[at] = new;
		break;
	case 1:
		for (uint32_t i = point->word_count++; i > at; i--)
			point->words[i] = point->words[i - 1];
		point->words[at] = new;
		break;
	case 2:
		point->word_count--;
		for (uint32_t i = at; i < point->word_count; i++)
			point->words[i] = point->words[i + 1];
		break;
	default:
		point->words[point->word_count++] = new;
		break;
	}
	point->ticked = seeded_next(seeded, 8) == 0;
}
