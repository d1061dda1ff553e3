#include "config.h"

#include "survey/signals.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "text/hash.h"
#include "vector/vector.h"

/* No name of a signal has this byte. */
#define IDENTITY_SIGN "="

uint32_t signals_identity(unsigned identity)
{
    return 1 + identity;
}

uint32_t signals_row(uint32_t row)
{
    return 1 + IDENTITIES + row;
}

/* An observation of the member NAME. */
static struct observation named(struct span name, uint64_t seed)
{
    return (struct observation){.name = name,
                                .name_hash = hash_seeded(name, seed),
                                .name_id = hash64(name),
                                .depth = 1,
                                .type = OBSERVE_STRING};
}

static struct observation of_identity(unsigned i, uint64_t seed)
{
    static const char *const names[IDENTITIES] = {IDENTITY_SIGN "0", IDENTITY_SIGN "1",
                                                  IDENTITY_SIGN "2", IDENTITY_SIGN "3",
                                                  IDENTITY_SIGN "4"};

    return named(span_text(names[i]), seed);
}

static struct observation of_row(const struct catalog *catalog, uint32_t row, uint64_t seed)
{
    return named(catalog_row_name(catalog, row), seed);
}

bool signals_begin(struct survey *survey, const struct catalog *catalog, uint64_t seed)
{
    uint32_t field = FIELD_ROOT;
    bool full = false;

    for (unsigned i = 0; i < IDENTITIES && !full; i++) {
        struct observation observation = of_identity(i, seed);
        field = fields_find(&survey->fields, FIELD_ROOT, field, &observation, &full);
    }
    for (uint32_t i = 0; i < catalog->row_count && !full; i++) {
        struct observation observation = of_row(catalog, i, seed);
        field = fields_find(&survey->fields, FIELD_ROOT, field, &observation, &full);
    }
    return !full;
}

void signals_put(struct buf *out, const struct observe_record *record,
                 const struct vector *vector, uint64_t seed)
{
    const struct span none = span_of(NULL, 0);
    size_t began = observation_begin(out, none, true);

    for (unsigned i = 0; i < IDENTITIES; i++) {
        struct observation observation = of_identity(i, seed);
        observation.value = observation.form = vector->ids[i].high;
        if (vector->has_id[i])
            observation_put(out, &observation, none, true);
    }
    for (uint32_t i = 0; i < vector->catalog->row_count; i++) {
        struct observation observation = of_row(vector->catalog, i, seed);
        observation.value = observation.form = vector->hashes[i];
        if (signal_failed(vector->states[i]))
            observation.type = OBSERVE_ERROR;
        if (vector->hashes[i])
            observation_put(out, &observation, none, true);
    }
    observation_end(out, began, record);
}
