#include "config.h"

#include "steps/normalize.h"

#include "base/buf.h"
#include "steps/step.h"

void normalize_put(struct buf *out, const struct normalizer *pipeline)
{
    for (size_t i = 0; i < pipeline->count; i++) {
        const struct call *call = &pipeline->calls[i];
        if (i)
            buf_putc(out, ' ');
        buf_puts(out, call->step->name);
        if (!call->count && !call->inner.count)
            continue;
        buf_putc(out, '(');
        normalize_put(out, &call->inner);
        for (size_t k = 0; k < call->count; k++) {
            if (k)
                buf_putc(out, ',');
            buf_put(out, call->arguments[k].text);
        }
        buf_putc(out, ')');
    }
}

bool normalize_reads(const struct normalizer *pipeline, const struct table *table)
{
    for (size_t i = 0; i < pipeline->count; i++)
        if (pipeline->calls[i].step->table == table ||
            normalize_reads(&pipeline->calls[i].inner, table))
            return true;
    return false;
}

bool normalize_call(const struct call *call, struct signal *signal, struct arena *arena)
{
    unsigned kind = signal->state == SIGNAL_VALUE ? TAKES(signal->value.type) : TAKES_STATES;

    return !(call->step->takes & kind) || call->step->apply(call, signal, arena);
}

bool normalize_apply(const struct normalizer *pipeline, struct signal *signal,
                     struct arena *arena)
{
    for (size_t i = 0; i < pipeline->count; i++)
        if (!normalize_call(&pipeline->calls[i], signal, arena))
            return false;
    return true;
}
