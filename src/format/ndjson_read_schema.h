/*
 * ndjson_read_schema: which members a line has, and the schema that its rows have for it.
 */
#ifndef WHORL_FORMAT_NDJSON_READ_SCHEMA_H
#define WHORL_FORMAT_NDJSON_READ_SCHEMA_H

#include "base/buf.h"
#include "format/ndjson_read.h"

struct arena;
struct json;

/* The nodes of the members of a line, each NODE_NONE if it has none. */
struct ndjson_line {
    uint32_t id, catalog, facts, ids, groups, sketch, vector, signals, values, states;
};

/* Find them in JSON, which is an object. ARENA as in pointer_member(). */
struct fault ndjson_line_find(struct ndjson_line *line, const struct json *json,
                                  struct arena *arena) __attribute__((warn_unused_result));

/* A catalog that is known. */
struct ndjson_known {
    const struct catalog *catalog; /* the first one of its label */
    struct names rows;             /* the names of its rows, once facts by it have come */
};

struct ndjson_schemas {
    const struct ndjson_read_plan *plan;
    struct schemas schemas;
    struct names labels;        /* of the plan's catalogs, that of the first one first; */
    struct ndjson_known *known; /* by the same numbers */
    struct buf key;
};

/* False when memory is out; ndjson_schemas_free() must follow in either case. */
bool ndjson_schemas_init(struct ndjson_schemas *schemas, const struct ndjson_read_plan *plan)
    __attribute__((warn_unused_result));
void ndjson_schemas_free(struct ndjson_schemas *schemas);

/* The schema of LINE of JSON: one with the same label, the same names of identities and groups, as
 * many words of a sketch and the same source of signals; made if it does not exist yet. O(n) of these names. */
struct fault ndjson_schemas_find(struct ndjson_schemas *schemas,
                                     const struct ndjson_line *line, const struct json *json,
                                     struct arena *arena, struct schema **schema)
    __attribute__((warn_unused_result));

#endif
