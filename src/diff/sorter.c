#include "config.h"

#include "diff/sorter.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stream/sink.h"
#include "stream/unnamed_file.h"

#define FAN_IN 16 /* runs of a level that are merged at once; the last merge takes all runs */
#define LEVELS 8

/* Records in order, in a file. */
struct sorted_run {
    off_t at;
    uint64_t count;
};

struct run_level {
    int fd; /* -1 if there is no file */
    off_t end;
    struct sorted_run runs[FAN_IN];
    unsigned count;
};

/* A run being read. */
struct run_reader {
    int fd;
    struct sorted_run rest; /* not yet in the buffer */
    unsigned char *buffer;  /* with room for as many records as the merge says */
    size_t next, have;      /* records of the buffer */
};

/* Runs that are being merged: a heap of readers by their next records. */
struct run_merge {
    struct run_reader readers[LEVELS * FAN_IN];
    unsigned heap[LEVELS * FAN_IN]; /* numbers of readers, that of the least record first */
    unsigned count;                 /* readers that have records left */
    size_t room;                    /* records that fit in a buffer */
};

struct diff_sorter {
    size_t size;
    sort_order *order;
    const char *directory;
    size_t most; /* records in memory; sorting needs as much scratch again */
    unsigned char *items;
    size_t count, room;
    size_t given; /* items that were given back */
    struct run_level levels[LEVELS];
    bool written;            /* there is a run */
    struct run_merge *merge; /* null while nothing is merged */
    bool started;            /* the first record of the last merge was given */
};

struct diff_sorter *diff_sorter_new(size_t size, sort_order *order, size_t memory,
                                    const char *directory)
{
    struct diff_sorter *sorter = calloc(1, sizeof *sorter);
    size_t most = memory / size / 2;

    if (!sorter)
        return NULL;
    *sorter = (struct diff_sorter){.size = size,
                                   .order = order,
                                   .directory = directory,
                                   .most = most > FAN_IN + 1 ? most : FAN_IN + 1};
    for (int i = 0; i < LEVELS; i++)
        sorter->levels[i].fd = -1;
    return sorter;
}

static void close_level(struct run_level *level)
{
    if (level->fd >= 0)
        close(level->fd);
    *level = (struct run_level){.fd = -1};
}

static void free_merge(struct diff_sorter *sorter)
{
    if (sorter->merge)
        free(sorter->merge->readers[0].buffer);
    free(sorter->merge);
    sorter->merge = NULL;
}

void diff_sorter_clear(struct diff_sorter *sorter)
{
    free_merge(sorter);
    for (int i = 0; i < LEVELS; i++)
        close_level(&sorter->levels[i]);
    sorter->count = sorter->given = 0;
    sorter->started = sorter->written = false;
}

void diff_sorter_free(struct diff_sorter *sorter)
{
    if (!sorter)
        return;
    diff_sorter_clear(sorter);
    free(sorter->items);
    free(sorter);
}

/* Append BYTES to the file of LEVEL. */
static int append_run(struct diff_sorter *sorter, struct run_level *level, const void *bytes,
                      size_t count)
{
    if (level->fd < 0 && (level->fd = unnamed_file_open(sorter->directory)) < 0)
        return errno;
    int error = sink_write(level->fd, span_of(bytes, count * sorter->size));
    level->end += (off_t)(count * sorter->size);
    return error;
}

static int sort_items(struct diff_sorter *sorter)
{
    if (!sorter->count)
        return 0;
    unsigned char *scratch = malloc(sorter->count * sorter->size);
    if (!scratch)
        return ENOMEM;
    sort_array(sorter->items, sorter->count, sorter->size, sorter->order, NULL, scratch);
    free(scratch);
    return 0;
}

/* Fill the empty buffer of READER, if its run goes on. */
static int fill_reader(const struct diff_sorter *sorter, struct run_reader *reader)
{
    size_t count = sorter->merge->room;

    if (reader->rest.count < count)
        count = (size_t)reader->rest.count;
    size_t left = count * sorter->size;
    unsigned char *to = reader->buffer;
    while (left) {
        ssize_t got = pread(reader->fd, to, left, reader->rest.at);
        if (got == 0)
            return EIO;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0) {
            to += got;
            left -= (size_t)got;
            reader->rest.at += got;
        }
    }
    reader->rest.count -= count;
    reader->next = 0;
    reader->have = count;
    return 0;
}

static const unsigned char *next_of(const struct diff_sorter *sorter, unsigned reader)
{
    const struct run_reader *r = &sorter->merge->readers[reader];

    return r->buffer + r->next * sorter->size;
}

/* Is the next record of reader A before that of B? Of equal records the one of the older run
 * is. */
static bool is_before(const struct diff_sorter *sorter, unsigned a, unsigned b)
{
    int order = sorter->order(next_of(sorter, a), next_of(sorter, b), NULL);

    return order < 0 || (order == 0 && a < b);
}

/* Move the reader at place I of the heap down to where it belongs. */
static void sift_down(struct diff_sorter *sorter, unsigned i)
{
    struct run_merge *merge = sorter->merge;

    for (;;) {
        unsigned least = i;
        for (unsigned child = 2 * i + 1; child <= 2 * i + 2 && child < merge->count; child++)
            if (is_before(sorter, merge->heap[child], merge->heap[least]))
                least = child;
        if (least == i)
            return;
        unsigned held = merge->heap[i];
        merge->heap[i] = merge->heap[least];
        merge->heap[least] = held;
        i = least;
    }
}

/* Begin to merge all runs of the levels FROM to END. Runs of higher levels are older. */
static int start_merge(struct diff_sorter *sorter, int from, int end)
{
    struct run_merge *merge = calloc(1, sizeof *merge);
    unsigned count = 0;
    int error = 0;

    if (!merge)
        return ENOMEM;
    for (int i = end - 1; i >= from; i--)
        for (unsigned k = 0; k < sorter->levels[i].count; k++)
            merge->readers[count++] = (struct run_reader){.fd = sorter->levels[i].fd,
                                                          .rest = sorter->levels[i].runs[k]};
    /* One more buffer is for what is written. */
    merge->room = 2 * sorter->most / (count + 1);
    if (!merge->room)
        merge->room = 1;
    unsigned char *buffers = malloc((count + 1) * merge->room * sorter->size);
    sorter->merge = merge;
    merge->readers[0].buffer = buffers;
    if (!buffers)
        return ENOMEM;
    for (unsigned i = 0; i < count && !error; i++) {
        merge->readers[i].buffer = buffers + i * merge->room * sorter->size;
        merge->heap[i] = i;
        error = fill_reader(sorter, &merge->readers[i]);
    }
    merge->count = count;
    for (unsigned i = count / 2; i-- > 0 && !error;)
        sift_down(sorter, i);
    return error;
}

/* The least record was used: read the next one of its run. */
static int advance(struct diff_sorter *sorter)
{
    struct run_merge *merge = sorter->merge;
    struct run_reader *reader = &merge->readers[merge->heap[0]];
    int error = 0;

    if (++reader->next == reader->have)
        error = fill_reader(sorter, reader);
    if (!error && !reader->have)
        merge->heap[0] = merge->heap[--merge->count];
    if (!error)
        sift_down(sorter, 0);
    return error;
}

/* Write all that is merged to LEVEL as one run. */
static int write_merged(struct diff_sorter *sorter, struct run_level *level, uint64_t *count)
{
    struct run_merge *merge = sorter->merge;
    unsigned char *buffer =
        merge->readers[0].buffer + (size_t)merge->count * merge->room * sorter->size;
    size_t have = 0;
    int error = 0;

    while (merge->count && !error) {
        memcpy(buffer + have++ * sorter->size, next_of(sorter, merge->heap[0]), sorter->size);
        ++*count;
        error = advance(sorter);
        if (!error && (have == merge->room || !merge->count)) {
            error = append_run(sorter, level, buffer, have);
            have = 0;
        }
    }
    return error;
}

/* The runs of level number I become one of the next level. */
static int merge_level(struct diff_sorter *sorter, int i)
{
    struct run_level *next = &sorter->levels[i + 1];
    struct sorted_run run = {next->end, 0};

    if (i + 1 == LEVELS)
        return EFBIG;
    int error = start_merge(sorter, i, i + 1);
    if (!error)
        error = write_merged(sorter, next, &run.count);
    free_merge(sorter);
    if (!error) {
        next->runs[next->count++] = run;
        close_level(&sorter->levels[i]);
    }
    return error;
}

/* Write the records in memory as a run. Each level always has room for one. */
static int write_items(struct diff_sorter *sorter)
{
    struct run_level *level = &sorter->levels[0];
    const struct sorted_run run = {level->end, sorter->count};
    int error = sort_items(sorter);

    if (!error)
        error = append_run(sorter, level, sorter->items, sorter->count);
    if (error)
        return error;
    level->runs[level->count++] = run;
    sorter->written = true;
    sorter->count = 0;
    for (int i = 0; sorter->levels[i].count == FAN_IN && !error; i++) {
        /* Merging needs the memory. */
        free(sorter->items);
        sorter->items = NULL;
        sorter->room = 0;
        error = merge_level(sorter, i);
    }
    return error;
}

static bool grow_items(struct diff_sorter *sorter)
{
    size_t room = sorter->room ? 2 * sorter->room : 64;

    if (room > sorter->most)
        room = sorter->most;
    unsigned char *items = realloc(sorter->items, room * sorter->size);
    if (!items)
        return false;
    sorter->items = items;
    sorter->room = room;
    return true;
}

int diff_sorter_put(struct diff_sorter *sorter, const void *record)
{
    int error = sorter->count == sorter->most ? write_items(sorter) : 0;

    if (error)
        return error;
    if (sorter->count == sorter->room && !grow_items(sorter))
        return ENOMEM;
    memcpy(sorter->items + sorter->count++ * sorter->size, record, sorter->size);
    return 0;
}

int diff_sorter_finish(struct diff_sorter *sorter)
{
    if (!sorter->written)
        return sort_items(sorter);
    int error = sorter->count ? write_items(sorter) : 0;
    free(sorter->items);
    sorter->items = NULL;
    sorter->room = 0;
    return error ? error : start_merge(sorter, 0, LEVELS);
}

int diff_sorter_next(struct diff_sorter *sorter, const void **record)
{
    int error = 0;

    *record = NULL;
    if (!sorter->merge) {
        if (sorter->given < sorter->count)
            *record = sorter->items + sorter->given++ * sorter->size;
        return 0;
    }
    if (sorter->started)
        error = advance(sorter);
    sorter->started = true;
    if (!error && sorter->merge->count)
        *record = next_of(sorter, sorter->merge->heap[0]);
    return error;
}
