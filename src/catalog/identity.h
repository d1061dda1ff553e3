/*
 * identity: after what a signal survives, and which identities are made of signals.
 */
#ifndef WHORL_CATALOG_IDENTITY_H
#define WHORL_CATALOG_IDENTITY_H

#include <stdbool.h>

/* After what a signal survives; from the longest-lived. */
enum tier { TIER_DEVICE, TIER_INSTALL, TIER_BUILD, TIER_EXACT, TIER_VOLATILE };
#define TIERS 5

/* In the order in which they are written. */
enum identity {
    IDENTITY_EXACT,
    IDENTITY_BUILD,
    IDENTITY_INSTALL,
    IDENTITY_BROWSER,
    IDENTITY_DEVICE,
};
#define IDENTITIES 5

/* Does an error enter IDENTITY? Errors are transient: those that are to last leave them out. */
bool identity_takes_errors(enum identity identity);

/* "device", "exact" ...; constant. */
const char *identity_tier_name(enum tier tier);
const char *identity_name(enum identity identity);

#endif
