#include "config.h"

#include "base/sort.h"

#include <string.h>

#define RUN 8 /* elements that insertion puts in order before merging begins */

struct sort_items {
    unsigned char *base;
    size_t size;
    sort_order *order;
    void *context;
};

static void sort_by_insertion(const struct sort_items *a, size_t from, size_t to,
                              unsigned char *held)
{
    size_t size = a->size;

    for (size_t i = from + 1; i < to; i++) {
        unsigned char *element = a->base + i * size;
        size_t at = i;
        while (at > from && a->order(a->base + (at - 1) * size, element, a->context) > 0)
            at--;
        if (at == i)
            continue;
        memcpy(held, element, size);
        memmove(a->base + (at + 1) * size, a->base + at * size, (i - at) * size);
        memcpy(a->base + at * size, held, size);
    }
}

/* Merge the ordered elements FROM..MIDDLE and MIDDLE..TO; the first part waits in SCRATCH. */
static void merge_runs(const struct sort_items *a, size_t from, size_t middle, size_t to,
                       unsigned char *scratch)
{
    size_t size = a->size;
    unsigned char *left = scratch, *left_end = scratch + (middle - from) * size;
    unsigned char *right = a->base + middle * size, *right_end = a->base + to * size;
    unsigned char *out = a->base + from * size;

    if (a->order(right - size, right, a->context) <= 0)
        return;
    memcpy(scratch, out, (middle - from) * size);
    for (; left < left_end && right < right_end; out += size) {
        unsigned char **next = a->order(left, right, a->context) <= 0 ? &left : &right;
        memcpy(out, *next, size);
        *next += size;
    }
    memcpy(out, left, (size_t)(left_end - left));
}

void sort_array(void *base, size_t count, size_t size, sort_order *order, void *context,
                void *scratch)
{
    struct sort_items a = {base, size, order, context};

    for (size_t from = 0; from < count; from += RUN)
        sort_by_insertion(&a, from, count - from < RUN ? count : from + RUN, scratch);
    for (size_t width = RUN; width < count; width *= 2)
        for (size_t from = 0; count - from > width; from += 2 * width) {
            size_t rest = count - from - width;
            merge_runs(&a, from, from + width, from + width + (rest < width ? rest : width),
                       scratch);
            if (rest <= width)
                break;
        }
}
