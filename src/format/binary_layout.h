/*
 * binary_layout: the columns of a row of binary output, as one array.
 *
 * Everything that knows what a row holds is made from this array: the header, the writer and
 * the reader of rows, and schemas for other programs. Each column begins at the first multiple
 * of its type's size after the one before it. A catalog without facts, carried members or
 * groups has no columns for them.
 */
#ifndef WHORL_FORMAT_BINARY_LAYOUT_H
#define WHORL_FORMAT_BINARY_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct catalog;

/* The version of the format, in its header. */
#define BINARY_VERSION 1

/* The first 8 bytes of a header's block and of the end block; all other blocks begin with a
 * tag. As in PNG they are not text, and a program that takes them for text damages them. */
#define BINARY_MARK        8
#define BINARY_HEADER_MARK "\x89WHL\r\n\x1a\n"
#define BINARY_END_MARK    "\x89WHE\r\n\x1a\n"

/* A header's block has these numbers after the mark, u32 each. */
enum binary_number {
    BINARY_NUMBER_VERSION,
    BINARY_NUMBER_BLOCKS, /* of the header */
    BINARY_NUMBER_STRIDE,
    BINARY_NUMBER_GROUPS,
    BINARY_NUMBER_SIGNALS,
    BINARY_NUMBER_LENGTH, /* of the JSON text that follows, in bytes */
    BINARY_NUMBERS
};

/* Of any catalog, in bytes: where a row's key is, and the size of the columns up to
 * coverage. */
#define BINARY_KEY_AT 8
#define BINARY_FIXED  128

/* The kinds of columns, in the order of a row. */
enum binary_kind {
    BINARY_TAG,      /* of the catalog */
    BINARY_KEY,      /* of the id (row_key.h); zeros for null */
    BINARY_PRESENT,  /* how many signals are present */
    BINARY_ERRORS,   /* and how many are errors */
    BINARY_ID,       /* an identity; zeros for none; after the vector the id of the library */
    BINARY_COVERAGE, /* of an identity */
    BINARY_BITMAP,   /* bit i: the fact or carried member with that bit is present */
    BINARY_FACT,     /* 0 where absent */
    BINARY_CARRY,    /* the same, of a carried member */
    BINARY_GROUPS,   /* the hash of each; 0 for none */
    BINARY_VECTOR,   /* the hash of each signal; 0 where missing or excluded */
    BINARY_SKETCH,   /* its words */
    BINARY_TEXT,     /* of a fact of the type xxh3: as much as fits, then zeros; after all else */
    BINARY_KINDS
};

/* XXH3: a u64 that is XXH3-64 of a JSON text. UTF8: the bytes of one text. */
enum binary_type {
    BINARY_U8,
    BINARY_U16,
    BINARY_U32,
    BINARY_U64,
    BINARY_I64,
    BINARY_F64,
    BINARY_XXH3,
    BINARY_UTF8,
    BINARY_TYPES
};

struct binary_column {
    enum binary_kind kind;
    enum binary_type type;
    size_t offset;     /* in the row, in bytes */
    uint32_t count;    /* of values of the type */
    uint32_t number;   /* of the identity, or IDENTITIES for the library's id; of the fact's row */
                       /* in the catalog; of the member */
    uint32_t bit;      /* in the bitmap, of a fact or member; of a text that of its fact */
    struct span name;  /* of the identity, fact or member, the catalog's; else empty */
};

struct binary_layout {
    struct binary_column *columns; /* in the order of a row, each with at least one value */
    size_t column_count;
    size_t bitmap; /* offset of that column; without one, of what follows */
    size_t stride; /* size of a row and of any block: a multiple of 64 bytes */
};

/* The most bytes of a fact's text. With 65,535 facts a row is 19 MB then, which is below what a reader
 * takes for the size of a block. */
#define BINARY_TEXT_MOST 256

/* What a row has besides the columns that all have. */
struct binary_extras {
    bool library;  /* the id of the catalog's library */
    bool sketched; /* the sketch */
    uint32_t text; /* the bytes of each fact's text; 0 for none */
};

/* Make the layout of CATALOG's rows, with EXTRAS; CATALOG must last. False when memory is out; binary_layout_free() must follow in either
 * case. */
bool binary_layout_make(struct binary_layout *layout, const struct catalog *catalog,
                        const struct binary_extras *extras) __attribute__((warn_unused_result));
void binary_layout_free(struct binary_layout *layout);

/* Append the name of COLUMN in the header: the name of its kind and, if the kind has several
 * columns, ':' and its own name. OUT says whether memory ran out. */
void binary_column_put_name(struct buf *out, const struct binary_column *column);

/* The kind of the column that the header calls TEXT, and in *NAME its own name; BINARY_KINDS if
 * it is unknown. */
enum binary_kind binary_kind_find(struct span text, struct span *name);

/* The type's name in the header, constant; its size in bytes. */
const char *binary_type_name(enum binary_type type);
uint32_t binary_type_size(enum binary_type type);

/* Does a column of KIND have a bit in the bitmap? */
bool binary_kind_has_bit(enum binary_kind kind);

/* Do its columns have an array of values, even if it has one, or bytes that are no number? */
bool binary_kind_is_array(enum binary_kind kind);

/* Is it a fact or a carried member? */
static inline bool binary_kind_is_plain(enum binary_kind kind)
{
    return kind == BINARY_FACT || kind == BINARY_CARRY;
}

#endif
