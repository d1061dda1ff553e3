#include "config.h"

#include "diff/row.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "format/row.h"
#include "stream/spill.h"

size_t diff_row_size(const struct diff_row *kept)
{
    return sizeof *kept + kept->id_n + kept->image_n + kept->slots_n + kept->heads_n +
           kept->texts_n;
}

struct diff_row *diff_row_keep(const struct row *row, const unsigned char key[ROW_KEY],
                               unsigned side)
{
    struct diff_row head = {.schema = row->schema,
                            .id_n = (uint32_t)row->id.n,
                            .image_n = (uint32_t)row->image.n,
                            .slots_n = (uint32_t)row->slots.n,
                            .heads_n = (uint32_t)row->heads.n,
                            .texts_n = (uint32_t)row->texts.n,
                            .side = (uint8_t)side,
                            .has_id = row->has_id};
    const struct span pieces[] = {row->id, row->image, row->slots, row->heads, row->texts};

    memcpy(head.key, key, sizeof head.key);
    memcpy(head.row_key, row->key, sizeof head.row_key);
    struct diff_row *kept = malloc(diff_row_size(&head));
    if (!kept)
        return NULL;
    *kept = head;
    unsigned char *to = (unsigned char *)(kept + 1);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        if (pieces[i].n)
            memcpy(to, pieces[i].p, pieces[i].n);
        to += pieces[i].n;
    }
    return kept;
}

/* The next N bytes at *AT. */
static struct span cut_next(const unsigned char **at, uint32_t n)
{
    struct span bytes = span_of(*at, n);

    *at += n;
    return bytes;
}

struct row diff_row_view(const struct diff_row *kept)
{
    const unsigned char *at = (const unsigned char *)(kept + 1);
    struct row row = {.schema = kept->schema, .has_id = kept->has_id};

    row.id = cut_next(&at, kept->id_n);
    row.image = cut_next(&at, kept->image_n);
    row.slots = cut_next(&at, kept->slots_n);
    row.heads = cut_next(&at, kept->heads_n);
    row.texts = cut_next(&at, kept->texts_n);
    memcpy(row.key, kept->row_key, sizeof row.key);
    return row;
}

const struct diff_row *diff_row_load(const struct spill *spill, unsigned partition, uint64_t at,
                                     struct buf *buf, int *error)
{
    struct diff_row head;

    *error = spill_get(spill, partition, at, &head, sizeof head);
    if (*error)
        return NULL;
    buf_clear(buf);
    size_t n = diff_row_size(&head);
    unsigned char *room = buf_room(buf, n);
    *error = room ? spill_get(spill, partition, at, room, n) : ENOMEM;
    return *error ? NULL : (const struct diff_row *)(const void *)room;
}
