#include "config.h"

#include "match/weights.h"

#include <stdlib.h>

#include "base/log2.h"
#include "base/sort.h"

#define SAMPLE 16384 /* entries, at most, of which entropies are taken */
#define BEFORE 32    /* components, at most, with which one is compared */

/* Two numbers of values, and how many entries have both. */
struct match_value_pair {
    uint32_t values[2];
    uint32_t count;
};

struct weighing {
    const struct match_known *known;
    const uint32_t *entries; /* the sample: records, */
    uint32_t count;          /* so many */
    uint32_t *values;        /* of each component: the numbers of the sample's values */
    struct keys pairs;
    uint64_t *entropy; /* of each component */
    uint64_t *rank_of; /* what ranks are by */
};

static int order_records(const void *a, const void *b, void *context)
{
    const struct match_known *known = context;

    return memcmp(known->records[*(const uint32_t *)a].key,
                  known->records[*(const uint32_t *)b].key, ROW_KEY);
}

/* Components, the highest of rank_of first; equal ones by their numbers. */
static int order_ranks(const void *a, const void *b, void *context)
{
    const uint64_t *rank_of = context;
    uint64_t one = rank_of[*(const uint32_t *)a], other = rank_of[*(const uint32_t *)b];

    return (one < other) - (one > other);
}

/* Gather the values of the sample, component by component. */
static bool gather_sample(struct weighing *w)
{
    const struct match_known *known = w->known;
    uint32_t lasting = known->components->lasting, components = known->components->count;

    w->values = malloc(((size_t)components * w->count + 1) * sizeof *w->values);
    for (uint32_t i = 0; w->values && i < w->count; i++) {
        const struct match_profile *profile =
            keys_at(&known->profiles, known->records[w->entries[i]].profile);
        const uint32_t *values = keys_at(&known->combinations, profile->key.combination),
                       *build = keys_at(&known->builds, profile->key.build);
        for (uint32_t c = 0; c < components; c++)
            w->values[(size_t)c * w->count + i] = c < lasting ? values[c] : build[c - lasting];
    }
    return w->values;
}

/* *ENTROPY becomes that of components A and B together; of A alone if they are the same. False
 * when memory is out. */
static bool take_entropy(struct weighing *w, uint32_t a, uint32_t b, uint64_t *entropy)
{
    const uint32_t *one = w->values + (size_t)a * w->count,
                   *other = w->values + (size_t)b * w->count;
    uint64_t all = log2_fixed(w->count);
    bool added;

    keys_clear(&w->pairs);
    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t key[2] = {one[i], other[i]};
        struct match_value_pair *pair = keys_add(&w->pairs, key, &added);
        if (!pair)
            return false;
        pair->count++;
    }
    *entropy = 0;
    for (uint32_t i = 0; i < w->pairs.count; i++) {
        const struct match_value_pair *pair = keys_at(&w->pairs, i);
        *entropy += pair->count * (all - log2_fixed(pair->count));
    }
    return true;
}

/* Weigh component number PLACE of ORDER. False when memory is out. */
static bool weigh_component(struct weighing *w, const uint32_t *order, uint32_t place)
{
    uint32_t c = order[place];
    uint64_t most = c < w->known->components->lasting ? MATCH_WEIGHT : MATCH_BUILD_WEIGHT;
    uint64_t own = w->entropy[c], least = own, together;

    for (uint32_t i = 0; i < place && i < BEFORE && least; i++) {
        if (!take_entropy(w, order[i], c, &together))
            return false;
        uint64_t before = w->entropy[order[i]], more = together > before ? together - before : 0;
        least = more < least ? more : least;
    }
    w->known->weights[c] = own ? (uint32_t)(most * least / own) : 0;
    return true;
}

static bool weigh_all(struct weighing *w)
{
    const struct match_known *known = w->known;
    uint32_t lasting = known->components->lasting, count = known->components->count;
    uint32_t *order = known->ranks, *scratch = malloc(((size_t)count + 1) * sizeof *scratch);
    bool enough = scratch != NULL;

    for (uint32_t c = 0; enough && c < count; c++) {
        order[c] = c;
        enough = take_entropy(w, c, c, &w->entropy[c]);
    }
    if (enough) {
        sort_array(order, lasting, sizeof *order, order_ranks, w->entropy, scratch);
        sort_array(order + lasting, count - lasting, sizeof *order, order_ranks, w->entropy,
                   scratch);
    }
    for (uint32_t i = 0; enough && i < count; i++)
        enough = weigh_component(w, order, i);
    for (uint32_t c = 0; enough && c < lasting; c++) {
        order[c] = c;
        w->rank_of[c] = w->entropy[c] * known->weights[c];
    }
    if (enough)
        sort_array(order, lasting, sizeof *order, order_ranks, w->rank_of, scratch);
    free(scratch);
    return enough;
}

/* The bits of all values, and what a score begins with. */
static void make_bits(struct match_known *known)
{
    uint64_t all = log2_fixed((uint64_t)known->entries + 1);

    known->base = (uint32_t)log2_thousandths_down(log2_fixed(known->entries));
    for (uint32_t c = 0; c < known->components->count; c++)
        for (uint32_t i = 1; i < known->values[c].table.count; i++) {
            struct match_value *value = match_known_value(known, c, i);
            if (value->count)
                value->bits =
                    (uint32_t)(log2_thousandths_down(all - log2_fixed(value->count)) *
                               known->weights[c] / MATCH_WEIGHT);
        }
}

bool match_weights_make(struct match_known *known, uint32_t *entries)
{
    uint32_t count = known->entries, components = known->components->count;
    struct weighing w = {
        .known = known, .entries = entries, .count = count < SAMPLE ? count : SAMPLE};

    if (!count)
        return true;
    keys_init(&w.pairs, 2 * sizeof(uint32_t), sizeof(struct match_value_pair), 0);
    w.entropy = calloc((size_t)components + 1, sizeof *w.entropy);
    w.rank_of = calloc((size_t)components + 1, sizeof *w.rank_of);
    uint32_t *scratch = count > SAMPLE ? malloc(count * sizeof *scratch) : NULL;
    bool enough = w.entropy && w.rank_of && (count <= SAMPLE || scratch);
    if (enough && scratch)
        sort_array(entries, count, sizeof *entries, order_records, known, scratch);
    enough = enough && gather_sample(&w) && weigh_all(&w);
    if (enough)
        make_bits(known);
    free(scratch);
    free(w.entropy);
    free(w.rank_of);
    free(w.values);
    keys_free(&w.pairs);
    return enough;
}
