#include "config.h"

#include "run/pipeline.h"

#include "record/extract.h"
#include "record/fold.h"
#include "record/json.h"
#include "record/members.h"
#include "record/vector.h"

void pipeline_init(struct pipeline *pipeline, const struct plan *plan)
{
    *pipeline = (struct pipeline){plan, ARENA_EMPTY, BUF_EMPTY};
}

void pipeline_free(struct pipeline *pipeline)
{
    arena_free(&pipeline->arena);
    buf_free(&pipeline->scratch);
}

static struct fault no_memory(void)
{
    return (struct fault){STATUS_NO_MEMORY, 0};
}

/* The bytes of NODE as JSON text: a string with its quotes. */
static struct span json_text(const struct json *json, uint32_t node)
{
    struct span raw = json_raw(json, node);

    return json->nodes[node].type == JSON_STRING ? span_of(raw.p - 1, raw.n + 2) : raw;
}

/* The record's id as JSON text: a string as JCS, a number as its literal, so that 64-bit ids
 * survive; "null" where there is none. */
static struct fault read_id(struct pipeline *p, const struct catalog *catalog,
                            const struct json *json, struct span *id)
{
    uint32_t node =
        catalog->has_id ? pointer_find(json, 0, &catalog->id, &p->arena) : NODE_NONE;

    *id = span_text("null");
    if (node == NODE_NONE || span_equal(json_text(json, node), *id))
        return FAULT_NONE;
    if (json->nodes[node].type == JSON_NUMBER) {
        *id = json_raw(json, node);
        return FAULT_NONE;
    }
    if (json->nodes[node].type != JSON_STRING)
        return (struct fault){STATUS_ID, json->nodes[node].start};

    struct value value;
    if (!json_value(json, node, &value, &p->arena))
        return no_memory();
    buf_clear(&p->scratch);
    value_put_jcs(&p->scratch, &value);
    unsigned char *copy = arena_take(&p->arena, p->scratch.n);
    if (!copy || p->scratch.failed)
        return no_memory();
    memcpy(copy, p->scratch.p, p->scratch.n);
    *id = span_of(copy, p->scratch.n);
    return FAULT_NONE;
}

/* The members that the catalogue carries, as they stand in the record. */
static struct span *read_carries(struct pipeline *p, const struct catalog *catalog,
                                 const struct json *json)
{
    struct span *carry = arena_take_array(&p->arena, catalog->carry_count, sizeof *carry);

    for (uint32_t i = 0; carry && i < catalog->carry_count; i++) {
        uint32_t node = pointer_find(json, 0, &catalog->carries[i].pointer, &p->arena);
        carry[i] = node == NODE_NONE ? span_of(NULL, 0) : json_text(json, node);
    }
    return carry;
}

/* Write what EXTRACT found under one catalogue. */
static struct fault write_vector(struct pipeline *p, const struct catalog *catalog,
                                 const struct json *json, const struct extract *extract,
                                 struct buf *out)
{
    unsigned members = p->plan->members;
    struct ndjson_record record;
    struct vector vector;

    struct fault fault = read_id(p, catalog, json, &record.id);
    if (fault.status != STATUS_OK)
        return fault;
    record.carry = read_carries(p, catalog, json);
    if (!record.carry || !vector_begin(&vector, catalog, &p->arena) ||
        !vector_normalize(&vector, json, extract, ndjson_texts(members), &p->arena,
                          &p->scratch) ||
        !fold_vector(&vector, extract->excludes, &p->arena, &p->scratch))
        return no_memory();
    ndjson_put(out, &record, &vector, members, p->plan->reveal);
    return FAULT_NONE;
}

/* Find the signals of every catalogue, then write every catalogue's vector. */
static struct fault write_vectors(struct pipeline *p, const struct json *json,
                                  const struct members *members, struct buf *out)
{
    const struct plan *plan = p->plan;
    struct extract *extracts =
        arena_take_array(&p->arena, plan->catalog_count, sizeof *extracts);
    uint32_t found = 0;

    if (!extracts)
        return no_memory();
    for (size_t i = 0; i < plan->catalog_count; i++) {
        if (!extract_signals(&extracts[i], &plan->catalogs[i], json, members, &p->arena))
            return no_memory();
        found += extracts[i].found;
    }
    /* Another collector's records must not become empty vectors. */
    if (!found)
        return (struct fault){STATUS_SIGNALS, 0};
    for (size_t i = 0; i < plan->catalog_count; i++) {
        struct fault fault = write_vector(p, &plan->catalogs[i], json, &extracts[i], out);
        if (fault.status != STATUS_OK)
            return fault;
    }
    return FAULT_NONE;
}

/* The stages, in order. Each needs what the one before has made sure of. */
static struct fault run(struct pipeline *p, struct span record, struct buf *out)
{
    struct census census;
    struct json json;
    struct members members;

    struct fault fault = validate(record, &p->plan->limits, &census);
    if (fault.status != STATUS_OK)
        return fault;
    if (json_parse(&json, record, &census, &p->arena) != STATUS_OK)
        return no_memory();
    if (json.nodes[0].type != JSON_OBJECT)
        return (struct fault){STATUS_OBJECT, 0};
    fault = members_check(&json, p->plan->seed, &p->arena, &members);
    if (fault.status != STATUS_OK)
        return fault;
    return write_vectors(p, &json, &members, out);
}

struct fault pipeline_run(struct pipeline *pipeline, struct span record, struct buf *out)
{
    size_t before = out->n;

    arena_reset(&pipeline->arena);
    struct fault fault = run(pipeline, record, out);
    if (out->failed || pipeline->arena.failed)
        fault = no_memory();
    if (fault.status != STATUS_OK)
        out->n = before;
    return fault;
}
