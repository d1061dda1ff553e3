/*
 * steps_list: the steps that work on arrays and objects; their meanings are in the table in
 * steps.c.
 */
#ifndef WHORL_STEPS_LIST_H
#define WHORL_STEPS_LIST_H

#include "steps/normalize.h"

/* The prepare() of pick, see struct step. */
steps_prepare steps_list_names;

/* The apply() of a row each, see struct step. */
bool steps_list_sort(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_sort_num(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_uniq(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_each(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_first(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_len(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_keys(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_true_keys(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_values(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_list_pick(const struct call *call, struct signal *signal, struct arena *arena);

#endif
