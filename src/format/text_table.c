#include "config.h"

#include "format/text_table.h"

#include "text/escape.h"
#include "text/unicode_data.h"
#include "text/utf8.h"

void text_table_init(struct text_table *table, const struct report_out *out, bool columns,
                     bool colour)
{
    *table = (struct text_table){
        .out = *out, .columns = columns, .colour = colour, .cell = BUF_EMPTY};
}

void text_table_free(struct text_table *table)
{
    buf_free(&table->cell);
}

void text_table_measure(struct text_table *table)
{
    memset(table->widths, 0, sizeof table->widths);
    table->measuring = true;
    table->any = false;
}

void text_table_write(struct text_table *table)
{
    table->measuring = false;
    table->any = false;
}

/* How many columns TEXT takes. */
static size_t width_of(struct span text)
{
    size_t width = 0;

    while (text.n)
        width += unicode_data_width(utf8_take(&text));
    return width;
}

static void put_blanks(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_putc(out, ' ');
}

/* The last cell has all its text: measure it or write it, in columns. The LAST cell of a row
 * needs no blanks after it. */
static void end_cell(struct text_table *table, bool last)
{
    size_t own = width_of(buf_span(&table->cell)), column = table->column - 1;
    size_t *width = column < TEXT_TABLE_COLUMNS ? &table->widths[column] : NULL;
    struct buf *out = table->out.buf;

    out->failed |= table->cell.failed;
    if (table->measuring) {
        if (width && own > *width)
            *width = own;
        return;
    }
    size_t rest = width && *width > own ? *width - own : 0;
    if (table->right)
        put_blanks(out, rest);
    buf_put(out, buf_span(&table->cell));
    if (!last)
        put_blanks(out, (table->right ? 0 : rest) + 2);
}

/* Is the row left out? */
static bool is_hidden(const struct text_table *table)
{
    return !table->columns && table->style == TEXT_HEAD;
}

static bool has_colour(const struct text_table *table)
{
    return table->colour && !table->measuring && table->style != TEXT_PLAIN;
}

static void end_row(struct text_table *table)
{
    if (!table->open)
        return;
    if (table->columns && table->column)
        end_cell(table, true);
    if (has_colour(table))
        buf_puts(table->out.buf, "\033[0m");
    if (!table->measuring && !is_hidden(table))
        buf_putc(table->out.buf, '\n');
    table->open = false;
    report_out_relieve(&table->out);
}

void text_table_row(struct text_table *table, enum text_style style)
{
    static const char *const codes[] = {[TEXT_PLAIN] = "",
                                        [TEXT_HEAD] = "\033[1m",
                                        [TEXT_GOOD] = "\033[2m",
                                        [TEXT_BAD] = "\033[31m"};

    end_row(table);
    table->any = table->open = true;
    table->style = style;
    table->column = 0;
    if (has_colour(table))
        buf_puts(table->out.buf, codes[style]);
}

void text_table_more(struct text_table *table, struct span text)
{
    if (table->columns)
        escape_put(&table->cell, text);
    else if (!is_hidden(table))
        escape_put(table->out.buf, text);
    report_out_relieve(&table->out);
}

static void begin_cell(struct text_table *table, bool right)
{
    if (table->columns && table->column)
        end_cell(table, false);
    else if (table->column && !is_hidden(table))
        buf_putc(table->out.buf, '\t');
    buf_clear(&table->cell);
    table->right = right;
    table->column++;
}

void text_table_put(struct text_table *table, struct span text)
{
    begin_cell(table, false);
    text_table_more(table, text);
}

void text_table_puts(struct text_table *table, const char *text)
{
    text_table_put(table, span_text(text));
}

void text_table_right(struct text_table *table, struct span text)
{
    begin_cell(table, true);
    text_table_more(table, text);
}

void text_table_number(struct text_table *table, uint64_t number)
{
    unsigned char digits[BUF_DIGITS];

    text_table_right(table, span_of(digits, buf_digits(digits, number)));
}

void text_table_end(struct text_table *table)
{
    end_row(table);
    if (table->columns && table->any && !table->measuring)
        buf_putc(table->out.buf, '\n');
    table->any = false;
}

void text_table_head(struct text_table *table, const char *const *names)
{
    text_table_row(table, TEXT_HEAD);
    for (; *names; names++)
        text_table_puts(table, *names);
}
