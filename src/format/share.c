#include "config.h"

#include "format/share.h"

#include "base/buf.h"
#include "base/wide.h"

uint64_t share_millionths(uint64_t count, uint64_t all)
{
    if (!count || count == all)
        return count ? 1000000 : 0;
    struct wide doubled = wide_sum(wide_product(count, 2000000), (struct wide){0, all});
    uint64_t millionths = wide_quotient(doubled, 2 * all);
    return !millionths ? 1 : millionths < 1000000 ? millionths : 999999;
}

void share_put_decimal(struct buf *out, uint64_t number, unsigned digits)
{
    uint64_t one = 1;

    while (digits--)
        one *= 10;
    buf_put_uint(out, number / one);
    uint64_t rest = number % one;
    if (!rest)
        return;
    buf_putc(out, '.');
    for (uint64_t digit = one / 10; rest; digit /= 10) {
        buf_putc(out, (unsigned char)('0' + rest / digit));
        rest %= digit;
    }
}

void share_put_percent(struct buf *out, uint64_t count, uint64_t all)
{
    share_put_decimal(out, share_millionths(count, all), 4);
    buf_putc(out, '%');
}

void share_put_mean(struct buf *out, uint64_t total, uint64_t count)
{
    if (!count) {
        buf_putc(out, '-');
        return;
    }
    uint64_t rest = total % count * 10000;
    share_put_decimal(out, total / count * 10000 + (rest + count / 2) / count, 4);
}
