/*
 * timestamp: the time of a record, as logs write it.
 */
#ifndef WHORL_SURVEY_TIMESTAMP_H
#define WHORL_SURVEY_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* Read TEXT, a JSON number's or string's: seconds since 1970 below 10^11, milliseconds from
 * there on, with a fraction or not; or a date of ISO 8601, YYYY-MM-DD, alone or with T or a
 * space and hh:mm[:ss[.fraction]], and Z, +hh:mm, +hhmm, or nothing for UTC. *TIME is in
 * milliseconds since 1970. False for any other text, such as a number with an exponent, and for
 * a day or time of day that does not exist. 24:00 does, and so does second 60. */
bool timestamp_read(int64_t *time, struct span text);

#endif
