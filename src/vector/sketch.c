#include "config.h"

#include "vector/sketch.h"

#include "base/arena.h"
#include "catalog/catalog.h"
#include "vector/vector.h"

#define SKETCH_PLANES 16 /* CATALOG_ROWS has as many bits */

/* The bits of MASK that more than half of the hashes of the COUNT ROWS have. The hashes with each
 * bit are counted for all bits at once: bit b of planes[p] is bit p of the count for bit b. So to
 * add a hash is to add one bit to up to 64 numbers, with a carry that rarely goes far, the less so
 * the fewer they are. A row without a hash has the hash 0, which adds nothing. */
static uint64_t sketch_vote(const struct vector *vector, uint64_t mask, const uint32_t *rows,
                            uint32_t count)
{
    uint64_t planes[SKETCH_PLANES], more = 0, equal = UINT64_MAX;
    uint32_t voters = 0;
    int used = 0;

    while (count >> used)
        planes[used++] = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t hash = vector->hashes[rows[i]], carry = hash & mask;
        voters += hash != 0;
        for (int p = 0; carry; p++) {
            uint64_t both = planes[p] & carry;
            planes[p] ^= carry;
            carry = both;
        }
    }
    /* Compare each count with the least that is more than half, from the highest bit on. */
    uint32_t least = voters / 2 + 1;
    for (int p = used; p-- > 0;) {
        uint64_t wanted = least >> p & 1 ? UINT64_MAX : 0;
        more |= equal & planes[p] & ~wanted;
        equal &= ~(planes[p] ^ wanted);
    }
    return count ? (more | equal) & mask : 0;
}

/* Set the COUNT bits of WORDS from bit AT on, those of MASK, to BITS. */
static void sketch_set_bits(uint64_t *words, uint32_t at, uint32_t count, uint64_t mask,
                            uint64_t bits)
{
    uint64_t *word = words + at / 64;
    uint32_t shift = at % 64;

    word[0] = (word[0] & ~(mask << shift)) | bits << shift;
    if (shift + count > 64)
        word[1] = (word[1] & ~(mask >> (64 - shift))) | bits >> (64 - shift);
}

bool sketch_vector(struct vector *vector, const struct vector *like, const unsigned char *stale,
                   struct arena *arena)
{
    const struct catalog *c = vector->catalog;
    uint64_t *words = arena_take_array(arena, c->sketch_words, sizeof *words);
    uint32_t at = 0;

    if (!words)
        return false;
    for (uint32_t i = 0; i < c->sketch_words; i++)
        words[i] = like ? like->sketch[i] : 0;
    for (uint32_t i = 0; i < c->sketch_count; i++) {
        const struct catalog_sketch *sketch = &c->sketches[i];
        uint64_t mask = UINT64_MAX >> (64 - sketch->bits);
        if (!like || stale[sketch->group])
            sketch_set_bits(words, at, sketch->bits, mask,
                            sketch_vote(vector, mask, c->lists.groups[sketch->group].rows,
                                        sketch->rows));
        at += sketch->bits;
    }
    vector->sketch = words;
    return true;
}
