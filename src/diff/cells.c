#include "config.h"

#include "diff/cells.h"

#include "diff/ids.h"
#include "diff/report.h"
#include "text/hash.h"
#include "text/hex.h"

/* Append NUMBER / 10000, without zeros at the end. */
static void put_ten_thousandths(struct buf *out, uint64_t number)
{
    buf_put_uint(out, number / 10000);
    uint64_t rest = number % 10000;
    if (!rest)
        return;
    buf_putc(out, '.');
    for (uint64_t digit = 1000; rest; digit /= 10) {
        buf_putc(out, (unsigned char)('0' + rest / digit));
        rest %= digit;
    }
}

void diff_cells_rate(struct buf *out, uint64_t count, uint64_t all)
{
    uint64_t millionths = all ? (uint64_t)((double)count * 1e6 / (double)all + 0.5) : 0;

    if (count && !millionths)
        millionths = 1;
    if (count < all && millionths >= 1000000)
        millionths = 999999;
    put_ten_thousandths(out, millionths);
    buf_putc(out, '%');
}

void diff_cells_mean(struct buf *out, uint64_t total, uint64_t count)
{
    if (!count) {
        buf_putc(out, '-');
        return;
    }
    uint64_t rest = total % count * 10000;
    put_ten_thousandths(out, total / count * 10000 + (rest + count / 2) / count);
}

void diff_cells_head(struct diff_cells *r, const char *const *names)
{
    text_table_row(&r->table, TEXT_HEAD);
    for (; *names; names++)
        text_table_puts(&r->table, *names);
}

void diff_cells_ids(struct diff_cells *r, const struct diff_ids *ids)
{
    text_table_puts(&r->table, "");
    for (uint32_t i = 0; ids && i < ids->count && !(r->terminal && i); i++) {
        if (i)
            text_table_more(&r->table, span_text(" "));
        text_table_more(&r->table, diff_ids_span(ids->items[i].text));
    }
}

const char *diff_cells_mark(const struct diff_cells *r, bool expected)
{
    return !r->report->expect ? "-" : expected ? "expected" : "unexpected";
}

enum text_style diff_cells_style(const struct diff_cells *r, bool expected)
{
    return !r->report->expect ? TEXT_PLAIN : expected ? TEXT_GOOD : TEXT_BAD;
}

void diff_cells_digits(struct diff_cells *r, const unsigned char *hash)
{
    unsigned char digits[16];

    hex_put(digits, hash_from_big_endian(hash));
    text_table_more(&r->table, span_of(digits, sizeof digits));
}
