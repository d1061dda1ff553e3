/*
 * steps_ua: the steps that read a user agent.
 *
 * ua-family, ua-os, ua-engine: the name in the row of data/ua.tsv that is taken for the kinds
 * browser, os and engine. ua-mobile: true or false, likewise. ua-major, ua-os-major: the
 * version that the rows of browser and os find, a whole number of 1 to 15 digits; undefined
 * if there is no such number in the text. How rows are taken is said in the file. Text for
 * which no row is taken, and text of more than STEPS_BYTES bytes, passes unchanged.
 *
 * ua: each version as "*". A version begins with a digit and goes on with digits, ASCII
 * letters, '.' and '_'; it stands right behind one of
 *
 *     "/"  "rv:"  "NT "  "OS "  "OS X "  "Android "  "Phone "  "MSIE "  "Tizen "
 *
 * Other digits stay, such as those of a device's model: they do not change.
 */
#ifndef WHORL_STEPS_UA_H
#define WHORL_STEPS_UA_H

#include "steps/normalize.h"

/* The apply() of a row each, see struct step. */
bool steps_ua_mask(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_ua_family(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_ua_major(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_ua_os(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_ua_os_major(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_ua_engine(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_ua_mobile(const struct call *call, struct signal *signal, struct arena *arena);

#endif
