/*
 * cache: records read by comparison with what was seen before. What looks like something seen
 * before is compared; only what is new is parsed, and then remembered: as templates
 * (template.h, whole records) and in a value cache (value_cache.h, single values). It gives
 * what the full path gives, or nothing.
 *
 * A record is compared with the template that it looks most like, and if that does not lead to
 * its end, with the one used last. It becomes a template itself if it had to be read in full,
 * or if more of it differed than of others of late: then the next one like it differs less.
 *
 * Bounds: all of it is in one piece of memory of a stated size. Of that the paths (path.h) and
 * the value cache get what the cells of the catalogs are likely to need, at most a quarter and
 * a third; the rest is for up to 48 templates, none of a record that is longer than an eighth
 * of it. Where one more path is needed than there is room for, all is forgotten. An attempt
 * ends after TRACE_EDITS members that had to be read. Where there is no more room, at most one
 * of CACHE_REST records that were read by comparison becomes a template. Each record for which
 * the full path was needed is a debt, of which each success pays CACHE_CREDIT; beyond
 * CACHE_PATIENCE only every CACHE_PAUSE-th record is tried, and learned from, until one
 * succeeds. So an adversary who sends only what is new has a record cost a few per cent more,
 * and one who repeats a record now and then not much more than that.
 */
#ifndef WHORL_CACHE_CACHE_H
#define WHORL_CACHE_CACHE_H

#include "base/span.h"
#include "json/validate.h"

struct arena;
struct buf;
struct cells_target;
struct extract;
struct json;
struct json_counts;
struct members;
struct reading;

#define CACHE_PATIENCE 16
#define CACHE_CREDIT   4
#define CACHE_PAUSE    32
#define CACHE_REST     32
#define CACHE_LEAST    ((size_t)1 << 16)

struct cache;

/* What all records have in common. */
struct cache_rules {
    const struct cells_target *targets; /* catalog and texts are set */
    uint32_t target_count;
    struct limits limits;
    bool counted;  /* vector.uncataloged is wanted */
    size_t memory; /* bytes for what is remembered, beside 128 for each cell of the catalogs */
    uint64_t seed; /* of tables that records fill: nobody can guess it */
};

/* Can records be cached under RULES at all? Not with less memory than CACHE_LEAST, not for
 * more than CELLS_TARGETS catalogs, nor where a pointer to a whole signal, an id or a carried
 * member leads to what a root is in. */
bool cache_can(const struct cache_rules *rules);

/* Begin with nothing. Null when memory is out. */
struct cache *cache_new(const struct cache_rules *rules) __attribute__((warn_unused_result));
void cache_free(struct cache *cache);

/* How many records were read by comparison so far. */
uint64_t cache_count(const struct cache *cache);

/* Read RECORD by comparison: true with READINGS, one a target, as the full path would make
 * them, not folded, in ARENA and in memory that is valid until the next call. False if it must
 * be read in full; nothing is known of it then. SCRATCH is overwritten. */
bool cache_read(struct cache *cache, struct span record, struct reading *readings,
                struct arena *arena, struct buf *scratch) __attribute__((warn_unused_result));

/* Remember the record JSON, which the full path has accepted: it holds what COUNTS says,
 * MEMBERS and EXTRACTS, one a target, are its parts, READINGS the result, not folded. */
void cache_learn(struct cache *cache, const struct json *json, const struct json_counts *counts,
                 const struct members *members, const struct extract *extracts,
                 const struct reading *readings, struct arena *arena, struct buf *scratch);

#endif
