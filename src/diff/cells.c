#include "config.h"

#include "diff/cells.h"

#include "diff/ids.h"
#include "diff/report.h"
#include "text/hash.h"
#include "text/hex.h"

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

void diff_cells_unused(struct text_table *table, const char *option,
                       const struct diff_rules *rules)
{
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        if (rules->items[i].used)
            continue;
        text_table_row(table, TEXT_PLAIN);
        text_table_puts(table, "unused");
        text_table_puts(table, option);
        text_table_put(table, rules->items[i].text);
    }
}
