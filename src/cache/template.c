#include "config.h"

#include "cache/template.h"

#include "cache/cut.h"
#include "catalog/catalog.h"
#include "vector/vector.h"

/* Pieces of the template's memory are aligned for any type. */
static size_t template_aligned(size_t n)
{
    return (n + 15) / 16 * 16;
}

/* How many of the texts are not empty, and their bytes. */
static uint32_t count_texts(const struct template_source *source, size_t *bytes)
{
    uint32_t count = 0;

    *bytes = 0;
    for (uint32_t i = 0; i < source->layout->count; i++) {
        count += source->texts[i].n > 0;
        *bytes += source->texts[i].n;
    }
    return count;
}

size_t template_size(const struct template_source *source)
{
    size_t text_bytes, text_count = count_texts(source, &text_bytes);

    return template_aligned(source->record.n) +
           template_aligned(source->cut->leaf_count * sizeof(uint32_t)) +
           template_aligned(source->layout->count) +
           template_aligned(source->layout->count * sizeof(uint64_t)) +
           template_aligned(text_count * sizeof(struct template_text)) +
           template_aligned(text_bytes) + template_aligned(source->layout->count / 8 + 1) +
           template_aligned(source->layout->target_count * sizeof(struct vector)) +
           template_aligned(source->layout->folded_words * sizeof(uint64_t));
}

/* The next N bytes of the memory at *AT. */
static void *take_piece(unsigned char **at, size_t n)
{
    void *piece = *at;

    *at += template_aligned(n);
    return piece;
}

static void keep_texts(struct template *template, const struct template_source *source)
{
    unsigned char *to = template->text_bytes;

    template->text_count = 0;
    memset(template->has_text, 0, source->layout->count / 8 + 1);
    for (uint32_t i = 0; i < source->layout->count; i++) {
        struct span text = source->texts[i];
        if (!text.n)
            continue;
        template->texts[template->text_count++] =
            (struct template_text){i, (uint32_t)text.n, (uint32_t)(to - template->text_bytes)};
        template->has_text[i / 8] |= (unsigned char)(1u << i % 8);
        memcpy(to, text.p, text.n);
        to += text.n;
    }
}

void template_make(struct template *template, const struct template_source *source,
                   struct skeleton *skeleton, void *memory)
{
    unsigned char *at = memory;
    size_t text_bytes, text_count = count_texts(source, &text_bytes);
    const struct cut *cut = source->cut;
    uint32_t count = source->layout->count;

    template->skeleton = skeleton;
    template->length = (uint32_t)source->record.n;
    template->values = source->values;
    template->bytes = take_piece(&at, source->record.n);
    template->ends = take_piece(&at, cut->leaf_count * sizeof *template->ends);
    template->cells.states = take_piece(&at, count);
    template->cells.numbers = take_piece(&at, count * sizeof *template->cells.numbers);
    template->texts = take_piece(&at, text_count * sizeof *template->texts);
    template->text_bytes = take_piece(&at, text_bytes);
    template->has_text = take_piece(&at, count / 8 + 1);
    template->folded = take_piece(&at, source->layout->target_count * sizeof *template->folded);
    template->groups = take_piece(&at, source->layout->folded_words * sizeof *template->groups);
    template->is_folded = false;

    memcpy(template->bytes, source->record.p, source->record.n);
    for (uint32_t i = 0; i < cut->leaf_count; i++)
        template->ends[i] = cut->leaves[i].end;
    memcpy(template->cells.states, source->cells.states, count);
    memcpy(template->cells.numbers, source->cells.numbers,
           count * sizeof *source->cells.numbers);
    keep_texts(template, source);
}

struct span template_cell_text(const struct template *template, uint32_t cell)
{
    uint32_t from = 0, to = template->text_count;

    if (!(template->has_text[cell / 8] >> cell % 8 & 1))
        return span_of(NULL, 0);
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (template->texts[middle].cell < cell)
            from = middle + 1;
        else
            to = middle;
    }
    return span_of(template->text_bytes + template->texts[from].at, template->texts[from].n);
}

void template_keep_folded(struct template *template, uint32_t i, const struct vector *vector)
{
    const struct vector *before = i ? &template->folded[i - 1] : NULL;
    const struct catalog *c = vector->catalog;
    uint64_t *groups = template->groups;

    if (before)
        groups += before->groups - template->groups + before->catalog->group_count +
                  (before->sketched ? before->catalog->sketch_words : 0);
    memcpy(groups, vector->groups, c->group_count * sizeof *groups);
    template->folded[i] = *vector;
    template->folded[i].groups = groups;
    if (!vector->sketched)
        return;
    memcpy(groups + c->group_count, vector->sketch, c->sketch_words * sizeof *groups);
    template->folded[i].sketch = groups + c->group_count;
}

uint32_t template_common(const struct template *a, const struct template *b)
{
    const struct skeleton *x = a->skeleton, *y = b->skeleton;
    uint32_t most = x->leaf_count < y->leaf_count ? x->leaf_count : y->leaf_count;
    uint32_t i = 0;

    if (x->record != y->record)
        return 0;
    while (i < most && x->leaves[i].path == y->leaves[i].path &&
           span_equal(template_gap(a, i), template_gap(b, i)))
        i++;
    return i;
}

bool template_fits(const struct template *template, const struct cut *cut, struct span record)
{
    uint32_t count = cut->leaf_count, end = 0;

    if (!skeleton_fits(template->skeleton, cut))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!span_equal(template_gap(template, i), span_cut(record, end, cut->leaves[i].start)))
            return false;
        end = cut->leaves[i].end;
    }
    return span_equal(template_gap(template, count), span_cut(record, end, record.n));
}
