#include "config.h"

#include "diff/sketches.h"

#include "format/row.h"

static const struct {
    const char *name;
    uint32_t most; /* the greatest distance in it */
} ranges[DIFF_DISTANCES] = {
    {"0", 0}, {"1-8", 8}, {"9-32", 32}, {"33-64", 64}, {"65-128", 128}, {"129-512", UINT32_MAX},
};

/* How many bits are 1. */
static uint32_t count_bits(uint64_t bits)
{
    uint32_t count = 0;

    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* Word number I of the sketch of ROW. */
static uint64_t sketch_word(const struct row *row, uint32_t i)
{
    uint64_t word = 0;
    size_t at = row->schema->sketch_at + (size_t)8 * i;

    if (at + sizeof word <= row->image.n)
        memcpy(&word, row->image.p + at, sizeof word);
    return word;
}

void diff_sketches_add(struct diff_sketches *sketches, const struct row *old,
                       const struct row *new)
{
    uint32_t words = old->schema->sketch_words, bits = 0;
    int range = 0;

    if (!words || new->schema->sketch_words != words ||
        !span_equal(old->schema->label, new->schema->label))
        return;
    /* The bytes of both are in the same order, which does not matter here. */
    for (uint32_t i = 0; i < words; i++)
        bits += count_bits(sketch_word(old, i) ^ sketch_word(new, i));
    while (bits > ranges[range].most)
        range++;
    sketches->ranges[range].pairs++;
    sketches->ranges[range].bits += bits;
}

struct diff_distance diff_sketches_all(const struct diff_sketches *sketches)
{
    struct diff_distance all = {0, 0};

    for (int i = 0; i < DIFF_DISTANCES; i++) {
        all.pairs += sketches->ranges[i].pairs;
        all.bits += sketches->ranges[i].bits;
    }
    return all;
}

const char *diff_sketches_range(int i)
{
    return ranges[i].name;
}
