/*
 * binary_carry: a carried member, or a fact, as the 8 bytes of a plain value in a row.
 */
#ifndef WHORL_FORMAT_BINARY_CARRY_H
#define WHORL_FORMAT_BINARY_CARRY_H

#include "catalog/catalog.h"

/* Convert the JSON text of a fact to the 8 bytes *BITS of TYPE. False if TYPE is a number's, and
 * the value is not a number that TYPE holds exactly. A fact is a double, and the double counts:
 * 2^63, which JCS writes as 9223372036854776000, is 2^63. */
bool binary_carry_fact(struct span text, enum plain type, uint64_t *bits);

/* The same for a carried member, whose text counts to the last digit (for PLAIN_F64: the nearest
 * double). False for empty text, which is an absent member. */
bool binary_carry_member(struct span text, enum plain type, uint64_t *bits);

#endif
