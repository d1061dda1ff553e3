#include "config.h"

#include "base/quota.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/fault.h"

struct fault quota_fault(const struct quota *quota)
{
    if (!quota || !quota->reached)
        return fault_memory();
    return (struct fault){.status = STATUS_QUOTA, .text = quota->full};
}

bool quota_take(struct quota *quota, size_t size)
{
    if (!quota)
        return true;
    if (quota->used > quota->most || size > quota->most - quota->used) {
        quota->reached = true;
        return false;
    }
    quota->used += size;
    return true;
}

void quota_give(struct quota *quota, size_t size)
{
    if (quota)
        quota->used -= size;
}

void *quota_realloc(struct quota *quota, void *p, size_t old, size_t new)
{
    if (!quota_take(quota, new))
        return NULL;
    void *moved = realloc(p, new);
    quota_give(quota, moved ? old : new);
    return moved;
}

void *quota_calloc(struct quota *quota, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    if (!quota_take(quota, count * size))
        return NULL;
    void *p = calloc(count, size);
    if (!p)
        quota_give(quota, count * size);
    return p;
}

void quota_free(struct quota *quota, void *p, size_t size)
{
    if (p)
        quota_give(quota, size);
    free(p);
}
