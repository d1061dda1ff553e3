/*
 * absence: the rows of a catalog that no record of a worker has.
 *
 * Rows that are found leave the list. So once the records have shown what they have, a record costs
 * one look for each row that is still in it.
 */
#ifndef WHORL_FILTER_ABSENCE_H
#define WHORL_FILTER_ABSENCE_H

#include <stdbool.h>
#include <stdint.h>

struct vector;

struct absence {
    uint32_t *rows; /* their numbers, in no order; null before the first record */
    uint32_t count;
};

/* Take those rows off that VECTOR has, which is not folded: excluded signals are not absent, nor are
 * retired ones. False when memory is out. */
bool absence_note(struct absence *absence, const struct vector *vector)
    __attribute__((warn_unused_result));

void absence_free(struct absence *absence);

#endif
