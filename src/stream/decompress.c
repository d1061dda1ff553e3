#include "config.h"

#include "stream/decompress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stream/foreign.h"
#include "stream/gunzip.h"
#include "stream/unzstd.h"

#define AT_ONCE ((size_t)1 << 17)

enum kind { UNKNOWN, PLAIN, GZIP, ZSTD };

struct decompress {
    enum kind kind;    /* of the member that is being read; UNKNOWN between members */
    bool compressed;   /* a member came before */
    bool ended;        /* the source has */
    const char *wrong; /* what came before this was given, and this is yet to be told */
    struct span rest;  /* of `in`, not yet used */
    bool looked;       /* at the beginning of what comes out, and it is not foreign */
    struct span head;  /* of `first`, that beginning, not yet given */
    enum foreign_within within; /* what that comes out of */
    struct gunzip *gunzip;
    struct unzstd *unzstd;
    int window;
    bool rows;
    unsigned char first[FOREIGN_MOST];
    unsigned char in[AT_ONCE];
};

struct decompress *decompress_new(int window, bool rows)
{
    struct decompress *d = malloc(sizeof *d);

    if (d) {
        d->gunzip = NULL;
        d->unzstd = NULL;
        d->window = window;
        d->rows = rows;
        decompress_reset(d);
    }
    return d;
}

void decompress_free(struct decompress *d)
{
    if (!d)
        return;
    gunzip_free(d->gunzip);
    unzstd_free(d->unzstd);
    free(d);
}

void decompress_reset(struct decompress *d)
{
    d->kind = UNKNOWN;
    d->compressed = d->ended = false;
    d->wrong = NULL;
    d->rest = span_of(d->in, 0);
    d->looked = false;
    d->head = span_of(d->first, 0);
    d->within = FOREIGN_PLAIN;
}

/* What is wrong when source_read() has failed. */
static const char *failure(const struct source *source)
{
    return source->nonblocking && errno == EAGAIN ? NULL : strerror(errno);
}

/* Read more behind the rest, which is moved to the front. False with *WHAT. */
static bool refill(struct decompress *d, struct source *source, const char **what)
{
    if (d->rest.n)
        memmove(d->in, d->rest.p, d->rest.n);
    d->rest = span_of(d->in, d->rest.n);
    ssize_t got = source_read(source, d->in + d->rest.n, AT_ONCE - d->rest.n);
    if (got < 0) {
        *what = failure(source);
        return false;
    }
    d->ended = got == 0;
    d->rest = span_of(d->in, d->rest.n + (size_t)got);
    return true;
}

/* How each kind begins. */
static const struct magic {
    enum kind kind;
    size_t n;
    unsigned char bytes[4];
    unsigned char mask; /* of the first byte */
} magics[] = {
    {GZIP, 2, {0x1F, 0x8B}, 0xFF},
    {ZSTD, 4, {0x28, 0xB5, 0x2F, 0xFD}, 0xFF},
    /* A skippable frame: 184D2A5?, RFC 8878 section 3.1.2; pzstd begins with one. */
    {ZSTD, 4, {0x50, 0x2A, 0x4D, 0x18}, 0xF0},
};

/* What begins with S, which is not empty; UNKNOWN if more of it could make a difference: a
 * plain start, such as "{}", must not wait for more. */
static enum kind kind_of(struct span s)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *m = &magics[i];
        size_t n = s.n < m->n ? s.n : m->n;
        if ((s.p[0] & m->mask) == m->bytes[0] && memcmp(s.p + 1, m->bytes + 1, n - 1) == 0)
            return n == m->n ? m->kind : UNKNOWN;
    }
    return PLAIN;
}

/* Have a decoder for what begins here. */
static bool begin(struct decompress *d, const char **what)
{
    bool ready = true;

    if (d->kind != PLAIN && !d->head.n)
        d->within = d->kind == GZIP ? FOREIGN_GZIP : FOREIGN_ZSTD;
    d->compressed = d->kind != PLAIN;
    if (d->kind == GZIP && d->gunzip)
        gunzip_reset(d->gunzip);
    else if (d->kind == GZIP)
        ready = (d->gunzip = gunzip_new()) != NULL;
    else if (d->kind == ZSTD && d->unzstd)
        unzstd_reset(d->unzstd);
    else if (d->kind == ZSTD)
        ready = (d->unzstd = unzstd_new(d->window)) != NULL;
    if (!ready)
        *what = "out of memory";
    return ready;
}

/* Find out what begins here; at the end of the source nothing does. */
static bool recognise(struct decompress *d, struct source *source, const char **what)
{
    for (;;) {
        while (d->compressed && d->rest.n && d->rest.p[0] == 0)
            d->rest = span_cut(d->rest, 1, d->rest.n);
        if (d->ended || (d->rest.n && kind_of(d->rest) != UNKNOWN))
            break;
        if (!refill(d, source, what))
            return false;
    }
    if (!d->rest.n)
        return true;
    d->kind = kind_of(d->rest);
    if (d->kind == UNKNOWN)
        d->kind = PLAIN;
    if (d->kind == PLAIN && d->compressed) {
        *what = "something else follows the compressed data";
        return false;
    }
    return begin(d, what);
}

/* Decode once. False with *WHAT. */
static bool decode(struct decompress *d, unsigned char *bytes, size_t size, size_t *made,
                   const char **what)
{
    enum codec_state state = d->kind == GZIP
                                 ? gunzip_run(d->gunzip, &d->rest, bytes, size, made)
                                 : unzstd_run(d->unzstd, &d->rest, bytes, size, made);
    switch (state) {
    case CODEC_MORE:
        return true;
    case CODEC_DONE:
        d->kind = UNKNOWN;
        return true;
    case CODEC_BAD:
        *what = d->kind == GZIP ? "the gzip data is damaged" : "the zstd data is damaged";
        return false;
    case CODEC_WINDOW:
        *what = d->window < UNZSTD_WINDOW_LONG
                    ? "the zstd data needs a window of more than 128 MiB: see --long"
                    : "the zstd data needs a window of more than 2 GiB";
        return false;
    case CODEC_DICTIONARY:
        *what = "the zstd data needs a dictionary: expected what zstd -D has decompressed";
        return false;
    case CODEC_NO_MEMORY:
        *what = "out of memory";
        return false;
    }
    return false;
}

/* Plain bytes: what was read to recognise them, then straight from the source. */
static ssize_t read_plain(struct decompress *d, struct source *source, unsigned char *bytes,
                          size_t size, const char **what)
{
    size_t n = d->rest.n < size ? d->rest.n : size;

    if (n || d->ended) {
        memcpy(bytes, d->rest.p, n);
        d->rest = span_cut(d->rest, n, d->rest.n);
        return (ssize_t)n;
    }
    ssize_t got = source_read(source, bytes, size);
    if (got < 0)
        *what = failure(source);
    return got;
}

/* As decompress_read(), whatever it is that the source has. */
static ssize_t read_any(struct decompress *d, struct source *source, unsigned char *bytes,
                        size_t size, const char **what)
{
    while (!d->wrong) {
        size_t made = 0;

        if (d->kind == UNKNOWN && !recognise(d, source, what))
            return -1;
        if (d->kind == UNKNOWN)
            return 0;
        if (d->kind == PLAIN)
            return read_plain(d, source, bytes, size, what);
        size_t before = d->rest.n;
        if (!decode(d, bytes, size, &made, &d->wrong) && !made)
            break;
        if (made)
            return (ssize_t)made;
        if (d->kind == UNKNOWN || d->rest.n < before)
            continue;
        /* It wants more. */
        if (d->ended) {
            *what = d->kind == GZIP ? "the gzip data is cut off" : "the zstd data is cut off";
            return -1;
        }
        if (!refill(d, source, what))
            return -1;
    }
    *what = d->wrong;
    return -1;
}

/* Look at what comes out first. False with *WHAT, or nothing there if that is null. */
static bool look(struct decompress *d, struct source *source, const char **what)
{
    ssize_t got = 1;

    while (got > 0 && !foreign_decided(d->head)) {
        got = read_any(d, source, d->first + d->head.n, sizeof d->first - d->head.n, what);
        if (got < 0 && !*what)
            return false;
        if (got < 0)
            d->wrong = *what;
        else
            d->head.n += (size_t)got;
    }
    *what = foreign_find(d->head, d->within, d->rows);
    d->looked = !*what;
    return d->looked;
}

ssize_t decompress_read(struct decompress *d, struct source *source, unsigned char *bytes,
                        size_t size, const char **what)
{
    if (!d->looked && !look(d, source, what))
        return -1;
    if (!d->head.n)
        return read_any(d, source, bytes, size, what);
    size_t n = d->head.n < size ? d->head.n : size;
    memcpy(bytes, d->head.p, n);
    d->head = span_cut(d->head, n, d->head.n);
    return (ssize_t)n;
}
