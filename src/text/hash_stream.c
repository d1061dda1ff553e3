#include "config.h"

#include "text/hash_stream.h"

#ifdef HAVE_XXH_DISPATCH
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

#include "text/hash_long.h"

/* This is xxHash's own state, under a name that needs no header of it. */
struct hash_stream *hash_stream_new(void)
{
    XXH3_state_t *state = XXH3_createState();

    hash_long_choose();
    if (state)
        XXH3_128bits_reset(state);
    return (struct hash_stream *)state;
}

void hash_stream_free(struct hash_stream *stream)
{
    XXH3_freeState((XXH3_state_t *)stream);
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
