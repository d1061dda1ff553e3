/*
 * steps: all steps of normalization, family by family.
 *
 * A family is a file of its own, which exports its rows and their number; all else in it is static.
 * steps.c puts the families into the manual's order.
 */
#ifndef WHORL_STEPS_STEPS_H
#define WHORL_STEPS_STEPS_H

#include "steps/step.h"

/* The rows of each family, in the manual's order, and their number. */
extern const struct step text_steps[], number_steps[], list_steps[], state_steps[],
    locale_steps[], ua_steps[], hints_steps[], gpu_steps[], color_steps[], mime_steps[],
    data_url_steps[], net_steps[], tls_steps[];
extern const size_t text_step_count, number_step_count, list_step_count, state_step_count,
    locale_step_count, ua_step_count, hints_step_count, gpu_step_count, color_step_count,
    mime_step_count, data_url_step_count, net_step_count, tls_step_count;

struct steps_family {
    const char *name; /* "NAME" of NAME_steps above */
    const struct step *steps;
    const size_t *count;
};

/* The families in the manual's order, and their number. */
extern const struct steps_family steps_families[];
extern const size_t steps_family_count;

/* Step number I of all families, counted from 0 in the manual's order; null beyond the last. */
const struct step *steps_at(size_t i);

/* The step NAME; null if there is no such step. */
const struct step *steps_find(struct span name);

#endif
