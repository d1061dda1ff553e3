/*
 * diff_sorter compared with qsort(): records of equal and of random keys, in memory, in one run,
 * and in runs that are merged on several levels. The bytes written show which of these it was.
 */
#include "config.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "diff/sorter.h"
#include "unit.h"

/* With the least memory a run has 17 records, and 16 runs are merged into one run. */
#define RUN    17u
#define FAN_IN 16u
#define MOST   (RUN * FAN_IN * FAN_IN * FAN_IN + 1000)

/* write(), counted. It fails while `full` is set. */
static struct {
    uint64_t bytes;
    bool full;
} disk;

ssize_t __real_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    if (disk.full) {
        errno = ENOSPC;
        return -1;
    }
    disk.bytes += n;
    return __real_write(fd, bytes, n);
}

/* The sorter orders by key alone. The serial number shows whether equal records keep their
 * order. */
struct record {
    uint32_t key, serial;
    unsigned char filler[5]; /* so that the size is no power of two */
};

static int order_keys(const void *a, const void *b, void *context)
{
    const struct record *x = a, *y = b;

    CHECK(!context);
    return (x->key > y->key) - (x->key < y->key);
}

static int order_records(const void *a, const void *b)
{
    const struct record *x = a, *y = b;
    int order = (x->key > y->key) - (x->key < y->key);

    return order ? order : (x->serial > y->serial) - (x->serial < y->serial);
}

static struct record records[MOST];

/* Make COUNT records with random keys below KEYS, or, if KEYS is 0, with descending keys. */
static void make_records(uint32_t count, uint32_t keys)
{
    uint32_t state = count + keys;

    for (uint32_t i = 0; i < count; i++) {
        state = state * 1664525 + 1013904223;
        uint32_t key = keys ? (state >> 8) % keys : count - i;
        records[i] = (struct record){.key = key, .serial = i};
        memset(records[i].filler, (int)(i % 251), sizeof records[i].filler);
    }
}

/* Sort COUNT records with SORTER. It must give back what qsort() does. */
static void sort_records(struct diff_sorter *sorter, uint32_t count, uint32_t keys)
{
    const void *got = NULL;
    bool same = true;

    make_records(count, keys);
    disk.bytes = 0;
    for (uint32_t i = 0; i < count; i++)
        same &= diff_sorter_put(sorter, &records[i]) == 0;
    same &= diff_sorter_finish(sorter) == 0;
    qsort(records, count, sizeof *records, order_records);
    for (uint32_t i = 0; i < count && same; i++)
        same = diff_sorter_next(sorter, &got) == 0 && got &&
               memcmp(got, &records[i], sizeof *records) == 0;
    same &= diff_sorter_next(sorter, &got) == 0 && !got;
    CHECK(same);
    if (!same)
        printf("# %u records with keys below %u\n", (unsigned)count, (unsigned)keys);
}

/* How often each of COUNT records was written, rounded down. */
static uint64_t times_written(uint32_t count)
{
    return disk.bytes / sizeof *records / count;
}

static const uint32_t key_ranges[] = {1, 2, 100, 1u << 24, 0};
#define RANGES (sizeof key_ranges / sizeof *key_ranges)

UNIT_TEST(records_that_fit_in_memory_are_sorted_without_a_file)
{
    static const uint32_t counts[] = {0, 1, 2, 64, 65, 5000};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (size_t k = 0; k < RANGES; k++) {
            struct diff_sorter *sorter =
                diff_sorter_new(sizeof *records, order_keys, (size_t)1 << 20, "/nonexistent");
            sort_records(sorter, counts[i], key_ranges[k]);
            CHECK(disk.bytes == 0);
            diff_sorter_free(sorter);
        }
}

UNIT_TEST(counts_around_the_sizes_of_runs_and_levels_are_sorted)
{
    static const uint32_t sizes[] = {RUN, 2 * RUN, RUN * FAN_IN, RUN * FAN_IN * FAN_IN};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (uint32_t count = sizes[i] - 1; count <= sizes[i] + 1; count++)
            for (size_t k = 0; k < RANGES; k++) {
                struct diff_sorter *sorter =
                    diff_sorter_new(sizeof *records, order_keys, 0, "/tmp");
                sort_records(sorter, count, key_ranges[k]);
                diff_sorter_free(sorter);
            }
}

UNIT_TEST(records_merged_on_three_levels_are_sorted)
{
    for (size_t k = 0; k < RANGES; k++) {
        struct diff_sorter *sorter = diff_sorter_new(sizeof *records, order_keys, 0, "/tmp");
        sort_records(sorter, MOST, key_ranges[k]);
        /* Once in a first run and once on each of three levels; the last 1,000 less often. */
        CHECK(times_written(RUN * FAN_IN * FAN_IN * FAN_IN) == 4);
        diff_sorter_free(sorter);
    }
}

UNIT_TEST(more_memory_makes_longer_runs)
{
    struct diff_sorter *sorter =
        diff_sorter_new(sizeof *records, order_keys, MOST * sizeof *records / 2, "/tmp");

    sort_records(sorter, MOST, 1u << 24);
    CHECK(times_written(MOST) == 1);
    diff_sorter_free(sorter);
}

UNIT_TEST(a_sorter_that_was_cleared_begins_again)
{
    struct diff_sorter *sorter = diff_sorter_new(sizeof *records, order_keys, 0, "/tmp");
    const void *got;

    for (uint32_t count = 0; count < 2000; count = 3 * count + 7) {
        sort_records(sorter, count, 10);
        diff_sorter_clear(sorter);
    }
    /* Clear it while it gives records back, and before that. */
    for (uint32_t i = 0; i < 1000; i++)
        CHECK(diff_sorter_put(sorter, &records[i]) == 0);
    CHECK(diff_sorter_finish(sorter) == 0 && diff_sorter_next(sorter, &got) == 0 && got);
    diff_sorter_clear(sorter);
    for (uint32_t i = 0; i < 1000; i++)
        CHECK(diff_sorter_put(sorter, &records[i]) == 0);
    diff_sorter_clear(sorter);
    sort_records(sorter, 500, 3);
    diff_sorter_free(sorter);
}

UNIT_TEST(a_file_that_cannot_be_made_or_written_is_an_errno)
{
    struct diff_sorter *sorter =
        diff_sorter_new(sizeof *records, order_keys, 0, "/nonexistent");

    make_records(RUN + 1, 2);
    for (uint32_t i = 0; i < RUN; i++)
        CHECK(diff_sorter_put(sorter, &records[i]) == 0);
    CHECK(diff_sorter_put(sorter, &records[RUN]) == ENOENT);
    diff_sorter_free(sorter);
    sorter = diff_sorter_new(sizeof *records, order_keys, 0, "/tmp");
    for (uint32_t i = 0; i < RUN; i++)
        CHECK(diff_sorter_put(sorter, &records[i]) == 0);
    disk.full = true;
    CHECK(diff_sorter_put(sorter, &records[RUN]) == ENOSPC);
    disk.full = false;
    diff_sorter_free(sorter);
}

int main(void)
{
    return unit_run();
}
