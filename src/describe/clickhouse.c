#include "config.h"

#include "describe/clickhouse.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "describe/describe.h"
#include "describe/sql.h"
#include "format/binary_layout.h"
#include "text/hex.h"

/* The client makes blocks of a million rows, which would be 13 GB of the catalog `browser`. */
#define CLICKHOUSE_BLOCK ((size_t)64 << 20)

static const struct sql_dialect clickhouse = {
    .quote = '`',
    .escape = '\\',
    .types = {[LINE_TEXT] = "String",
              [LINE_U64] = "UInt64",
              [LINE_JSON] = "String",
              [LINE_HASH64] = "FixedString(16)",
              [LINE_HASH128] = "FixedString(32)"},
    .before_null = "Nullable(",
    .after_null = ")",
};

static const char *const clickhouse_types[BINARY_TYPES] = {
    [BINARY_U8] = "UInt8",   [BINARY_U16] = "UInt16",  [BINARY_U32] = "UInt32",
    [BINARY_U64] = "UInt64", [BINARY_I64] = "Int64",   [BINARY_F64] = "Float64",
    [BINARY_XXH3] = "UInt64", [BINARY_UTF8] = "String",
};

static void put_fixed_string(struct buf *out, size_t n)
{
    buf_puts(out, "FixedString(");
    buf_put_uint(out, n);
    buf_putc(out, ')');
}

static void put_row_name(struct buf *out, const struct binary_column *column)
{
    struct buf name = BUF_EMPTY;

    binary_column_put_name(&name, column);
    sql_put_name(out, &clickhouse, buf_span(&name));
    out->failed |= name.failed;
    buf_free(&name);
}

/* Append the type of COLUMN in a row: an array of bytes would have its length before it. */
static void put_row_type(struct buf *out, const struct binary_column *column)
{
    if (binary_kind_is_array(column->kind))
        put_fixed_string(out, (size_t)column->count * binary_type_size(column->type));
    else
        buf_puts(out, clickhouse_types[column->type]);
}

/* Append the zeros of a row from *AT up to UP_TO, if there are any, as a column after others. */
static void put_gap(struct buf *out, size_t at, size_t up_to)
{
    if (at == up_to)
        return;
    buf_puts(out, ",\n" SQL_INDENT "`zeros:");
    buf_put_uint(out, at);
    buf_puts(out, "` ");
    put_fixed_string(out, up_to - at);
}

/* The table that takes rows: all bytes of them. */
static void put_rows_table(struct buf *out, const struct binary_layout *layout)
{
    size_t at = 0;

    buf_puts(out, "CREATE TABLE " SQL_TABLE "_rows (");
    for (size_t i = 0; i < layout->column_count; i++) {
        const struct binary_column *column = &layout->columns[i];
        put_gap(out, at, column->offset);
        buf_puts(out, i ? ",\n" SQL_INDENT : "\n" SQL_INDENT);
        put_row_name(out, column);
        buf_putc(out, ' ');
        put_row_type(out, column);
        at = column->offset + (size_t)column->count * binary_type_size(column->type);
    }
    put_gap(out, at, layout->stride);
    buf_puts(out, "\n) ENGINE = Null;\n");
}

/* What a column of rows becomes in the table that keeps them. */
enum kept {
    KEPT_NOT,   /* nothing */
    KEPT_AS_IS,
    KEPT_ID,    /* zeros become null */
    KEPT_PLAIN, /* null unless its bit is set */
    KEPT_TEXT,  /* the same, without the zeros after it */
    KEPT_HASHES /* bytes become an array of numbers */
};

static const enum kept kept_kinds[BINARY_KINDS] = {
    [BINARY_TAG] = KEPT_NOT,         [BINARY_KEY] = KEPT_AS_IS,
    [BINARY_PRESENT] = KEPT_AS_IS,   [BINARY_ERRORS] = KEPT_AS_IS,
    [BINARY_ID] = KEPT_ID,           [BINARY_COVERAGE] = KEPT_AS_IS,
    [BINARY_BITMAP] = KEPT_NOT,      [BINARY_FACT] = KEPT_PLAIN,
    [BINARY_CARRY] = KEPT_PLAIN,     [BINARY_GROUPS] = KEPT_HASHES,
    [BINARY_VECTOR] = KEPT_HASHES,   [BINARY_SKETCH] = KEPT_HASHES,
    [BINARY_TEXT] = KEPT_TEXT,
};

static void put_kept_type(struct buf *out, const struct binary_column *column)
{
    enum kept kept = kept_kinds[column->kind];
    bool has_null = kept == KEPT_ID || kept == KEPT_PLAIN || kept == KEPT_TEXT;

    if (kept == KEPT_HASHES) {
        buf_puts(out, "Array(UInt64)");
        return;
    }
    buf_puts(out, has_null ? clickhouse.before_null : "");
    if (kept == KEPT_TEXT)
        buf_puts(out, clickhouse_types[column->type]);
    else
        put_row_type(out, column);
    buf_puts(out, has_null ? clickhouse.after_null : "");
}

/* Append the value that is kept of COLUMN. */
static void put_kept_value(struct buf *out, const struct binary_column *column)
{
    switch (kept_kinds[column->kind]) {
    case KEPT_NOT:
    case KEPT_AS_IS:
        put_row_name(out, column);
        return;
    case KEPT_ID:
        buf_puts(out, "nullIf(");
        put_row_name(out, column);
        buf_puts(out, ", toFixedString('', 16))");
        break;
    case KEPT_PLAIN:
    case KEPT_TEXT:
        buf_puts(out, "if(bitTest(reinterpretAsUInt64(substring(bitmap, ");
        buf_put_uint(out, (unsigned long long)column->bit / 64 * 8 + 1);
        buf_puts(out, ", 8)), ");
        buf_put_uint(out, column->bit % 64);
        buf_puts(out, "), ");
        buf_puts(out, column->type == BINARY_UTF8 ? "toStringCutToZero(" : "");
        put_row_name(out, column);
        buf_puts(out, column->type == BINARY_UTF8 ? "), NULL)" : ", NULL)");
        break;
    case KEPT_HASHES:
        /* A lambda that takes substrings of the column would have a copy of it for each of them,
         * and a pattern of bytes stops at the zeros in the end: digits have neither. */
        buf_puts(out, "arrayMap(x -> reinterpretAsUInt64(unhex(x)), extractAll(hex(");
        put_row_name(out, column);
        buf_puts(out, "), '.{16}'))");
        break;
    }
    buf_puts(out, " AS ");
    put_row_name(out, column);
}

/* Append what PUT appends of each column that is kept, a line each; before it its name if NAMED. */
static void put_kept(struct buf *out, const struct binary_layout *layout, bool named,
                     void (*put)(struct buf *out, const struct binary_column *column))
{
    const char *separator = "\n" SQL_INDENT;

    for (size_t i = 0; i < layout->column_count; i++)
        if (kept_kinds[layout->columns[i].kind] != KEPT_NOT) {
            buf_puts(out, separator);
            separator = ",\n" SQL_INDENT;
            if (named) {
                put_row_name(out, &layout->columns[i]);
                buf_putc(out, ' ');
            }
            put(out, &layout->columns[i]);
        }
}

void describe_clickhouse_rows(struct buf *out, const struct describe_source *source)
{
    const struct binary_layout *layout = source->rows;
    unsigned char tag[16];

    sql_put_title(out, source);
    buf_puts(out, "-- Use: clickhouse-client --multiquery <THIS\n"
                  "--      clickhouse-client --max_insert_block_size=");
    buf_put_uint(out, CLICKHOUSE_BLOCK / layout->stride + 1);
    buf_puts(out, " --query='INSERT INTO " SQL_TABLE "_rows FORMAT RowBinary' <OUTPUT\n");
    put_rows_table(out, layout);
    buf_puts(out, "CREATE TABLE " SQL_TABLE " (");
    put_kept(out, layout, true, put_kept_type);
    buf_puts(out, "\n) ENGINE = MergeTree ORDER BY key;\n"
                  "CREATE MATERIALIZED VIEW " SQL_TABLE "_view TO " SQL_TABLE " AS SELECT");
    put_kept(out, layout, false, put_kept_value);
    buf_puts(out, "\nFROM " SQL_TABLE "_rows\nWHERE tag = unhex('");
    hex_put(tag, source->catalog->digest.high);
    buf_put(out, span_of(tag, sizeof tag));
    buf_puts(out, "');\n");
}

void describe_clickhouse_lines(struct buf *out, const struct describe_source *source)
{
    sql_put_title(out, source);
    buf_puts(out, "-- Use: clickhouse-client --multiquery <THIS\n"
                  "--      clickhouse-client --query='INSERT INTO " SQL_TABLE
                  " FORMAT TabSeparated");
    buf_puts(out, source->options->bare ? "" : "WithNames");
    buf_puts(out, "' <OUTPUT\nCREATE TABLE " SQL_TABLE " ");
    sql_put_line_table(out, &clickhouse, source->lines);
    buf_puts(out, " ENGINE = MergeTree ORDER BY tuple();\n");
}
