#include "core/section.h"

#include "core/text.h"

/* Folded words that tell a kind. */
static const struct {
	const char *word;
	enum section_kind kind;
} telling[] = {
	{"question", SECTION_QUESTIONS},
	{"questions", SECTION_QUESTIONS},
	{"synthese", SECTION_SYNTHESIS},
	{"syntheses", SECTION_SYNTHESIS},
	{"synthesis", SECTION_SYNTHESIS},
	{"resume", SECTION_SYNTHESIS},
	{"summary", SECTION_SYNTHESIS},
	{"restitution", SECTION_SYNTHESIS},
	{"discussion", SECTION_DISCUSSION},
	{"discussions", SECTION_DISCUSSION},
	{"echange", SECTION_DISCUSSION},
	{"echanges", SECTION_DISCUSSION},
	{"debat", SECTION_DISCUSSION},
	{"debats", SECTION_DISCUSSION},
	{"debate", SECTION_DISCUSSION},
	{"exchanges", SECTION_DISCUSSION},
	{"idee", SECTION_IDEAS},
	{"idees", SECTION_IDEAS},
	{"idea", SECTION_IDEAS},
	{"ideas", SECTION_IDEAS},
	{"piste", SECTION_IDEAS},
	{"pistes", SECTION_IDEAS},
	{"conclusion", SECTION_CONCLUSION},
	{"conclusions", SECTION_CONCLUSION},
};

enum section_kind section_kind_of(struct arena *arena, struct str title)
{
	struct str rest = text_fold(arena, title), word;

	while (text_next_word(&rest, &word))
		for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
			if (str_equal(word, str_of(telling[i].word)))
				return telling[i].kind;
	return SECTION_OTHER;
}

const char *section_kind_name(enum section_kind kind)
{
	static const char *const names[] = {
		[SECTION_OTHER] = "other",	   [SECTION_QUESTIONS] = "questions",
		[SECTION_SYNTHESIS] = "synthesis", [SECTION_DISCUSSION] = "discussion",
		[SECTION_IDEAS] = "ideas",	   [SECTION_CONCLUSION] = "conclusion",
	};

	return names[kind];
}

const char *section_kind_title(enum section_kind kind, enum language language)
{
	static const char *const titles[][2] = {
		[SECTION_OTHER] = {"Notes", "Notes"},
		[SECTION_QUESTIONS] = {"Questions", "Questions"},
		[SECTION_SYNTHESIS] = {"Synthesis", "Synthèse"},
		[SECTION_DISCUSSION] = {"Discussion", "Discussion"},
		[SECTION_IDEAS] = {"Ideas to explore", "Idées à creuser"},
		[SECTION_CONCLUSION] = {"Conclusion", "Conclusion"},
	};

	return titles[kind][language == LANGUAGE_FRENCH];
}
