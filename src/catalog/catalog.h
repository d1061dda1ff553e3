/*
 * catalog: the list of signals: where each is in a record, how it is normalized, and which
 * identities it is part of.
 *
 * A catalog is a text file, whorl-catalog(5). compile.h makes the struct below from its text, in
 * these stages. Each is a file of this directory, and calls no later one:
 *
 * 1. lines.c       the text becomes lines, each of them cells
 * 2. directives.c  a line that begins with @ sets a member of the catalog, or adds an item
 *    reshapes.c    the lines of @pairs and @json among them,
 *    sketches.c    and those of @sketch
 *    rows.c        any other line adds a row, or a pointer to the row before
 * 3. rows.c        once all lines are read: no name twice, and the identities of each row
 *    excludes.c    which rows each @exclude covers
 *    sketches.c    whether each @sketch has a group
 * 4. assemble.c    the arrays that grew move to their final place, with lists of rows by group
 *                  and identity
 *    trie.c        all pointers become one tree, so that one walk finds them
 * 5. digest.c      the canonical text of all this is hashed
 *
 * The state between them is the draft, draft.c, which also reports what is wrong, with its place.
 * The first fault ends the compilation: a catalog is refused as a whole, with one message.
 * builtin.h has the catalogs that were compiled when whorl was built.
 */
#ifndef WHORL_CATALOG_CATALOG_H
#define WHORL_CATALOG_CATALOG_H

#include "catalog/identity.h"
#include "catalog/library_name.h"
#include "catalog/trie.h"
#include "json/pointer.h"
#include "json/value.h"
#include "text/hash.h"

struct buf;
struct normalizer;

/* Bounds of one catalog, so that the memory it takes is known (whorl(1)). */
#define CATALOG_BYTES    ((size_t)1 << 24) /* of its text */
#define CATALOG_ROWS     65535
#define CATALOG_POINTERS ((uint32_t)1 << 18) /* of rows, further ones too, and of @exclude */
#define CATALOG_TOKENS   ((uint32_t)1 << 20) /* of all pointers together */
#define CATALOG_ROOTS    1024
#define CATALOG_EXCLUDES 32
#define CATALOG_EXCLUDED 1024 /* values in the JSON text of one */
#define CATALOG_KEEPS    1024 /* lines */
#define CATALOG_CARRIES  1024
#define CATALOG_RESHAPES 256  /* lines @pairs, and as many lines @json */
#define CATALOG_FURTHER  1024 /* further pointers of @id and of all @carry */
#define CATALOG_SKETCH   512  /* bits of all lines @sketch, */
#define CATALOG_SKETCH_LINE 64 /* and of one */

/* How the 8 bytes of a binary row hold a plain value (a fact or a carried member). Text output has
 * the value unchanged in every case. */
enum plain {
    PLAIN_NONE, /* not at all */
    PLAIN_HASH, /* XXH3-64 of its JSON text */
    PLAIN_U64,
    PLAIN_I64,
    PLAIN_F64,
};

/* A signal. Rows, groups and the trie hold no addresses: see struct extent. */
struct catalog_row {
    struct extent name;
    uint32_t pointers, pointers_end; /* numbers of its pointers, in order of preference */
    uint32_t group;
    uint32_t pipeline; /* in catalog.pipelines */
    uint32_t excludes; /* bit 1 << i: catalog.excludes[i] covers it */
    enum tier tier;
    enum plain fact;    /* also written as a plain value */
    bool private_data;  /* shown only on demand */
    bool retired;       /* always excluded */
    uint8_t identities; /* bit 1 << identity: it is hashed into that identity */
};

/* Signals that are left out of a record, depending on whether POINTER finds the value WHEN. */
struct catalog_exclude {
    uint32_t pointer; /* its number */
    struct value when;
};

/* A member of the record that is passed through unchanged. */
struct catalog_carry {
    struct span name;
    struct pointers pointers; /* from the record itself; at least one */
    enum plain type;
};

/* A value that is read as another one (reshape.h): with @json a string as the JSON that it holds,
 * else, with @pairs, an array of objects as an object. */
struct catalog_reshape {
    bool json;
    bool lower;             /* names of @pairs become lower case (ASCII) */
    struct span key, value; /* which members of an element of @pairs are the name and the value */
};

/* A part of the sketch: the first BITS bits that the signals of a group vote for (sketch.h). */
struct catalog_sketch {
    uint32_t group;
    uint32_t rows; /* so many of its list in lists.groups, from the first on: those within @ids */
    uint32_t bits;
};

/* A row that is not marked private, with a pointer that looks private. */
struct catalog_warning {
    uint32_t row;
    size_t line, column;
};

/* Numbers of rows, in order. */
struct catalog_list {
    const uint32_t *rows;
    uint32_t count;
};

/* The rows again, by their use: a vector is folded and written for each record, and the rows
 * themselves are large. */
struct catalog_lists {
    const struct catalog_list *groups;          /* for each group its rows, without volatile ones */
    struct catalog_list identities[IDENTITIES]; /* those that enter it */
    struct catalog_list facts;
};

struct catalog {
    struct span name, version; /* @catalog */
    struct pointers ids;       /* @id; none without it */
    const struct pointer *roots; /* @root, in order of preference; at least one */
    size_t root_count;
    const struct span *markers; /* @error: the member that makes an error marker, then */
    size_t marker_count;        /* those it may have besides it; 0 without markers */
    struct span undefined;      /* @value; an empty name if has_undefined is false */
    bool has_undefined;
    uint64_t epoch;                /* @epoch */
    uint32_t minimum[IDENTITIES];  /* @min: fewer contributing members give no identity */
    const struct span *transients; /* @transient: classes of transient errors; a signal with */
    size_t transient_count;        /* such an error makes the identities that it enters null */

    const unsigned char *texts; /* what the extents of rows and groups point into */
    const struct catalog_row *rows;
    uint32_t row_count;
    const struct extent *groups; /* names, in order of first appearance */
    uint32_t group_count;
    struct catalog_lists lists;
    const struct normalizer *pipelines; /* each different list of steps once */
    uint32_t pipeline_count;
    struct trie trie;       /* of the pointers of rows and excludes, below a root */
    uint32_t pointer_count; /* their number */
    const struct catalog_exclude *excludes;
    uint32_t exclude_count;
    uint32_t unless; /* bit i: excludes[i] is in force if its value is not found */
    const struct catalog_carry *carries;
    uint32_t carry_count;
    const struct catalog_reshape *reshapes; /* @pairs and @json */
    uint32_t reshape_count;
    struct trie reshape_trie; /* of their pointers, from the record; unset without them */
    const struct catalog_sketch *sketches; /* @sketch */
    uint32_t sketch_count;
    uint32_t sketch_words; /* of 64 bits, which the bits of all of them take */
    const struct catalog_warning *warnings;
    uint32_t warning_count;

    enum library library; /* @library: whose own id is computed too */

    struct hash128 digest; /* of all that a hash depends on: see digest.c */
};

/* The name of row number I, or of group number I. */
static inline struct span catalog_row_name(const struct catalog *catalog, uint32_t i)
{
    return span_at(catalog->texts, catalog->rows[i].name);
}
static inline struct span catalog_group_name(const struct catalog *catalog, uint32_t i)
{
    return span_at(catalog->texts, catalog->groups[i]);
}

/* "u64" ..., for PLAIN_HASH "xxh3"; constant. */
const char *catalog_plain_name(enum plain type);

/* Append NAME-VERSION:DIGEST, the digest's first 16 digits, as each line of output has it. */
void catalog_put_label(struct buf *out, const struct catalog *catalog);

#endif
