/*
 * quota: memory counted against a limit.
 *
 * Whatever grows with the input takes its memory through one quota, so that the sum is bounded
 * and not each part of it. A quota is not thread-safe: each belongs to one thread. Functions
 * that take a pointer to a quota take null as well: then nothing is counted or refused.
 */
#ifndef WHORL_BASE_QUOTA_H
#define WHORL_BASE_QUOTA_H

#include <stdbool.h>
#include <stddef.h>

struct fault;

struct quota {
    size_t used, most; /* bytes */
    bool reached;      /* something was refused because of the limit, not for lack of memory */
    const char *full;  /* what to report then: what took the memory, and what to do */
};

/* Why something that takes memory by QUOTA, which may be null, failed: STATUS_QUOTA or
 * STATUS_NO_MEMORY. */
struct fault quota_fault(const struct quota *quota);

/* Count SIZE bytes more, or refuse: then nothing has changed but `reached`. */
bool quota_take(struct quota *quota, size_t size) __attribute__((warn_unused_result));

/* Count SIZE bytes less. */
void quota_give(struct quota *quota, size_t size);

/* realloc() of P, which has OLD bytes, to NEW, neither 0. While the bytes are copied both
 * pieces exist, and both are counted. Null if the limit or memory does not allow it: P is as it
 * was. */
void *quota_realloc(struct quota *quota, void *p, size_t old, size_t new)
    __attribute__((warn_unused_result));

/* calloc() of COUNT elements of SIZE bytes; null as above. */
void *quota_calloc(struct quota *quota, size_t count, size_t size)
    __attribute__((warn_unused_result));

/* free() of P, which has SIZE bytes or is null. */
void quota_free(struct quota *quota, void *p, size_t size);

#endif
