#include "config.h"

#include "match/score.h"

/* The bits that COMPONENT adds with value NUMBER. */
static int32_t value_bits(const struct match_query *query, uint32_t component, uint32_t number)
{
    if (number == MATCH_NO_RECORD || (query->common && !query->common->whole[component]))
        return 0;
    return (int32_t)match_known_value(query->known, component, number)->bits;
}

bool match_query_begin(struct match_query *query)
{
    const struct match_components *c = query->known->components;
    const struct match_signature *signature = query->signature;
    bool any = false;

    query->lasting_bits = query->build_bits = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        query->numbers[i] = match_known_number(query->known, i, signature->values[i]);
        query->bits[i] = value_bits(query, i, query->numbers[i]);
        *(i < c->lasting ? &query->lasting_bits : &query->build_bits) += query->bits[i];
        any |= i < c->lasting && signature->values[i];
    }
    return any;
}

/* What a lasting component takes whose cells are A and B: 0 if those that count are equal. */
static int32_t differing_cells(const struct match_component *component, const uint64_t *a,
                               const uint64_t *b, const unsigned char *counted)
{
    uint32_t differing = 0, present = 0;

    for (uint32_t i = 0; i < component->cell_count; i++) {
        bool counts = !counted || counted[i];
        differing += counts && a[i] != b[i];
        present += counts && (a[i] || b[i]);
    }
    return differing ? -MATCH_DIFFERS - (int32_t)((uint64_t)MATCH_DIFFERS * differing / present)
                     : 0;
}

int32_t match_score_lasting(const struct match_query *query, const uint32_t *known_values)
{
    const struct match_components *c = query->known->components;
    const struct match_common *common = query->common;
    int32_t score = -(int32_t)query->known->base;

    for (uint32_t i = 0; i < c->lasting; i++) {
        const struct match_component *component = &c->items[i];
        if (known_values[i] == query->numbers[i])
            score += query->bits[i];
        else
            score += differing_cells(component,
                                     match_known_cells(query->known, i, known_values[i]),
                                     query->signature->cells + component->cells,
                                     common ? common->cells + component->cells : NULL);
    }
    return score;
}

int32_t match_score_bound(const struct match_query *query, const uint32_t *known_values)
{
    int32_t score = -(int32_t)query->known->base;

    for (uint32_t i = 0; i < query->known->components->lasting; i++)
        if (known_values[i] == query->numbers[i])
            score += query->bits[i];
        else if (!query->common || query->common->whole[i])
            score -= MATCH_DIFFERS;
    return score;
}

/* Are the versions of PROFILE and the new record compared, and not the same? */
static bool has_other_version(const struct match_query *query, const struct match_profile *profile)
{
    const struct match_signature *signature = query->signature;

    return signature->version != profile->version && signature->version != MATCH_NO_VERSION &&
           profile->version != MATCH_NO_VERSION && signature->family &&
           signature->family == profile->key.family &&
           (!query->common || query->common->version);
}

int32_t match_score_build(const struct match_query *query, const struct match_profile *profile)
{
    const struct match_components *c = query->known->components;
    const uint32_t *build = keys_at(&query->known->builds, profile->key.build);
    int32_t added = 0, taken = 0;

    for (uint32_t i = c->lasting; i < c->count; i++) {
        if (build[i - c->lasting] == query->numbers[i])
            added += query->bits[i];
        else if (!query->common || query->common->whole[i])
            taken += MATCH_BUILD;
    }
    if (has_other_version(query, profile))
        taken = query->signature->version < profile->version ? MATCH_DECREASED : 0;
    return added - (taken < MATCH_BUILD_MOST ? taken : MATCH_BUILD_MOST);
}
