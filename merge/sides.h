/*
 * What the three texts of a merge are called.
 *
 *     text   BASE   OURS   THEIRS
 *     side           0       1       side s is text OURS + s, the other one is side 1 - s
 *
 * Invariant: from texts_in_order() on, sides are in order of their bytes. So a rule that
 * has to prefer one of them speaks of side 0: a matter of content, not of who is who.
 */
#ifndef MERGE_SIDES_H
#define MERGE_SIDES_H

enum { SIDES = 2 };
enum { BASE, OURS, THEIRS, TEXTS };

#endif
