#include "config.h"

#include "format/arrow.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "format/arrow_batch.h"
#include "format/arrow_message.h"
#include "format/arrow_row.h"

struct arrow_output {
    struct writer_options options;
    struct arrow_layout layout;
    struct arrow_batch batch; /* rows that are sent, but not yet written */
};

static void arrow_close(void *state)
{
    struct arrow_output *output = state;

    if (!output)
        return;
    arrow_layout_free(&output->layout);
    buf_free(&output->batch.rows);
    free(output);
}

static void *arrow_open(const struct writer_options *options, const struct catalog *catalog)
{
    struct arrow_output *output = calloc(1, sizeof *output);

    if (!output)
        return NULL;
    output->options = *options;
    if (arrow_layout_make(&output->layout, options, catalog))
        return output;
    arrow_close(output);
    return NULL;
}

static unsigned arrow_texts(const void *state)
{
    return ndjson_texts_of(((const struct arrow_output *)state)->options.members);
}

static void arrow_header(const void *state, struct buf *out)
{
    const struct arrow_output *output = state;

    arrow_message_put_schema(out, &output->layout, output->options.producer);
}

static void arrow_put(const void *state, struct buf *out, const struct passthrough *passthrough,
                      const struct vector *vector)
{
    arrow_row_put(out, &((const struct arrow_output *)state)->layout, passthrough, vector);
}

static void arrow_gather(void *state, struct span rows, struct buf *out)
{
    struct arrow_output *output = state;
    struct arrow_batch *batch = &output->batch;

    while (rows.n && !out->failed) {
        size_t size = arrow_row_size(rows.p);
        arrow_batch_add(batch, &output->layout, span_cut(rows, 0, size));
        rows = span_cut(rows, size, rows.n);
        out->failed |= batch->rows.failed;
        if (!arrow_batch_is_full(batch))
            continue;
        arrow_batch_put(out, batch, &output->layout);
        arrow_batch_clear(batch);
    }
}

static void arrow_end(const void *state, struct buf *out, bool complete)
{
    const struct arrow_output *output = state;

    if (output->batch.count)
        arrow_batch_put(out, &output->batch, &output->layout);
    if (complete)
        buf_put(out, span_of(ARROW_END_MARK, ARROW_END));
}

const struct writer arrow_writer = {
    .name = "arrow",
    .is_single = true,
    .members = NDJSON_TABLE,
    .open = arrow_open,
    .close = arrow_close,
    .texts = arrow_texts,
    .header = arrow_header,
    .put = arrow_put,
    .gather = arrow_gather,
    .end = arrow_end,
};
