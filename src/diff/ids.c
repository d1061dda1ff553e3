#include "config.h"

#include "diff/ids.h"

#include "format/row.h"
#include "text/hash.h"

_Static_assert(DIFF_KEY == ROW_KEY, "a key is that of a row");

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

struct diff_id_text *diff_ids_text(const struct row *row, struct quota *quota)
{
    size_t n = row->id.n ? row->id.n : ROW_KEY_DIGITS;
    struct diff_id_text *text = quota_calloc(quota, 1, sizeof *text + n);

    if (!text)
        return NULL;
    text->users = 1;
    text->n = n;
    if (row->id.n) {
        memcpy(text->bytes, row->id.p, n);
        return text;
    }
    row_key_digits(text->bytes, row->key);
    return text;
}

void diff_ids_drop(struct diff_id_text *text, struct quota *quota)
{
    if (text && --text->users == 0)
        quota_free(quota, text, sizeof *text + text->n);
}

bool diff_ids_add(struct diff_ids *ids, const struct row *row, struct diff_id_text **text,
                  struct quota *quota)
{
    uint32_t at = diff_ids_place(ids->items, sizeof *ids->items, ids->count, row->key);

    if (at >= DIFF_IDS)
        return true;
    if (!*text && !(*text = diff_ids_text(row, quota)))
        return false;
    struct diff_id id = {.text = *text};
    id.text->users++;
    memcpy(id.key, row->key, sizeof id.key);
    if (ids->count == DIFF_IDS)
        diff_ids_drop(ids->items[--ids->count].text, quota);
    memmove(ids->items + at + 1, ids->items + at, (ids->count - at) * sizeof *ids->items);
    ids->items[at] = id;
    ids->count++;
    return true;
}

void diff_ids_free(struct diff_ids *ids, struct quota *quota)
{
    for (uint32_t i = 0; i < ids->count; i++)
        diff_ids_drop(ids->items[i].text, quota);
    ids->count = 0;
}
