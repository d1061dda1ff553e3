/*
 * diff_memory: how --memory is shared among what grows with the input.
 *
 * Records that wait, keys that are remembered and pairs of identities have a share each, beyond
 * which they go to files. All else must stay in memory: it is counted against one quota, and
 * when that is reached the comparison ends with a message.
 */
#ifndef WHORL_DIFF_MEMORY_H
#define WHORL_DIFF_MEMORY_H

#include "base/quota.h"
#include "base/span.h"

struct diff_memory {
    struct quota kept; /* names, catalogs, examples, ids, rules, the order of the report */
    size_t join;       /* bytes for rows and keys, beside SPILL_MEMORY for their file */
    size_t moves;      /* bytes for the pairs of identities */
};

/* What is reported when the quota is reached; constant. */
extern const char diff_memory_full[];

/* Share ALL bytes. */
void diff_memory_share(struct diff_memory *memory, size_t all);

/* How long a text of rules may be: it and what is made of it must have room in the quota. */
size_t diff_memory_text_most(const struct diff_memory *memory);

/* A copy of TEXT, which may be empty, in a piece of memory of its own, counted against QUOTA
 * with what malloc() adds to it. SPAN_FAILED if the quota or memory does not allow it. */
struct span diff_memory_copy(struct quota *quota, struct span text)
    __attribute__((warn_unused_result));
void diff_memory_drop(struct quota *quota, struct span copy);

#endif
