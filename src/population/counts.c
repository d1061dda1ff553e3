#include "config.h"

#include "population/counts.h"

#include <errno.h>
#include <stdlib.h>

#include "diff/sorter.h"
#include "text/keys.h"

#define KEY_SIZE offsetof(struct population_count, records)

struct population_counts {
    struct keys table; /* of struct population_count */
    size_t most;       /* bytes of it */
    struct diff_sorter *sorter;
    struct population_count next; /* the first count that was not given back, */
    bool has_next;                /* if there is one */
};

static int order_values(const void *a, const void *b, void *context)
{
    const struct population_count *x = a, *y = b;

    (void)context;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

struct population_counts *population_counts_new(size_t memory, const char *directory,
                                                uint64_t seed)
{
    struct population_counts *counts = calloc(1, sizeof *counts);

    if (!counts)
        return NULL;
    counts->most = memory / 2;
    keys_init(&counts->table, KEY_SIZE, sizeof counts->next, seed);
    counts->sorter =
        diff_sorter_new(sizeof counts->next, order_values, memory / 2, directory);
    if (counts->sorter)
        return counts;
    population_counts_free(counts);
    return NULL;
}

void population_counts_free(struct population_counts *counts)
{
    if (!counts)
        return;
    keys_free(&counts->table);
    diff_sorter_free(counts->sorter);
    free(counts);
}

/* Move all counts of the table to the sorter. */
static int empty_table(struct population_counts *counts)
{
    int error = 0;

    for (uint32_t i = 0; i < counts->table.count && !error; i++)
        error = diff_sorter_put(counts->sorter, keys_at(&counts->table, i));
    keys_clear(&counts->table);
    return error;
}

int population_counts_add(struct population_counts *counts, uint32_t feature, uint64_t hash,
                          unsigned input)
{
    const struct population_count key = {.hash = hash, .feature = feature};
    bool added;
    int error = keys_bytes_next(&counts->table) > counts->most ? empty_table(counts) : 0;

    if (error)
        return error;
    struct population_count *count = keys_add(&counts->table, &key, &added);
    if (!count)
        return ENOMEM;
    count->records[input]++;
    return 0;
}

/* Read the next count of the sorter. */
static int read_next(struct population_counts *counts)
{
    const void *record;
    int error = diff_sorter_next(counts->sorter, &record);

    counts->has_next = !error && record;
    if (counts->has_next)
        counts->next = *(const struct population_count *)record;
    return error;
}

int population_counts_finish(struct population_counts *counts)
{
    int error = empty_table(counts);

    keys_free(&counts->table);
    if (!error)
        error = diff_sorter_finish(counts->sorter);
    return error ? error : read_next(counts);
}

int population_counts_next(struct population_counts *counts, struct population_count *count,
                           bool *more)
{
    int error = 0;

    *more = counts->has_next;
    *count = counts->next;
    if (!*more)
        return 0;
    while (!(error = read_next(counts)) && counts->has_next &&
           order_values(&counts->next, count, NULL) == 0)
        for (unsigned i = 0; i < POPULATION_INPUTS; i++)
            count->records[i] += counts->next.records[i];
    return error;
}
