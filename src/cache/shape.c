#include "config.h"

#include "cache/shape.h"

/* Pieces of the shape's memory are aligned for any type. */
static size_t aligned(size_t n)
{
    return (n + 15) / 16 * 16;
}

/* How many of the texts are not empty, and their bytes. */
static uint32_t count_texts(const struct shape_source *source, size_t *bytes)
{
    uint32_t count = 0;

    *bytes = 0;
    for (uint32_t i = 0; i < source->count; i++) {
        count += source->texts[i].n > 0;
        *bytes += source->texts[i].n;
    }
    return count;
}

size_t shape_size(const struct shape_source *source)
{
    size_t text_bytes, text_count = count_texts(source, &text_bytes);

    return aligned(source->record.n) + aligned(source->survey->leaf_count * sizeof(uint32_t)) +
           aligned(source->count) + aligned(source->count * sizeof(uint64_t)) +
           aligned(text_count * sizeof(struct shape_text)) + aligned(text_bytes);
}

/* The next N bytes of the memory at *AT. */
static void *cut(unsigned char **at, size_t n)
{
    void *piece = *at;

    *at += aligned(n);
    return piece;
}

static void keep_texts(struct shape *shape, const struct shape_source *source)
{
    unsigned char *to = shape->text_bytes;

    shape->text_count = 0;
    for (uint32_t i = 0; i < source->count; i++) {
        struct span text = source->texts[i];
        if (!text.n)
            continue;
        shape->texts[shape->text_count++] =
            (struct shape_text){i, (uint32_t)text.n, (uint32_t)(to - shape->text_bytes)};
        memcpy(to, text.p, text.n);
        to += text.n;
    }
}

void shape_make(struct shape *shape, const struct shape_source *source,
                struct skeleton *skeleton, void *memory)
{
    unsigned char *at = memory;
    size_t text_bytes, text_count = count_texts(source, &text_bytes);
    const struct survey *survey = source->survey;

    shape->skeleton = skeleton;
    shape->length = (uint32_t)source->record.n;
    shape->values = source->values;
    shape->bytes = cut(&at, source->record.n);
    shape->ends = cut(&at, survey->leaf_count * sizeof *shape->ends);
    shape->cells.states = cut(&at, source->count);
    shape->cells.hashes = cut(&at, source->count * sizeof *shape->cells.hashes);
    shape->texts = cut(&at, text_count * sizeof *shape->texts);
    shape->text_bytes = at;

    memcpy(shape->bytes, source->record.p, source->record.n);
    for (uint32_t i = 0; i < survey->leaf_count; i++)
        shape->ends[i] = survey->leaves[i].end;
    memcpy(shape->cells.states, source->cells.states, source->count);
    memcpy(shape->cells.hashes, source->cells.hashes,
           source->count * sizeof *source->cells.hashes);
    keep_texts(shape, source);
}

struct span shape_cell_text(const struct shape *shape, uint32_t cell)
{
    uint32_t from = 0, to = shape->text_count;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (shape->texts[middle].cell < cell)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == shape->text_count || shape->texts[from].cell != cell)
        return span_of(NULL, 0);
    return span_of(shape->text_bytes + shape->texts[from].at, shape->texts[from].n);
}

uint32_t shape_common(const struct shape *a, const struct shape *b)
{
    const struct skeleton *x = a->skeleton, *y = b->skeleton;
    uint32_t most = x->leaf_count < y->leaf_count ? x->leaf_count : y->leaf_count;
    uint32_t i = 0;

    if (x->record != y->record)
        return 0;
    while (i < most && x->leaves[i].place == y->leaves[i].place &&
           span_equal(shape_text(a, i), shape_text(b, i)))
        i++;
    return i;
}

bool shape_fits(const struct shape *shape, const struct survey *survey, struct span record)
{
    uint32_t count = survey->leaf_count, end = 0;

    if (!skeleton_fits(shape->skeleton, survey))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!span_equal(shape_text(shape, i), span_cut(record, end, survey->leaves[i].start)))
            return false;
        end = survey->leaves[i].end;
    }
    return span_equal(shape_text(shape, count), span_cut(record, end, record.n));
}
