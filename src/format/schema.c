#include "config.h"

#include "format/schema.h"

#include "base/quota.h"
#include "catalog/catalog.h"

_Static_assert(SCHEMA_SIGNALS == CATALOG_ROWS, "a catalog has as many rows");
_Static_assert(SCHEMA_SKETCH * 64 == CATALOG_SKETCH, "a catalog has as many bits");

struct schema *schema_new(struct span label, uint64_t seed, struct quota *quota)
{
    struct schema *schema = quota_calloc(quota, 1, sizeof *schema);
    unsigned char *copy = quota_calloc(quota, label.n + 1, 1);
    size_t name = 0;

    if (!schema || !copy) {
        quota_free(quota, schema, sizeof *schema);
        quota_free(quota, copy, label.n + 1);
        return NULL;
    }
    if (label.n)
        memcpy(copy, label.p, label.n);
    while (name < label.n && copy[name] != '-')
        name++;
    schema->label = span_of(copy, label.n);
    schema->name = span_of(copy, name);
    schema->quota = quota;
    names_init(&schema->ids, seed, quota);
    names_init(&schema->groups, seed, quota);
    names_init(&schema->signals, seed, quota);
    return schema;
}

void schema_free(struct schema *schema)
{
    if (!schema)
        return;
    quota_free(schema->quota, (void *)(uintptr_t)schema->label.p, schema->label.n + 1);
    names_free(&schema->ids);
    names_free(&schema->groups);
    names_free(&schema->signals);
    quota_free(schema->quota, schema, sizeof *schema);
}

static void put_key_u32(struct buf *out, uint32_t v)
{
    buf_put(out, span_of(&v, sizeof v));
}

void schema_put_text(struct buf *out, struct span text)
{
    put_key_u32(out, (uint32_t)text.n);
    buf_put(out, text);
}

static void put_key_names(struct buf *out, const struct names *names)
{
    put_key_u32(out, names->count);
    for (uint32_t i = 0; i < names->count; i++)
        schema_put_text(out, names->items[i]);
}

void schema_put_key(struct buf *out, const struct schema *schema)
{
    schema_put_text(out, schema->label);
    put_key_u32(out, schema->groups_at);
    put_key_u32(out, schema->signals_at);
    put_key_u32(out, schema->sketch_at);
    put_key_u32(out, schema->sketch_words);
    put_key_names(out, &schema->ids);
    buf_put(out, span_of(schema->ids_at, schema->ids.count * sizeof *schema->ids_at));
    put_key_names(out, &schema->groups);
    put_key_names(out, &schema->signals);
}

bool schema_shows(const struct schema *schema, uint32_t slot)
{
    const struct catalog *known = schema->known;
    uint32_t row = slot;

    if (schema->source == SCHEMA_FACTS)
        row = schema->rows ? names_find(schema->rows, schema->signals.items[slot]) : NAMES_NONE;
    return known && row < known->row_count && !known->rows[row].private_data;
}

void schemas_init(struct schemas *schemas, uint64_t seed, struct quota *quota)
{
    *schemas = (struct schemas){.items = {NULL}};
    names_init(&schemas->keys, seed, quota);
}

void schemas_free(struct schemas *schemas)
{
    for (uint32_t i = 0; i < schemas->keys.count; i++)
        schema_free(schemas->items[i]);
    names_free(&schemas->keys);
}

struct schema *schemas_find(const struct schemas *schemas, struct span key)
{
    uint32_t number = names_find(&schemas->keys, key);

    return number == NAMES_NONE ? NULL : schemas->items[number];
}

struct fault schemas_add(struct schemas *schemas, struct span key, struct schema *schema)
{
    uint32_t number = NAMES_NONE;

    if (schemas->keys.count < SCHEMAS_MOST)
        number = names_add(&schemas->keys, key);
    if (number < SCHEMAS_MOST) {
        schemas->items[number] = schema;
        return FAULT_NONE;
    }
    schema_free(schema);
    if (schemas->keys.count < SCHEMAS_MOST)
        return quota_fault(schemas->keys.arena.quota);
    return fault_unreadable(
        0, "more than 256 kinds of lines or rows, which no output of whorl has");
}
