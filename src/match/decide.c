#include "config.h"

#include "match/decide.h"

#include <stdlib.h>

#include "base/sort.h"

/* The two best records of different devices. */
struct match_best {
    uint32_t records[2];
    int32_t scores[2];
};

const char *match_kind_name(enum match_kind kind)
{
    static const char *const names[] = {"-", "new", "ambiguous", "match"};

    return names[kind];
}

bool match_judge_init(struct match_judge *judge)
{
    size_t count = judge->known->components->count;

    judge->query = (struct match_query){.known = judge->known, .common = judge->common};
    judge->query.numbers = malloc((count + 1) * sizeof *judge->query.numbers);
    judge->query.bits = malloc((count + 1) * sizeof *judge->query.bits);
    judge->order = malloc((2 * count + 1) * sizeof *judge->order);
    return match_found_init(&judge->found, judge->known) && judge->query.numbers &&
           judge->query.bits && judge->order;
}

void match_judge_free(struct match_judge *judge)
{
    match_found_free(&judge->found);
    free(judge->query.numbers);
    free(judge->query.bits);
    free(judge->order);
}

/* Is RECORD with SCORE better than number I of BEST? */
static bool beats_record(const struct match_known *known, const struct match_best *best, int i,
                      uint32_t record, int32_t score)
{
    if (best->records[i] == MATCH_NO_RECORD || score != best->scores[i])
        return best->records[i] == MATCH_NO_RECORD || score > best->scores[i];
    return memcmp(known->records[record].key, known->records[best->records[i]].key, ROW_KEY) < 0;
}

static void offer_record(const struct match_known *known, struct match_best *best,
                         uint32_t record, int32_t score)
{
    if (record == MATCH_NO_RECORD)
        return;
    bool other = best->records[0] == MATCH_NO_RECORD ||
                 known->records[best->records[0]].device != known->records[record].device;
    if (beats_record(known, best, 0, record, score)) {
        if (other) {
            best->records[1] = best->records[0];
            best->scores[1] = best->scores[0];
        }
        best->records[0] = record;
        best->scores[0] = score;
    } else if (other && beats_record(known, best, 1, record, score)) {
        best->records[1] = record;
        best->scores[1] = score;
    }
}

/* Can a record of whose score the lasting part is LASTING at most not become one of BEST? */
static bool is_hopeless(const struct match_judge *judge, const struct match_best *best,
                        int32_t lasting)
{
    return best->records[1] != MATCH_NO_RECORD && lasting + judge->query.build_bits < best->scores[1];
}

/* Offer the records of COMBINATION. */
static void offer_combination(const struct match_judge *judge, uint32_t number,
                              struct match_best *best)
{
    const struct match_known *known = judge->known;
    const struct match_combination *combination = match_known_combination(known, number);
    const uint32_t *values = keys_at(&known->combinations, number);
    uint32_t count = combination->profile_count;

    if (is_hopeless(judge, best, match_score_bound(&judge->query, values)))
        return;
    int32_t lasting = match_score_lasting(&judge->query, values);
    if (is_hopeless(judge, best, lasting))
        return;
    for (uint32_t i = 0; i < count && i < MATCH_PROFILES; i++) {
        const struct match_profile *profile =
            keys_at(&known->profiles, known->order[combination->profiles + i]);
        int32_t score = lasting + match_score_build(&judge->query, profile);
        offer_record(known, best, profile->first, score);
        offer_record(known, best, profile->second, score);
    }
}

/* Offer all candidates for the query. */
static void offer_candidates(struct match_judge *judge, struct match_best *best)
{
    struct match_found *found = &judge->found;
    uint32_t offered = 0;

    match_found_begin(found);
    for (unsigned sets = MATCH_SETS; sets >= MATCH_FEWEST; sets--) {
        /* In each of the other sets a component differs. If all else agrees: */
        int32_t most = judge->query.lasting_bits - (int32_t)judge->known->base;
        if (!judge->common)
            most -= (int32_t)(MATCH_SETS - sets) * MATCH_DIFFERS;
        if (is_hopeless(judge, best, most))
            return;
        match_candidates_find(judge->candidates, judge->query.numbers, sets, found);
        for (; offered < found->count; offered++)
            offer_combination(judge, found->items[offered], best);
    }
}

static enum match_kind decision_kind(const struct match_judge *judge,
                                     const struct match_decision *decision)
{
    if (decision->best == MATCH_NO_RECORD || decision->score < judge->thresholds[0])
        return MATCH_NEW;
    if (decision->score >= judge->thresholds[1] &&
        (decision->runner_up == MATCH_NO_RECORD || decision->margin >= MATCH_MARGIN))
        return MATCH_MATCH;
    return MATCH_AMBIGUOUS;
}

struct match_decision match_decide(struct match_judge *judge,
                                   const struct match_signature *signature)
{
    const struct match_known *known = judge->known;
    struct match_best best = {{MATCH_NO_RECORD, MATCH_NO_RECORD}, {0, 0}};
    struct match_decision decision = {.kind = MATCH_NEW};

    judge->query.signature = signature;
    if (match_query_begin(&judge->query))
        offer_candidates(judge, &best);
    decision.best = best.records[0];
    decision.runner_up = best.records[1];
    if (decision.best != MATCH_NO_RECORD) {
        const struct match_profile *profile =
            keys_at(&known->profiles, known->records[decision.best].profile);
        decision.score = best.scores[0];
        decision.share = match_known_combination(known, profile->key.combination)->share;
    }
    if (decision.runner_up != MATCH_NO_RECORD)
        decision.margin = best.scores[0] - best.scores[1];
    decision.kind = decision_kind(judge, &decision);
    return decision;
}

/* Does lasting component I agree in the query and the record with KNOWN_VALUES? */
static bool component_agrees(const struct match_judge *judge, const uint32_t *known_values,
                             uint32_t i)
{
    const struct match_component *component = &judge->known->components->items[i];
    const unsigned char *counted =
        judge->common ? judge->common->cells + component->cells : NULL;
    const uint64_t *a = match_known_cells(judge->known, i, known_values[i]),
                   *b = judge->query.signature->cells + component->cells;

    if (known_values[i] == judge->query.numbers[i])
        return true;
    for (uint32_t k = 0; k < component->cell_count; k++)
        if ((!counted || counted[k]) && a[k] != b[k])
            return false;
    return true;
}

/* Components, those that add the most bits first. */
static int order_reasons(const void *a, const void *b, void *context)
{
    const int32_t *bits = context;
    int32_t one = bits[*(const uint32_t *)a], other = bits[*(const uint32_t *)b];

    return (one < other) - (one > other);
}

void match_put_reason(struct buf *out, struct match_judge *judge,
                      const struct match_decision *decision)
{
    const struct match_known *known = judge->known;
    const struct match_components *c = known->components;
    const struct match_profile *profile =
        keys_at(&known->profiles, known->records[decision->best].profile);
    const uint32_t *values = keys_at(&known->combinations, profile->key.combination);
    const uint32_t *build = keys_at(&known->builds, profile->key.build);
    bool lasting = true, all;
    uint32_t count = 0;

    for (uint32_t i = 0; i < c->lasting; i++) {
        bool agree = component_agrees(judge, values, i);
        lasting &= agree;
        if (agree && values[i] == judge->query.numbers[i] && judge->query.bits[i] > 0)
            judge->order[count++] = i;
    }
    all = lasting;
    for (uint32_t i = c->lasting; i < c->count; i++)
        all &= build[i - c->lasting] == judge->query.numbers[i] ||
               (judge->common && !judge->common->whole[i]);
    if (lasting) {
        buf_puts(out, all ? "build" : "install");
        return;
    }
    sort_array(judge->order, count, sizeof *judge->order, order_reasons, judge->query.bits,
               judge->order + c->lasting);
    for (uint32_t i = 0; i < count; i++) {
        buf_puts(out, i ? "," : "");
        buf_put(out, c->items[judge->order[i]].group);
    }
}
