#include "config.h"

#include "diff/join_file.h"

#include <errno.h>

#include "base/buf.h"
#include "diff/sorter.h"
#include "format/row.h"
#include "text/hash.h"

/* An entry of the file is one of these as a byte, then a key, or a struct diff_row and its
 * bytes. */
enum spilled { SPILLED_KEY, SPILLED_ROW };

static unsigned partition_of(const struct diff_join *join, const unsigned char *key)
{
    return (unsigned)(hash_seeded(span_of(key, ROW_KEY), ~join->seed) >> 58);
}

/* Append BYTES, which begin with a key, as an entry of KIND. */
static int put_spilled(struct diff_join *join, enum spilled kind, const void *bytes, size_t n)
{
    const unsigned char tag = (unsigned char)kind;
    unsigned partition = partition_of(join, bytes);
    int error = join->spill ? 0 : spill_open(&join->spill, join->directory);

    if (!error)
        error = spill_put(join->spill, partition, span_of(&tag, 1));
    return error ? error : spill_put(join->spill, partition, span_of(bytes, n));
}

int diff_join_file_put_row(struct diff_join *join, const struct diff_row *row)
{
    return put_spilled(join, SPILLED_ROW, row, diff_row_size(row));
}

int diff_join_file_put_keys(struct diff_join *join)
{
    int error = 0;

    for (uint32_t i = 0; i < join->joined.count && !error; i++)
        error = put_spilled(join, SPILLED_KEY, keys_at(&join->joined, i), ROW_KEY);
    keys_clear(&join->joined);
    return error;
}

/* Add KEY to the repeated ones, if it is new: *REPEATED is its entry. */
static int add_repeated(struct diff_join *join, const unsigned char *key,
                        struct diff_repeated **repeated)
{
    size_t before = join->counted, next = keys_bytes_next(&join->repeated);
    bool added;

    if (next > before && !keys_find(&join->repeated, key)) {
        if (!quota_take(join->quota, next - before))
            return ENOMEM;
        join->counted = next;
    }
    *repeated = keys_add(&join->repeated, key, &added);
    size_t now = keys_bytes(&join->repeated);
    if (now < join->counted)
        quota_give(join->quota, join->counted - now);
    join->counted = now;
    return *repeated ? 0 : ENOMEM;
}

int diff_join_file_leave_out(struct diff_join *join, unsigned side, const unsigned char *key,
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

/* An entry of the file. */
struct join_entry {
    unsigned char key[ROW_KEY];
    uint64_t at; /* in its partition */
    uint8_t kind, side;
    bool followed;
};

/* By key. Of one key the entries of joined keys come first, then its rows as they came. */
static int order_entries(const void *a, const void *b, void *context)
{
    const struct join_entry *x = a, *y = b;
    int order = memcmp(x->key, y->key, ROW_KEY);

    (void)context;
    if (!order)
        order = (int)x->kind - (int)y->kind;
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* A partition of the file that is being joined, and the entries of one key in it. */
struct join_partition {
    struct diff_join *join;
    unsigned number;
    uint64_t size;
    struct diff_sorter *entries;
    unsigned char ahead[4096]; /* bytes of the partition that were read ahead */
    uint64_t ahead_at;         /* where they are in it */
    size_t ahead_n;            /* how many they are */
    unsigned char key[ROW_KEY];
    bool any;      /* there is a key */
    bool joined;   /* it was joined before, in memory */
    bool repeated; /* its rows are left out */
    bool followed; /* in a chain: a row of the key was in a pair */
    uint32_t rows[2];
    struct row first[2]; /* the first row of each side; in a chain the last one is [0] */
    struct buf loaded[2]; /* the bytes of these rows */
    struct buf other;     /* the bytes of the row after them */
};

/* Read the N bytes AT, at most as many as `ahead` has. */
static int read_ahead(struct join_partition *p, uint64_t at, void *bytes, size_t n)
{
    if (at < p->ahead_at || at + n > p->ahead_at + p->ahead_n) {
        size_t all = p->size - at < sizeof p->ahead ? (size_t)(p->size - at) : sizeof p->ahead;
        p->ahead_n = 0;
        int error = spill_get(p->join->spill, p->number, at, p->ahead, all);
        if (error)
            return error;
        p->ahead_at = at;
        p->ahead_n = all;
    }
    memcpy(bytes, p->ahead + (at - p->ahead_at), n);
    return 0;
}

/* The entry at *AT, which becomes the offset of the next one. */
static int read_entry(struct join_partition *p, uint64_t *at, struct join_entry *entry)
{
    struct diff_row head = {.side = 0};
    size_t n = ROW_KEY;

    *entry = (struct join_entry){.at = *at + 1};
    int error = read_ahead(p, *at, &entry->kind, 1);
    if (error)
        return error;
    if (entry->kind == SPILLED_ROW) {
        error = read_ahead(p, entry->at, &head, sizeof head);
        n = diff_row_size(&head);
    } else {
        error = read_ahead(p, entry->at, head.key, ROW_KEY);
    }
    memcpy(entry->key, head.key, ROW_KEY);
    entry->side = head.side;
    entry->followed = head.followed;
    *at = entry->at + n;
    return error;
}

/* Sort the entries of the partition. */
static int read_partition(struct join_partition *p)
{
    int error = 0;

    p->ahead_n = 0;
    for (uint64_t at = 0; at < p->size && !error;) {
        struct join_entry entry;
        error = read_entry(p, &at, &entry);
        if (!error)
            error = diff_sorter_put(p->entries, &entry);
    }
    return error ? error : diff_sorter_finish(p->entries);
}

/* The row of ENTRY, with its bytes in BUF. */
static int load_row(struct join_partition *p, const struct join_entry *entry, struct buf *buf,
                    struct row *row)
{
    int error;
    const struct diff_row *kept =
        diff_row_load(p->join->spill, p->number, entry->at, buf, &error);

    if (kept)
        *row = diff_row_view(kept);
    return error;
}

/* The key is repeated after all: leave out its first rows too. */
static int repeat_key(struct join_partition *p)
{
    int error = 0;

    p->repeated = true;
    for (unsigned side = 0; side < 2 && !error; side++)
        if (p->rows[side])
            error = diff_join_file_leave_out(p->join, side, p->key, &p->first[side]);
    return error;
}

/* Add one more row of the key. */
static int add_spilled_row(struct join_partition *p, const struct join_entry *entry)
{
    unsigned side = entry->side;
    struct row row;
    int error = 0;

    p->join->again |= p->joined;
    if (!p->repeated && (p->joined || p->rows[side]))
        error = repeat_key(p);
    if (error)
        return error;
    if (!p->repeated) {
        p->rows[side] = 1;
        return load_row(p, entry, &p->loaded[side], &p->first[side]);
    }
    error = load_row(p, entry, &p->other, &row);
    return error ? error : diff_join_file_leave_out(p->join, side, p->key, &row);
}

/* The next row of a visitor in a chain. */
static int follow_visit(struct join_partition *p, const struct join_entry *entry)
{
    struct row row;
    int error = load_row(p, entry, &p->other, &row);

    if (error)
        return error;
    if (p->rows[0]) {
        error = p->join->calls.pair(p->join->calls.context, &p->first[0], &row);
        p->followed = true;
    }
    struct buf held = p->loaded[0];
    p->loaded[0] = p->other;
    p->other = held;
    p->first[0] = row;
    p->followed |= entry->followed;
    p->rows[0] = 1;
    return error;
}

/* All entries of the key are known: report its rows as a pair or alone. */
static int finish_key(struct join_partition *p)
{
    const struct diff_join_calls *calls = &p->join->calls;
    int error = 0;

    if (p->repeated)
        return 0;
    if (p->rows[0] && p->rows[1])
        return calls->pair(calls->context, &p->first[0], &p->first[1]);
    for (unsigned side = 0; side < 2 && !error; side++)
        if (p->rows[side] && !p->followed)
            error = calls->alone(calls->context, side, &p->first[side]);
    return error;
}

static int start_key(struct join_partition *p, const struct join_entry *entry)
{
    int error = finish_key(p);

    memcpy(p->key, entry->key, ROW_KEY);
    p->any = true;
    p->joined = p->followed = false;
    p->repeated = keys_find(&p->join->repeated, p->key);
    p->rows[0] = p->rows[1] = 0;
    return error;
}

/* Add an entry of a joined key. A key that has two of them was joined, moved to the file, and
 * joined once more. */
static int add_joined(struct join_partition *p)
{
    struct diff_repeated *repeated;

    if (!p->joined) {
        p->joined = true;
        return 0;
    }
    p->join->again = p->repeated = true;
    return add_repeated(p->join, p->key, &repeated);
}

static int add_entry(struct join_partition *p, const struct join_entry *entry)
{
    int error = 0;

    if (!p->any || memcmp(p->key, entry->key, ROW_KEY) != 0)
        error = start_key(p, entry);
    if (error)
        return error;
    if (entry->kind == SPILLED_KEY)
        return add_joined(p);
    return p->join->chain ? follow_visit(p, entry) : add_spilled_row(p, entry);
}

static int finish_partition(struct join_partition *p)
{
    const void *entry = NULL;

    p->size = spill_size(p->join->spill, p->number);
    p->any = false;
    p->repeated = true;
    diff_sorter_clear(p->entries);
    int error = read_partition(p);
    do {
        if (!error)
            error = diff_sorter_next(p->entries, &entry);
        if (!error && entry)
            error = add_entry(p, entry);
    } while (!error && entry);
    return error ? error : finish_key(p);
}

int diff_join_file_finish(struct diff_join *join)
{
    struct join_partition p = {.join = join,
                               .entries =
                                   diff_sorter_new(sizeof(struct join_entry), order_entries,
                                                   join->memory, join->directory),
                               .loaded = {BUF_EMPTY, BUF_EMPTY},
                               .other = BUF_EMPTY};
    int error = p.entries ? 0 : ENOMEM;

    for (; p.number < SPILL_PARTS && !error; p.number++)
        error = finish_partition(&p);
    diff_sorter_free(p.entries);
    buf_free(&p.loaded[0]);
    buf_free(&p.loaded[1]);
    buf_free(&p.other);
    return error;
}
