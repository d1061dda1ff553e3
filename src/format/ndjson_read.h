/*
 * ndjson_read: reads the lines that ndjson.h writes, also after a tool such as jq has rewritten
 * them.
 *
 * A hash is taken as it is written. If a line has no hashes but values and states, or facts, each
 * signal's hash is made from them: the hash of its canonical text.
 */
#ifndef WHORL_FORMAT_NDJSON_READ_H
#define WHORL_FORMAT_NDJSON_READ_H

#include "format/row.h"
#include "json/validate.h"

struct pointer;

/* What a reader needs to know. The caller keeps ownership of all of it. */
struct ndjson_read_plan {
    /* Catalogs, at least one: for lines that have hashes without names, and to know what is
     * private. The first is for lines that do not name their catalog. */
    const struct catalog *const *catalogs;
    size_t catalog_count;
    const struct pointer *by; /* the row's key is the value there, not `id`; or null */
    /* The row's members are the values there; null for none. */
    const struct pointer *members[ROW_MEMBERS];
    struct limits limits;
    uint64_t seed;       /* as in names_init(), and */
    struct quota *quota; /* what is kept of rows counts against it; may be null */
};

struct ndjson_reader;

/* Make a reader; null when memory is out. */
struct ndjson_reader *ndjson_reader_new(const struct ndjson_read_plan *plan)
    __attribute__((warn_unused_result));
void ndjson_reader_free(struct ndjson_reader *reader);

/* Read LINE, without its LF, into *ROW, which is valid until the next call and as long as LINE is.
 * FAULT_NONE, or what is wrong. */
struct fault ndjson_read(struct ndjson_reader *reader, struct span line, struct row *row)
    __attribute__((warn_unused_result));

#endif
