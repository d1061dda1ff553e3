/*
 * stats: the counts of a run.
 */
#ifndef WHORL_FILTER_STATS_H
#define WHORL_FILTER_STATS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "steps/signal.h"

struct catalog;
struct vector;

/* Of one catalog. */
struct stats_catalog {
    const struct catalog *catalog;
    uint64_t found;        /* records that had one of its signals */
    uint64_t stated, differs, incomparable; /* records of which this is true in struct library_id */
    uint64_t uncataloged; /* members that no pointer leads to, as struct extract counts them */
    uint64_t (*rows)[SIGNAL_STATES]; /* for each row, the records in which it is in each state */
    uint64_t repeated, skipped, unread; /* as in struct vector */
};

struct stats {
    uint64_t lines;             /* that are not blank */
    uint64_t records;           /* that were written */
    uint64_t rejects[STATUSES]; /* by what was wrong */
    uint64_t unpaired;          /* records with an unpaired surrogate escape */
    uint64_t bytes;             /* of input, decompressed */
    struct stats_catalog *catalogs;
    size_t catalog_count;
    bool counted; /* a vector was, since this began at 0 */
};

/* Begin at 0 for COUNT catalogs, added one by one. False when memory is out; stats_free()
 * must follow in either case. */
bool stats_init(struct stats *stats, size_t count) __attribute__((warn_unused_result));
bool stats_add_catalog(struct stats *stats, const struct catalog *catalog)
    __attribute__((warn_unused_result));
void stats_free(struct stats *stats);

/* Count the folded vector of one record, of the catalog number I. */
void stats_count(struct stats *stats, size_t i, const struct vector *vector);

/* Add what PART has, of the same catalogs, to WHOLE, and begin PART at 0 again. */
void stats_move(struct stats *whole, struct stats *part);

/* All rejects. */
uint64_t stats_rejects(const struct stats *stats);

/* Append everything as one JSON object and LF, SECONDS the time that it took. How often a private
 * signal was in which state is shown only if REVEAL. */
void stats_put(struct buf *out, const struct stats *stats, double seconds, bool reveal);

#endif
