#include "config.h"

#include "format/row_maker.h"

#include "base/sort.h"

#define SPARSE 4 /* a row with fewer than this part of the signals is sparse */

void row_maker_free(struct row_maker *maker)
{
    buf_free(&maker->image);
    buf_free(&maker->slots);
    buf_free(&maker->heads);
    buf_free(&maker->texts);
    buf_free(&maker->scratch);
}

/* Make the image at least N bytes long; new bytes are zero. */
static bool extend_image(struct buf *image, size_t n)
{
    if (n <= image->n)
        return true;
    unsigned char *room = buf_room(image, n - image->n);
    if (!room)
        return false;
    memset(room, 0, n - image->n);
    image->n = n;
    return true;
}

bool row_maker_start(struct row_maker *maker, const struct schema *schema, uint32_t signals)
{
    buf_clear(&maker->image);
    buf_clear(&maker->slots);
    buf_clear(&maker->heads);
    buf_clear(&maker->texts);
    maker->schema = schema;
    maker->sparse = signals < schema->signals.count / SPARSE;
    uint32_t count = maker->sparse ? 0 : schema->signals.count;
    /* An empty image needs memory too. */
    return buf_room(&maker->image, 1) &&
           extend_image(&maker->image, schema->signals_at + (size_t)8 * count);
}

unsigned char *row_maker_signal(struct row_maker *maker, uint32_t slot)
{
    size_t at = maker->schema->signals_at + (size_t)8 * slot;

    if (maker->sparse) {
        at = maker->image.n;
        buf_put(&maker->slots, span_of(&slot, sizeof slot));
    }
    return extend_image(&maker->image, at + 8) && !maker->slots.failed ? maker->image.p + at
                                                                       : NULL;
}

bool row_maker_text(struct row_maker *maker, uint32_t slot, struct span text)
{
    struct row_text head = {slot, (uint32_t)text.n, maker->texts.n};

    buf_put(&maker->heads, span_of(&head, sizeof head));
    buf_put(&maker->texts, text);
    return !maker->heads.failed && !maker->texts.failed;
}

static int by_slot(const void *a, const void *b, void *context)
{
    const struct row_text *x = a, *y = b;

    (void)context;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

bool row_maker_finish(struct row_maker *maker, struct row *row)
{
    struct buf *heads = &maker->heads;
    size_t count = heads->n / sizeof(struct row_text);

    /* Mostly they are already in order, and sorting tests that first. */
    buf_clear(&maker->scratch);
    if (count > 1 && !buf_room(&maker->scratch, heads->n))
        return false;
    if (count > 1)
        sort_array(heads->p, count, sizeof(struct row_text), by_slot, NULL, maker->scratch.p);
    row->image = buf_span(&maker->image);
    row->slots = maker->sparse ? buf_span(&maker->slots) : span_of(NULL, 0);
    row->heads = buf_span(heads);
    row->texts = buf_span(&maker->texts);
    return true;
}
