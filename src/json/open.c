#include "config.h"

#include "json/open.h"

struct fault json_open(struct json_document *document, struct span text,
                       const struct limits *limits, enum json_root root, uint64_t seed,
                       struct arena *arena)
{
    struct json *json = &document->json;
    struct fault fault = json_validate(json, text, limits, &document->counts, arena);

    if (fault.status != STATUS_OK)
        return fault;
    const struct json_node *first = &json->nodes[0];
    if (root == JSON_OBJECT_ROOT && first->type != JSON_OBJECT) /* a string: its quote */
        return fault_at(STATUS_OBJECT, first->start - (first->type == JSON_STRING));
    return members_check(json, seed, arena, &document->members);
}
