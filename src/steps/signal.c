#include "config.h"

#include "steps/signal.h"

#include "base/ascii.h"
#include "base/buf.h"

#define CLASS_MAX 64 /* bytes */

struct span signal_class(struct span message)
{
    size_t n = 0;

    while (n < message.n) {
        unsigned char c = message.p[n];
        if (!(ascii_is_letter(c) || c == '_' || (n > 0 && ascii_is_digit(c))))
            break;
        n++;
    }
    if (n > CLASS_MAX || (n < message.n && message.p[n] != ':'))
        n = 0;
    return span_of(message.p, n);
}

bool signal_is_class(struct span text)
{
    return text.n > 0 && signal_class(text).n == text.n;
}

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
    case SIGNAL_TRANSIENT:
        buf_putc(out, '!');
        buf_put(out, signal->class);
        break;
    case SIGNAL_VALUE:
        buf_putc(out, '=');
        value_put_jcs(out, &signal->value);
        break;
    }
}
