/*
 * diff_memory: the shares of --memory for what grows with the input.
 *
 * Records that wait, keys that are remembered and pairs of identities have a share each.
 * Beyond it they go to files. All else stays in memory and is counted against one quota. When
 * that is reached, the comparison ends with a message.
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

/* Bytes of the longest text of rules: it and its rules must fit in the quota. */
size_t diff_memory_text_most(const struct diff_memory *memory);

/* A copy of TEXT, which may be empty, in memory of its own, counted against QUOTA with the
 * overhead of malloc(). SPAN_FAILED if the quota or memory does not allow it. */
struct span diff_memory_copy(struct quota *quota, struct span text)
    __attribute__((warn_unused_result));
void diff_memory_drop(struct quota *quota, struct span copy);

#endif
