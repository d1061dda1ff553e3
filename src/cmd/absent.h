/*
 * absent: the warnings about signals of a catalog from a file that no record has: mostly a pointer
 * in the catalog is misspelled. Rows that are copied from a built-in catalog are left out.
 */
#ifndef WHORL_CMD_ABSENT_H
#define WHORL_CMD_ABSENT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct catalogs;
struct diag;
struct neighbors;
struct options;
struct pipeline;

#define ABSENT_SHOWN   20 /* signals of a catalog that have a warning of their own */
#define ABSENT_RECORDS 16 /* the first ones, whose members are compared with the pointers */

struct absent {
    const struct options *options;
    const struct catalogs *catalogs;
    bool *watched;                /* for each catalog: it is a file; null if none is */
    uint32_t **counts;            /* for each row the workers that have not found it; null for a */
                                  /* catalog that is not watched */
    struct neighbors *neighbors;  /* likewise for each catalog */
    uint32_t workers;             /* that have read a record */
    uint32_t records;             /* that were looked at */
    pthread_mutex_t lock;         /* of counts and workers */
};

/* Watch those of CATALOGS that OPTIONS name as files; but with --explain none. SEED is that of
 * tables that records fill. False after a message. absent_close() must follow in either case. */
bool absent_open(struct absent *absent, const struct options *options,
                 const struct catalogs *catalogs, uint64_t seed, struct diag *diag)
    __attribute__((warn_unused_result));
void absent_close(struct absent *absent);

/* Add what WORKER, which has done its work, has not found. Any number of threads may call this. */
void absent_add(struct absent *absent, const struct pipeline *worker);

/* Is the next record still to be looked at? */
static inline bool absent_looks(const struct absent *absent)
{
    return absent->watched && absent->records < ABSENT_RECORDS;
}

/* Look at RECORD, the next one of the input. */
void absent_look(struct absent *absent, struct span record);

/* Write the warnings, of which no exit status depends. */
void absent_report(const struct absent *absent);

#endif
