/*
 * diff_catalogs: the catalogs that made the rows: the side of each, and the rows of the other
 * side that may be their counterparts.
 *
 * Of two inputs the first is the old side, and rows are joined where their catalogs have one
 * name, or are a pair of the map. Of one input the rows of one catalog are the old side and
 * those of another the new one: as the map says; else of two with one name the lower version is
 * the old one, and otherwise the one whose row comes first.
 */
#ifndef WHORL_DIFF_CATALOGS_H
#define WHORL_DIFF_CATALOGS_H

#include "format/catalog_pair.h"
#include "text/names.h"

struct row;

/* A catalog that one input has rows of. */
struct diff_catalog {
    struct span label; /* NAME-VERSION:DIGEST, of a schema of that input */
    unsigned input, side;
    uint32_t number; /* rows of one number may be joined */
    bool skipped;    /* its rows are not compared */
    uint64_t rows;
};

/* One side of the map. */
struct diff_map_side {
    struct names specs; /* the different names of catalogs */
    uint32_t *maps;     /* by their numbers: the first pair that has each */
    size_t longest;     /* bytes of the longest name */
};

struct diff_catalogs {
    size_t map_count;
    struct diff_map_side sides[2];
    bool one;   /* there is one input */
    bool chain; /* there are no sides */
    struct diff_catalog *items;
    uint32_t room;
    struct names known; /* of each item: the number of its input in a byte, and its label */
    struct names names;
    struct quota *quota;
};

/* How catalogs are to be compared: by MAPS; of ONE input, or of its visitors, as CHAIN. SEED
 * and QUOTA as in names_init(). False when memory is out; diff_catalogs_free() must follow in
 * either case. */
bool diff_catalogs_init(struct diff_catalogs *catalogs, const struct catalog_pair *maps,
                        size_t map_count, bool one, bool chain, uint64_t seed,
                        struct quota *quota)
    __attribute__((warn_unused_result));
void diff_catalogs_free(struct diff_catalogs *catalogs);

/* The catalog of ROW, which is counted, of input number INPUT: 0 old, 1 new, 2 another one of the
 * old side. Valid until the next call. O(1) if the schema of the row has been seen. Null when memory
 * is out. */
struct diff_catalog *diff_catalogs_of(struct diff_catalogs *catalogs, unsigned input,
                                      const struct row *row)
    __attribute__((warn_unused_result));

/* Of two inputs or more: is CATALOG in a pair of the map? */
bool diff_catalogs_mapped(const struct diff_catalogs *catalogs,
                          const struct diff_catalog *catalog);

/* Set the counts of rows to 0. The catalogs stay. */
void diff_catalogs_clear(struct diff_catalogs *catalogs);

/* Is side 1 the old one? Only with one input. */
bool diff_catalogs_flipped(const struct diff_catalogs *catalogs);

/* The side of the report that CATALOG is on: 0 old, 1 new. */
unsigned diff_catalogs_side(const struct diff_catalogs *catalogs,
                            const struct diff_catalog *catalog);

/* The catalog that follows LAST, null for the first one, on SIDE of the report. They are in the
 * order of their labels; those that are skipped come last. Null after the last one. */
const struct diff_catalog *diff_catalogs_next(const struct diff_catalogs *catalogs,
                                              unsigned side, const struct diff_catalog *last);

/* With one input: is there something to compare? Null, or what is missing or too much. */
const char *diff_catalogs_check(const struct diff_catalogs *catalogs);

#endif
