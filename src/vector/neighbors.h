/*
 * neighbors: the names of members that records have where a catalog looks for others, so that a pointer
 * that finds nothing can be compared with them.
 *
 * They are the members of the root, and of objects that pointers lead through, that no pointer of
 * the catalog names, in the record as @pairs and @json have it read. They are collected from a few
 * records: what is misspelled in the catalog is so in all of them.
 */
#ifndef WHORL_VECTOR_NEIGHBORS_H
#define WHORL_VECTOR_NEIGHBORS_H

#include "text/names.h"

struct buf;
struct catalog;
struct limits;

#define NEIGHBORS_NAMES  4096             /* that are kept; the first to come */
#define NEIGHBORS_LENGTH ((size_t)1 << 20) /* a longer record is not looked at */

struct neighbors {
    const struct catalog *catalog;
    const struct limits *limits; /* of records */
    uint64_t seed;
    struct names names; /* each after the number of the trie's node that it is below */
    bool *met;          /* for each node of the trie: a record has it */
};

/* Begin without names. LIMITS are those of the records, SEED is that of tables of names. False when
 * memory is out; neighbors_free() must follow in either case. */
bool neighbors_init(struct neighbors *neighbors, const struct catalog *catalog,
                    const struct limits *limits, uint64_t seed)
    __attribute__((warn_unused_result));
void neighbors_free(struct neighbors *neighbors);

/* Collect the names of RECORD, which is valid and within the limits. When memory is out, names are
 * left out. */
void neighbors_look(struct neighbors *neighbors, struct span record);

/* Append the pointer, from the root on, of the member that is most like what the pointer that ends
 * at NODE finds missing: at the object up to which the records have it, a member of a similar name.
 * False, with nothing appended, if there is none. */
bool neighbors_put_nearest(const struct neighbors *neighbors, uint32_t node, struct buf *out);

#endif
