#include "config.h"

#include "describe/duckdb.h"

#include "base/buf.h"
#include "describe/describe.h"
#include "describe/sql.h"

static const struct sql_dialect duckdb = {
    .quote = '"',
    .escape = '"',
    .types = {[LINE_TEXT] = "VARCHAR",
              [LINE_U64] = "UBIGINT",
              [LINE_JSON] = "VARCHAR",
              [LINE_HASH64] = "VARCHAR",
              [LINE_HASH128] = "VARCHAR"},
    .before_null = "",
    .after_null = "",
};

static void put_duckdb_use(struct buf *out, const struct describe_source *source)
{
    sql_put_title(out, source);
    buf_puts(out, "-- Use: duckdb DATABASE -c '.read THIS' <OUTPUT\n"
                  "CREATE TABLE IF NOT EXISTS " SQL_TABLE " ");
}

void describe_duckdb_cells(struct buf *out, const struct describe_source *source)
{
    put_duckdb_use(out, source);
    sql_put_line_table(out, &duckdb, source->lines);
    buf_puts(out, ";\nCOPY " SQL_TABLE " (");
    sql_put_line_names(out, &duckdb, source->lines);
    buf_puts(out, ")\nFROM '/dev/stdin' (FORMAT csv, AUTO_DETECT false, HEADER ");
    buf_puts(out, source->options->bare ? "false" : "true");
    buf_puts(out, ", DELIMITER '\\t', QUOTE '', ESCAPE '', NULL '\\N');\n");
}

/* Append the type of the member that begins with column number AT. Returns the number of its
 * columns. */
static size_t put_duckdb_member(struct buf *out, const struct line_layout *layout, size_t at)
{
    const struct line_column *first = &layout->columns[at];
    enum ndjson_member member = line_column_member(first);
    size_t count = 0;

    if (!line_column_name(layout, first).n) {
        sql_put_line_type(out, &duckdb, first);
        buf_puts(out, line_column_is_array(first) ? "[]" : "");
        return 1;
    }
    buf_puts(out, "STRUCT(");
    for (; at + count < layout->count && line_column_member(&first[count]) == member; count++) {
        buf_puts(out, count ? ", " : "");
        sql_put_name(out, &duckdb, line_column_name(layout, &first[count]));
        buf_putc(out, ' ');
        sql_put_line_type(out, &duckdb, &first[count]);
    }
    buf_putc(out, ')');
    return count;
}

void describe_duckdb_members(struct buf *out, const struct describe_source *source)
{
    const struct line_layout *layout = source->lines;
    struct buf names = BUF_EMPTY;

    put_duckdb_use(out, source);
    buf_putc(out, '(');
    for (size_t i = 0; i < layout->count;) {
        struct span name = span_text(ndjson_name(line_column_member(&layout->columns[i])));
        buf_puts(out, i ? ",\n" SQL_INDENT : "\n" SQL_INDENT);
        buf_puts(&names, i ? ", " : "");
        sql_put_name(out, &duckdb, name);
        sql_put_name(&names, &duckdb, name);
        buf_putc(out, ' ');
        i += put_duckdb_member(out, layout, i);
    }
    buf_puts(out, "\n);\nCOPY " SQL_TABLE " (");
    buf_put(out, buf_span(&names));
    buf_puts(out, ")\nFROM '/dev/stdin' (FORMAT json, AUTO_DETECT false, ARRAY false);\n");
    out->failed |= names.failed;
    buf_free(&names);
}
