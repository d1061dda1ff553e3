/*
 * share: parts of a whole as text, in integers, so that they are the same on every machine.
 */
#ifndef WHORL_FORMAT_SHARE_H
#define WHORL_FORMAT_SHARE_H

#include <stdint.h>

struct buf;

/* COUNT of ALL in millionths, rounded, a half up. COUNT is at most ALL, and ALL below 2^63. It is 0
 * only if COUNT is 0, and 1,000,000 only if COUNT is ALL. */
uint64_t share_millionths(uint64_t count, uint64_t all);

/* Append the same as a percentage with at most four digits after the point: "33.3333%". */
void share_put_percent(struct buf *out, uint64_t count, uint64_t all);

/* Append TOTAL / COUNT with at most four digits after the point, rounded half up; "-" if COUNT is
 * 0. */
void share_put_mean(struct buf *out, uint64_t total, uint64_t count);

/* Append NUMBER / 10^DIGITS, without zeros at the end: "0.25". */
void share_put_decimal(struct buf *out, uint64_t number, unsigned digits);

#endif
