/*
 * ndjson_read: the lines that ndjson.h writes, read back; also after a tool such as jq has
 * written them anew.
 *
 * A hash is taken as it stands. Where a line has no hashes but values and states, or else
 * facts, a signal's hash is made of them: it is that of its canonical text.
 */
#ifndef WHORL_FORMAT_NDJSON_READ_H
#define WHORL_FORMAT_NDJSON_READ_H

#include "format/row.h"
#include "json/validate.h"

struct pointer;

/* What a reader needs to know; all of it stays with whoever made it. */
struct ndjson_read_plan {
    /* Catalogs for lines that have hashes without names, and to know what is private; the
     * first is that of lines that do not name theirs. At least one. */
    const struct catalog *const *catalogs;
    size_t catalog_count;
    const struct pointer *by; /* rows are known by the value there, not by `id`; or null */
    struct limits limits;
    uint64_t seed;       /* as in names_init(), and */
    struct quota *quota; /* what is kept of all rows is counted against; may be null */
};

struct ndjson_reader;

/* Null when memory is out. */
struct ndjson_reader *ndjson_reader_new(const struct ndjson_read_plan *plan)
    __attribute__((warn_unused_result));
void ndjson_reader_free(struct ndjson_reader *reader);

/* Read LINE, a text without its end, into *ROW, which stays until the next call, but for what
 * it has of LINE. FAULT_NONE, or what is wrong. */
struct fault ndjson_read(struct ndjson_reader *reader, struct span line, struct row *row)
    __attribute__((warn_unused_result));

#endif
