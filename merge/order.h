/*
 * Where each kept node stands in the result.
 *
 * The spine are the kept nodes of the base that nobody moved, in the base's
 * order. Everything else stands in a slot between two of them, in the order
 * of the side that put it there. Where both sides put something into one slot,
 * what both wrote cuts their sequences; between the cuts each is taken apart
 * into groups, a piece with all that is deeper behind it, and the groups of the
 * two are merged, the deeper first: children of the point above, its siblings,
 * then headings. So neither interrupts the other's run, and a section that one
 * added does not swallow the other's point.
 */
#ifndef MERGE_ORDER_H
#define MERGE_ORDER_H

#include "merge/plan.h"

/* Fills `order` of the plan. cost: n log n. */
void order_nodes(struct plan *plan);

#endif
