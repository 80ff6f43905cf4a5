/* What qsort() and bsearch() are given for plain values: <0, 0, >0. */
#ifndef CORE_ASCENDING_H
#define CORE_ASCENDING_H

int ascending_u32(const void *left, const void *right);
int ascending_u64(const void *left, const void *right);
/* Of struct str, by bytes: as str_compare(). */
int ascending_str(const void *left, const void *right);

#endif
