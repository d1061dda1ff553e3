/*
 * diff_join_file: the part of a join that is in its file, and the keys that are left out.
 */
#ifndef WHORL_DIFF_JOIN_FILE_H
#define WHORL_DIFF_JOIN_FILE_H

#include "diff/join.h"
#include "diff/row.h"
#include "stream/spill.h"
#include "text/keys.h"

/* A key that occurs twice on a side. */
struct diff_repeated {
    unsigned char key[DIFF_KEY];
    uint32_t rows[2]; /* how many rows of each side have it, at most UINT32_MAX */
};

struct diff_join {
    struct diff_join_calls calls;
    bool chain;
    size_t memory;
    const char *directory;
    uint64_t seed;
    struct quota *quota;
    struct keys waiting[2]; /* with their rows at most 5/8 of the memory */
    size_t bytes;           /* that these rows take */
    struct keys joined;     /* at most 3/8 of the memory */
    struct keys repeated;   /* counted against the quota */
    size_t counted;         /* bytes of these */
    struct spill *spill;    /* rows that waited and keys that were joined; or null */
    bool again;             /* a key that was joined came again */
};

/* Put ROW into the file. The faults, here and below, are those of diff_join_add(). */
struct fault diff_join_file_put_row(struct diff_join *join, const struct diff_row *row)
    __attribute__((warn_unused_result));

/* Move all keys that were joined to the file. */
struct fault diff_join_file_put_keys(struct diff_join *join)
    __attribute__((warn_unused_result));

/* Leave out ROW of SIDE, whose KEY is repeated. */
struct fault diff_join_file_leave_out(struct diff_join *join, unsigned side,
                                      const unsigned char *key, const struct row *row)
    __attribute__((warn_unused_result));

/* Join what is in the file. */
struct fault diff_join_file_finish(struct diff_join *join) __attribute__((warn_unused_result));

#endif
