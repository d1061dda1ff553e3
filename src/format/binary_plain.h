/*
 * binary_plain: a plain value, a fact or a carried member, as 8 bytes.
 */
#ifndef WHORL_FORMAT_BINARY_PLAIN_H
#define WHORL_FORMAT_BINARY_PLAIN_H

#include "catalog/catalog.h"

/* The JSON text of a fact as the 8 bytes *BITS of TYPE. False if it has none there: TYPE is a
 * number's, and the value is not a number that TYPE holds exactly. A fact is a double, and it
 * is the double that counts: 2^63, which JCS writes as 9223372036854776000, is 2^63. */
bool binary_plain_fact(struct span text, enum plain type, uint64_t *bits);

/* The same of a carried member, which is what its text says to the last digit (for PLAIN_F64:
 * the nearest double). Empty text, a member that is not there, has none. */
bool binary_plain_carry(struct span text, enum plain type, uint64_t *bits);

#endif
