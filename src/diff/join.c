#include "config.h"

#include "diff/join.h"

#include <stdlib.h>

#include "diff/join_file.h"
#include "format/row.h"

/* A key whose row waits. */
struct waiting_row {
    unsigned char key[ROW_KEY];
    struct diff_row *row;
};

struct diff_join *diff_join_new(const struct diff_join_calls *calls, bool chain, size_t memory,
                                const char *directory, uint64_t seed, struct quota *quota)
{
    struct diff_join *join = calloc(1, sizeof *join);

    if (!join)
        return NULL;
    *join = (struct diff_join){.calls = *calls,
                               .chain = chain,
                               .memory = memory,
                               .directory = directory,
                               .seed = seed,
                               .quota = quota};
    keys_init(&join->waiting[0], ROW_KEY, sizeof(struct waiting_row), seed);
    keys_init(&join->waiting[1], ROW_KEY, sizeof(struct waiting_row), seed);
    keys_init(&join->joined, ROW_KEY, ROW_KEY, seed);
    keys_init(&join->repeated, ROW_KEY, sizeof(struct diff_repeated), seed);
    return join;
}

/* Free the rows that wait, and their tables, so that one side can have all the memory. */
static void drop_waiting(struct diff_join *join)
{
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < join->waiting[side].count; i++)
            free(((struct waiting_row *)keys_at(&join->waiting[side], i))->row);
        keys_free(&join->waiting[side]);
    }
    join->bytes = 0;
}

static void forget_rows(struct diff_join *join)
{
    drop_waiting(join);
    keys_clear(&join->joined);
    spill_free(join->spill);
    join->spill = NULL;
}

void diff_join_free(struct diff_join *join)
{
    if (!join)
        return;
    forget_rows(join);
    keys_free(&join->waiting[0]);
    keys_free(&join->waiting[1]);
    keys_free(&join->joined);
    keys_free(&join->repeated);
    quota_give(join->quota, join->counted);
    free(join);
}

static void make_join_key(unsigned char key[ROW_KEY], uint32_t number, const struct row *row)
{
    uint64_t low;

    memcpy(key, row->key, ROW_KEY);
    memcpy(&low, key, sizeof low);
    low ^= number * UINT64_C(0x9E3779B97F4A7C15);
    memcpy(key, &low, sizeof low);
}

/* Remember that KEY was joined. */
static struct fault remember_key(struct diff_join *join, const unsigned char *key)
{
    bool added;

    if (keys_bytes_next(&join->joined) > join->memory / 8 * 3 && join->joined.count) {
        struct fault fault = diff_join_file_put_keys(join);
        if (fault.status != STATUS_OK)
            return fault;
    }
    return keys_add(&join->joined, key, &added) ? FAULT_NONE : fault_memory();
}

/* Bytes that ROW takes, with the overhead of malloc(). */
static size_t waiting_bytes(const struct diff_row *row)
{
    return diff_row_size(row) + 32;
}

static struct diff_row *stop_waiting(struct diff_join *join, unsigned side,
                                     struct waiting_row *entry)
{
    struct diff_row *row = entry->row;

    join->bytes -= waiting_bytes(row);
    keys_remove(&join->waiting[side], entry);
    return row;
}

/* Move all rows that wait to the file. */
static struct fault put_waiting(struct diff_join *join)
{
    struct fault fault = FAULT_NONE;

    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < join->waiting[side].count && fault.status == STATUS_OK; i++)
            fault = diff_join_file_put_row(
                join, ((struct waiting_row *)keys_at(&join->waiting[side], i))->row);
    drop_waiting(join);
    return fault;
}

/* Is there memory for ROW of SIDE to wait? A row that waits alone always has it. */
static bool has_room(const struct diff_join *join, unsigned side, const struct diff_row *row)
{
    size_t tables = keys_bytes_next(&join->waiting[side]) + keys_bytes(&join->waiting[!side]);

    return !join->bytes || tables + join->bytes + waiting_bytes(row) <= join->memory / 8 * 5;
}

static struct fault let_wait(struct diff_join *join, unsigned side, const unsigned char *key,
                             const struct row *row, bool followed)
{
    bool added;
    struct diff_row *kept = diff_row_keep(row, key, side);

    if (!kept)
        return fault_memory();
    kept->followed = followed;
    bool fits = has_room(join, side, kept);
    struct fault fault = fits ? FAULT_NONE : put_waiting(join);
    struct waiting_row *entry = NULL;
    if (fault.status == STATUS_OK && !fits && join->chain) {
        /* Later rows of its key go to the file, and must come after it. */
        fault = diff_join_file_put_row(join, kept);
    } else if (fault.status == STATUS_OK) {
        entry = keys_add(&join->waiting[side], key, &added);
        if (!entry)
            fault = fault_memory();
    }
    if (!entry) {
        free(kept);
        return fault;
    }
    entry->row = kept;
    join->bytes += waiting_bytes(kept);
    return FAULT_NONE;
}

static struct fault join_pair(struct diff_join *join, unsigned side, const unsigned char *key,
                              const struct row *row, struct waiting_row *other)
{
    struct diff_row *kept = stop_waiting(join, !side, other);
    struct row view = diff_row_view(kept);
    struct fault fault = remember_key(join, key);

    if (fault.status == STATUS_OK)
        fault = join->calls.pair(join->calls.context, side ? &view : row, side ? row : &view);
    free(kept);
    return fault;
}

/* ROW of SIDE has the key of one that waits on its own side. */
static struct fault leave_out_both(struct diff_join *join, unsigned side,
                                   const unsigned char *key, const struct row *row,
                                   struct waiting_row *own)
{
    struct diff_row *kept = stop_waiting(join, side, own);
    struct row view = diff_row_view(kept);
    struct fault fault = diff_join_file_leave_out(join, side, key, &view);

    free(kept);
    if (fault.status != STATUS_OK)
        return fault;
    return diff_join_file_leave_out(join, side, key, row);
}

/* The next row of a visitor. */
static struct fault join_visit(struct diff_join *join, const unsigned char *key,
                               const struct row *row)
{
    struct waiting_row *before = keys_find(&join->waiting[0], key);
    bool followed = before;
    struct fault fault = FAULT_NONE;

    if (join->spill) {
        /* The rows before it may be in the file, so it must go there too. */
        struct diff_row *kept = diff_row_keep(row, key, 0);
        fault = kept ? diff_join_file_put_row(join, kept) : fault_memory();
        free(kept);
        return fault;
    }
    if (before) {
        struct diff_row *kept = stop_waiting(join, 0, before);
        struct row view = diff_row_view(kept);
        fault = join->calls.pair(join->calls.context, &view, row);
        free(kept);
    }
    if (fault.status != STATUS_OK)
        return fault;
    return let_wait(join, 0, key, row, followed);
}

static struct fault join_row(struct diff_join *join, unsigned side, const unsigned char *key,
                             const struct row *row)
{
    struct waiting_row *entry;

    if (join->chain)
        return join_visit(join, key, row);
    if (keys_find(&join->repeated, key))
        return diff_join_file_leave_out(join, side, key, row);
    if (keys_find(&join->joined, key)) {
        join->again = true;
        return diff_join_file_leave_out(join, side, key, row);
    }
    if ((entry = keys_find(&join->waiting[!side], key)))
        return join_pair(join, side, key, row, entry);
    if ((entry = keys_find(&join->waiting[side], key)))
        return leave_out_both(join, side, key, row, entry);
    return let_wait(join, side, key, row, false);
}

struct fault diff_join_add(struct diff_join *join, unsigned side, uint32_t number,
                           const struct row *row)
{
    unsigned char key[ROW_KEY];

    make_join_key(key, number, row);
    return join_row(join, side, key, row);
}

struct fault diff_join_add_both(struct diff_join *join, const uint32_t numbers[2],
                                const struct row *old, const struct row *new)
{
    unsigned char keys[2][ROW_KEY];

    make_join_key(keys[0], numbers[0], old);
    make_join_key(keys[1], numbers[1], new);
    if (memcmp(keys[0], keys[1], ROW_KEY) == 0 && !join->waiting[0].count &&
        !join->waiting[1].count && !keys_find(&join->repeated, keys[0]) &&
        !keys_find(&join->joined, keys[0])) {
        struct fault fault = remember_key(join, keys[0]);
        if (fault.status != STATUS_OK)
            return fault;
        return join->calls.pair(join->calls.context, old, new);
    }
    struct fault fault = join_row(join, 0, keys[0], old);
    return fault.status == STATUS_OK ? join_row(join, 1, keys[1], new) : fault;
}

/* There is no file: rows that wait are alone. */
static struct fault finish_in_memory(struct diff_join *join)
{
    struct fault fault = FAULT_NONE;

    for (unsigned side = 0; side < 2; side++)
        for (uint32_t i = 0; i < join->waiting[side].count && fault.status == STATUS_OK; i++) {
            const struct waiting_row *entry = keys_at(&join->waiting[side], i);
            struct row view = diff_row_view(entry->row);
            if (!entry->row->followed)
                fault = join->calls.alone(join->calls.context, side, &view);
        }
    return fault;
}

struct fault diff_join_finish(struct diff_join *join, bool *again)
{
    struct fault fault;

    if (join->spill) {
        fault = put_waiting(join);
        if (fault.status == STATUS_OK && join->joined.count)
            fault = diff_join_file_put_keys(join);
        /* Joining the file needs this memory. */
        for (int side = 0; side < 2; side++)
            keys_free(&join->waiting[side]);
        keys_free(&join->joined);
        if (fault.status == STATUS_OK)
            fault = diff_join_file_finish(join);
    } else {
        fault = finish_in_memory(join);
    }
    *again = join->again && fault.status == STATUS_OK;
    if (*again) {
        /* The repeated keys stay known. Their rows come again and are counted again. */
        for (uint32_t i = 0; i < join->repeated.count; i++) {
            struct diff_repeated *repeated = keys_at(&join->repeated, i);
            repeated->rows[0] = repeated->rows[1] = 0;
        }
        forget_rows(join);
        join->again = false;
    }
    return fault;
}

uint64_t diff_join_repeated(const struct diff_join *join, unsigned side)
{
    uint64_t count = 0;

    for (uint32_t i = 0; i < join->repeated.count; i++)
        count += ((const struct diff_repeated *)keys_at(&join->repeated, i))->rows[side] > 1;
    return count;
}
