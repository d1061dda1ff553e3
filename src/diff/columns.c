#include "config.h"

#include "diff/columns.h"

#include "format/schema.h"

void diff_columns_init(struct diff_columns *columns, const struct schema *schema)
{
    *columns = (struct diff_columns){.schema = schema};
}

void diff_columns_free(struct diff_columns *columns, struct quota *quota)
{
    for (enum diff_kind kind = 0; kind < DIFF_COLUMN_KINDS; kind++)
        quota_free(quota, columns->features[kind], columns->room[kind] * sizeof(uint32_t));
    quota_free(quota, columns->bits, columns->size);
    diff_columns_init(columns, columns->schema);
}

const struct names *diff_columns_names(const struct schema *schema, enum diff_kind kind)
{
    return kind == DIFF_ID      ? &schema->ids
           : kind == DIFF_GROUP ? &schema->groups
                                : &schema->signals;
}

bool diff_columns_open(const struct diff_columns *columns, enum diff_kind kind)
{
    return kind == DIFF_SIGNAL && columns->schema->open;
}

bool diff_columns_whole(const struct diff_columns *columns, enum diff_kind kind)
{
    return diff_columns_names(columns->schema, kind)->count &&
           !diff_columns_open(columns, kind) &&
           !(kind == DIFF_SIGNAL && columns->schema->source == SCHEMA_FACTS);
}

/* Make room for COUNT names of KIND. */
static bool grow_columns(struct diff_columns *columns, enum diff_kind kind, uint32_t count,
                         struct quota *quota)
{
    uint32_t room = columns->room[kind];

    if (count <= room)
        return true;
    /* Most schemas have all their names from the start. */
    uint32_t want = count > 2 * room ? count : 2 * room;
    uint32_t *features = quota_realloc(quota, columns->features[kind], room * sizeof *features,
                                       want * sizeof *features);
    if (!features)
        return false;
    columns->features[kind] = features;
    columns->room[kind] = want;
    return true;
}

static bool set_bit(struct diff_columns *columns, uint32_t feature, struct quota *quota)
{
    size_t need = feature / 8 + 1;

    if (need > columns->size) {
        size_t size = need > 2 * columns->size ? need : 2 * columns->size;
        unsigned char *bits = quota_realloc(quota, columns->bits, columns->size, size);
        if (!bits)
            return false;
        memset(bits + columns->size, 0, size - columns->size);
        columns->bits = bits;
        columns->size = size;
    }
    columns->bits[feature / 8] |= (unsigned char)(1 << feature % 8);
    return true;
}

bool diff_columns_update(struct diff_columns *columns, struct diff_features *features,
                         struct quota *quota)
{
    for (enum diff_kind kind = 0; kind < DIFF_COLUMN_KINDS; kind++) {
        const struct names *names = diff_columns_names(columns->schema, kind);
        if (!grow_columns(columns, kind, names->count, quota))
            return false;
        for (uint32_t i = columns->count[kind]; i < names->count; i++) {
            uint32_t feature = diff_features_add(features, kind, names->items[i]);
            if (feature == NAMES_NONE || !set_bit(columns, feature, quota))
                return false;
            columns->features[kind][i] = feature;
            columns->count[kind] = i + 1;
        }
    }
    return true;
}
