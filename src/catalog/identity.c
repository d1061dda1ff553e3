#include "config.h"

#include "catalog/identity.h"

bool identity_takes_errors(enum identity identity)
{
    return identity == IDENTITY_BUILD || identity == IDENTITY_EXACT;
}

const char *identity_tier_name(enum tier tier)
{
    switch (tier) {
    case TIER_DEVICE:
        return "device";
    case TIER_INSTALL:
        return "install";
    case TIER_BUILD:
        return "build";
    case TIER_EXACT:
        return "exact";
    case TIER_VOLATILE:
        return "volatile";
    }
    return "";
}

const char *identity_name(enum identity identity)
{
    switch (identity) {
    case IDENTITY_EXACT:
        return "exact";
    case IDENTITY_BUILD:
        return "build";
    case IDENTITY_INSTALL:
        return "install";
    case IDENTITY_BROWSER:
        return "browser";
    case IDENTITY_DEVICE:
        return "device";
    }
    return "";
}
