/*
 * row_hashes: the hashes of a row's groups, and of its signals, in its image.
 */
#ifndef WHORL_FORMAT_ROW_HASHES_H
#define WHORL_FORMAT_ROW_HASHES_H

#include "format/row.h"

struct row_hashes {
    const unsigned char *bytes; /* 8 each */
    const unsigned char *slots; /* their numbers, as row_slot(); null if it is their order */
    uint32_t count;
};

/* MOST hashes at most, which begin AT in the image: in binary rows other bytes follow. */
static inline struct row_hashes row_hashes_at(const struct row *row, size_t at, size_t most)
{
    size_t count = at < row->image.n ? (row->image.n - at) / 8 : 0;

    if (count > most)
        count = most;
    return (struct row_hashes){count ? row->image.p + at : NULL, NULL, (uint32_t)count};
}

static inline struct row_hashes row_hashes_of_groups(const struct row *row)
{
    return row_hashes_at(row, row->schema->groups_at, row->schema->groups.count);
}

static inline struct row_hashes row_hashes_of_signals(const struct row *row)
{
    const struct schema *schema = row->schema;
    struct row_hashes hashes =
        row_hashes_at(row, schema->signals_at, row->slots.n ? SIZE_MAX : schema->signals.count);

    if (row->slots.n)
        hashes.slots = row->slots.p;
    return hashes;
}

/* Hash number I; 0 for no hash. */
static inline uint64_t row_hash(const struct row_hashes *hashes, uint32_t i)
{
    uint64_t hash = 0;

    if (i < hashes->count)
        memcpy(&hash, hashes->bytes + (size_t)8 * i, sizeof hash);
    return hash;
}

/* The number of the name that hash number I is of. */
static inline uint32_t row_hash_slot(const struct row_hashes *hashes, uint32_t i)
{
    return hashes->slots ? row_slot(hashes->slots, i) : i;
}

#endif
