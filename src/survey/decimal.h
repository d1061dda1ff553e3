/*
 * decimal: fixed-point decimals made of integers, the same on every machine.
 */
#ifndef WHORL_SURVEY_DECIMAL_H
#define WHORL_SURVEY_DECIMAL_H

#include <stdint.h>

struct buf;

/* Append THOUSANDTHS as a decimal with three digits after the point. */
void decimal_put_thousandths(struct buf *out, uint64_t thousandths);

/* Append PART of WHOLE in percent, with two digits after the point, rounded, a half up; 0.00 of
 * nothing. */
void decimal_put_percent(struct buf *out, uint64_t part, uint64_t whole);

#endif
