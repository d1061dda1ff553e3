/*
 * diff_join_parts: what a join has in files, and the keys that are left out.
 */
#ifndef WHORL_DIFF_JOIN_PARTS_H
#define WHORL_DIFF_JOIN_PARTS_H

#include "diff/join.h"
#include "diff/row.h"
#include "stream/spill.h"
#include "text/keys.h"

/* A key that occurs twice on a side. */
struct diff_repeated {
    unsigned char key[ROW_KEY];
    uint32_t rows[2]; /* with it on each side; they stay at UINT32_MAX */
};

struct diff_join {
    struct diff_join_calls calls;
    bool chain;
    size_t memory;
    const char *directory;
    uint64_t seed;
    struct keys waiting[2]; /* at most half of the memory with their rows, */
    size_t bytes;           /* which have so many; */
    struct keys joined;     /* a quarter; */
    struct keys repeated;   /* a quarter */
    struct spill *rows;     /* that waited; null if none is there */
    struct spill *keys;     /* that were joined; null if none is there */
    bool again;             /* a key that was joined came again */
};

/* Put ROW into the files. 0, or errno, here and below. */
int diff_join_parts_put_row(struct diff_join *join, const struct diff_row *row)
    __attribute__((warn_unused_result));

/* Put there all keys that were joined, and forget them. */
int diff_join_parts_put_keys(struct diff_join *join) __attribute__((warn_unused_result));

/* ROW of SIDE is one of KEY, which is repeated. E2BIG if that are too many keys. */
int diff_join_parts_leave_out(struct diff_join *join, unsigned side, const unsigned char *key,
                              const struct row *row) __attribute__((warn_unused_result));

/* Join what is in the files. */
int diff_join_parts_finish(struct diff_join *join) __attribute__((warn_unused_result));

#endif
