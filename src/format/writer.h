/*
 * writer: the table of output formats: how vectors become bytes.
 *
 * A new format is a file with a `struct writer` in it and a row of the table in writer.c.
 */
#ifndef WHORL_FORMAT_WRITER_H
#define WHORL_FORMAT_WRITER_H

#include <stdint.h>

#include "base/buf.h"

struct catalog;
struct passthrough;
struct vector;

/* What the command line says about the output. */
struct writer_options {
    unsigned members;     /* of a line, a set of ndjson_member bits */
    bool reveal;          /* show values and states of private signals */
    bool bare;            /* neither header nor end */
    uint32_t fact_text;   /* of binary output: bytes for the text of each fact; 0 for none */
    struct span producer; /* the program's name and version, for a header; constant */
};

/* A format. The functions share a state, one for each output. After a function that appends to OUT,
 * OUT says whether memory ran out. */
struct writer {
    const char *name; /* in --format */
    bool is_text;     /* a terminal may show it */
    bool is_framed;   /* there is a header, and maybe an end, unless the options are bare */
    bool is_complete; /* all members are always written, so --select means nothing */
    bool is_single;   /* an output holds the vectors of one catalog only */
    unsigned members; /* the default of --select: a set of ndjson_member bits */

    /* The state of an output of CATALOG's vectors (if several catalogs share the output, of the
     * first one's). CATALOG must last. Null when memory is out. */
    void *(*open)(const struct writer_options *options, const struct catalog *catalog);
    void (*close)(void *state); /* null is allowed */

    /* The texts that vector_normalize() must keep, a set of VECTOR_ bits. */
    unsigned (*texts)(const void *state);

    /* Append the header. Null for a format without one, as are sent() and end(). */
    void (*header)(const void *state, struct buf *out);

    /* Append VECTOR of the record with PASSTHROUGH. Any number of threads may call this at once,
     * because what it reads of the state does not change. */
    void (*put)(const void *state, struct buf *out, const struct passthrough *passthrough,
                const struct vector *vector);

    /* BYTES, made by put(), follow those sent before: what end() says is about them. */
    void (*sent)(void *state, struct span bytes);

    /* Of a format whose output is not the bytes that put() makes: append to OUT what BYTES, made by
     * put(), complete. They follow those given before. Null for all other formats. */
    void (*gather)(void *state, struct span bytes, struct buf *out);

    /* Append the end, once all is sent or gathered; if the run is not COMPLETE, only what is left of
     * what was gathered. */
    void (*end)(const void *state, struct buf *out, bool complete);
};

extern const struct writer *const writers[]; /* the default first */
extern const size_t writer_count;

/* The writer called NAME, or null. */
const struct writer *writer_find(const char *name);

#endif
