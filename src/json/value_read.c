#include "config.h"

#include "json/value_read.h"

#include "base/arena.h"
#include "json/open.h"
#include "json/value.h"
#include "text/number.h"

/* A container whose value is being made. */
struct value_frame {
    uint32_t node; /* the next element's or member's */
    uint32_t left; /* how many are still to come */
    uint32_t count;
    struct value *value;    /* where it goes itself */
    struct value *items;    /* of an array */
    struct member *members; /* of an object */
};

/* Make the value of the scalar NODE. False when memory is out. */
static bool make_scalar_value(const struct json *json, uint32_t node, struct value *value,
                              struct arena *arena)
{
    struct span raw = json_raw(json, node);

    switch (json->nodes[node].type) {
    case JSON_STRING:
        *value = value_text(json_string(json, node, arena));
        return !span_failed(value->text);
    case JSON_NUMBER:
        *value = value_number(number_parse(raw));
        return true;
    default:
        *value = raw.p[0] == 'n' ? value_null() : value_bool(raw.p[0] == 't');
        return true;
    }
}

/* Begin the container NODE, which goes to VALUE. */
static bool begin_container(struct value_frame *frame, const struct json *json, uint32_t node,
                            struct value *value, struct arena *arena)
{
    const struct json_node *from = &json->nodes[node];

    *frame = (struct value_frame){.node = node + 1, .left = from->count, .value = value};
    frame->count = from->count;
    if (from->type == JSON_ARRAY) {
        frame->items = arena_take_array(arena, from->count, sizeof *frame->items);
        return frame->items;
    }
    frame->members = arena_take_array(arena, from->count, sizeof *frame->members);
    return frame->members;
}

/* All parts of the container are there. */
static bool finish_container(const struct value_frame *frame, struct arena *arena)
{
    struct value *value = frame->value;

    if (frame->items) {
        *value = value_array(frame->items, frame->count);
        return true;
    }
    if (frame->count > 1) {
        struct arena_mark mark = arena_mark(arena);
        void *scratch = arena_take_array(arena, frame->count, sizeof *frame->members);
        if (!scratch)
            return false;
        value_sort_members(frame->members, frame->count, scratch);
        arena_back(arena, mark);
    }
    value->type = VALUE_OBJECT;
    value->object = (struct object){frame->members, frame->count};
    return true;
}

/* The place of FRAME's next part, whose node becomes *NODE; an object's gets its name. Null
 * when memory is out. */
static struct value *next_part(struct value_frame *frame, const struct json *json,
                               uint32_t *node, struct arena *arena)
{
    uint32_t at = frame->count - frame->left--;
    struct value *place;

    *node = frame->node;
    if (frame->items) {
        place = &frame->items[at];
    } else {
        struct member *member = &frame->members[at];
        member->name = json_string(json, (*node)++, arena);
        if (span_failed(member->name))
            return NULL;
        place = &member->value;
    }
    frame->node = json->nodes[*node].next;
    return place;
}

bool value_read_node(const struct json *json, uint32_t node, struct value *value,
                     struct arena *arena)
{
    struct value_frame frames[VALUE_DEPTH];
    size_t depth = 0;

    for (;;) {
        if (json_is_container(&json->nodes[node])) {
            if (!begin_container(&frames[depth++], json, node, value, arena))
                return false;
        } else if (!make_scalar_value(json, node, value, arena)) {
            return false;
        }
        while (depth && frames[depth - 1].left == 0)
            if (!finish_container(&frames[--depth], arena))
                return false;
        if (!depth)
            return true;
        value = next_part(&frames[depth - 1], json, &node, arena);
        if (!value)
            return false;
    }
}

/* What to say where STATUS alone would speak of a record; null where it does not. */
static const char *value_fault_text(enum status status)
{
    switch (status) {
    case STATUS_END:
        return "expected the rest of a JSON text";
    case STATUS_DEPTH:
    case STATUS_LENGTH:
    case STATUS_VALUES:
        return "expected a smaller JSON text";
    default:
        return NULL;
    }
}

struct fault value_read(struct value *value, struct span text, struct arena *arena)
{
    const struct limits limits = LIMITS_DEFAULT;

    return value_read_within(value, text, &limits, arena);
}

struct fault value_read_within(struct value *value, struct span text,
                               const struct limits *limits, struct arena *arena)
{
    struct json_document document;

    struct fault fault = json_open(&document, text, limits, JSON_ANY_ROOT, 0, arena);
    if (fault.status == STATUS_OK && !value_read_node(&document.json, 0, value, arena))
        return fault_memory();
    fault.text = value_fault_text(fault.status);
    return fault;
}
