#include "config.h"

#include "stream/decompress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stream/codec.h"
#include "stream/foreign.h"

#define AT_ONCE ((size_t)1 << 17)

/* What the next bytes of the source are; UNKNOWN between members. */
enum kind { UNKNOWN, PLAIN, COMPRESSED };

struct decompress {
    enum kind kind;
    const struct codec *codec; /* of the current member, or of the last one; or null */
    bool ended;                /* the source has ended */
    struct fault fault;        /* reported after all bytes before it */
    struct span rest;          /* of `in`, not yet used */
    bool looked;      /* the beginning of the output was looked at and is not foreign */
    struct span head; /* of `first`, that beginning: not yet given */
    const struct codec *within; /* the codec of the beginning; null for plain */
    void *decoders[CODECS];     /* null until one is needed */
    int window_log;
    bool rows;
    unsigned char first[FOREIGN_MOST];
    unsigned char in[AT_ONCE];
};

struct decompress *decompress_new(int window_log, bool rows)
{
    struct decompress *d = malloc(sizeof *d);

    if (d) {
        memset(d->decoders, 0, sizeof d->decoders);
        d->window_log = window_log;
        d->rows = rows;
        decompress_reset(d);
    }
    return d;
}

void decompress_free(struct decompress *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < CODECS; i++)
        codecs[i].decoder->free(d->decoders[i]);
    free(d);
}

void decompress_reset(struct decompress *d)
{
    d->kind = UNKNOWN;
    d->codec = d->within = NULL;
    d->ended = false;
    d->fault = FAULT_NONE;
    d->rest = span_of(d->in, 0);
    d->looked = false;
    d->head = span_of(d->first, 0);
}

/* The place of the decoder of D's codec. */
static void **decoder_of(struct decompress *d)
{
    return &d->decoders[d->codec - codecs];
}

/* Why source_read() has failed; FAULT_NONE if it would have to wait. */
static struct fault read_failure(const struct source *source)
{
    return source->nonblocking && errno == EAGAIN ? FAULT_NONE : fault_system(errno);
}

/* Move the rest to the front, and read more after it. False with *FAULT. */
static bool refill(struct decompress *d, struct source *source, struct fault *fault)
{
    if (d->rest.n)
        memmove(d->in, d->rest.p, d->rest.n);
    d->rest = span_of(d->in, d->rest.n);
    ssize_t got = source_read(source, d->in + d->rest.n, AT_ONCE - d->rest.n);
    if (got < 0) {
        *fault = read_failure(source);
        return false;
    }
    d->ended = got == 0;
    d->rest = span_of(d->in, d->rest.n + (size_t)got);
    return true;
}

/* Make or reset a decoder for the member that begins here. False with *FAULT. */
static bool begin_member(struct decompress *d, struct fault *fault)
{
    void **decoder = decoder_of(d);

    if (!d->head.n)
        d->within = d->codec;
    if (*decoder)
        d->codec->decoder->reset(*decoder);
    else if (!(*decoder = d->codec->decoder->make(d->window_log)))
        *fault = codec_fault(d->codec, CODEC_NO_MEMORY);
    return *decoder;
}

/* Find out what begins here: nothing at the end of the source. False with *FAULT. */
static bool find_member(struct decompress *d, struct source *source, struct fault *fault)
{
    const struct codec *codec = NULL;

    for (;;) {
        while (d->codec && d->rest.n && d->rest.p[0] == 0)
            d->rest = span_cut(d->rest, 1, d->rest.n);
        if (d->rest.n && codec_find(d->rest, &codec))
            break;
        if (d->ended)
            break;
        if (!refill(d, source, fault))
            return false;
    }
    if (!d->rest.n)
        return true;
    if (!codec && d->codec) {
        *fault = fault_unreadable(0, "something else follows the compressed data");
        return false;
    }
    d->kind = codec ? COMPRESSED : PLAIN;
    d->codec = codec;
    return !codec || begin_member(d, fault);
}

/* Decode once. False with *FAULT. */
static bool decode_member(struct decompress *d, unsigned char *bytes, size_t size, size_t *made,
                          struct fault *fault)
{
    enum codec_state state =
        d->codec->decoder->run(*decoder_of(d), &d->rest, bytes, size, made);

    if (state == CODEC_DONE)
        d->kind = UNKNOWN;
    *fault = codec_fault(d->codec, state);
    return state == CODEC_MORE || state == CODEC_DONE;
}

/* Read plain bytes: first those read to recognise them, then directly from the source. */
static ssize_t read_plain(struct decompress *d, struct source *source, unsigned char *bytes,
                          size_t size, struct fault *fault)
{
    size_t n = d->rest.n < size ? d->rest.n : size;

    if (n || d->ended) {
        memcpy(bytes, d->rest.p, n);
        d->rest = span_cut(d->rest, n, d->rest.n);
        return (ssize_t)n;
    }
    ssize_t got = source_read(source, bytes, size);
    if (got < 0)
        *fault = read_failure(source);
    return got;
}

/* Like decompress_read(), without the test for foreign input. */
static ssize_t read_any(struct decompress *d, struct source *source, unsigned char *bytes,
                        size_t size, struct fault *fault)
{
    while (d->fault.status == STATUS_OK) {
        size_t made = 0;

        if (d->kind == UNKNOWN && !find_member(d, source, fault))
            return -1;
        if (d->kind == UNKNOWN)
            return 0;
        if (d->kind == PLAIN)
            return read_plain(d, source, bytes, size, fault);
        size_t before = d->rest.n;
        if (!decode_member(d, bytes, size, &made, &d->fault) && !made)
            break;
        if (made)
            return (ssize_t)made;
        if (d->kind == UNKNOWN || d->rest.n < before)
            continue;
        /* The decoder needs more. */
        if (d->ended) {
            *fault = codec_fault(d->codec, CODEC_CUT_OFF);
            return -1;
        }
        if (!refill(d, source, fault))
            return -1;
    }
    *fault = d->fault;
    return -1;
}

/* Test the first bytes of output. False with *FAULT; FAULT_NONE if SOURCE has nothing yet. */
static bool look_at_head(struct decompress *d, struct source *source, struct fault *fault)
{
    ssize_t got = 1;

    while (got > 0 && !foreign_decided(d->head)) {
        got = read_any(d, source, d->first + d->head.n, sizeof d->first - d->head.n, fault);
        if (got < 0 && fault->status == STATUS_OK)
            return false;
        if (got < 0)
            d->fault = *fault;
        else
            d->head.n += (size_t)got;
    }
    const char *kind = foreign_find(d->head, d->within, d->rows);
    *fault = kind ? fault_unreadable(0, kind) : FAULT_NONE;
    d->looked = !kind;
    return d->looked;
}

ssize_t decompress_read(struct decompress *d, struct source *source, unsigned char *bytes,
                        size_t size, struct fault *fault)
{
    if (!d->looked && !look_at_head(d, source, fault))
        return -1;
    if (!d->head.n)
        return read_any(d, source, bytes, size, fault);
    size_t n = d->head.n < size ? d->head.n : size;
    memcpy(bytes, d->head.p, n);
    d->head = span_cut(d->head, n, d->head.n);
    return (ssize_t)n;
}
