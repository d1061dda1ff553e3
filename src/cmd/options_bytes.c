#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "cmd/options_row.h"

#define MOST ((uint64_t)1 << 40)

bool options_bytes(const char *argument, size_t least, size_t *bytes)
{
    static const char units[] = "KMG";
    uint64_t n = 0;
    const char *c = argument;

    for (; ascii_is_digit((unsigned char)*c) && n <= MOST; c++)
        n = n * 10 + (uint64_t)(*c - '0');
    const char *unit = *c ? strchr(units, *c) : NULL;
    if (c == argument || n > MOST || (*c && (!unit || c[1])))
        return false;
    if (unit)
        n <<= 10 * (unit - units + 1);
    *bytes = (size_t)n;
    return n >= least && n <= MOST && n <= SIZE_MAX;
}

bool options_set_cache_memory(struct options *options, const char *argument, struct diag *diag)
{
    if (options_bytes(argument, 0, &options->cache_memory))
        return true;
    diag_trouble(diag, NULL,
                 "--cache-memory: expected a number of bytes from 0 to 1024G, not '%s'",
                 argument);
    return false;
}
