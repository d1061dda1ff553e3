#include "config.h"

#include "describe/numpy.h"

#include "base/buf.h"
#include "catalog/catalog.h"
#include "describe/describe.h"
#include "format/binary_layout.h"
#include "format/writer.h"
#include "text/jcs.h"

static const char *const numpy_types[BINARY_TYPES] = {
    [BINARY_U8] = "u1",   [BINARY_U16] = "<u2", [BINARY_U32] = "<u4",  [BINARY_U64] = "<u8",
    [BINARY_I64] = "<i8", [BINARY_F64] = "<f8", [BINARY_XXH3] = "<u8", [BINARY_UTF8] = "S",
};

/* TEXT as a string of Python: it has the escapes of JSON, with the same meaning. */
static void put_python_text(struct buf *out, struct span text)
{
    jcs_put_string(out, text);
}

/* The element of a list that ends with the line. */
static void put_python_item(struct buf *out, struct span text)
{
    buf_puts(out, "    ");
    put_python_text(out, text);
    buf_puts(out, ",\n");
}

static void put_numpy_column(struct buf *out, const struct binary_column *column)
{
    struct buf name = BUF_EMPTY;

    binary_column_put_name(&name, column);
    buf_puts(out, "    (");
    put_python_text(out, buf_span(&name));
    buf_puts(out, ", (\"");
    buf_puts(out, numpy_types[column->type]);
    if (column->type == BINARY_UTF8)
        buf_put_uint(out, column->count);
    buf_puts(out, "\", (");
    if (column->type != BINARY_UTF8 && binary_kind_is_array(column->kind)) {
        buf_put_uint(out, column->count);
        buf_putc(out, ',');
    }
    buf_puts(out, ")), ");
    buf_put_uint(out, column->offset);
    buf_puts(out, "),\n");
    out->failed |= name.failed;
    buf_free(&name);
}

/* How rows are read, as a comment. */
static void put_numpy_use(struct buf *out, const struct describe_source *source)
{
    buf_puts(out, "# Rows of ");
    buf_put(out, source->options->producer);
    buf_puts(out, ", catalog ");
    catalog_put_label(out, source->catalog);
    buf_puts(out, ", as NumPy reads them:\n"
                  "#     rows = numpy.memmap(FILE, row, \"r\")\n");
    if (!source->options->bare)
        buf_puts(out, "# Headers and ends have the size of a row. To leave them out:\n"
                      "#     rows = rows[(rows[\"tag\"] == tag).all(axis=1)]\n");
    buf_puts(out, "import numpy\n\n");
}

void describe_numpy_rows(struct buf *out, const struct describe_source *source)
{
    const struct catalog *catalog = source->catalog;
    const struct binary_layout *layout = source->rows;

    put_numpy_use(out, source);
    buf_puts(out, "digest = \"");
    hash_put128(out, catalog->digest);
    buf_puts(out, "\"\ntag = numpy.frombuffer(bytes.fromhex(digest)[:8], \"u1\")\n"
                  "columns = [\n");
    for (size_t i = 0; i < layout->column_count; i++)
        put_numpy_column(out, &layout->columns[i]);
    buf_puts(out, "]\nnames, formats, offsets = (list(part) for part in zip(*columns))\n"
                  "row = numpy.dtype(dict(names=names, formats=formats, offsets=offsets, itemsize=");
    buf_put_uint(out, layout->stride);
    buf_puts(out, "))\ngroups = [\n");
    for (uint32_t i = 0; i < catalog->group_count; i++)
        put_python_item(out, catalog_group_name(catalog, i));
    buf_puts(out, "]\nsignals = [\n");
    for (uint32_t i = 0; i < catalog->row_count; i++)
        put_python_item(out, catalog_row_name(catalog, i));
    buf_puts(out, "]\n");
}
