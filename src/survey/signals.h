/*
 * signals: the signals and identities that a catalog makes of a record, as observations: so a
 * survey of them says how well the catalog does.
 *
 * Each is a member of its own: first the identities, in the order of enum identity, then the
 * rows.
 */
#ifndef WHORL_SURVEY_SIGNALS_H
#define WHORL_SURVEY_SIGNALS_H

#include "survey/survey.h"

struct catalog;
struct vector;

/* Begin SURVEY, which has no records, with the fields of CATALOG: each has the number that
 * signals_identity() or signals_row() gives, and so has its slot. SEED is that of names. False when
 * memory is out. */
bool signals_begin(struct survey *survey, const struct catalog *catalog, uint64_t seed)
    __attribute__((warn_unused_result));

/* Append the observations of RECORD, which has VECTOR. A signal without a hash and an identity
 * that is null are not observed. Whether memory ran out is known from OUT. */
void signals_put(struct buf *out, const struct observe_record *record,
                 const struct vector *vector, uint64_t seed);

uint32_t signals_identity(unsigned identity);
uint32_t signals_row(uint32_t row);

#endif
