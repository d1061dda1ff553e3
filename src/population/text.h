/*
 * population_text: the report on two populations as text, whorl-diff(1).
 */
#ifndef WHORL_POPULATION_TEXT_H
#define WHORL_POPULATION_TEXT_H

#include "format/report_out.h"

struct population;

/* Write the report on POPULATION to OUT; TERMINAL and COLOUR as diff_text_put(). On a terminal only
 * what differs is shown. Whether memory ran out is known from the buffer. */
void population_text_put(const struct report_out *out, const struct population *population,
                         bool terminal, bool colour);

#endif
