#include "config.h"

#include "describe/sql.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "describe/describe.h"

void sql_put_name(struct buf *out, const struct sql_dialect *dialect, struct span name)
{
    buf_putc(out, dialect->quote);
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == dialect->quote || name.p[i] == dialect->escape)
            buf_putc(out, dialect->escape);
        buf_putc(out, name.p[i]);
    }
    buf_putc(out, dialect->quote);
}

void sql_put_line_name(struct buf *out, const struct sql_dialect *dialect,
                       const struct line_layout *layout, const struct line_column *column)
{
    struct buf name = BUF_EMPTY;

    line_column_put_name(&name, layout, column);
    sql_put_name(out, dialect, buf_span(&name));
    out->failed |= name.failed;
    buf_free(&name);
}

void sql_put_line_type(struct buf *out, const struct sql_dialect *dialect,
                       const struct line_column *column)
{
    bool is_array = line_column_is_array(column);
    bool has_null = line_column_has_null(column) && !is_array;

    buf_puts(out, has_null ? dialect->before_null : "");
    buf_puts(out, dialect->types[is_array ? LINE_TEXT : line_column_type(column)]);
    buf_puts(out, has_null ? dialect->after_null : "");
}

void sql_put_line_names(struct buf *out, const struct sql_dialect *dialect,
                        const struct line_layout *layout)
{
    for (size_t i = 0; i < layout->count; i++) {
        buf_puts(out, i ? ", " : "");
        sql_put_line_name(out, dialect, layout, &layout->columns[i]);
    }
}

void sql_put_line_table(struct buf *out, const struct sql_dialect *dialect,
                        const struct line_layout *layout)
{
    buf_putc(out, '(');
    for (size_t i = 0; i < layout->count; i++) {
        buf_puts(out, i ? ",\n" SQL_INDENT : "\n" SQL_INDENT);
        sql_put_line_name(out, dialect, layout, &layout->columns[i]);
        buf_putc(out, ' ');
        sql_put_line_type(out, dialect, &layout->columns[i]);
    }
    buf_puts(out, "\n)");
}

void sql_put_title(struct buf *out, const struct describe_source *source)
{
    buf_puts(out, "-- Output of ");
    buf_put(out, source->options->producer);
    buf_puts(out, ", --format=");
    buf_puts(out, source->writer->name);
    buf_puts(out, source->options->bare ? " --no-header" : "");
    buf_puts(out, ", catalog ");
    catalog_put_label(out, source->catalog);
    buf_puts(out, "\n");
}
