#include "config.h"

#include "catalog/catalog.h"

const char *catalog_tier_name(enum tier tier)
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

const char *catalog_identity_name(enum identity identity)
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

const char *catalog_plain_name(enum plain type)
{
    switch (type) {
    case PLAIN_NONE:
        break;
    case PLAIN_HASH:
        return "xxh3";
    case PLAIN_U64:
        return "u64";
    case PLAIN_I64:
        return "i64";
    case PLAIN_F64:
        return "f64";
    }
    return "";
}

void catalog_put_label(struct buf *out, const struct catalog *catalog)
{
    buf_put(out, catalog->name);
    buf_putc(out, '-');
    buf_put(out, catalog->version);
    buf_putc(out, ':');
    hash_put64(out, catalog->digest.high);
}

bool catalog_takes_errors(enum identity identity)
{
    return identity == IDENTITY_BUILD || identity == IDENTITY_EXACT;
}
