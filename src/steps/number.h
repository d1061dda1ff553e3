/*
 * steps_number: the steps that work on numbers, or make them; their meanings are in the table
 * in steps.c.
 */
#ifndef WHORL_STEPS_NUMBER_H
#define WHORL_STEPS_NUMBER_H

#include "steps/normalize.h"

/* The prepare() of the rows that take arguments, see struct step. */
steps_prepare steps_number_places, /* round */
    steps_number_digits,           /* sig */
    steps_number_components,       /* version */
    steps_number_unit,             /* step */
    steps_number_edges;            /* bucket */

/* The apply() of a row each, see struct step. */
bool steps_number_num(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_int(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_round(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_sig(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_step(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_f32(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_bucket(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_number_log2(const struct call *call, struct signal *signal, struct arena *arena);

#endif
