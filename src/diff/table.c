#include "config.h"

#include "diff/table.h"

#include "text/escape.h"
#include "text/unicode_data.h"
#include "text/utf8.h"

#define COLUMNS 16

struct diff_cell {
    size_t from, end; /* in the text */
    bool first;       /* of a row, */
    bool right;
    enum diff_style style;
};

void diff_table_init(struct diff_table *table, struct buf *out, bool columns, bool colour)
{
    *table = (struct diff_table){out, columns, colour, BUF_EMPTY, BUF_EMPTY};
}

void diff_table_free(struct diff_table *table)
{
    buf_free(&table->text);
    buf_free(&table->cells);
}

/* The first cell of a row has no text: it says what row it is. */
void diff_table_row(struct diff_table *table, enum diff_style style)
{
    struct diff_cell cell = {table->text.n, table->text.n, true, false, style};

    buf_put(&table->cells, span_of(&cell, sizeof cell));
}

void diff_table_more(struct diff_table *table, struct span text)
{
    escape_put(&table->text, text);
    if (!table->cells.failed && table->cells.n >= sizeof(struct diff_cell)) {
        size_t end = table->text.n;
        memcpy(table->cells.p + table->cells.n - sizeof(struct diff_cell) +
                   offsetof(struct diff_cell, end),
               &end, sizeof end);
    }
}

static void add(struct diff_table *table, bool right)
{
    struct diff_cell cell = {table->text.n, table->text.n, false, right, DIFF_PLAIN};

    buf_put(&table->cells, span_of(&cell, sizeof cell));
}

void diff_table_put(struct diff_table *table, struct span text)
{
    add(table, false);
    diff_table_more(table, text);
}

void diff_table_puts(struct diff_table *table, const char *text)
{
    diff_table_put(table, span_text(text));
}

void diff_table_right(struct diff_table *table, struct span text)
{
    add(table, true);
    diff_table_more(table, text);
}

void diff_table_number(struct diff_table *table, uint64_t number)
{
    unsigned char digits[BUF_DIGITS];

    diff_table_right(table, span_of(digits, buf_digits(digits, number)));
}

static struct diff_cell cell_at(const struct diff_table *table, size_t i)
{
    struct diff_cell cell;

    memcpy(&cell, table->cells.p + i * sizeof cell, sizeof cell);
    return cell;
}

/* How many columns the text of CELL takes. */
static size_t width_of(const struct diff_table *table, struct diff_cell cell)
{
    struct span text = span_cut(buf_span(&table->text), cell.from, cell.end);
    size_t width = 0;

    while (text.n)
        width += unicode_data_width(utf8_take(&text));
    return width;
}

static void measure(const struct diff_table *table, size_t count, size_t widths[COLUMNS])
{
    size_t column = 0;

    memset(widths, 0, COLUMNS * sizeof *widths);
    for (size_t i = 0; i < count; i++) {
        struct diff_cell cell = cell_at(table, i);
        if (cell.first) {
            column = 0;
            continue;
        }
        size_t width = width_of(table, cell);
        if (column < COLUMNS && width > widths[column])
            widths[column] = width;
        column++;
    }
}

static void pad(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_putc(out, ' ');
}

static void put_aligned(struct diff_table *table, struct diff_cell cell, size_t width,
                        bool last)
{
    size_t own = width_of(table, cell), rest = width > own ? width - own : 0;

    if (cell.right)
        pad(table->out, rest);
    buf_put(table->out, span_cut(buf_span(&table->text), cell.from, cell.end));
    if (last)
        return;
    pad(table->out, (cell.right ? 0 : rest) + 2);
}

/* The row that begins with cell I, of COUNT; where the next one begins. */
static size_t put_row(struct diff_table *table, size_t i, size_t count,
                      const size_t widths[COLUMNS])
{
    static const char *const codes[] = {[DIFF_PLAIN] = "",
                                        [DIFF_HEAD] = "\033[1m",
                                        [DIFF_GOOD] = "\033[2m",
                                        [DIFF_BAD] = "\033[31m"};
    enum diff_style style = cell_at(table, i).style;
    bool colour = table->colour && style != DIFF_PLAIN;
    bool shown = table->columns || style != DIFF_HEAD;
    size_t column = 0;

    if (colour)
        buf_puts(table->out, codes[style]);
    for (i++; i < count && !cell_at(table, i).first; i++, column++) {
        struct diff_cell cell = cell_at(table, i);
        bool last = i + 1 == count || cell_at(table, i + 1).first;
        if (!shown)
            continue;
        if (table->columns) {
            put_aligned(table, cell, column < COLUMNS ? widths[column] : 0, last);
            continue;
        }
        buf_put(table->out, span_cut(buf_span(&table->text), cell.from, cell.end));
        if (!last)
            buf_putc(table->out, '\t');
    }
    if (colour)
        buf_puts(table->out, "\033[0m");
    if (shown)
        buf_putc(table->out, '\n');
    return i;
}

void diff_table_flush(struct diff_table *table)
{
    size_t count = table->cells.n / sizeof(struct diff_cell), widths[COLUMNS];

    table->out->failed |= table->text.failed || table->cells.failed;
    if (!table->out->failed && count) {
        measure(table, count, widths);
        for (size_t i = 0; i < count;)
            i = put_row(table, i, count, widths);
        if (table->columns)
            buf_putc(table->out, '\n');
    }
    buf_clear(&table->text);
    buf_clear(&table->cells);
}
