/*
 * diff_sorter: records of one size put in order, in bounded memory: an external merge sort.
 *
 * Records are collected until the memory is full, sorted, and written to a file as a run. As
 * many runs as can be merged at once become one run of the next level, so that each record is
 * written O(log n) times. If all fit in memory there is no file. Equal records keep their
 * order.
 */
#ifndef WHORL_DIFF_SORTER_H
#define WHORL_DIFF_SORTER_H

#include <stddef.h>

#include "base/sort.h"

struct diff_sorter;

/* For records of SIZE bytes in ORDER, which gets no context. At most MEMORY bytes, or 34
 * records if that is more; files in DIRECTORY, which must live as long. Null when memory is
 * out. */
struct diff_sorter *diff_sorter_new(size_t size, sort_order *order, size_t memory,
                                    const char *directory) __attribute__((warn_unused_result));
void diff_sorter_free(struct diff_sorter *sorter);

/* Add a copy of RECORD. 0, or errno, here and below. */
int diff_sorter_put(struct diff_sorter *sorter, const void *record)
    __attribute__((warn_unused_result));

/* All records are there: begin to give them back. */
int diff_sorter_finish(struct diff_sorter *sorter) __attribute__((warn_unused_result));

/* The next record in order in *RECORD, until the next call; null after the last one. */
int diff_sorter_next(struct diff_sorter *sorter, const void **record)
    __attribute__((warn_unused_result));

/* Begin again with no record; the memory stays, up to the bound. */
void diff_sorter_clear(struct diff_sorter *sorter);

#endif
