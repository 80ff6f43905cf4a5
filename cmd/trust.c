/*
 * How far a name can be relied on: git records whatever name it is told; a
 * signature that this machine can check makes it sure, or shows that it is not.
 */
#include "cmd/attribution.h"
#include "cmd/print.h"
#include "core/message.h"
#include "core/spelling.h"
#include "core/text.h"

enum { NEAR_WORD = 5, SHORT_WORD = 3 };

/* Do two names have a word in common, a beginning, or one but for a letter? */
static bool share_word(struct arena *arena, struct str a, struct str b)
{
	struct str rest = text_fold(arena, a), one, other;

	while (text_next_word(&rest, &one)) {
		struct str rest_of_b = text_fold(arena, b);

		while (text_next_word(&rest_of_b, &other)) {
			struct str shorter = one.len < other.len ? one : other;

			if (str_equal(one, other) ||
			    (shorter.len >= SHORT_WORD &&
			     (str_starts(one, shorter) && str_starts(other, shorter))) ||
			    (shorter.len >= NEAR_WORD && spelling_distance(one, other) == 1))
				return true;
		}
	}
	return false;
}

/* Initials, or a name written as one word: "mb", "michelbriand". */
static bool is_short_for(struct arena *arena, struct str raw, const struct person *person)
{
	struct str folded = text_fold(arena, raw);
	struct str initials = text_fold(arena, initials_of(arena, person->name));
	struct str rest = text_fold(arena, person->name), word;

	if (str_equal(folded, initials) || str_equal(folded, text_fold(arena, person->initials)))
		return true;
	while (text_next_word(&rest, &word))
		if (word.len >= SHORT_WORD && str_contains(folded, word))
			return true;
	return false;
}

/* Another person, of another address, goes by the same name. */
static bool has_namesake(struct arena *arena, const struct people *people,
			 const struct person *person)
{
	struct str folded = text_fold(arena, person->name);

	for (size_t i = 0; i < people->count; i++)
		if (people->all[i] != person && people->all[i]->seen &&
		    str_equal(text_fold(arena, people->all[i]->name), folded))
			return true;
	return false;
}

bool is_joined_to_another(struct arena *arena, const struct attribution *attribution,
			  uint32_t commit)
{
	const struct history_commit *recorded = recorded_commit(attribution, commit);
	const struct person *person = author_of(attribution, commit);

	if (!recorded || !person || str_equal(recorded->author.name, person->name) ||
	    share_word(arena, recorded->author.name, person->name) ||
	    is_short_for(arena, recorded->author.name, person))
		return false;
	for (size_t i = 0; i < person->aliases.count; i++)
		if (share_word(arena, recorded->author.name, person->aliases.at[i]))
			return false;
	/* Somebody may go by another name under one address, unless it is another's. */
	return !str_equal(text_fold(arena, recorded->author.email),
			  text_fold(arena, person->email)) ||
	       has_namesake(arena, &attribution->people, person);
}

err attribution_read_signatures(struct app *app, struct attribution *attribution)
{
	err e = signatures_read(&app->arena, attribution->notes.repo, &attribution->signatures);

	if (!e && attribution->signatures.incomplete)
		note(app, "%s\n",
		     _("The signatures are left aside: “git log --show-signature” shows "
		       "what checking them stops at."));
	return e;
}

enum trust trust_of(struct arena *arena, const struct attribution *attribution, uint32_t commit)
{
	const struct history_commit *recorded = recorded_commit(attribution, commit);
	const struct person *person = author_of(attribution, commit);
	const struct signed_commit *found;
	struct signature signer;

	if (!recorded || !person)
		return TRUST_DECLARED;
	if (attribution->trusts)
		return attribution->trusts[commit];
	if (is_joined_to_another(arena, attribution, commit))
		return TRUST_DISPUTED;
	found = signature_of(&attribution->signatures, recorded->id);
	if (!found)
		return TRUST_DECLARED;
	signer = (struct signature){.name = recorded->author.name, .email = found->signer};
	return found->state == SIGNATURE_GOOD &&
			       people_known(&attribution->people, &signer) == person
		       ? TRUST_VERIFIED
		       : TRUST_DISPUTED;
}

const char *trust_name(enum trust trust)
{
	static const char *const names[] = {
		[TRUST_DECLARED] = "declared",
		[TRUST_VERIFIED] = "verified",
		[TRUST_DISPUTED] = "disputed",
	};

	return names[trust];
}
