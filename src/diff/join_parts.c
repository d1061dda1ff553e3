#include "config.h"

#include "diff/join_parts.h"

#include <errno.h>

#include "base/buf.h"
#include "text/hash.h"

/* A key of the part that is looked at. */
struct entry {
    unsigned char key[ROW_KEY];
    uint64_t at[2]; /* the first row of each side; in a chain the last row */
    uint32_t rows[2];
    bool joined;   /* before, in memory */
    bool followed; /* in a chain: some row was in a pair */
};

static unsigned part_of(const struct diff_join *join, const unsigned char *key)
{
    return (unsigned)(hash_seeded(span_of(key, ROW_KEY), ~join->seed) >> 58);
}

int diff_join_parts_put_row(struct diff_join *join, const struct diff_row *row)
{
    int error = join->rows ? 0 : spill_open(&join->rows, join->directory);

    return error ? error
                 : spill_put(join->rows, part_of(join, row->key),
                             span_of(row, diff_row_size(row)));
}

int diff_join_parts_put_keys(struct diff_join *join)
{
    int error = join->keys ? 0 : spill_open(&join->keys, join->directory);

    for (uint32_t i = 0; i < join->joined.count && !error; i++) {
        const unsigned char *key = keys_at(&join->joined, i);
        error = spill_put(join->keys, part_of(join, key), span_of(key, ROW_KEY));
    }
    keys_clear(&join->joined);
    return error;
}

/* The entry of KEY among those that are repeated. */
static int add_repeated(struct diff_join *join, const unsigned char *key,
                        struct diff_repeated **repeated)
{
    bool added;

    if (keys_bytes_next(&join->repeated) > join->memory / 4 && !keys_find(&join->repeated, key))
        return E2BIG;
    *repeated = keys_add(&join->repeated, key, &added);
    return *repeated ? 0 : ENOMEM;
}

int diff_join_parts_leave_out(struct diff_join *join, unsigned side, const unsigned char *key,
                              const struct row *row)
{
    struct diff_repeated *repeated;
    int error = add_repeated(join, key, &repeated);

    if (error)
        return error;
    if (repeated->rows[side] < UINT32_MAX)
        repeated->rows[side]++;
    return join->calls.left_out(join->calls.context, side, row);
}

/* A part being looked at. */
struct part {
    struct diff_join *join;
    unsigned number;
    struct keys entries;
    struct buf loaded[2]; /* rows */
};

static struct entry *entry_of(struct part *p, const unsigned char *key)
{
    bool added;

    return keys_add(&p->entries, key, &added);
}

/* The keys that were joined before. One that is there twice came again when it had been
 * forgotten. */
static int read_keys(struct part *p)
{
    unsigned char keys[256][ROW_KEY];
    uint64_t size = p->join->keys ? spill_size(p->join->keys, p->number) : 0;

    for (uint64_t at = 0; at < size;) {
        size_t n = size - at < sizeof keys ? (size_t)(size - at) : sizeof keys;
        int error = spill_get(p->join->keys, p->number, at, keys, n);
        for (size_t i = 0; i < n / ROW_KEY && !error; i++) {
            struct entry *entry = entry_of(p, keys[i]);
            struct diff_repeated *repeated;
            if (!entry)
                return ENOMEM;
            if (entry->joined) {
                p->join->again = true;
                error = add_repeated(p->join, keys[i], &repeated);
            }
            entry->joined = true;
        }
        if (error)
            return error;
        at += n;
    }
    return 0;
}

/* The row AT, with its bytes in buffer number WHERE. */
static int load(struct part *p, uint64_t at, int where, struct row *row,
                const struct diff_row **kept)
{
    int error;

    *kept = diff_row_load(p->join->rows, p->number, at, &p->loaded[where], &error);
    if (*kept)
        *row = diff_row_view(*kept);
    return error;
}

/* The next row of a visitor in a chain. */
static int follow(struct part *p, const struct diff_row *head, uint64_t at, struct entry *entry)
{
    struct row before, now;
    const struct diff_row *kept;
    int error = 0;

    if (entry->rows[0]) {
        error = load(p, entry->at[0], 0, &before, &kept);
        if (!error)
            error = load(p, at, 1, &now, &kept);
        if (!error)
            error = p->join->calls.pair(p->join->calls.context, &before, &now);
        entry->followed = true;
    }
    entry->followed |= head->followed;
    entry->rows[0] = 1;
    entry->at[0] = at;
    return error;
}

static int read_row(struct part *p, const struct diff_row *head, uint64_t at)
{
    struct row row;
    const struct diff_row *kept;
    bool repeated = keys_find(&p->join->repeated, head->key);
    struct entry *entry = repeated ? NULL : entry_of(p, head->key);

    if (repeated) {
        int error = load(p, at, 0, &row, &kept);
        return error ? error : diff_join_parts_leave_out(p->join, kept->side, kept->key, &row);
    }
    if (!entry)
        return ENOMEM;
    if (p->join->chain)
        return follow(p, head, at, entry);
    if (entry->rows[head->side]++ == 0) {
        entry->at[head->side] = at;
        return 0;
    }
    /* It is repeated: what of it was read before is left out when the part has been read. */
    int error = load(p, at, 0, &row, &kept);
    if (!error)
        error = p->join->calls.left_out(p->join->calls.context, kept->side, &row);
    return error;
}

static int read_rows(struct part *p)
{
    uint64_t size = p->join->rows ? spill_size(p->join->rows, p->number) : 0;
    int error = 0;

    for (uint64_t at = 0; at < size && !error;) {
        struct diff_row head;
        error = spill_get(p->join->rows, p->number, at, &head, sizeof head);
        if (!error)
            error = read_row(p, &head, at);
        at += diff_row_size(&head);
    }
    return error;
}

/* The first rows of a repeated key, on either side. */
static int leave_out_first(struct part *p, const struct entry *entry)
{
    struct diff_repeated *repeated;
    int error = add_repeated(p->join, entry->key, &repeated);

    for (unsigned side = 0; side < 2 && !error; side++) {
        struct row row;
        const struct diff_row *kept;
        if (!entry->rows[side])
            continue;
        repeated->rows[side] = entry->rows[side];
        error = load(p, entry->at[side], 0, &row, &kept);
        if (!error)
            error = p->join->calls.left_out(p->join->calls.context, side, &row);
    }
    return error;
}

/* All rows of the key of ENTRY are known: what becomes of them? */
static int settle(struct part *p, const struct entry *entry)
{
    const struct diff_join_calls *calls = &p->join->calls;
    struct row rows[2];
    const struct diff_row *kept;
    int error = 0;

    if (entry->joined && (entry->rows[0] || entry->rows[1]))
        p->join->again = true;
    if ((entry->joined && (entry->rows[0] || entry->rows[1])) || entry->rows[0] > 1 ||
        entry->rows[1] > 1)
        return leave_out_first(p, entry);
    for (int side = 0; side < 2 && !error; side++)
        if (entry->rows[side])
            error = load(p, entry->at[side], side, &rows[side], &kept);
    if (error)
        return error;
    if (entry->rows[0] && entry->rows[1])
        return calls->pair(calls->context, &rows[0], &rows[1]);
    for (unsigned side = 0; side < 2 && !error; side++)
        if (entry->rows[side] && !entry->followed)
            error = calls->alone(calls->context, side, &rows[side]);
    return error;
}

int diff_join_parts_finish(struct diff_join *join)
{
    struct part p = {.join = join, .loaded = {BUF_EMPTY, BUF_EMPTY}};
    int error = 0;

    keys_init(&p.entries, ROW_KEY, sizeof(struct entry), join->seed);
    for (; p.number < SPILL_PARTS && !error; p.number++) {
        keys_clear(&p.entries);
        error = read_keys(&p);
        if (!error)
            error = read_rows(&p);
        for (uint32_t i = 0; i < p.entries.count && !error; i++)
            error = settle(&p, keys_at(&p.entries, i));
    }
    keys_free(&p.entries);
    buf_free(&p.loaded[0]);
    buf_free(&p.loaded[1]);
    return error;
}
