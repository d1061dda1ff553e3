#include "config.h"

#include "describe/sqlite.h"

#include "base/buf.h"
#include "describe/describe.h"
#include "describe/sql.h"

static const struct sql_dialect sqlite = {
    .quote = '"',
    .escape = '"',
    .types = {[LINE_TEXT] = "TEXT",
              [LINE_U64] = "INTEGER",
              [LINE_JSON] = "TEXT",
              [LINE_HASH64] = "TEXT",
              [LINE_HASH128] = "TEXT"},
    .before_null = "",
    .after_null = "",
};

/* The cells are imported as they are, into a table of their own: .import knows no null. */
#define SQLITE_CELLS "cells"

/* Append the value of COLUMN, made from its cell. */
static void put_sqlite_value(struct buf *out, const struct line_layout *layout,
                             const struct line_column *column)
{
    bool has_null = line_column_has_null(column) && !line_column_is_array(column);

    buf_puts(out, has_null ? "nullif(" : "");
    sql_put_line_name(out, &sqlite, layout, column);
    buf_puts(out, has_null ? ", '\\N')" : "");
}

void describe_sqlite_lines(struct buf *out, const struct describe_source *source)
{
    const struct line_layout *layout = source->lines;

    sql_put_title(out, source);
    buf_puts(out, "-- Use: sqlite3 -bail DATABASE '.read THIS' <OUTPUT\n"
                  "CREATE TABLE IF NOT EXISTS " SQL_TABLE " ");
    sql_put_line_table(out, &sqlite, layout);
    buf_puts(out, ";\nCREATE TEMP TABLE " SQLITE_CELLS " ");
    sql_put_line_table(out, &sqlite, layout);
    buf_puts(out, ";\n.mode ascii\n.separator \"\\t\" \"\\n\"\n.import --schema temp ");
    buf_puts(out, source->options->bare ? "" : "--skip 1 ");
    buf_puts(out, "/dev/stdin " SQLITE_CELLS "\n"
                  "INSERT INTO " SQL_TABLE " (");
    sql_put_line_names(out, &sqlite, layout);
    buf_puts(out, ")\nSELECT ");
    for (size_t i = 0; i < layout->count; i++) {
        buf_puts(out, i ? ", " : "");
        put_sqlite_value(out, layout, &layout->columns[i]);
    }
    buf_puts(out, "\nFROM temp." SQLITE_CELLS ";\nDROP TABLE temp." SQLITE_CELLS ";\n");
}
