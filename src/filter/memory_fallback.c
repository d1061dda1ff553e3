#include "config.h"

#include "filter/memory_fallback.h"

struct fault memory_fallback_run(struct pipeline *pipeline, struct span record,
                                 struct buf *const *outs)
{
    struct fault fault = pipeline_run(pipeline, record, outs);

    if (fault.status != STATUS_NO_MEMORY || !pipeline->cache)
        return fault;
    pipeline_drop_cache(pipeline);
    for (size_t i = 0; i < pipeline->plan->output_count; i++)
        outs[i]->failed = false; /* text that did not fit was not appended */
    return pipeline_run(pipeline, record, outs);
}
