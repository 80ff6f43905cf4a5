/* What the two halves of pairing share: by stems (alike_pairing.c), by slips (alike_slips.c). */
#ifndef MERGE_ALIKE_PAIRING_H
#define MERGE_ALIKE_PAIRING_H

#include "merge/alike_compare.h"

enum { SLIP_WORDS = 64 }; /* words from the start that partners are looked for in, stems aside */

struct str stem_text(const struct lexicon *lexicon, const struct compared_word *entry);
void pair_up(struct compared_word *a, struct compared_word *b, uint16_t likeness);
/* The unshared entries by place (SLIP_WORDS at most). out: how many */
size_t lonely_entries(struct compared_text *side, struct compared_word **lonely);
/* The entry at `place`, or NULL if there is none or it is shared already. */
struct compared_word *unshared_at(struct compared_text *side, size_t place);

/* Pairs what is left over by likeness of spelling, the best first. */
void match_slips(struct compared_text *a, struct compared_text *b, const struct lexicon *lexicon);

#endif
