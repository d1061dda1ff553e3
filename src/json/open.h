/*
 * open: a JSON text of which nothing is known yet, made safe to read.
 *
 * This is the one way in for a record, a line of output, and the JSON in a catalog or header:
 * the text is validated (validate.h), its nodes are found (nodes.h), and each object has each
 * name once (members.h). In this order, so that the first fault is the same for all.
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

/* Open TEXT within LIMITS; SEED is that of the names' hashes. *DOCUMENT is in ARENA and looks at
 * TEXT, which is not copied. FAULT_NONE, a fault of TEXT, or STATUS_NO_MEMORY; then *DOCUMENT
 * is not to be used. */
struct fault json_open(struct json_document *document, struct span text,
                       const struct limits *limits, enum json_root root, uint64_t seed,
                       struct arena *arena) __attribute__((warn_unused_result));

#endif
