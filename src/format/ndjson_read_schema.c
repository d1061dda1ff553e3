#include "config.h"

#include "format/ndjson_read_schema.h"

#include <stdlib.h>

#include "format/ndjson.h"

static const struct row_fault no_memory = {"out of memory", 0, true};

struct row_fault ndjson_line_find(struct ndjson_line *line, const struct json *json,
                                  struct arena *arena)
{
    const struct {
        enum ndjson_member member;
        enum json_type type;
        uint32_t *node;
    } table[] = {
        {NDJSON_CATALOG, JSON_STRING, &line->catalog},
        {NDJSON_FACTS, JSON_OBJECT, &line->facts},
        {NDJSON_IDS, JSON_OBJECT, &line->ids},
        {NDJSON_GROUPS, JSON_OBJECT, &line->groups},
        {NDJSON_VECTOR, JSON_ARRAY, &line->vector},
        {NDJSON_SIGNALS, JSON_OBJECT, &line->signals},
        {NDJSON_VALUES, JSON_OBJECT, &line->values},
        {NDJSON_STATES, JSON_OBJECT, &line->states},
    };

    line->id = pointer_member(json, 0, span_text(ndjson_name(NDJSON_ID)), arena);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        uint32_t node = pointer_member(json, 0, span_text(ndjson_name(table[i].member)), arena);
        *table[i].node = node;
        if (node != NODE_NONE && json->nodes[node].type != table[i].type)
            return (struct row_fault){"no member of whorl's output has such a value",
                                      json->nodes[node].start, false};
    }
    return arena->failed ? no_memory : ROW_FINE;
}

bool ndjson_schemas_init(struct ndjson_schemas *schemas, const struct ndjson_read_plan *plan)
{
    struct buf label = BUF_EMPTY;
    bool made = true;

    *schemas = (struct ndjson_schemas){.plan = plan};
    names_init(&schemas->labels, plan->seed, NULL);
    schemas->known = calloc(plan->catalog_count, sizeof *schemas->known);
    for (size_t i = 0; schemas->known && i < plan->catalog_count && made; i++) {
        buf_clear(&label);
        catalog_put_label(&label, plan->catalogs[i]);
        uint32_t number =
            label.failed ? NAMES_NONE : names_add(&schemas->labels, buf_span(&label));
        made = number != NAMES_NONE;
        if (made && !schemas->known[number])
            schemas->known[number] = plan->catalogs[i];
    }
    buf_free(&label);
    return schemas->known && made;
}

void ndjson_schemas_free(struct ndjson_schemas *schemas)
{
    schemas_free(&schemas->schemas);
    names_free(&schemas->labels);
    free(schemas->known);
}

/* Does the object NODE of JSON, or none, have just NAMES, in their order? */
static bool has_names(const struct json *json, uint32_t node, const struct names *names,
                      struct arena *arena)
{
    uint32_t count = node == NODE_NONE ? 0 : json->nodes[node].count;
    uint32_t name = node + 1;

    if (count != names->count)
        return false;
    for (uint32_t i = 0; i < count; i++, name = json->nodes[name + 1].next)
        if (!span_equal(json_string(json, name, arena), names->items[i]))
            return false;
    return true;
}

/* Add the names of the members of NODE, at most MOST. */
static struct row_fault add_names(const struct json *json, uint32_t node, uint32_t most,
                                  struct names *names, struct arena *arena)
{
    uint32_t count = node == NODE_NONE ? 0 : json->nodes[node].count;
    uint32_t name = node + 1;

    if (count > most)
        return (struct row_fault){"more members than output of whorl has",
                                  json->nodes[node].start, false};
    for (uint32_t i = 0; i < count; i++, name = json->nodes[name + 1].next) {
        struct span text = json_string(json, name, arena);
        if (span_failed(text) || names_add(names, text) != i)
            return no_memory;
    }
    return ROW_FINE;
}

static enum schema_source source_of(const struct ndjson_line *line)
{
    if (line->signals != NODE_NONE || line->vector != NODE_NONE)
        return SCHEMA_HASHES;
    if (line->values != NODE_NONE || line->states != NODE_NONE)
        return SCHEMA_VALUES;
    return line->facts != NODE_NONE ? SCHEMA_FACTS : SCHEMA_NOTHING;
}

/* All signals that the catalogue is known to have. */
static bool add_signals(struct schema *schema)
{
    const struct catalog *known = schema->known;

    for (uint32_t i = 0; known && i < known->row_count; i++)
        if ((schema->source != SCHEMA_FACTS || known->rows[i].fact != PLAIN_NONE) &&
            names_add(&schema->signals, catalog_row_name(known, i)) == NAMES_NONE)
            return false;
    return true;
}

static struct row_fault make(struct ndjson_schemas *schemas, const struct ndjson_line *line,
                             const struct json *json, struct arena *arena, struct span label,
                             struct schema **made)
{
    struct schema *schema = schema_new(label, schemas->plan->seed);

    if (!schema)
        return no_memory;
    struct row_fault fault = add_names(json, line->ids, SCHEMA_IDS, &schema->ids, arena);
    if (!fault.what)
        fault = add_names(json, line->groups, SCHEMA_SIGNALS, &schema->groups, arena);
    if (fault.what) {
        schema_free(schema);
        return fault;
    }
    for (uint32_t i = 0; i < schema->ids.count; i++)
        schema->ids_at[i] = 16 * i;
    schema->groups_at = 16 * schema->ids.count;
    schema->signals_at = schema->groups_at + 8 * schema->groups.count;
    schema->source = source_of(line);
    uint32_t number = names_find(&schemas->labels, label);
    schema->known = number == NAMES_NONE ? NULL : schemas->known[number];
    schema->open = !schema->known && schema->source > SCHEMA_HASHES;
    if (schema->source != SCHEMA_NOTHING && !add_signals(schema)) {
        schema_free(schema);
        return no_memory;
    }
    if (!schemas_add(&schemas->schemas, schema))
        return (struct row_fault){"out of memory, or too many kinds of lines", 0, true};
    *made = schema;
    return ROW_FINE;
}

struct row_fault ndjson_schemas_find(struct ndjson_schemas *schemas,
                                     const struct ndjson_line *line, const struct json *json,
                                     struct arena *arena, struct schema **schema)
{
    struct span label = schemas->labels.items[0];
    enum schema_source source = source_of(line);

    if (line->catalog != NODE_NONE)
        label = json_string(json, line->catalog, arena);
    if (span_failed(label))
        return no_memory;
    for (uint32_t i = 0; i < schemas->schemas.count; i++) {
        struct schema *s = schemas->schemas.items[i];
        if (s->source == source && span_equal(s->label, label) &&
            has_names(json, line->ids, &s->ids, arena) &&
            has_names(json, line->groups, &s->groups, arena)) {
            *schema = s;
            return ROW_FINE;
        }
    }
    return make(schemas, line, json, arena, label, schema);
}
