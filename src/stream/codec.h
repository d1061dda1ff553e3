/*
 * codec: the table of the compression formats that are read.
 *
 * A row says how data of the format begins, and has the functions that decode it and the messages.
 * A new format needs an entry of CODEC_LIST, a row of the table in codec.c, a decoder in a file of
 * its own, and a row in foreign.c for data of it within another format.
 *
 * gzip has two decoders. ISA-L takes half the time of zlib on the captures (see BENCHMARKS.md) and
 * is used if it is installed. Their results differ in two cases. ISA-L accepts incomplete sets of
 * Huffman codes, which zlib refuses, and reports damage only at a code without a symbol. If data is
 * cut off, ISA-L may not give the last one or two bytes.
 */
#ifndef WHORL_STREAM_CODEC_H
#define WHORL_STREAM_CODEC_H

#include "base/span.h"

struct fault;

/* All formats, as ROW(NUMBER, NAME, ...). NAME is the literal in messages, and the command NAME -dc
 * decompresses a file. */
#define CODEC_LIST(ROW, ...)                                                                   \
    ROW(CODEC_GZIP, "gzip", __VA_ARGS__)                                                       \
    ROW(CODEC_ZSTD, "zstd", __VA_ARGS__)

#define CODEC_NUMBER(number, name, ...) number,
enum codec_number { CODEC_LIST(CODEC_NUMBER, ) CODECS };
#undef CODEC_NUMBER

enum codec_state {
    CODEC_MORE,        /* it needs more input, or more room for output */
    CODEC_DONE,        /* the member ended, and its checksum is right */
    CODEC_BAD,         /* the data is damaged */
    CODEC_CUT_OFF,     /* the input ended inside a member; run() never returns this */
    CODEC_WINDOW,      /* the frame needs a larger window than is allowed */
    CODEC_WINDOW_MOST, /* the same, and no option allows one as large */
    CODEC_DICTIONARY,  /* the frame needs a dictionary, which whorl does not have */
    CODEC_NO_MEMORY,
    CODEC_STATES
};

/* The base-2 logarithm of the largest window that is allowed: by default, and with --long. */
#define CODEC_WINDOW_LOG      27
#define CODEC_WINDOW_LOG_LONG 31

/* The decoder of one compressed member or frame. What it has written before damage, or before the
 * end of the input, does not depend on the sizes of the pieces of input and output. */
struct codec_decoder {
    /* Make a decoder's state, at the beginning of a member. WINDOW_LOG as above; gzip ignores it.
     * Null when memory is out. */
    void *(*make)(int window_log);
    /* Go back to the beginning of a member. */
    void (*reset)(void *state);
    /* Decode from *IN, and cut the used bytes off it, to the ROOM bytes at OUT. *MADE is the number
     * of bytes written. */
    enum codec_state (*run)(void *state, struct span *in, unsigned char *out, size_t room,
                            size_t *made);
    /* Free the state; null is allowed. */
    void (*free)(void *state);
};

/* gzip, RFC 1952. Both check what gzip -t checks: method, reserved flags and checksum of the
 * header, checksum and length of the data. */
extern const struct codec_decoder decoder_gzip_isal; /* only if HAVE_ISAL is defined */
extern const struct codec_decoder decoder_gzip_zlib;

/* zstd, RFC 8878, by libzstd. A skippable frame counts as an empty frame. Before damage all
 * complete blocks are given, and of a stored block (Raw_Block) every byte that is there. */
extern const struct codec_decoder decoder_zstd;

/* How data of a format begins. */
struct codec_magic {
    size_t n; /* 0 for none */
    unsigned char bytes[4];
    unsigned char mask; /* of the first byte */
};

struct codec {
    struct codec_magic magics[2];
    const struct codec_decoder *decoder;
    const char *messages[CODEC_STATES]; /* of each fault of the data; constant */
};

extern const struct codec codecs[CODECS]; /* by number */

/* What STATE in data of CODEC is: FAULT_NONE, STATUS_NO_MEMORY, or STATUS_UNREADABLE. */
struct fault codec_fault(const struct codec *codec, enum codec_state state);

/* Find the format of data that begins with BYTES, at least one: *CODEC, null for none of them.
 * False if more bytes could make a difference; then *CODEC is null. A plain text such as "{}"
 * never needs more. */
bool codec_find(struct span bytes, const struct codec **codec);

#endif
