/*
 * explain: how single signals of a record become hashes: what --explain writes in place of vectors
 * (whorl(1), EXPLAINING A HASH).
 *
 * Of each signal: the pointer that found it, the value as the record has it, the value after each
 * step, the state, the hash, and the group and identities that the hash is folded into.
 */
#ifndef WHORL_FORMAT_EXPLAIN_H
#define WHORL_FORMAT_EXPLAIN_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct buf;
struct catalog;
struct extract;
struct json;
struct reading;

#define EXPLAIN_SHOWN 200 /* bytes of a value that text shows */

/* What is written of the records under one catalog. */
struct explain {
    const struct catalog *catalog;
    bool text;      /* aligned, for people; else NDJSON */
    uint32_t *rows; /* the numbers of the rows, in order */
    uint32_t row_count;
    uint32_t *ends; /* for each pointer of the catalog the node of the trie where it ends */
};

/* Begin without rows; there is room for all of CATALOG. False when memory is out; explain_free()
 * must follow in either case. */
bool explain_init(struct explain *explain, const struct catalog *catalog)
    __attribute__((warn_unused_result));
void explain_free(struct explain *explain);

/* Append what is wanted of the record JSON, in which EXTRACT has found the signals, and of which
 * READING is the result, folded: a JSON object and LF for each signal, or as text a block of lines
 * and an empty line. SCRATCH is overwritten. False when memory is out. */
bool explain_put(const struct explain *explain, struct buf *out, const struct json *json,
                 const struct extract *extract, const struct reading *reading,
                 struct arena *arena, struct buf *scratch) __attribute__((warn_unused_result));

#endif
