#include "config.h"

#include "diff/ids.h"

#include <stdlib.h>

#include "text/hex.h"

uint32_t diff_ids_place(const void *base, size_t size, uint32_t count,
                        const unsigned char key[ROW_KEY])
{
    uint32_t at = 0;
    int order = 1;

    while (at < count &&
           (order = memcmp((const unsigned char *)base + at * size, key, ROW_KEY)) < 0)
        at++;
    return at < count && order == 0 ? DIFF_IDS : at;
}

struct span diff_ids_text(const struct row *row)
{
    size_t n = row->id.n ? row->id.n : 2 * ROW_KEY + 2;
    unsigned char *text = malloc(n);

    if (!text)
        return SPAN_FAILED;
    if (row->id.n) {
        memcpy(text, row->id.p, n);
        return span_of(text, n);
    }
    text[0] = text[n - 1] = '"';
    for (int half = 0; half < 2; half++) {
        uint64_t v = 0;
        for (int i = 0; i < 8; i++)
            v = v << 8 | row->key[8 * half + i];
        hex_put(text + 1 + 16 * half, v);
    }
    return span_of(text, n);
}

bool diff_ids_add(struct diff_ids *ids, const struct row *row)
{
    uint32_t at = diff_ids_place(ids->items, sizeof *ids->items, ids->count, row->key);

    if (at >= DIFF_IDS)
        return true;
    struct diff_id id = {.id = diff_ids_text(row)};
    if (span_failed(id.id))
        return false;
    memcpy(id.key, row->key, sizeof id.key);
    if (ids->count == DIFF_IDS)
        free((void *)(uintptr_t)ids->items[--ids->count].id.p);
    memmove(ids->items + at + 1, ids->items + at, (ids->count - at) * sizeof *ids->items);
    ids->items[at] = id;
    ids->count++;
    return true;
}

void diff_ids_free(struct diff_ids *ids)
{
    for (uint32_t i = 0; i < ids->count; i++)
        free((void *)(uintptr_t)ids->items[i].id.p);
    ids->count = 0;
}
