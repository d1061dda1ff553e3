/*
 * sort: order an array, keeping equal elements in the order they had.
 *
 * libc's qsort() is refused: it may allocate (glibc 2.36 does for large arrays), takes no
 * context, and does not promise to be stable.
 */
#ifndef WHORL_BASE_SORT_H
#define WHORL_BASE_SORT_H

#include <stddef.h>

/* Below, at or above 0 as *A sorts before, with or after *B. */
typedef int sort_order(const void *a, const void *b, void *context);

/* Order the COUNT elements of SIZE bytes at BASE; CONTEXT goes to each call of ORDER.
 * SCRATCH has room for as many elements. O(n log n) comparisons whatever the input, n - 1
 * for one in order already. */
void sort_array(void *base, size_t count, size_t size, sort_order *order, void *context,
                void *scratch);

#endif
