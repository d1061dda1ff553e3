/*
 * private: pointers that seem to lead to personal data, for a warning.
 */
#ifndef WHORL_CATALOG_PRIVATE_H
#define WHORL_CATALOG_PRIVATE_H

#include <stdbool.h>

#include "base/span.h"

struct pointer;

/* Does a token of POINTER begin or end with one of these words in any case: ip, mac, email,
 * sdp, label, deviceid, or device and id? A word is letters and digits, and ends before a
 * capital letter after a small one. */
bool private_pointer(const struct pointer *pointer);

/* The same of one TOKEN. */
bool private_token(struct span token);

#endif
