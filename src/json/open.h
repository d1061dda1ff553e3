/*
 * open: makes a JSON text from outside safe to read.
 *
 * Every record, line of output, and JSON text in a catalog or header is opened here. The text
 * is validated (validate.h), then its nodes are found (nodes.h), then each object is checked to
 * have each name once (members.h). The order is fixed, so that all report the same fault first.
 */
#ifndef WHORL_JSON_OPEN_H
#define WHORL_JSON_OPEN_H

#include "json/members.h"
#include "json/nodes.h"
#include "json/validate.h"

/* What the text may be. */
enum json_root {
    JSON_ANY_ROOT,
    JSON_OBJECT_ROOT, /* else STATUS_OBJECT, at the first byte of the value */
};

struct json_document {
    struct json json;
    struct json_counts counts; /* what it holds */
    struct members members;    /* the hashes of its names */
};

/* Open TEXT within LIMITS. SEED is the seed of the names' hashes. *DOCUMENT is in ARENA and
 * views TEXT, which is not copied. FAULT_NONE, a fault of TEXT, or STATUS_NO_MEMORY. *DOCUMENT
 * is valid only with FAULT_NONE. */
struct fault json_open(struct json_document *document, struct span text,
                       const struct limits *limits, enum json_root root, uint64_t seed,
                       struct arena *arena) __attribute__((warn_unused_result));

#endif
