/*
 * shapes: the directives of a draft that say how records are to be read: @value and @error, by
 * error markers and wrappers of values; @json and @pairs, by strings and arrays.
 * whorl-survey(1) has the rules.
 */
#ifndef WHORL_SURVEY_SHAPES_H
#define WHORL_SURVEY_SHAPES_H

#include "survey/rows.h"

struct catalog;

/* Append the directives for ROWS of SURVEY, whose root is ROOT; first those of CATALOG, by
 * which the records were read, unless it is null. False when memory is out. */
bool shapes_put(struct buf *out, const struct survey *survey, const struct rows *rows,
                uint32_t root, const struct catalog *catalog)
    __attribute__((warn_unused_result));

#endif
