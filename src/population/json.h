/*
 * population_json: the report on two populations as lines of JSON, whorl-diff(1).
 */
#ifndef WHORL_POPULATION_JSON_H
#define WHORL_POPULATION_JSON_H

#include "format/report_out.h"

struct population;

/* Write the report on POPULATION to OUT. Whether memory ran out is known from its buffer. */
void population_json_put(const struct report_out *out, const struct population *population);

#endif
