#include "config.h"

#include "stream/spill.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "stream/unnamed_file.h"
#include "stream/sink.h"

struct spill_partition {
    uint32_t *pieces; /* the numbers in the file of the full pieces */
    size_t count, room;
    unsigned char *last; /* the piece that is not full; null before the first byte */
    size_t used;         /* bytes in it */
};

struct spill {
    int fd;
    uint32_t pieces; /* number of pieces in the file */
    struct spill_partition partitions[SPILL_PARTITIONS];
};

int spill_open(struct spill **spill, const char *directory)
{
    *spill = calloc(1, sizeof **spill);
    if (!*spill)
        return ENOMEM;
    (*spill)->fd = unnamed_file_open(directory);
    if ((*spill)->fd >= 0)
        return 0;
    int error = errno;
    spill_free(*spill);
    *spill = NULL;
    return error;
}

void spill_free(struct spill *spill)
{
    if (!spill)
        return;
    if (spill->fd >= 0)
        close(spill->fd);
    for (int i = 0; i < SPILL_PARTITIONS; i++) {
        free(spill->partitions[i].pieces);
        free(spill->partitions[i].last);
    }
    free(spill);
}

/* Write the full last piece of partition P to the file. */
static int put_piece(struct spill *spill, struct spill_partition *p)
{
    if (p->count == p->room) {
        size_t room = p->room ? p->room * 2 : 16;
        uint32_t *pieces = realloc(p->pieces, room * sizeof *pieces);
        if (!pieces)
            return ENOMEM;
        p->pieces = pieces;
        p->room = room;
    }
    if (spill->pieces == UINT32_MAX)
        return EFBIG;
    int error = sink_write(spill->fd, span_of(p->last, SPILL_PIECE));
    if (error)
        return error;
    p->pieces[p->count++] = spill->pieces++;
    p->used = 0;
    return 0;
}

int spill_put(struct spill *spill, unsigned partition, struct span bytes)
{
    struct spill_partition *p = &spill->partitions[partition];

    if (!p->last && !(p->last = malloc(SPILL_PIECE)))
        return ENOMEM;
    while (bytes.n) {
        size_t n = SPILL_PIECE - p->used < bytes.n ? SPILL_PIECE - p->used : bytes.n;
        memcpy(p->last + p->used, bytes.p, n);
        p->used += n;
        bytes = span_cut(bytes, n, bytes.n);
        int error = p->used == SPILL_PIECE ? put_piece(spill, p) : 0;
        if (error)
            return error;
    }
    return 0;
}

uint64_t spill_size(const struct spill *spill, unsigned partition)
{
    const struct spill_partition *p = &spill->partitions[partition];

    return (uint64_t)p->count * SPILL_PIECE + p->used;
}

static int read_at(int fd, unsigned char *bytes, size_t n, off_t at)
{
    while (n) {
        ssize_t got = pread(fd, bytes, n, at);
        if (got == 0)
            return EIO;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0) {
            bytes += got;
            n -= (size_t)got;
            at += got;
        }
    }
    return 0;
}

int spill_get(const struct spill *spill, unsigned partition, uint64_t at, void *bytes, size_t n)
{
    const struct spill_partition *p = &spill->partitions[partition];
    unsigned char *to = bytes;

    while (n) {
        size_t piece = (size_t)(at / SPILL_PIECE), from = (size_t)(at % SPILL_PIECE);
        size_t now = SPILL_PIECE - from < n ? SPILL_PIECE - from : n;
        int error = 0;
        if (piece < p->count)
            error = read_at(spill->fd, to, now,
                             (off_t)p->pieces[piece] * (off_t)SPILL_PIECE + (off_t)from);
        else
            memcpy(to, p->last + from, now);
        if (error)
            return error;
        to += now;
        at += now;
        n -= now;
    }
    return 0;
}
