/*
 * match_candidates: which combinations are compared with a new record, whorl-match(1),
 * "Candidates".
 *
 * Each choice of sets has a table of all combinations, by a hash of the values in these sets. So a
 * search takes O(1) for each of the 25 choices, and O(n) of the n combinations that it finds.
 */
#ifndef WHORL_MATCH_CANDIDATES_H
#define WHORL_MATCH_CANDIDATES_H

#include "match/known.h"

#define MATCH_SETS    5
#define MATCH_FEWEST  2    /* sets that must agree */
#define MATCH_CHOICES 25   /* of two, three or four sets */
#define MATCH_ALL     1024 /* so many combinations are all candidates */
#define MATCH_MOST    64  /* combinations that one choice of sets may find */

struct match_candidates {
    const struct match_known *known;
    uint32_t *sets[MATCH_SETS]; /* the lasting components of each */
    uint32_t set_sizes[MATCH_SETS];
    struct match_choice {  /* those of the most sets first */
        unsigned sets;     /* a bit for each */
        uint32_t *starts;  /* where each bucket of combinations begins, and the end */
        uint32_t *members; /* combinations, by buckets */
    } choices[MATCH_CHOICES];
    unsigned shift; /* of a hash, for its bucket */
    struct arena arena;
};

/* The combinations that one search has found. */
struct match_found {
    uint32_t *items;
    uint32_t count;
    uint32_t *marks; /* by combinations: the search that has found it last, */
    size_t room;     /* so many */
    uint32_t search;
};

/* Prepare for searches in KNOWN, which is finished. False when memory is out;
 * match_candidates_free() must follow in either case. */
bool match_candidates_init(struct match_candidates *candidates, const struct match_known *known)
    __attribute__((warn_unused_result));
void match_candidates_free(struct match_candidates *candidates);

bool match_found_init(struct match_found *found, const struct match_known *known)
    __attribute__((warn_unused_result));
void match_found_free(struct match_found *found);

/* Begin to search for the candidates for a new record. */
void match_found_begin(struct match_found *found);

/* Add to FOUND the candidates that agree in SETS sets with the record whose values have NUMBERS,
 * MATCH_NO_RECORD for a value that no known record has. A search begins with MATCH_SETS and goes
 * down to MATCH_FEWEST. If all combinations are candidates, MATCH_SETS finds all of them. */
void match_candidates_find(const struct match_candidates *candidates, const uint32_t *numbers,
                           unsigned sets, struct match_found *found);

#endif
