/*
 * memory_fallback: a record for which memory is out is tried once more without the cache.
 *
 * The cache only saves time, so the record matters more: the cache's memory is freed for it.
 */
#ifndef WHORL_FILTER_MEMORY_FALLBACK_H
#define WHORL_FILTER_MEMORY_FALLBACK_H

#include "filter/pipeline.h"

/* As pipeline_run(). If memory is out and PIPELINE has a cache, free the cache, for good, and run
 * RECORD again. */
struct fault memory_fallback_run(struct pipeline *pipeline, struct span record,
                                 struct buf *const *outs) __attribute__((warn_unused_result));

#endif
