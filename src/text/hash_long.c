#include "config.h"

#include "text/hash_long.h"

#ifdef HAVE_XXH_DISPATCH
#include <pthread.h>
#include <xxh_x86dispatch.h> /* makes the names of xxhash.h those of the chosen functions */
#else
#include <xxhash.h>
#endif

#ifdef HAVE_XXH_DISPATCH
static void choose_long_hash(void)
{
    static const unsigned char zeros[HASH_LONG + 1];

    (void)!XXH3_64bits(zeros, sizeof zeros);
}
#endif

/* libxxhash chooses at its first call, without a lock. */
void hash_long_choose(void)
{
#ifdef HAVE_XXH_DISPATCH
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, choose_long_hash);
#endif
}

uint64_t hash_long64(struct span s, uint64_t seed)
{
    hash_long_choose();
    return XXH3_64bits_withSeed(s.p, s.n, seed);
}

struct hash128 hash_long128(struct span s)
{
    hash_long_choose();

    XXH128_hash_t hash = XXH3_128bits(s.p, s.n);
    return (struct hash128){hash.high64, hash.low64};
}
