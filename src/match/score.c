#include "config.h"

#include "match/score.h"

int32_t match_score_bits(const struct match_known *known, uint32_t component, uint32_t number,
                         const struct match_common *common)
{
    if (common && !common->whole[component])
        return 0;
    return (int32_t)match_known_value(known, component, number)->bits;
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

int32_t match_score_lasting(const struct match_known *known, const uint32_t *known_values,
                            const struct match_signature *signature, const uint32_t *numbers,
                            const struct match_common *common)
{
    const struct match_components *c = known->components;
    int32_t score = -(int32_t)known->base;

    for (uint32_t i = 0; i < c->lasting; i++) {
        const struct match_component *component = &c->items[i];
        if (known_values[i] == numbers[i])
            score += match_score_bits(known, i, numbers[i], common);
        else
            score += differing_cells(component, match_known_cells(known, i, known_values[i]),
                                     signature->cells + component->cells,
                                     common ? common->cells + component->cells : NULL);
    }
    return score;
}

int32_t match_score_most(const struct match_known *known, const uint32_t *known_values,
                         const uint32_t *numbers, const struct match_common *common)
{
    int32_t score = -(int32_t)known->base;

    for (uint32_t i = 0; i < known->components->lasting; i++)
        if (known_values[i] == numbers[i])
            score += match_score_bits(known, i, numbers[i], common);
        else if (!common || common->whole[i])
            score -= MATCH_DIFFERS;
    return score;
}

/* Are the versions of PROFILE and SIGNATURE compared, and not the same? */
static bool has_other_version(const struct match_profile *profile,
                              const struct match_signature *signature,
                              const struct match_common *common)
{
    return signature->version != profile->version && signature->version != MATCH_NO_VERSION &&
           profile->version != MATCH_NO_VERSION && signature->family &&
           signature->family == profile->key.family && (!common || common->version);
}

int32_t match_score_build(const struct match_known *known, const struct match_profile *profile,
                          const struct match_signature *signature, const uint32_t *numbers,
                          const struct match_common *common)
{
    const struct match_components *c = known->components;
    const uint32_t *build = keys_at(&known->builds, profile->key.build);
    int32_t added = 0, taken = 0;

    for (uint32_t i = c->lasting; i < c->count; i++) {
        if (build[i - c->lasting] == numbers[i])
            added += match_score_bits(known, i, numbers[i], common);
        else if (!common || common->whole[i])
            taken += MATCH_BUILD;
    }
    if (has_other_version(profile, signature, common))
        taken = signature->version < profile->version ? MATCH_DECREASED : 0;
    return added - (taken < MATCH_BUILD_MOST ? taken : MATCH_BUILD_MOST);
}
