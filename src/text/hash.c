#include "config.h"

#include "text/hash.h"

#include <string.h>

/* Inlined: most inputs are short signals, where the call would be a good part of the work. */
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash64(struct span s)
{
    uint64_t hash = XXH3_64bits(s.p, s.n);

    return hash ? hash : 1;
}

struct hash128 hash128(struct span s)
{
    XXH128_hash_t hash = XXH3_128bits(s.p, s.n);

    if (!hash.low64 && !hash.high64)
        return (struct hash128){0, 1};
    return (struct hash128){hash.high64, hash.low64};
}

/* xxHash's own state, under a name that needs none of its headers. */
struct hash_stream *hash_stream_new(void)
{
    XXH3_state_t *state = XXH3_createState();

    if (state)
        XXH3_128bits_reset(state);
    return (struct hash_stream *)state;
}

void hash_stream_add(struct hash_stream *stream, struct span s)
{
    XXH3_128bits_update((XXH3_state_t *)stream, s.p, s.n);
}

struct hash128 hash_stream_value(const struct hash_stream *stream)
{
    XXH128_hash_t hash = XXH3_128bits_digest((const XXH3_state_t *)stream);

    return (struct hash128){hash.high64, hash.low64};
}

void hash_stream_free(struct hash_stream *stream)
{
    XXH3_freeState((XXH3_state_t *)stream);
}

uint64_t hash_seeded(struct span s, uint64_t seed)
{
    return XXH3_64bits_withSeed(s.p, s.n, seed);
}

void hash_digits(unsigned char *out, uint64_t hash)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 16; i-- > 0; hash >>= 4)
        out[i] = (unsigned char)digits[hash & 15];
}

void hash_put64(struct buf *out, uint64_t hash)
{
    unsigned char *room = buf_room(out, 16);

    if (room) {
        hash_digits(room, hash);
        out->n += 16;
    }
}

void hash_put128(struct buf *out, struct hash128 hash)
{
    hash_put64(out, hash.high);
    hash_put64(out, hash.low);
}
