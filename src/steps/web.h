/*
 * steps_web: the steps that know a notation of the web; their meanings are in the table in
 * steps.c.
 */
#ifndef WHORL_STEPS_WEB_H
#define WHORL_STEPS_WEB_H

#include "steps/normalize.h"

/* The apply() of a row each, see struct step. */
bool steps_web_data_url(const struct call *call, struct signal *signal, struct arena *arena);

#endif
