/*
 * rows: the paths that a report shows, in order, with what they have in common.
 *
 * A path has a row if a record has a value at it that is not an object, or an object that is
 * read as one value: without members, or of a map. A map is an object of one of two kinds:
 *   - It has at least ROWS_VARIED different names, of which the mean object has less than half.
 *     Then members that at least half of the objects have keep their rows.
 *   - It has at least ROWS_UNIFORM members, none of them an object, and 19 of 20 have mostly
 *     values of one type, null and error markers aside; and none differs within a pair of a
 *     visitor's records.
 * Other members of a map have no rows.
 */
#ifndef WHORL_SURVEY_ROWS_H
#define WHORL_SURVEY_ROWS_H

#include "base/arena.h"
#include "base/buf.h"
#include "survey/survey.h"

#define ROWS_VARIED  64
#define ROWS_UNIFORM 32
#define ROWS_POINTER 1024 /* bytes of a pointer that a draft has, at most */

struct rows_item {
    uint32_t path;
    struct span pointer;
    uint32_t
        same; /* the row whose path comes first in the clone class; its own number if none does */
    bool map; /* it is a map */
    bool
        secret; /* its values may be personal data: a word of its pointer says so, it has the key
                      in it, or nearly every record has a value of its own */
    bool unique; /* that is why */
};

struct rows {
    struct rows_item *items; /* by the bytes of their pointers */
    uint32_t count;
    struct arena arena;
};

/* Find the rows of SURVEY. False when memory is out. rows_free() must follow in either case. */
bool rows_find(struct rows *rows, const struct survey *survey)
    __attribute__((warn_unused_result));
void rows_free(struct rows *rows);

/* The different values of PATH: exact up to FREQUENT_COUNTERS; else estimated, but more than
 * these, and no more than its records. */
uint64_t rows_distinct(const struct field *field);

/* The text of the most frequent value of ROW as JSON text, as it was first spelled, if it is known,
 * was seen more than once and may not be personal data; else no bytes. *CUT: it is the beginning
 * only, of FIELD_EXAMPLE bytes or up to 3 less. */
struct span rows_example(const struct survey *survey, const struct rows_item *row, bool *cut);

/* Have all records of SURVEY the path FIELD, with equal values? */
bool rows_constant(const struct survey *survey, const struct field *field);

/* Can POINTER be written into a catalog? */
bool rows_writable(struct span pointer);

#endif
