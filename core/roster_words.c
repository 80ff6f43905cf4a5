#include "core/roster_words.h"

#include <stdlib.h>

#include "core/ascending.h"
#include "core/hash.h"
#include "core/text.h"

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
		qsort(known->at, known->count, sizeof *known->at, ascending_str);
}

/* What opens a line of notes and is no name. */
static const char *const labels[] = {
	" note notes nb ps ok todo faq rdv ca ag cr oj odj re pj url ex etc q r a b c d "
	"question questions reponse reponses answer answers idee idees idea ideas action "
	"actions decision decisions constat constats conclusion conclusions resume synthese "
	"summary exemple exemples example examples attention important remarque remarques "
	"info infos information informations date lieu heure horaire horaires place time "
	"objectif objectifs objective objectives goal goals but budget contexte context theme "
	"themes sujet sujets topic topics point points probleme problemes problem problems "
	"solution solutions proposition propositions proposal proposals besoin besoins need "
	"needs frein freins levier leviers risque risques risk risks suite suites next step "
	"steps etape etapes rappel source sources lien liens link links ressource ressources "
	"resource resources document documents bilan agenda programme ordre participants "
	"participant porteurs presents present excuses absents absent animation animateur "
	"animatrice facilitation total version annexe annexes figure tableau table chapitre "
	"partie section titre title merci bonjour avantages inconvenients pros cons pour "
	"contre oui non yes no warning tip hint http https ftp mailto tel fax email mail "
	"courriel site page il elle on nous vous je tu ils elles ce cela qui que he she we "
	"they it you someone cout couts prix tarif tarifs montant duree delai delais echeance "
	"echeances jour jours semaine mois annee annees matin matinee midi apres soir soiree "
	"nuit lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril "
	"mai juin juillet aout septembre octobre novembre decembre monday tuesday wednesday "
	"thursday friday saturday sunday january february march april may june july august "
	"september october november december morning noon afternoon evening today tomorrow "
	"yesterday hier demain aujourd'hui salle salles local locaux adresse public publics "
	"materiel outil outils methode methodes methodologie moyen moyens format formats "
	"prochain prochaine prochains prochaines precedent precedente reunion reunions "
	"rencontre rencontres atelier ateliers session sessions seance seances groupe groupes "
	"equipe equipes collectif ",
	" projet projets chantier chantiers mission missions role roles tache taches enjeu "
	"enjeux piste pistes valeur valeurs vision cible cibles acteur acteurs partenaire "
	"partenaires financeur financeurs membre membres financement budgets communication "
	"gouvernance formation formations accueil organisation logistique evaluation "
	"mobilisation cooperation avis vote votes accord accords refus hypothese hypotheses "
	"analyse analyses definition definitions description presentation introduction mairie "
	"ecole ecoles association associations commune communes ville villes region "
	"departement etat collectivite collectivites entreprise entreprises quartier "
	"territoire territoires habitants habitant citoyens usagers benevoles salaries elus "
	"elu jeunes enfants parents intervenant intervenante intervenants animateurs "
	"animatrices secretaire rapporteur moderateur moderatrice invites rappels astuce "
	"astuces conseil conseils alerte alertes vigilance bref remerciements commentaire "
	"commentaires retour retours experience experiences temoignage temoignages histoire "
	"histoires citation cf voir selon d'apres avant pendant sinon donc aussi premier "
	"premiere deuxieme second seconde troisieme autre autres tous toutes tout plusieurs "
	"certains certaines chacun chacune personne quelqu'un cost costs price venue location "
	"room when where why what how schedule duration deadline deadlines due day days week "
	"month year meeting meetings previous last first third attendees attendee attending "
	"apologies regrets guests owner owners lead leads status update updates background "
	"motivation scope reminder reminders comment comments feedback welcome overview recap "
	"pro con tool tools method methods team teams group groups project projects task "
	"tasks value values target hypothesis analysis option options alternative "
	"alternatives issue issues blocker blockers budgeting funding training city school "
	"council members everyone everybody somebody anybody others all todos done wip "
	"pending open closed approved rejected deferred resolved agreed consensus lire "
	"ecouter regarder contact contacts telephone inscription inscriptions licence license "
	"auteur auteurs author authors fait faits chiffres donnees data resultat resultats "
	"result results impact impacts effet effets cause causes force forces faiblesse "
	"faiblesses opportunite opportunites menace menaces strengths weaknesses "
	"opportunities threats plan plans calendrier calendar planning priorite priorites "
	"priority priorities critere criteres criteria condition conditions attendu attendus "
	"livrable livrables deliverable deliverables indicateur indicateurs "};

static bool is_label(struct str folded)
{
	char padded[64];

	if (folded.len + 3 > sizeof padded)
		return true;
	for (size_t i = 0; i < folded.len; i++)
		padded[i + 1] = folded.at[i];
	padded[0] = padded[folded.len + 1] = ' ';
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_contains(str_of(labels[i]), (struct str){padded, folded.len + 2}))
			return true;
	return false;
}

/* Endings that words of either language have and names hardly: a name may be "Clément". */
static bool ends_as_words_do(struct str folded)
{
	static const struct {
		struct str end;
		size_t least; /* bytes of the word */
	} endings[] = {
		{{"tion", 4}, 6},  {{"tions", 5}, 7},	{{"sion", 4}, 6},   {{"sions", 5}, 7},
		{{"ement", 5}, 9}, {{"ements", 6}, 9},	{{"isme", 4}, 7},   {{"ness", 4}, 7},
		{{"ship", 4}, 7},  {{"ability", 7}, 9}, {{"bilite", 6}, 9}, {{"ologie", 6}, 8},
		{{"ments", 5}, 8},
	};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (folded.len >= endings[i].least && str_ends(folded, endings[i].end))
			return true;
	return false;
}

bool ordinary_word(struct arena *arena, struct ordinary_words *known,
		   const struct workshop *workshop, struct str folded)
{
	if (folded.len == 0 || is_label(folded) || ends_as_words_do(folded))
		return true;
	read_words(arena, known, workshop);
	return known->count &&
	       bsearch(&folded, known->at, known->count, sizeof folded, ascending_str);
}
