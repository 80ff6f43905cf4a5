#include "core/roster_words.h"

#include <stdlib.h>

#include "core/hash.h"
#include "core/text.h"

static int compare_texts(const void *left, const void *right)
{
	const struct str *a = left, *b = right;

	return str_compare(*a, *b);
}

/* Words as they are written, each once: most have been seen before. */
struct seen_words {
	struct str *slots; /* open addressing */
	size_t slot_count, count;
};

static struct str *seen_slot(const struct seen_words *seen, struct str word)
{
	size_t mask = seen->slot_count - 1, at = key_of(word).low & mask;

	while (seen->slots[at].at && !str_equal(seen->slots[at], word))
		at = (at + 1) & mask;
	return &seen->slots[at];
}

static void grow_seen(struct arena *arena, struct seen_words *seen)
{
	struct seen_words larger = {.slot_count = seen->slot_count ? 2 * seen->slot_count : 1024,
				    .count = seen->count};

	larger.slots = arena_array(arena, struct str, larger.slot_count);
	for (size_t i = 0; i < seen->slot_count; i++)
		if (seen->slots[i].at)
			*seen_slot(&larger, seen->slots[i]) = seen->slots[i];
	*seen = larger;
}

/* out: false: it had been seen before */
static bool see_word(struct arena *arena, struct seen_words *seen, struct str word)
{
	struct str *slot;

	if (2 * seen->count >= seen->slot_count)
		grow_seen(arena, seen);
	slot = seen_slot(seen, word);
	if (slot->at)
		return false;
	*slot = word;
	seen->count++;
	return true;
}

static void add_words(struct arena *arena, struct ordinary_words *known, struct seen_words *seen,
		      struct str text, bool title)
{
	struct str rest = text, word;

	while (text_next_word(&rest, &word)) {
		struct str letter = word;

		if ((!title && text_is_capital(text_next_char(&letter))) ||
		    !see_word(arena, seen, word))
			continue;
		arena_push(arena, known->at, known->count, known->room);
		known->at[known->count++] = text_fold(arena, word);
	}
}

/* Only once a stranger's name is met: it looks at every word of the workshop. */
static void read_words(struct arena *arena, struct ordinary_words *known,
		       const struct workshop *workshop)
{
	struct seen_words seen = {0};

	if (known->read)
		return;
	known->read = true;
	for (size_t i = 0; i < workshop->count; i++) {
		const struct doc *doc = &workshop->sections[i].doc;

		for (size_t j = 0; j < doc->count; j++)
			add_words(arena, known, &seen, doc->blocks[j].text,
				  doc->blocks[j].kind == BLOCK_HEADING);
	}
	if (known->count)
		qsort(known->at, known->count, sizeof *known->at, compare_texts);
}

/* What opens a line of notes and is no name. */
static const char labels[] =
	" note notes nb ps ok todo faq rdv ca ag cr oj odj re pj url ex etc q r a b c d question "
	"questions reponse reponses answer answers idee idees idea ideas action actions decision "
	"decisions constat constats conclusion conclusions resume synthese summary exemple "
	"exemples "
	"example examples attention important remarque remarques info infos information "
	"informations "
	"date lieu heure horaire horaires place time objectif objectifs objective objectives goal "
	"goals but budget contexte context theme themes sujet sujets topic topics point points "
	"probleme problemes problem problems solution solutions proposition propositions proposal "
	"proposals besoin besoins need needs frein freins levier leviers risque risques risk risks "
	"suite suites next step steps etape etapes rappel source sources lien liens link links "
	"ressource ressources resource resources document documents bilan agenda programme ordre "
	"participants participant porteurs presents present excuses absents absent animation "
	"animateur animatrice facilitation total version annexe annexes figure tableau table "
	"chapitre "
	"partie section titre title merci bonjour avantages inconvenients pros cons pour contre "
	"oui "
	"non yes no warning tip hint http https ftp mailto tel fax email mail courriel site page "
	"il elle on nous vous je tu ils elles ce cela qui que he she we they it you someone ";

static bool is_label(struct str folded)
{
	char padded[64];

	if (folded.len + 3 > sizeof padded)
		return true;
	for (size_t i = 0; i < folded.len; i++)
		padded[i + 1] = folded.at[i];
	padded[0] = padded[folded.len + 1] = ' ';
	return str_contains(str_of(labels), (struct str){padded, folded.len + 2});
}

bool ordinary_word(struct arena *arena, struct ordinary_words *known,
		   const struct workshop *workshop, struct str folded)
{
	if (folded.len == 0 || is_label(folded))
		return true;
	read_words(arena, known, workshop);
	return known->count &&
	       bsearch(&folded, known->at, known->count, sizeof folded, compare_texts);
}
