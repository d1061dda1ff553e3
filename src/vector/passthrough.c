#include "config.h"

#include "vector/passthrough.h"

#include "base/arena.h"
#include "catalog/catalog.h"
#include "json/node.h"
#include "json/nodes.h"
#include "json/pointer.h"
#include "json/value_read.h"
struct span passthrough_text(const struct json *json, uint32_t node)
{
    if (node == NODE_NONE)
        return span_of(NULL, 0);
    struct span raw = json_raw(json, node);

    return json->nodes[node].type == JSON_STRING ? span_of(raw.p - 1, raw.n + 2) : raw;
}

struct fault passthrough_id(struct span *id, const struct json *json, uint32_t node,
                            struct arena *arena, struct buf *scratch)
{
    struct value value;

    *id = span_text("null");
    if (node == NODE_NONE || span_equal(passthrough_text(json, node), *id))
        return FAULT_NONE;
    if (json->nodes[node].type == JSON_NUMBER) {
        *id = json_raw(json, node);
        return FAULT_NONE;
    }
    if (json->nodes[node].type != JSON_STRING)
        return fault_at(STATUS_ID, json->nodes[node].start);

    if (!value_read_node(json, node, &value, arena))
        return fault_memory();
    buf_clear(scratch);
    value_put_jcs(scratch, &value);
    unsigned char *copy = arena_take(arena, scratch->n);
    if (!copy || scratch->failed)
        return fault_memory();
    memcpy(copy, scratch->p, scratch->n);
    *id = span_of(copy, scratch->n);
    return FAULT_NONE;
}

struct fault passthrough_read(struct passthrough *passthrough, const struct catalog *catalog,
                              const struct json *json, struct arena *arena, struct buf *scratch)
{
    struct span *members = arena_take_array(arena, catalog->carry_count, sizeof *members);

    if (!members)
        return fault_memory();
    for (uint32_t i = 0; i < catalog->carry_count; i++) {
        uint32_t node = pointer_find_first(json, catalog->carries[i].pointers, arena);
        members[i] = passthrough_text(json, node);
    }
    passthrough->members = members;
    return passthrough_id(&passthrough->id, json, pointer_find_first(json, catalog->ids, arena),
                          arena, scratch);
}
