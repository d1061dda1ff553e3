#include "config.h"

#include "format/ndjson_read.h"

#include <stdlib.h>

#include "base/quota.h"
#include "catalog/catalog.h"
#include "format/ndjson_read_schema.h"
#include "format/row_maker.h"
#include "json/nodes.h"
#include "json/open.h"
#include "json/pointer.h"
#include "json/value_read.h"
#include "text/hash.h"
#include "text/jcs.h"

struct ndjson_reader {
    const struct ndjson_read_plan *plan;
    struct ndjson_schemas schemas;
    struct arena arena;
    struct buf id, scratch, members[ROW_MEMBERS];
    struct row_maker maker;
};

/* A line while it is read. */
struct line_reading {
    struct ndjson_reader *reader;
    struct json json;
    struct ndjson_line found;
    struct row *row;
    uint32_t slot; /* where the next name is expected */
};

struct ndjson_reader *ndjson_reader_new(const struct ndjson_read_plan *plan)
{
    struct ndjson_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return NULL;
    *reader = (struct ndjson_reader){.plan = plan, .arena = ARENA_EMPTY};
    if (ndjson_schemas_init(&reader->schemas, plan))
        return reader;
    ndjson_reader_free(reader);
    return NULL;
}

void ndjson_reader_free(struct ndjson_reader *reader)
{
    if (!reader)
        return;
    ndjson_schemas_free(&reader->schemas);
    arena_free(&reader->arena);
    buf_free(&reader->id);
    buf_free(&reader->scratch);
    for (size_t i = 0; i < ROW_MEMBERS; i++)
        buf_free(&reader->members[i]);
    row_maker_free(&reader->maker);
    free(reader);
}

static struct fault at_node(const struct line_reading *l, uint32_t node, const char *what)
{
    /* A string's node begins after its quote. */
    bool string = l->json.nodes[node].type == JSON_STRING;

    return fault_invalid(l->json.nodes[node].start - string, what);
}

/* Is NODE null, or none? The string "null" is neither: json_raw() leaves out its quotes. */
static bool is_nothing(const struct line_reading *l, uint32_t node)
{
    return node == NODE_NONE || (l->json.nodes[node].type == JSON_WORD &&
                                 span_equal(json_raw(&l->json, node), span_text("null")));
}

/* Make OUT the text of the value NODE. False when memory is out. */
static bool make_member_text(struct line_reading *l, uint32_t node, struct buf *out)
{
    struct value value;

    buf_clear(out);
    if (l->json.nodes[node].type == JSON_NUMBER) {
        /* To the last digit, as it was written. */
        buf_put(out, json_raw(&l->json, node));
        return !out->failed;
    }
    if (!value_read_node(&l->json, node, &value, &l->reader->arena))
        return false;
    value_put_jcs(out, &value);
    return !out->failed;
}

/* Read the row's key: its id, or the value that --by points to. */
static struct fault read_row_id(struct line_reading *l)
{
    struct ndjson_reader *r = l->reader;
    uint32_t node = l->found.id;

    if (r->plan->by)
        node = pointer_find(&l->json, 0, r->plan->by, &r->arena);
    else if (node == NODE_NONE)
        return fault_unreadable(l->json.nodes[0].start,
                                "the line has no id: expected output with id in --select");
    if (r->arena.failed)
        return fault_memory(); /* not the fault of a missing id */
    if (is_nothing(l, node))
        return FAULT_NONE;
    if (!r->plan->by && l->json.nodes[node].type != JSON_NUMBER &&
        l->json.nodes[node].type != JSON_STRING)
        return at_node(l, node, "expected a string, a number or null as id");
    if (!make_member_text(l, node, &r->id))
        return fault_memory();
    l->row->has_id = true;
    l->row->id = buf_span(&r->id);
    row_key_put(l->row->key, l->row->id);
    return FAULT_NONE;
}

/* Read the members that the plan asks for. */
static struct fault read_row_members(struct line_reading *l)
{
    struct ndjson_reader *r = l->reader;

    for (size_t i = 0; i < ROW_MEMBERS; i++) {
        if (!r->plan->members[i])
            continue;
        uint32_t node = pointer_find(&l->json, 0, r->plan->members[i], &r->arena);
        if (r->arena.failed)
            return fault_memory();
        if (is_nothing(l, node))
            continue;
        if (!make_member_text(l, node, &r->members[i]))
            return fault_memory();
        struct span text = buf_span(&r->members[i]);
        row_set_member(l->row, i, text, hash64(text));
    }
    return FAULT_NONE;
}

/* 16 plus the value of a hexadecimal digit; 0 for other bytes. It is a table, because comparisons
 * would take most of the time. */
static const unsigned char digits_of[256] = {
    ['0'] = 16, ['1'] = 17, ['2'] = 18, ['3'] = 19, ['4'] = 20, ['5'] = 21,
    ['6'] = 22, ['7'] = 23, ['8'] = 24, ['9'] = 25, ['a'] = 26, ['b'] = 27,
    ['c'] = 28, ['d'] = 29, ['e'] = 30, ['f'] = 31,
};

/* The DIGITS hexadecimal digits of NODE as bytes at OUT, zeros for null. */
static bool read_hash(const struct line_reading *l, uint32_t node, size_t digits,
                      unsigned char *out)
{
    struct span text = json_raw(&l->json, node);
    unsigned all = 16;

    if (l->json.nodes[node].type == JSON_WORD) {
        memset(out, 0, digits / 2);
        return span_equal(text, span_text("null"));
    }
    if (l->json.nodes[node].type != JSON_STRING || text.n != digits)
        return false;
    for (size_t i = 0; i < digits / 2; i++) {
        unsigned high = digits_of[text.p[2 * i]], low = digits_of[text.p[2 * i + 1]];
        all &= high & low;
        out[i] = (unsigned char)(high << 4 | (low & 15));
    }
    return all;
}

/* Like read_hash(), for 16 digits, to the little-endian integer OUT of the image. */
static bool read_hash64(const struct line_reading *l, uint32_t node, unsigned char *out)
{
    unsigned char big[8] = {0};

    if (!read_hash(l, node, 16, big))
        return false;
    for (int i = 0; i < 8; i++)
        out[i] = big[7 - i];
    return true;
}

static const char no_hash[] = "expected a hash of 16 hexadecimal digits, or null";

/* Identities and groups, whose names are those of the schema, in its order. */
static struct fault read_ids_and_groups(struct line_reading *l)
{
    const struct schema *schema = l->row->schema;
    unsigned char *image = l->reader->maker.image.p;
    const struct json_node *nodes = l->json.nodes;
    uint32_t node = l->found.ids == NODE_NONE ? 0 : l->found.ids + 1;

    for (uint32_t i = 0; i < schema->ids.count; i++, node = nodes[node + 1].next)
        if (!read_hash(l, node + 1, 32, image + schema->ids_at[i]))
            return at_node(l, node + 1,
                           "expected an identity of 32 hexadecimal digits, or null");
    node = l->found.groups == NODE_NONE ? 0 : l->found.groups + 1;
    for (uint32_t i = 0; i < schema->groups.count; i++, node = nodes[node + 1].next)
        if (!read_hash64(l, node + 1, image + schema->groups_at + (size_t)8 * i))
            return at_node(l, node + 1, no_hash);
    return FAULT_NONE;
}

static struct fault read_sketch(struct line_reading *l)
{
    const struct schema *schema = l->row->schema;
    unsigned char *at = l->reader->maker.image.p + schema->sketch_at;
    uint32_t node = l->found.sketch + 1;

    for (uint32_t i = 0; i < schema->sketch_words; i++, node = l->json.nodes[node].next)
        if (l->json.nodes[node].type != JSON_STRING || !read_hash64(l, node, at + (size_t)8 * i))
            return at_node(l, node, "expected a word of 16 hexadecimal digits");
    return FAULT_NONE;
}

static struct fault read_vector(struct line_reading *l)
{
    const struct schema *schema = l->row->schema;
    uint32_t vector = l->found.vector, count = l->json.nodes[vector].count, node = vector + 1;

    if (!schema->known) {
        struct fault fault =
            at_node(l, vector,
                    "the catalog is not known, so these hashes have no names: give it with "
                    "--catalog, or use --select=signals");
        fault.status = STATUS_UNREADABLE;
        return fault;
    }
    if (count != schema->known->row_count)
        return at_node(l, vector, "the catalog has another number of signals");
    for (uint32_t i = 0; i < count; i++, node = l->json.nodes[node].next)
        if (!read_hash64(l, node,
                         l->reader->maker.image.p + schema->signals_at + (size_t)8 * i))
            return at_node(l, node, no_hash);
    return FAULT_NONE;
}

/* The slot of the member name NODE; a new name gets a new one. NAMES_NONE when memory is out or
 * there are too many. */
static uint32_t find_slot(struct line_reading *l, uint32_t node)
{
    struct ndjson_reader *r = l->reader;
    struct names *signals = &l->row->schema->signals;
    struct span name = json_string(&l->json, node, &r->arena);

    if (span_failed(name))
        return NAMES_NONE;
    if (l->slot >= signals->count || !span_equal(signals->items[l->slot], name))
        l->slot = names_find(signals, name);
    if (l->slot == NAMES_NONE && signals->count < SCHEMA_SIGNALS)
        l->slot = names_add(signals, name);
    return l->slot == NAMES_NONE ? NAMES_NONE : l->slot++;
}

/* The fault that left the name NODE without a slot. */
static struct fault no_slot_fault(const struct line_reading *l, uint32_t node)
{
    const struct schema *schema = l->row->schema;

    if (l->reader->arena.failed || schema->signals.count < SCHEMA_SIGNALS)
        return quota_fault(schema->quota);
    struct fault fault = at_node(l, node, "more signals than a catalog can have, 65,535");
    fault.status = STATUS_UNREADABLE;
    return fault;
}

static struct fault read_signals(struct line_reading *l)
{
    uint32_t object = l->found.signals, node = object + 1;

    for (uint32_t i = 0; i < l->json.nodes[object].count; i++) {
        uint32_t slot = find_slot(l, node);
        if (slot == NAMES_NONE)
            return no_slot_fault(l, node);
        unsigned char *hash = row_maker_signal(&l->reader->maker, slot);
        if (!hash)
            return fault_memory();
        if (!read_hash64(l, node + 1, hash))
            return at_node(l, node + 1, no_hash);
        node = l->json.nodes[node + 1].next;
    }
    return FAULT_NONE;
}

/* Keep TEXT as that of SLOT, and hash it if SLOT has no hash. */
static bool add_text(struct line_reading *l, uint32_t slot, struct span text)
{
    struct ndjson_reader *r = l->reader;

    if (!row_maker_text(&r->maker, slot, text))
        return false;
    if (l->row->schema->source == SCHEMA_HASHES)
        return true;
    buf_clear(&r->scratch);
    buf_put(&r->scratch, l->row->schema->signals.items[slot]);
    buf_put(&r->scratch, text);
    unsigned char *out = row_maker_signal(&r->maker, slot);
    if (r->scratch.failed || !out)
        return false;
    uint64_t hash = htole64(hash64(buf_span(&r->scratch)));
    memcpy(out, &hash, sizeof hash);
    return true;
}

/* The text of the value NODE, or of a state, which is a string. False when memory is out. */
static bool make_text(struct line_reading *l, uint32_t node, bool state, struct buf *text)
{
    struct value value;

    buf_clear(text);
    if (!value_read_node(&l->json, node, &value, &l->reader->arena))
        return false;
    if (state) {
        buf_put(text, value.text);
    } else {
        buf_putc(text, '=');
        value_put_jcs(text, &value);
    }
    return !text->failed;
}

/* The texts of all members of OBJECT: values, or STATES. */
static struct fault read_texts(struct line_reading *l, uint32_t object, bool states)
{
    const struct json_node *nodes = l->json.nodes;
    struct buf text = BUF_EMPTY;
    struct fault fault = FAULT_NONE;
    uint32_t node = object + 1;

    l->slot = 0;
    for (uint32_t i = 0; i < nodes[object].count && fault.status == STATUS_OK; i++) {
        uint32_t slot = find_slot(l, node), value = node + 1;
        if (slot == NAMES_NONE)
            fault = no_slot_fault(l, node);
        else if (states &&
                 (nodes[value].type != JSON_STRING || nodes[value].start == nodes[value].end))
            fault = at_node(l, value, "expected a state: \"!CLASS\", \"?\" or \"-\"");
        else if (!make_text(l, value, states, &text))
            fault = fault_memory();
        else if (!(states && span_equal(buf_span(&text), span_text("-"))) &&
                 !add_text(l, slot, buf_span(&text)))
            fault = fault_memory();
        node = nodes[value].next;
    }
    buf_free(&text);
    return fault;
}

static struct fault read_all_texts(struct line_reading *l)
{
    struct fault fault = FAULT_NONE;
    bool only_facts = l->row->schema->source == SCHEMA_FACTS;

    if (l->found.values != NODE_NONE)
        fault = read_texts(l, l->found.values, false);
    if (fault.status == STATUS_OK && l->found.states != NODE_NONE)
        fault = read_texts(l, l->found.states, true);
    if (fault.status == STATUS_OK && only_facts)
        fault = read_texts(l, l->found.facts, false);
    return fault;
}

/* The number of signals in the line; a name both in values and in states counts twice. */
static uint32_t count_signals(const struct line_reading *l)
{
    const uint32_t objects[] = {l->found.signals, l->found.vector, l->found.values,
                                l->found.states, l->found.facts};
    uint32_t count = 0;

    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        if (objects[i] != NODE_NONE)
            count += l->json.nodes[objects[i]].count;
    return count;
}

/* Read the members of the parsed line. */
static struct fault read_members(struct line_reading *l)
{
    struct ndjson_reader *r = l->reader;
    struct fault fault = ndjson_line_find(&l->found, &l->json, &r->arena);

    if (fault.status == STATUS_OK)
        fault = read_row_id(l);
    if (fault.status == STATUS_OK)
        fault = read_row_members(l);
    if (fault.status == STATUS_OK)
        fault =
            ndjson_schemas_find(&r->schemas, &l->found, &l->json, &r->arena, &l->row->schema);
    if (fault.status != STATUS_OK)
        return fault;
    /* A vector is dense, because its length was compared with that of the catalog. */
    if (!row_maker_start(&r->maker, l->row->schema,
                         l->found.vector == NODE_NONE ? count_signals(l) : UINT32_MAX))
        return fault_memory();
    fault = read_ids_and_groups(l);
    if (fault.status == STATUS_OK)
        fault = read_sketch(l);
    if (fault.status == STATUS_OK && l->found.signals != NODE_NONE)
        fault = read_signals(l);
    else if (fault.status == STATUS_OK && l->found.vector != NODE_NONE)
        fault = read_vector(l);
    if (fault.status == STATUS_OK)
        fault = read_all_texts(l);
    if (fault.status == STATUS_OK && !row_maker_finish(&r->maker, l->row))
        return fault_memory();
    return fault;
}

struct fault ndjson_read(struct ndjson_reader *reader, struct span line, struct row *row)
{
    struct line_reading l = {.reader = reader, .row = row};
    struct json_document document;

    *row = (struct row){.has_id = false};
    arena_reset(&reader->arena);
    struct fault fault = json_open(&document, line, &reader->plan->limits, JSON_OBJECT_ROOT,
                                   reader->plan->seed, &reader->arena);
    if (fault.status == STATUS_OBJECT)
        fault.offset = 0; /* the line is wrong as a whole */
    if (fault.status != STATUS_OK)
        return fault;
    l.json = document.json;
    return read_members(&l);
}
