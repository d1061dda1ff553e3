#include "config.h"

#include "format/schema.h"

#include <stdlib.h>

struct schema *schema_new(struct span label, uint64_t seed)
{
    struct schema *schema = calloc(1, sizeof *schema);
    unsigned char *copy = malloc(label.n + 1);
    size_t name = 0;

    if (!schema || !copy) {
        free(schema);
        free(copy);
        return NULL;
    }
    if (label.n)
        memcpy(copy, label.p, label.n);
    while (name < label.n && copy[name] != '-')
        name++;
    schema->label = span_of(copy, label.n);
    schema->name = span_of(copy, name);
    names_init(&schema->ids, seed, NULL);
    names_init(&schema->groups, seed, NULL);
    names_init(&schema->signals, seed, NULL);
    return schema;
}

void schema_free(struct schema *schema)
{
    if (!schema)
        return;
    free((void *)(uintptr_t)schema->label.p);
    names_free(&schema->ids);
    names_free(&schema->groups);
    names_free(&schema->signals);
    free(schema);
}

static bool names_alike(const struct names *a, const struct names *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!span_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

bool schema_alike(const struct schema *a, const struct schema *b)
{
    return a == b || (names_alike(&a->ids, &b->ids) && names_alike(&a->groups, &b->groups) &&
                      names_alike(&a->signals, &b->signals) && a->groups_at == b->groups_at &&
                      a->signals_at == b->signals_at &&
                      memcmp(a->ids_at, b->ids_at, a->ids.count * sizeof *a->ids_at) == 0);
}

bool schema_shows(const struct schema *schema, uint32_t slot)
{
    const struct catalog *known = schema->known;

    if (!known)
        return false;
    for (uint32_t i = 0; schema->source == SCHEMA_FACTS && i < known->row_count; i++)
        if (span_equal(catalog_row_name(known, i), schema->signals.items[slot]))
            return !known->rows[i].private_data;
    return schema->source != SCHEMA_FACTS && slot < known->row_count &&
           !known->rows[slot].private_data;
}

bool schemas_add(struct schemas *schemas, struct schema *schema)
{
    struct schema **items = NULL;

    if (schema && schemas->count < SCHEMAS_MOST)
        items = realloc(schemas->items, (schemas->count + 1) * sizeof *items);
    if (!items) {
        schema_free(schema);
        return false;
    }
    items[schemas->count++] = schema;
    schemas->items = items;
    return true;
}

void schemas_free(struct schemas *schemas)
{
    for (uint32_t i = 0; i < schemas->count; i++)
        schema_free(schemas->items[i]);
    free(schemas->items);
    *schemas = (struct schemas){NULL, 0};
}
