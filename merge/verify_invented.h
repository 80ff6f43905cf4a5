/* Words of a result that none of the texts which were merged has, nor a line that all hold. */
#ifndef MERGE_VERIFY_INVENTED_H
#define MERGE_VERIFY_INVENTED_H

#include "merge/verify_words.h"

/*
 * out: whether there is such a word, through `out` the first
 * cost: linear; a bounded number of words that may be parts of others is looked for in all lines.
 */
bool find_invented_word(const struct reading *reading, struct str *out);

#endif
