/*
 * diff_sorter: an external merge sort of records of one size, in bounded memory.
 *
 * Records are collected until the memory is full, sorted, and written to a file as a run. As
 * soon as there are as many runs as can be merged at once, they become one run of the next
 * level: each record is written O(log n) times. If all records fit in memory there is no file.
 * Equal records keep their order.
 */
#ifndef WHORL_DIFF_SORTER_H
#define WHORL_DIFF_SORTER_H

#include <stddef.h>

#include "base/sort.h"

struct diff_sorter;

/* A sorter of records of SIZE bytes by ORDER, which gets no context. It takes at most MEMORY
 * bytes, or 34 records if that is more, and files in DIRECTORY, which must live as long. Null
 * when memory is out. */
struct diff_sorter *diff_sorter_new(size_t size, sort_order *order, size_t memory,
                                    const char *directory) __attribute__((warn_unused_result));
void diff_sorter_free(struct diff_sorter *sorter);

/* Add a copy of RECORD. 0, or errno, here and below. */
int diff_sorter_put(struct diff_sorter *sorter, const void *record)
    __attribute__((warn_unused_result));

/* Prepare to give the records back, after the last one was put. */
int diff_sorter_finish(struct diff_sorter *sorter) __attribute__((warn_unused_result));

/* The next record in order in *RECORD, until the next call; null after the last one. */
int diff_sorter_next(struct diff_sorter *sorter, const void **record)
    __attribute__((warn_unused_result));

/* Remove all records. The memory is kept. */
void diff_sorter_clear(struct diff_sorter *sorter);

#endif
