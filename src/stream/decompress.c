#include "config.h"

#include "stream/decompress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stream/gunzip.h"
#include "stream/unzstd.h"

#define AT_ONCE ((size_t)1 << 17)
#define MAGIC   4 /* bytes that tell what comes */

enum kind { UNKNOWN, PLAIN, GZIP, ZSTD };

struct decompress {
    enum kind kind;   /* of the member that is being read; UNKNOWN between members */
    bool compressed;  /* a member came before */
    bool ended;       /* the source has */
    struct span rest; /* of `in`, not yet used */
    struct gunzip *gunzip;
    struct unzstd *unzstd;
    int window;
    unsigned char in[AT_ONCE];
};

struct decompress *decompress_new(int window)
{
    struct decompress *d = malloc(sizeof *d);

    if (d) {
        d->gunzip = NULL;
        d->unzstd = NULL;
        d->window = window;
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
    d->rest = span_of(d->in, 0);
}

/* Read more behind the rest, which is moved to the front. False with *WHAT. */
static bool refill(struct decompress *d, struct source *source, const char **what)
{
    if (d->rest.n)
        memmove(d->in, d->rest.p, d->rest.n);
    ssize_t got = source_read(source, d->in + d->rest.n, AT_ONCE - d->rest.n);
    if (got < 0) {
        *what = strerror(errno);
        return false;
    }
    d->ended = got == 0;
    d->rest = span_of(d->in, d->rest.n + (size_t)got);
    return true;
}

static enum kind kind_of(struct span s)
{
    if (span_begins(s, span_text("\x1F\x8B")))
        return GZIP;
    if (span_begins(s, span_text("\x28\xB5\x2F\xFD")))
        return ZSTD;
    /* A skippable frame: 184D2A5?, RFC 8878 section 3.1.2; pzstd begins with one. */
    if (s.n >= MAGIC && (s.p[0] & 0xF0) == 0x50 && memcmp(s.p + 1, "\x2A\x4D\x18", 3) == 0)
        return ZSTD;
    return PLAIN;
}

/* Could kind_of() know something that begins with C? */
static bool may_be_magic(unsigned char c)
{
    return c == 0x1F || c == 0x28 || (c & 0xF0) == 0x50;
}

/* Have a decoder for what begins here. */
static bool begin(struct decompress *d, const char **what)
{
    bool ready = true;

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
        if (d->ended || d->rest.n >= MAGIC)
            break;
        /* A plain start, such as "{}", must not wait for more. */
        if (d->rest.n && !may_be_magic(d->rest.p[0]))
            break;
        if (!refill(d, source, what))
            return false;
    }
    if (!d->rest.n)
        return true;
    d->kind = kind_of(d->rest);
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
        *what = "the zstd data needs a window of more than 128 MiB: see --long";
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
        *what = strerror(errno);
    return got;
}

ssize_t decompress_read(struct decompress *d, struct source *source, unsigned char *bytes,
                        size_t size, const char **what)
{
    for (;;) {
        size_t made = 0;

        if (d->kind == UNKNOWN && !recognise(d, source, what))
            return -1;
        if (d->kind == UNKNOWN)
            return 0;
        if (d->kind == PLAIN)
            return read_plain(d, source, bytes, size, what);
        size_t before = d->rest.n;
        if (!decode(d, bytes, size, &made, what))
            return -1;
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
}
