#include "config.h"

#include "format/ndjson_read_schema.h"

#include "base/quota.h"
#include "catalog/catalog.h"
#include "format/ndjson.h"
#include "json/node.h"
#include "json/nodes.h"
#include "json/pointer.h"

struct fault ndjson_line_find(struct ndjson_line *line, const struct json *json,
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
        {NDJSON_SKETCH, JSON_ARRAY, &line->sketch},
        {NDJSON_VECTOR, JSON_ARRAY, &line->vector},
        {NDJSON_SIGNALS, JSON_OBJECT, &line->signals},
        {NDJSON_VALUES, JSON_OBJECT, &line->values},
        {NDJSON_STATES, JSON_OBJECT, &line->states},
    };

    line->id = pointer_member(json, 0, span_text(ndjson_name(NDJSON_ID)), arena);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        uint32_t node = pointer_member(json, 0, span_text(ndjson_name(table[i].member)), arena);
        *table[i].node = node;
        if (node == NODE_NONE)
            continue;
        if (json->nodes[node].type != table[i].type ||
            (table[i].member == NDJSON_SKETCH && json->nodes[node].count > SCHEMA_SKETCH))
            return fault_invalid(json->nodes[node].start,
                                 "no member of whorl's output has such a value");
    }
    return arena->failed ? fault_memory() : FAULT_NONE;
}

bool ndjson_schemas_init(struct ndjson_schemas *schemas, const struct ndjson_read_plan *plan)
{
    struct buf label = BUF_EMPTY;
    bool made = true;

    *schemas = (struct ndjson_schemas){.plan = plan, .key = BUF_EMPTY};
    schemas_init(&schemas->schemas, plan->seed, plan->quota);
    names_init(&schemas->labels, plan->seed, plan->quota);
    schemas->known = quota_calloc(plan->quota, plan->catalog_count, sizeof *schemas->known);
    for (size_t i = 0; schemas->known && i < plan->catalog_count && made; i++) {
        buf_clear(&label);
        catalog_put_label(&label, plan->catalogs[i]);
        uint32_t number =
            label.failed ? NAMES_NONE : names_add(&schemas->labels, buf_span(&label));
        made = number != NAMES_NONE;
        if (!made || schemas->known[number].catalog)
            continue;
        schemas->known[number].catalog = plan->catalogs[i];
        names_init(&schemas->known[number].rows, plan->seed, plan->quota);
    }
    buf_free(&label);
    return schemas->known && made;
}

void ndjson_schemas_free(struct ndjson_schemas *schemas)
{
    const struct ndjson_read_plan *plan = schemas->plan;

    for (uint32_t i = 0; schemas->known && i < schemas->labels.count; i++)
        if (schemas->known[i].catalog)
            names_free(&schemas->known[i].rows);
    quota_free(plan->quota, schemas->known, plan->catalog_count * sizeof *schemas->known);
    schemas_free(&schemas->schemas);
    names_free(&schemas->labels);
    buf_free(&schemas->key);
}

static enum schema_source signal_source(const struct ndjson_line *line)
{
    if (line->signals != NODE_NONE || line->vector != NODE_NONE)
        return SCHEMA_HASHES;
    if (line->values != NODE_NONE || line->states != NODE_NONE)
        return SCHEMA_VALUES;
    return line->facts != NODE_NONE ? SCHEMA_FACTS : SCHEMA_NOTHING;
}

/* How many words the sketch of LINE has. */
static uint32_t count_words(const struct ndjson_line *line, const struct json *json)
{
    return line->sketch == NODE_NONE ? 0 : json->nodes[line->sketch].count;
}

/* Append the names of the members of the object NODE; nothing for NODE_NONE. False when memory is
 * out. */
static bool put_member_names(struct buf *out, const struct json *json, uint32_t node,
                      struct arena *arena)
{
    uint32_t count = node == NODE_NONE ? 0 : json->nodes[node].count, name = node + 1;

    buf_put(out, span_of(&count, sizeof count));
    for (uint32_t i = 0; i < count; i++, name = json->nodes[name + 1].next) {
        struct span text = json_string(json, name, arena);
        if (span_failed(text))
            return false;
        schema_put_text(out, text);
    }
    return !out->failed;
}

/* Make the key that only lines of one schema have. */
static bool make_line_key(struct buf *key, const struct ndjson_line *line,
                          const struct json *json, struct arena *arena, struct span label)
{
    buf_clear(key);
    buf_putc(key, (unsigned char)signal_source(line));
    buf_putc(key, (unsigned char)count_words(line, json));
    schema_put_text(key, label);
    return put_member_names(key, json, line->ids, arena) &&
           put_member_names(key, json, line->groups, arena);
}

/* Add the names of the members of NODE, at most MOST. */
static struct fault add_member_names(const struct json *json, uint32_t node, uint32_t most,
                                  struct names *names, struct arena *arena)
{
    uint32_t count = node == NODE_NONE ? 0 : json->nodes[node].count;
    uint32_t name = node + 1;

    if (count > most)
        return fault_invalid(json->nodes[node].start,
                             "more members than output of whorl has");
    for (uint32_t i = 0; i < count; i++, name = json->nodes[name + 1].next) {
        struct span text = json_string(json, name, arena);
        uint32_t number = span_failed(text) ? NAMES_NONE : names_add(names, text);
        if (number == NAMES_NONE)
            return quota_fault(names->arena.quota);
        if (number != i) /* only with unpaired surrogates, as members_check() has been here */
            return fault_invalid(json->nodes[name].start - 1,
                                 "this name reads as one before it");
    }
    return FAULT_NONE;
}

/* The names of all rows of a catalog: of those with facts only, if FACTS. False when memory is
 * out. */
static bool add_row_names(struct names *names, const struct catalog *catalog, bool facts)
{
    for (uint32_t i = 0; i < catalog->row_count; i++)
        if ((!facts || catalog->rows[i].fact != PLAIN_NONE) &&
            names_add(names, catalog_row_name(catalog, i)) == NAMES_NONE)
            return false;
    return true;
}

/* Set in SCHEMA what is known about its catalog. False when memory is out. */
static bool add_known_catalog(struct ndjson_schemas *schemas, struct schema *schema)
{
    uint32_t number = names_find(&schemas->labels, schema->label);
    struct ndjson_known *known = number == NAMES_NONE ? NULL : &schemas->known[number];

    schema->open = !known && schema->source > SCHEMA_HASHES;
    if (!known)
        return true;
    schema->known = known->catalog;
    if (schema->source == SCHEMA_FACTS) {
        schema->rows = &known->rows;
        if (!known->rows.count && !add_row_names(&known->rows, known->catalog, false))
            return false;
    }
    return schema->source == SCHEMA_NOTHING ||
           add_row_names(&schema->signals, known->catalog, schema->source == SCHEMA_FACTS);
}

/* Make the schema of LINE, whose key has been made. */
static struct fault make_line_schema(struct ndjson_schemas *schemas,
                                     const struct ndjson_line *line, const struct json *json,
                                     struct arena *arena, struct span label,
                                     struct schema **made)
{
    struct quota *quota = schemas->plan->quota;
    struct schema *schema = schema_new(label, schemas->plan->seed, quota);

    if (!schema)
        return quota_fault(quota);
    struct fault fault = add_member_names(json, line->ids, SCHEMA_IDS, &schema->ids, arena);
    if (fault.status == STATUS_OK)
        fault = add_member_names(json, line->groups, SCHEMA_SIGNALS, &schema->groups, arena);
    for (uint32_t i = 0; i < schema->ids.count; i++)
        schema->ids_at[i] = 16 * i;
    schema->groups_at = 16 * schema->ids.count;
    schema->sketch_at = schema->groups_at + 8 * schema->groups.count;
    schema->sketch_words = count_words(line, json);
    schema->signals_at = schema->sketch_at + 8 * schema->sketch_words;
    schema->source = signal_source(line);
    if (fault.status == STATUS_OK && !add_known_catalog(schemas, schema))
        fault = quota_fault(quota);
    if (fault.status != STATUS_OK) {
        schema_free(schema);
        return fault;
    }
    *made = schema;
    return schemas_add(&schemas->schemas, buf_span(&schemas->key), schema);
}

struct fault ndjson_schemas_find(struct ndjson_schemas *schemas,
                                     const struct ndjson_line *line, const struct json *json,
                                     struct arena *arena, struct schema **schema)
{
    struct span label = schemas->labels.items[0];

    if (line->catalog != NODE_NONE)
        label = json_string(json, line->catalog, arena);
    if (span_failed(label) || !make_line_key(&schemas->key, line, json, arena, label))
        return fault_memory();
    *schema = schemas_find(&schemas->schemas, buf_span(&schemas->key));
    return *schema ? FAULT_NONE : make_line_schema(schemas, line, json, arena, label, schema);
}
