#include "config.h"

#include "describe/json.h"

#include "base/buf.h"
#include "describe/describe.h"
#include "format/arrow_layout.h"
#include "format/binary_header.h"
#include "format/line_layout.h"
#include "text/jcs.h"

static void put_named_truth(struct buf *out, const char *name, bool truth)
{
    jcs_put_name(out, name);
    buf_puts(out, truth ? "true" : "false");
}

void describe_json_rows(struct buf *out, const struct describe_source *source)
{
    buf_putc(out, '{');
    jcs_put_named_text(out, "format", span_text(source->writer->name));
    put_named_truth(out, "header", !source->options->bare);
    jcs_put_named_uint(out, "stride", source->rows->stride);
    binary_header_put_origin(out, source->catalog, source->options->producer);
    binary_header_put_columns(out, source->rows);
    binary_header_put_names(out, source->catalog);
    buf_puts(out, "}\n");
}

/* Append the name TEXT as a token of a JSON Pointer, RFC 6901. */
static void put_token(struct buf *out, struct span text)
{
    buf_putc(out, '/');
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '~' || text.p[i] == '/')
            buf_puts(out, text.p[i] == '~' ? "~0" : "~1");
        else
            buf_putc(out, text.p[i]);
}

/* Append the pointer to COLUMN in a line of NDJSON. */
static void put_line_pointer(struct buf *out, const struct line_layout *layout,
                             const struct line_column *column)
{
    struct span name = line_column_name(layout, column);
    struct buf pointer = BUF_EMPTY;

    put_token(&pointer, span_text(ndjson_name(line_column_member(column))));
    if (name.n)
        put_token(&pointer, name);
    jcs_put_named_text(out, "pointer", buf_span(&pointer));
    out->failed |= pointer.failed;
    buf_free(&pointer);
}

static const char *const line_type_names[LINE_TYPES] = {
    [LINE_TEXT] = "text",     [LINE_U64] = "u64",         [LINE_JSON] = "json",
    [LINE_HASH64] = "hash64", [LINE_HASH128] = "hash128",
};

static void put_line_column(struct buf *out, const struct describe_source *source,
                            const struct line_column *column)
{
    const struct line_layout *layout = source->lines;
    struct buf name = BUF_EMPTY;

    line_column_put_name(&name, layout, column);
    buf_putc(out, '{');
    jcs_put_named_text(out, "name", buf_span(&name));
    if (source->writer == &ndjson_writer)
        put_line_pointer(out, layout, column);
    jcs_put_named_text(out, "type", span_text(line_type_names[line_column_type(column)]));
    put_named_truth(out, "null", line_column_has_null(column));
    if (line_column_is_array(column))
        jcs_put_named_uint(out, "count", line_column_count(layout, column));
    buf_putc(out, '}');
    out->failed |= name.failed;
    buf_free(&name);
}

void describe_json_lines(struct buf *out, const struct describe_source *source)
{
    buf_putc(out, '{');
    jcs_put_named_text(out, "format", span_text(source->writer->name));
    if (source->writer->is_framed)
        put_named_truth(out, "header", !source->options->bare);
    binary_header_put_origin(out, source->catalog, source->options->producer);
    jcs_put_name(out, "columns");
    buf_putc(out, '[');
    for (size_t i = 0; i < source->lines->count; i++) {
        if (i)
            buf_putc(out, ',');
        put_line_column(out, source, &source->lines->columns[i]);
    }
    buf_putc(out, ']');
    binary_header_put_names(out, source->catalog);
    buf_puts(out, "}\n");
}

static void put_arrow_column_text(struct buf *out, const struct arrow_layout *layout,
                                  const struct arrow_column *column)
{
    struct buf name = BUF_EMPTY;

    arrow_column_put_name(&name, layout, column);
    buf_putc(out, '{');
    jcs_put_named_text(out, "name", buf_span(&name));
    jcs_put_named_text(out, "type", span_text(arrow_type_name(column->type)));
    put_named_truth(out, "null", column->has_null);
    if (column->list)
        jcs_put_named_uint(out, "count", column->list);
    buf_putc(out, '}');
    out->failed |= name.failed;
    buf_free(&name);
}

void describe_json_arrow(struct buf *out, const struct describe_source *source)
{
    buf_putc(out, '{');
    jcs_put_named_text(out, "format", span_text(source->writer->name));
    binary_header_put_origin(out, source->catalog, source->options->producer);
    jcs_put_name(out, "columns");
    buf_putc(out, '[');
    for (size_t i = 0; i < source->arrow->count; i++) {
        buf_puts(out, i ? "," : "");
        put_arrow_column_text(out, source->arrow, &source->arrow->columns[i]);
    }
    buf_putc(out, ']');
    binary_header_put_names(out, source->catalog);
    buf_puts(out, "}\n");
}
