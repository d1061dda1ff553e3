/*
 * passthrough: what output takes from a record unchanged, beside its vector: the id, and the
 * members that the catalog carries; and where the record is from.
 */
#ifndef WHORL_VECTOR_PASSTHROUGH_H
#define WHORL_VECTOR_PASSTHROUGH_H

#include <stdint.h>

#include "base/span.h"

struct arena;
struct buf;
struct catalog;
struct json;

/* Where a record is from. */
struct origin {
    struct span file; /* its name, in UTF-8 (escape_put_utf8()) */
    uint64_t line;    /* of the file, from 1; blank lines count */
};

struct passthrough {
    struct span id; /* as JSON text: a string as JCS, a number as its literal, so that 64-bit */
                    /* ids survive; "null" for none */
    const struct span *members; /* for each of catalog->carries: JSON text, or empty if absent */
    struct origin origin; /* not read from the record: set by who knows it */
};

/* Read the id and carried members of the record JSON by CATALOG into *PASSTHROUGH, in ARENA.
 * SCRATCH is overwritten. FAULT_NONE, STATUS_ID, or STATUS_NO_MEMORY. */
struct fault passthrough_read(struct passthrough *passthrough, const struct catalog *catalog,
                              const struct json *json, struct arena *arena, struct buf *scratch)
    __attribute__((warn_unused_result));

/* The same in single steps. The value NODE as the text of JSON has it, a string with its quotes;
 * empty for NODE_NONE. */
struct span passthrough_text(const struct json *json, uint32_t node);

/* The value NODE as an id, "null" for NODE_NONE. FAULT_NONE, STATUS_ID, or STATUS_NO_MEMORY. */
struct fault passthrough_id(struct span *id, const struct json *json, uint32_t node,
                            struct arena *arena, struct buf *scratch)
    __attribute__((warn_unused_result));

#endif
