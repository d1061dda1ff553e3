#include "config.h"

#include "survey/decimal.h"

#include "base/buf.h"
#include "base/wide.h"

#define HUNDREDTHS 10000 /* of a percent, in a whole */

void decimal_put_thousandths(struct buf *out, uint64_t thousandths)
{
    unsigned rest = (unsigned)(thousandths % 1000);

    buf_put_uint(out, thousandths / 1000);
    buf_putc(out, '.');
    buf_putc(out, (unsigned char)('0' + rest / 100));
    buf_putc(out, (unsigned char)('0' + rest / 10 % 10));
    buf_putc(out, (unsigned char)('0' + rest % 10));
}

void decimal_put_percent(struct buf *out, uint64_t part, uint64_t whole)
{
    uint64_t share =
        whole ? wide_quotient(wide_sum(wide_product(part, 2 * HUNDREDTHS), (struct wide){0, whole}),
                              2 * whole)
              : 0;

    buf_put_uint(out, share / 100);
    buf_putc(out, '.');
    buf_putc(out, (unsigned char)('0' + share / 10 % 10));
    buf_putc(out, (unsigned char)('0' + share % 10));
}
