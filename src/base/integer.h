/*
 * integer: whole numbers of up to 640 bits without a sign, for formulas that must be exact. A
 * result that does not fit is not noticed: the user states why all of them do.
 */
#ifndef WHORL_BASE_INTEGER_H
#define WHORL_BASE_INTEGER_H

#include <stdint.h>

#define INTEGER_LIMBS 20

struct integer {
    uint32_t limbs[INTEGER_LIMBS]; /* the least significant one first; */
    uint32_t count;                /* so many of them, the last of which is not 0 */
};

struct integer integer_of(uint64_t number);
struct integer integer_sum(struct integer a, struct integer b);

/* A - B, or 0 if B is larger. */
struct integer integer_difference(struct integer a, struct integer b);
struct integer integer_product(struct integer a, struct integer b);

/* Below, at or above 0 as A is less than, equal to or more than B. */
int integer_order(const struct integer *a, const struct integer *b);

#endif
