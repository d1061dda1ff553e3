#include "config.h"

#include "json/value_read.h"

#include "json/members.h"
#include "json/nodes.h"
#include "json/validate.h"

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
    struct json_counts counts;
    struct json json;
    struct members members;

    struct fault fault = json_validate(&json, text, limits, &counts, arena);
    if (fault.status == STATUS_OK)
        fault = members_check(&json, 0, arena, &members);
    if (fault.status == STATUS_OK && !json_value(&json, 0, value, arena))
        return fault_memory();
    fault.text = value_fault_text(fault.status);
    return fault;
}
