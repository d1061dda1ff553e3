#include "config.h"

#include "text/hash.h"

#include <string.h>

#include "text/hash_long.h"
#include "text/hex.h"

/* Inlined: most inputs are short signals, for which a call would be much of the work. */
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_seeded(struct span s, uint64_t seed)
{
    return s.n <= HASH_LONG ? XXH3_64bits_withSeed(s.p, s.n, seed) : hash_long64(s, seed);
}

uint64_t hash64(struct span s)
{
    uint64_t hash = s.n <= HASH_LONG ? XXH3_64bits(s.p, s.n) : hash_long64(s, 0);

    return hash ? hash : 1;
}

static struct hash128 short128(struct span s)
{
    XXH128_hash_t hash = XXH3_128bits(s.p, s.n);

    return (struct hash128){hash.high64, hash.low64};
}

struct hash128 hash128(struct span s)
{
    struct hash128 hash = s.n <= HASH_LONG ? short128(s) : hash_long128(s);

    return hash.high || hash.low ? hash : (struct hash128){0, 1};
}

void hash_put64(struct buf *out, uint64_t hash)
{
    unsigned char *room = buf_room(out, 16);

    if (room) {
        hex_put(room, hash);
        out->n += 16;
    }
}

void hash_put128(struct buf *out, struct hash128 hash)
{
    hash_put64(out, hash.high);
    hash_put64(out, hash.low);
}
