#include "config.h"

#include "diff/join_file.h"

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
static struct fault put_spilled(struct diff_join *join, enum spilled kind, const void *bytes,
                                size_t n)
{
    const unsigned char tag = (unsigned char)kind;
    unsigned partition = partition_of(join, bytes);
    int error = join->spill ? 0 : spill_open(&join->spill, join->directory);

    if (!error)
        error = spill_put(join->spill, partition, span_of(&tag, 1));
    if (!error)
        error = spill_put(join->spill, partition, span_of(bytes, n));
    return fault_system(error);
}

struct fault diff_join_file_put_row(struct diff_join *join, const struct diff_row *row)
{
    return put_spilled(join, SPILLED_ROW, row, diff_row_size(row));
}

struct fault diff_join_file_put_keys(struct diff_join *join)
{
    struct fault fault = FAULT_NONE;

    for (uint32_t i = 0; i < join->joined.count && fault.status == STATUS_OK; i++)
        fault = put_spilled(join, SPILLED_KEY, keys_at(&join->joined, i), ROW_KEY);
    keys_clear(&join->joined);
    return fault;
}

/* Add KEY to the repeated ones, if it is new: *REPEATED is its entry. */
static struct fault add_repeated(struct diff_join *join, const unsigned char *key,
                                 struct diff_repeated **repeated)
{
    size_t before = join->counted, next = keys_bytes_next(&join->repeated);
    bool added;

    if (next > before && !keys_find(&join->repeated, key)) {
        if (!quota_take(join->quota, next - before))
            return quota_fault(join->quota);
        join->counted = next;
    }
    *repeated = keys_add(&join->repeated, key, &added);
    size_t now = keys_bytes(&join->repeated);
    if (now < join->counted)
        quota_give(join->quota, join->counted - now);
    join->counted = now;
    return *repeated ? FAULT_NONE : fault_memory();
}

struct fault diff_join_file_leave_out(struct diff_join *join, unsigned side,
                                      const unsigned char *key, const struct row *row)
{
    struct diff_repeated *repeated;
    struct fault fault = add_repeated(join, key, &repeated);

    if (fault.status != STATUS_OK)
        return fault;
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
static struct fault read_partition(struct join_partition *p)
{
    int error = 0;

    p->ahead_n = 0;
    for (uint64_t at = 0; at < p->size && !error;) {
        struct join_entry entry;
        error = read_entry(p, &at, &entry);
        if (!error)
            error = diff_sorter_put(p->entries, &entry);
    }
    return fault_system(error ? error : diff_sorter_finish(p->entries));
}

/* The row of ENTRY, with its bytes in BUF. */
static struct fault load_row(struct join_partition *p, const struct join_entry *entry,
                             struct buf *buf, struct row *row)
{
    int error;
    const struct diff_row *kept =
        diff_row_load(p->join->spill, p->number, entry->at, buf, &error);

    if (kept)
        *row = diff_row_view(kept);
    return fault_system(error);
}

/* The key is repeated after all: leave out its first rows too. */
static struct fault repeat_key(struct join_partition *p)
{
    struct fault fault = FAULT_NONE;

    p->repeated = true;
    for (unsigned side = 0; side < 2 && fault.status == STATUS_OK; side++)
        if (p->rows[side])
            fault = diff_join_file_leave_out(p->join, side, p->key, &p->first[side]);
    return fault;
}

/* Add one more row of the key. */
static struct fault add_spilled_row(struct join_partition *p, const struct join_entry *entry)
{
    unsigned side = entry->side;
    struct row row;
    struct fault fault = FAULT_NONE;

    p->join->again |= p->joined;
    if (!p->repeated && (p->joined || p->rows[side]))
        fault = repeat_key(p);
    if (fault.status != STATUS_OK)
        return fault;
    if (!p->repeated) {
        p->rows[side] = 1;
        return load_row(p, entry, &p->loaded[side], &p->first[side]);
    }
    fault = load_row(p, entry, &p->other, &row);
    if (fault.status != STATUS_OK)
        return fault;
    return diff_join_file_leave_out(p->join, side, p->key, &row);
}

/* The next row of a visitor in a chain. */
static struct fault follow_visit(struct join_partition *p, const struct join_entry *entry)
{
    struct row row;
    struct fault fault = load_row(p, entry, &p->other, &row);

    if (fault.status != STATUS_OK)
        return fault;
    if (p->rows[0]) {
        fault = p->join->calls.pair(p->join->calls.context, &p->first[0], &row);
        p->followed = true;
    }
    struct buf held = p->loaded[0];
    p->loaded[0] = p->other;
    p->other = held;
    p->first[0] = row;
    p->followed |= entry->followed;
    p->rows[0] = 1;
    return fault;
}

/* All entries of the key are known: report its rows as a pair or alone. */
static struct fault finish_key(struct join_partition *p)
{
    const struct diff_join_calls *calls = &p->join->calls;
    struct fault fault = FAULT_NONE;

    if (p->repeated)
        return FAULT_NONE;
    if (p->rows[0] && p->rows[1])
        return calls->pair(calls->context, &p->first[0], &p->first[1]);
    for (unsigned side = 0; side < 2 && fault.status == STATUS_OK; side++)
        if (p->rows[side] && !p->followed)
            fault = calls->alone(calls->context, side, &p->first[side]);
    return fault;
}

static struct fault start_key(struct join_partition *p, const struct join_entry *entry)
{
    struct fault fault = finish_key(p);

    memcpy(p->key, entry->key, ROW_KEY);
    p->any = true;
    p->joined = p->followed = false;
    p->repeated = keys_find(&p->join->repeated, p->key);
    p->rows[0] = p->rows[1] = 0;
    return fault;
}

/* Add an entry of a joined key. A key that has two of them was joined, moved to the file, and
 * joined once more. */
static struct fault add_joined(struct join_partition *p)
{
    struct diff_repeated *repeated;

    if (!p->joined) {
        p->joined = true;
        return FAULT_NONE;
    }
    p->join->again = p->repeated = true;
    return add_repeated(p->join, p->key, &repeated);
}

static struct fault add_entry(struct join_partition *p, const struct join_entry *entry)
{
    struct fault fault = FAULT_NONE;

    if (!p->any || memcmp(p->key, entry->key, ROW_KEY) != 0)
        fault = start_key(p, entry);
    if (fault.status != STATUS_OK)
        return fault;
    if (entry->kind == SPILLED_KEY)
        return add_joined(p);
    return p->join->chain ? follow_visit(p, entry) : add_spilled_row(p, entry);
}

static struct fault finish_partition(struct join_partition *p)
{
    const void *entry = NULL;

    p->size = spill_size(p->join->spill, p->number);
    p->any = false;
    p->repeated = true;
    diff_sorter_clear(p->entries);
    struct fault fault = read_partition(p);
    do {
        if (fault.status == STATUS_OK)
            fault = fault_system(diff_sorter_next(p->entries, &entry));
        if (fault.status == STATUS_OK && entry)
            fault = add_entry(p, entry);
    } while (fault.status == STATUS_OK && entry);
    return fault.status == STATUS_OK ? finish_key(p) : fault;
}

struct fault diff_join_file_finish(struct diff_join *join)
{
    struct join_partition p = {.join = join,
                               .entries =
                                   diff_sorter_new(sizeof(struct join_entry), order_entries,
                                                   join->memory, join->directory),
                               .loaded = {BUF_EMPTY, BUF_EMPTY},
                               .other = BUF_EMPTY};
    struct fault fault = p.entries ? FAULT_NONE : fault_memory();

    for (; p.number < SPILL_PARTITIONS && fault.status == STATUS_OK; p.number++)
        fault = finish_partition(&p);
    diff_sorter_free(p.entries);
    buf_free(&p.loaded[0]);
    buf_free(&p.loaded[1]);
    buf_free(&p.other);
    return fault;
}
