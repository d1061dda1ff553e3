/*
 * identity: the tiers of signals, by what they survive, and the identities made from signals.
 */
#ifndef WHORL_CATALOG_IDENTITY_H
#define WHORL_CATALOG_IDENTITY_H

#include <stdbool.h>

/* Named after what a signal survives, from the longest-lived on. */
enum tier { TIER_DEVICE, TIER_INSTALL, TIER_BUILD, TIER_EXACT, TIER_VOLATILE };
#define TIERS 5

/* In the order of output. */
enum identity {
    IDENTITY_EXACT,
    IDENTITY_BUILD,
    IDENTITY_INSTALL,
    IDENTITY_BROWSER,
    IDENTITY_DEVICE,
};
#define IDENTITIES 5

/* Does an error enter IDENTITY? Errors come and go, so the lasting identities leave them out. */
bool identity_takes_errors(enum identity identity);

/* "device", "exact" ...; constant. */
const char *identity_tier_name(enum tier tier);
const char *identity_name(enum identity identity);

#endif
