/*
 * signals: shared by the tests of extract, vector and fold: a catalog and a record, from text.
 */
#ifndef WHORL_TESTS_SIGNALS_H
#define WHORL_TESTS_SIGNALS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "json/nodes.h"
#include "json/validate.h"
#include "text/hash.h"
#include "unit.h"

static struct arena signals_arena;
static struct catalog signals_catalog;
static struct json signals_json;

/* Drop the state of the test before, and compile TEXT. */
static inline void signals_compile(const char *text)
{
    arena_reset(&signals_arena);
    CHECK(compile_catalog(&signals_catalog, span_text(text), &signals_arena).status ==
          STATUS_OK);
}

static inline void signals_read(const char *text)
{
    struct limits limits = LIMITS_DEFAULT;
    struct json_counts counts;

    CHECK(json_validate(&signals_json, span_text(text), &limits, &counts, &signals_arena)
              .status == STATUS_OK);
}

/* Is HASH the digits TEXT, as xxhsum prints them? */
static inline void signals_check64(const char *file, int line, uint64_t hash, const char *text)
{
    unsigned char room[16];
    struct buf out = buf_within(room, sizeof room);

    hash_put64(&out, hash);
    unit_text(file, line, buf_span(&out), span_text(text));
}

static inline void signals_check128(const char *file, int line, struct hash128 hash,
                                    const char *text)
{
    unsigned char room[32];
    struct buf out = buf_within(room, sizeof room);

    hash_put128(&out, hash);
    unit_text(file, line, buf_span(&out), span_text(text));
}

#define CHECK_HASH64(hash, text)  signals_check64(__FILE__, __LINE__, hash, text)
#define CHECK_HASH128(hash, text) signals_check128(__FILE__, __LINE__, hash, text)

#endif
