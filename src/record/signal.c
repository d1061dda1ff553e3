#include "config.h"

#include "record/signal.h"

void signal_put(struct buf *out, const struct signal *signal)
{
    switch (signal->state) {
    case SIGNAL_MISSING:
    case SIGNAL_EXCLUDED:
        break;
    case SIGNAL_UNDEFINED:
        buf_putc(out, '?');
        break;
    case SIGNAL_ERROR:
        buf_putc(out, '!');
        buf_put(out, signal->class);
        break;
    case SIGNAL_VALUE:
        buf_putc(out, '=');
        value_put_jcs(out, &signal->value);
        break;
    }
}
