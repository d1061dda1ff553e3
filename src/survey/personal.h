/*
 * personal: JSON texts that may hold personal data, which a report shows no part of.
 */
#ifndef WHORL_SURVEY_PERSONAL_H
#define WHORL_SURVEY_PERSONAL_H

#include <stdbool.h>

#include "base/span.h"

/* May the value whose text is TEXT, valid JSON, be personal? That is so if a string in it has a
 * word with an @, or one that begins as an IPv4 address does, or one of hexadecimal digits and
 * colons that is an IPv6 or MAC address; if the name of a member seems private
 * (catalog/private.h); or if a string escapes what needs no escape, since that may hide one of
 * these. */
bool personal_text(struct span text);

#endif
