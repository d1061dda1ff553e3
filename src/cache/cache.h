/*
 * cache: reads a record by comparison with earlier records. It parses only what is new. It
 * gives exactly what the full path gives, or hands the record over to the full path.
 *
 * An example. The catalog has the signals `a` at /a and `b` at /o/b, and takes the id from
 * /id. The first record is read in full, and becomes a template (template.h):
 *
 *     {"id":7,"a":1,"o":{"b":"x"}}
 *
 * It is cut at its leaves (cut.h), the values 7, 1 and "x". What lies between them are gaps:
 * g0 to g3. The paths of the leaves (path.h) get numbers. The template has the bytes, where
 * the leaves are, and the results: the hash of a=1 and the hash of b="x". The second record is
 *
 *     {"id":8,"a":1,"new":[2],"o":{"b":"xy"}}
 *     ------ ------....................--  --
 *
 * What is marked with - is equal to the template, byte for byte, and is not parsed. What is
 * marked with . is read by an edit:
 *
 *   - `{"id":` is g0. The leaf 7 is another one: the validator reads 8, and the trace
 *     (trace.h) notes it. An id is noted even if it is equal, since it is written as it came.
 *   - `,"a":1` is g1 and the leaf 1. So `a` has the result of the template.
 *   - `,"new":...` is not g2, which is `,"o":{"b":`. No other template has it. So it is an
 *     edit (edit.h): the grammar is read from the start of the gap. The member `new` is one
 *     that the template does not have. Its value [2] is validated and noted. The edit goes on
 *     over `,"o":{"b":` and ends there, because the template has a leaf at /o/b.
 *   - `"x` is equal, but the leaf goes on: the validator reads "xy", and the trace notes it.
 *   - `}}` is g3. Both end here.
 *
 * The resolver (resolver.h) takes the results of the template, and replaces those of the
 * leaves that were noted. 8 is the id. `new` belongs to no signal. For "xy" at /o/b it asks
 * the value cache (value_cache.h); if it is not there, it is parsed, normalized and hashed,
 * and kept for the next record. The result is the vector that the full path would have made.
 * Why it must be the same is proven in compare.h. The template also knows what its own vector is
 * folded to, and the resolver which cells have changed: a group or an identity without such a
 * cell is not folded again (fold.h).
 *
 * Which template: the one that looks most like the record, and if that does not lead to its
 * end, the one that was used last. What becomes a template: a record that was read in full,
 * and a record that differed from its template more than records usually do. Then the next
 * record like it differs less.
 *
 * What @pairs and @json of a catalog replace (reshape.h) is in a leaf, because only arrays and
 * strings are replaced. So a leaf is replaced as a whole when it is read. If a root of a catalog is
 * in one, the record is read in full.
 *
 * Bounds. All memory is one block of a stated size. The paths and the value cache get what the
 * cells of the catalogs are likely to need, at most a quarter and a third of it. The rest is
 * for up to 48 templates, none of a record that is longer than an eighth of it. If one more
 * path is needed than there is room for, everything is forgotten. An attempt ends after
 * TRACE_EDITS names that had to be read. If there is no room left, at most one of CACHE_REST
 * records that were read by comparison becomes a template. Each record that needs the full
 * path is a debt, of which each success pays CACHE_CREDIT. Above CACHE_PATIENCE the cache
 * tries and learns only every CACHE_PAUSE-th record, until one succeeds. So if somebody sends
 * nothing but new records, each costs a few per cent more than the full path alone, and not
 * much more if a record repeats now and then.
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

/* Can records be read by comparison under RULES at all? Not with less memory than
 * CACHE_LEAST, not for more than CELLS_TARGETS catalogs, and not if a root of a catalog is
 * inside a signal, an id or a carried member. */
bool cache_can(const struct cache_rules *rules);

/* An empty cache. Null when memory is out. */
struct cache *cache_new(const struct cache_rules *rules) __attribute__((warn_unused_result));
void cache_free(struct cache *cache);

/* How many records were read by comparison so far. */
uint64_t cache_count(const struct cache *cache);

/* Read RECORD by comparison. True with READINGS, one for each target, as the full path makes
 * them before it folds. They are in ARENA, and in memory that is valid until the next call.
 * False if the record must be read in full; it may be valid or not. SCRATCH is overwritten. */
bool cache_read(struct cache *cache, struct span record, struct reading *readings,
                struct arena *arena, struct buf *scratch) __attribute__((warn_unused_result));

/* Remember the record JSON, which the full path has accepted. COUNTS, MEMBERS and EXTRACTS (one
 * for each target) are what the full path knows of it; READINGS are its results before they are
 * folded. */
void cache_learn(struct cache *cache, const struct json *json, const struct json_counts *counts,
                 const struct members *members, const struct extract *extracts,
                 const struct reading *readings, struct arena *arena, struct buf *scratch);

#endif
