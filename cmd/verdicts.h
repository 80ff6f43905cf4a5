/*
 * ideas.yml: what people decided about ideas, one entry for each pair of texts.
 *
 *   - {verdict: same, a: "text", b: "text", keys: [0f3a…, 9b1c…], by: Amina}
 *
 * Invariant: the keys stand in order and are those of the two texts, dress and
 * speaker aside, so that two people who say the same write the same line. The
 * texts are what counts: keys are read by the merge only.
 */
#ifndef CMD_VERDICTS_H
#define CMD_VERDICTS_H

#include "cmd/notes.h"
#include "core/meta.h"
#include "merge/ideas.h"

struct noted_verdict {
	enum verdict_kind kind; /* VERDICT_NONE: it stands in two versions, to be chosen */
	struct str a, b, by;
	struct key key_a, key_b; /* of the texts */
	const struct meta_entry *entry;
};

struct verdicts {
	struct str source; /* of the file; `at` NULL: there is none */
	struct meta_doc doc;
	struct noted_verdict *all;
	size_t count;
};

/*
 * Reads the file of the work tree; `lexicon` gives the keys.
 * errors: STATUS_BAD_INPUT: it is no YAML, or no list.
 */
err verdicts_read(struct app *app, const struct notes *notes, struct lexicon *lexicon,
		  struct verdicts *out) ERR_MUST_CHECK;
/* The file with this verdict on its pair of texts, in place of any other on the same pair. */
struct str verdicts_with(struct app *app, const struct verdicts *verdicts,
			 const struct noted_verdict *verdict);
/* "same", "different", "part-of"; never translated. */
const char *verdict_name(enum verdict_kind kind);

#endif
