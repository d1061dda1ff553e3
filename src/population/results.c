#include "config.h"

#include "population/results.h"

#include "base/fault.h"
#include "base/sort.h"
#include "format/share.h"

/* The values of one feature as they are read. */
struct value_reading {
    struct population_counts *counts;
    struct population_count next;
    bool more;
};

static int read_next_value(struct value_reading *reading)
{
    return population_counts_next(reading->counts, &reading->next, &reading->more);
}

/* Add a value, in the records of each input at COUNTS, to RESULT. */
static void add_value(struct population_result *result, uint64_t hash,
                      const uint64_t counts[POPULATION_INPUTS])
{
    population_distance_add(&result->distance, hash, counts[0], counts[1]);
    if (result->ordinary.records[0])
        population_distance_add(&result->ordinary, hash, counts[2], counts[0]);
    for (unsigned side = 0; side < 2 && hash; side++) {
        result->present[side] += counts[side];
        result->distinct[side] += counts[side] > 0;
    }
}

/* Read the values of feature number I to RESULT, if it is not null. RECORDS of each input can have
 * them; those that do not are a value, too. */
static int read_feature(struct value_reading *reading, uint32_t i,
                        const uint64_t records[POPULATION_INPUTS],
                        struct population_result *result)
{
    uint64_t absent[POPULATION_INPUTS] = {records[0], records[1], records[2]};
    int error = 0;

    while (!error && reading->more && reading->next.feature == i) {
        uint64_t counts[POPULATION_INPUTS];
        for (unsigned input = 0; input < POPULATION_INPUTS; input++) {
            counts[input] = reading->next.records[input];
            absent[input] -= counts[input];
        }
        if (result)
            add_value(result, reading->next.hash, counts);
        error = read_next_value(reading);
    }
    if (result)
        add_value(result, 0, absent);
    return error;
}

/* Does EXPECT allow that the share of records that RESULT says has other values? */
static bool allows(const struct diff_rules *expect, const struct population_result *result)
{
    const struct population_distance *d = &result->distance;
    uint64_t moved = d->moved / d->records[0] + (d->moved % d->records[0] > 0);

    return expect && diff_rules_allow(expect, result->feature->kind, result->feature->name,
                                      moved, d->records[1]);
}

/* All values were added to RESULT: judge it. */
static void judge(struct population_result *result, const struct population_source *source)
{
    const struct population_distance *ordinary = &result->ordinary;

    result->score = population_distance_score(&result->distance);
    if (ordinary->records[0])
        result->churn =
            population_distance_rescale(population_distance_score(ordinary),
                                        ordinary->records, result->distance.records);
    if (result->score > 2 * result->churn)
        result->beyond = result->score - 2 * result->churn;
    result->differs = result->beyond > source->threshold;
    result->expected = !result->differs || allows(source->expect, result);
}

/* Only SIDE can have FEATURE. */
static struct population_only make_only(const struct population_source *source,
                                        const struct diff_feature *feature, unsigned side)
{
    bool expected = source->expect && diff_rules_allow(source->expect, feature->kind,
                                                       feature->name, 0,
                                                       source->samples[!side].records);

    return (struct population_only){feature, side, expected};
}

/* Read what there is of feature number I. */
static int make_result(struct population_results *results,
                       const struct population_source *source, uint32_t i,
                       struct value_reading *reading)
{
    const struct diff_feature *feature = &source->features->items[i];
    uint64_t records[POPULATION_INPUTS];
    struct population_result *result = NULL;

    for (unsigned input = 0; input < POPULATION_INPUTS; input++)
        records[input] = population_sample_records(&source->samples[input], i, feature->kind);
    bool compared = records[0] && records[1] && feature->kind != DIFF_ID && !feature->ignored;
    if (compared) {
        result = &results->items[results->count++];
        *result = (struct population_result){.feature = feature};
        result->distance = population_distance_of(records[0], records[1]);
        if (records[2])
            result->ordinary = population_distance_of(records[2], records[0]);
        for (unsigned side = 0; side < 2; side++)
            result->errors[side] = population_sample_errors(&source->samples[side], i);
    }
    int error = read_feature(reading, i, records, result);
    if (compared && !error)
        judge(result, source);
    bool both = source->samples[0].records && source->samples[1].records;
    if (both && !records[0] != !records[1] && feature->kind != DIFF_ID && !feature->ignored)
        results->only[results->only_count++] = make_only(source, feature, !records[0]);
    return error;
}

static int order_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

/* Groups before signals; in each kind the one that is least likely first, then the one that is
 * furthest, then by name. */
static int order_results(const void *a, const void *b, void *context)
{
    const struct population_result *x = a, *y = b;
    uint64_t dx = share_millionths(x->distance.moved, population_distance_all(&x->distance));
    uint64_t dy = share_millionths(y->distance.moved, population_distance_all(&y->distance));
    int order = order_numbers(x->feature->kind, y->feature->kind);

    (void)context;
    if (!order)
        order = order_numbers(y->beyond, x->beyond);
    if (!order)
        order = order_numbers(y->score, x->score);
    if (!order)
        order = order_numbers(dy, dx);
    return order ? order : span_compare(x->feature->name, y->feature->name);
}

static int order_only_names(const void *a, const void *b, void *context)
{
    const struct population_only *x = a, *y = b;
    int order = order_numbers(x->side, y->side);

    (void)context;
    if (!order)
        order = order_numbers(x->feature->kind, y->feature->kind);
    return order ? order : span_compare(x->feature->name, y->feature->name);
}

/* Sort COUNT items of SIZE bytes by ORDER, with scratch of QUOTA. */
static bool sort_results(void *items, uint32_t count, size_t size, sort_order *order,
                         struct quota *quota)
{
    if (!count)
        return true;
    void *scratch = quota_calloc(quota, count, size);
    if (scratch)
        sort_array(items, count, size, order, NULL, scratch);
    quota_free(quota, scratch, count * size);
    return scratch;
}

struct fault population_results_make(struct population_results *results,
                                     const struct population_source *source,
                                     struct quota *quota)
{
    struct value_reading reading = {.counts = source->counts};
    uint32_t features = source->features->names.count;

    *results = (struct population_results){.room = features + 1, .quota = quota};
    results->items = quota_calloc(quota, results->room, sizeof *results->items);
    results->only = quota_calloc(quota, results->room, sizeof *results->only);
    if (!results->items || !results->only)
        return quota_fault(quota);
    int error = read_next_value(&reading);
    for (uint32_t i = 0; i < features && !error; i++)
        error = make_result(results, source, i, &reading);
    if (error)
        return fault_system(error);
    if (!sort_results(results->items, results->count, sizeof *results->items, order_results,
                      quota) ||
        !sort_results(results->only, results->only_count, sizeof *results->only, order_only_names,
                      quota))
        return quota_fault(quota);
    return FAULT_NONE;
}

struct population_compared population_results_compared(const struct population_results *results,
                                                       enum diff_kind kind)
{
    struct population_compared compared = {0, 0};

    for (uint32_t i = 0; i < results->count; i++)
        if (results->items[i].feature->kind == kind) {
            compared.count++;
            compared.differ += results->items[i].differs;
        }
    return compared;
}

void population_results_free(struct population_results *results)
{
    quota_free(results->quota, results->items, results->room * sizeof *results->items);
    quota_free(results->quota, results->only, results->room * sizeof *results->only);
    *results = (struct population_results){.quota = results->quota};
}
