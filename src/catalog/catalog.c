#include "config.h"

#include "catalog/catalog.h"

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
