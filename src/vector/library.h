/*
 * library: the id that a fingerprinting library gives for a record's components, computed again.
 *
 * It is computed from the record's own text, not from signals: members stay in their order, and
 * nothing is normalized. whorl-vector(5), IDS OF LIBRARIES, has the rules. The text is read where it
 * is, so that a record costs the same whether or not it was parsed.
 */
#ifndef WHORL_VECTOR_LIBRARY_H
#define WHORL_VECTOR_LIBRARY_H

#include <stdbool.h>

#include "text/hash.h"

struct arena;
struct catalog;
struct limits;

/* What is known of the library's id of one record. */
struct library_id {
    bool known;          /* it could be computed: */
    struct hash128 hash; /* may be 0 */
    bool stated;         /* the record states an id too, and one could be computed; */
    bool differs;        /* the two are not the same */
    bool incomparable;   /* it states one that no release of the library gives, such as one of its */
                         /* service; then it is not stated as above */
};

/* Compute the id of RECORD, which is valid and within LIMITS, by the rules of CATALOG's library.
 * ROOT is the number of the catalog's root that the record has, or root_count. SCRATCH is
 * overwritten. False when memory is out. */
bool library_read(struct library_id *id, const struct catalog *catalog, size_t root,
                  struct span record, const struct limits *limits, struct arena *arena,
                  struct buf *scratch) __attribute__((warn_unused_result));

#endif
