#include "config.h"

#include "diff/schema_pairs.h"

#include "format/schema.h"

void diff_schema_pairs_init(struct diff_schema_pairs *schema_pairs, struct quota *quota)
{
    *schema_pairs = (struct diff_schema_pairs){.quota = quota};
}

void diff_schema_pairs_free(struct diff_schema_pairs *schema_pairs)
{
    struct quota *quota = schema_pairs->quota;

    for (uint32_t i = 0; i < schema_pairs->sides[0].room; i++)
        quota_free(quota, schema_pairs->old[i].with,
                   schema_pairs->old[i].room * sizeof *schema_pairs->old[i].with);
    quota_free(quota, schema_pairs->old,
               schema_pairs->sides[0].room * sizeof *schema_pairs->old);
    for (unsigned side = 0; side < 2; side++) {
        struct diff_columns *columns = schema_pairs->sides[side].columns;
        for (uint32_t i = 0; i < schema_pairs->sides[side].count; i++)
            diff_columns_free(&columns[i], quota);
        quota_free(quota, columns, schema_pairs->sides[side].room * sizeof *columns);
    }
    diff_schema_pairs_init(schema_pairs, quota);
}

/* Give SCHEMA a number on SIDE. A number that it got from other schema pairs does not count. */
static bool number_schema(struct diff_schema_pairs *schema_pairs, unsigned side,
                          struct schema *schema)
{
    uint32_t room = schema_pairs->sides[side].room, count = schema_pairs->sides[side].count;
    uint32_t number = schema->columns[side];
    struct quota *quota = schema_pairs->quota;

    if (number && number <= count &&
        schema_pairs->sides[side].columns[number - 1].schema == schema)
        return true;

    if (count == room) {
        uint32_t want = room ? 2 * room : 4;
        struct diff_columns *columns =
            quota_realloc(quota, schema_pairs->sides[side].columns, room * sizeof *columns,
                          want * sizeof *columns);
        if (!columns)
            return false;
        schema_pairs->sides[side].columns = columns;
        if (side == 0) {
            void *old =
                quota_realloc(quota, schema_pairs->old, room * sizeof *schema_pairs->old,
                              want * sizeof *schema_pairs->old);
            if (!old)
                return false;
            schema_pairs->old = old;
            memset(schema_pairs->old + room, 0, (want - room) * sizeof *schema_pairs->old);
        }
        schema_pairs->sides[side].room = want;
    }
    diff_columns_init(&schema_pairs->sides[side].columns[count], schema);
    schema->columns[side] = ++schema_pairs->sides[side].count;
    return true;
}

/* The pair of the old schema number O with the new one number N. */
static struct diff_schema_pair *schema_pair_of(struct diff_schema_pairs *schema_pairs,
                                               uint32_t o, uint32_t n)
{
    uint32_t room = schema_pairs->old[o].room;
    struct diff_schema_pair *with = schema_pairs->old[o].with;

    if (n >= room) {
        uint32_t want = n < 2 * room ? 2 * room : n + 1;
        with =
            quota_realloc(schema_pairs->quota, with, room * sizeof *with, want * sizeof *with);
        if (!with)
            return NULL;
        memset(with + room, 0, (want - room) * sizeof *with);
        schema_pairs->old[o].with = with;
        schema_pairs->old[o].room = want;
    }
    return &with[n];
}

/* Note in the features of KIND, from number FROM[] on of each side, which sides have them. */
static void tell_features(const struct diff_columns *const both[2], enum diff_kind kind,
                          const uint32_t from[2], struct diff_features *features)
{
    for (int side = 0; side < 2; side++) {
        const struct diff_columns *own = both[side], *other = both[!side];
        bool open = diff_columns_open(other, kind), whole = diff_columns_whole(other, kind);
        for (uint32_t i = from[side]; i < own->count[kind]; i++) {
            struct diff_feature *feature = &features->items[own->features[kind][i]];
            if (open || diff_columns_have(other, own->features[kind][i]))
                feature->has[0] = feature->has[1] = feature->compared = true;
            else if (whole)
                feature->has[side] = true;
        }
    }
}

/* How many names of KIND, from the first on, are the same in BOTH. The first SAME are known. */
static uint32_t count_same(const struct diff_columns *const both[2], enum diff_kind kind,
                           uint32_t same)
{
    while (same < both[0]->count[kind] && same < both[1]->count[kind] &&
           both[0]->features[kind][same] == both[1]->features[kind][same])
        same++;
    return same;
}

static bool have_same_places(const struct diff_columns *const both[2])
{
    const struct schema *old = both[0]->schema, *new = both[1]->schema;

    return old->ids.count == new->ids.count &&
           count_same(both, DIFF_ID, 0) == old->ids.count &&
           memcmp(old->ids_at, new->ids_at, old->ids.count * sizeof *old->ids_at) == 0 &&
           old->groups_at == new->groups_at && old->signals_at == new->signals_at;
}

/* The columns of BOTH are up to date, PAIR is not. */
static void update_schema_pair(struct diff_schema_pair *schema_pair,
                               const struct diff_columns *const both[2],
                               struct diff_features *features)
{
    static const uint32_t first[2] = {0, 0};
    uint32_t from[2] = {schema_pair->signals[0], schema_pair->signals[1]};

    if (!schema_pair->compared) {
        tell_features(both, DIFF_ID, first, features);
        tell_features(both, DIFF_GROUP, first, features);
        schema_pair->same_groups = count_same(both, DIFF_GROUP, 0);
        schema_pair->fits = have_same_places(both);
        schema_pair->compared = true;
    }
    /* A schema without signals does not show which signals its catalog has. */
    for (int side = 0; side < 2; side++)
        if (!schema_pair->signals[!side] && both[!side]->count[DIFF_SIGNAL])
            from[side] = 0;
    tell_features(both, DIFF_SIGNAL, from, features);
    schema_pair->same_signals = count_same(both, DIFF_SIGNAL, schema_pair->same_signals);
    schema_pair->alike = schema_pair->fits;
    for (int side = 0; side < 2; side++) {
        schema_pair->signals[side] = both[side]->count[DIFF_SIGNAL];
        schema_pair->alike &= schema_pair->same_groups == both[side]->count[DIFF_GROUP] &&
                              schema_pair->same_signals == both[side]->count[DIFF_SIGNAL];
    }
}

const struct diff_schema_pair *diff_schema_pairs_find(struct diff_schema_pairs *schema_pairs,
                                                      struct diff_features *features,
                                                      struct schema *old, struct schema *new)
{
    struct schema *const schemas[] = {old, new};
    const struct diff_columns *both[2];

    for (unsigned side = 0; side < 2; side++)
        if (!number_schema(schema_pairs, side, schemas[side]))
            return NULL;
    struct diff_schema_pair *schema_pair =
        schema_pair_of(schema_pairs, old->columns[0] - 1, new->columns[1] - 1);
    if (!schema_pair ||
        (schema_pair->compared && schema_pair->signals[0] == old->signals.count &&
         schema_pair->signals[1] == new->signals.count))
        return schema_pair;
    for (unsigned side = 0; side < 2; side++) {
        struct diff_columns *columns =
            &schema_pairs->sides[side].columns[schemas[side]->columns[side] - 1];
        if (!diff_columns_update(columns, features, schema_pairs->quota))
            return NULL;
        both[side] = columns;
    }
    update_schema_pair(schema_pair, both, features);
    return schema_pair;
}

const struct diff_columns *
diff_schema_pairs_columns(const struct diff_schema_pairs *schema_pairs, unsigned side,
                          const struct schema *schema)
{
    return &schema_pairs->sides[side].columns[schema->columns[side] - 1];
}
