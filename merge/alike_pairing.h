/* What the two halves of pairing share: by stems (alike_pairing.c), by slips (alike_slips.c). */
#ifndef MERGE_ALIKE_PAIRING_H
#define MERGE_ALIKE_PAIRING_H

#include "merge/alike_compare.h"

enum { SLIP_WORDS = 64 }; /* words from the start that partners are looked for in, stems aside */

struct str stem_text(const struct lexicon *lexicon, const struct entry *entry);
void pair_up(struct entry *a, struct entry *b, uint16_t likeness);
/* The unshared entries by place (SLIP_WORDS at most). out: how many */
size_t lonely_entries(struct side *side, struct entry **lonely);
/* The entry at `place`, or NULL if there is none or it is shared already. */
struct entry *unshared_at(struct side *side, size_t place);

/* Pairs what is left over by likeness of spelling, the best first. */
void match_slips(struct side *a, struct side *b, const struct lexicon *lexicon);

#endif
