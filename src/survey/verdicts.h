/*
 * verdicts: which paths a catalog should have, and how: the rules of a draft, from the
 * evidence.
 *
 * The rules apply in this order; whorl-survey(1) has what they are worth.
 *
 *   outside    What --by and --time name is no signal, and neither is a path at which a record
 *              has an object with members, which have paths of their own.
 *   root       The object under which nine tenths of the paths are, level by level, is the
 *              root; paths that differ in nearly all records aside.
 *   volatile   A path that differs within a pair of one visitor's records is volatile; unless a
 *              step holds it still in all pairs (its other form, observe.h), or it differs in
 *              less than 1 of 500 pairs, of at least 1,000, and never twice in a row, or it
 *              changes and then stays: at least 20 changes, a change follows one no more than
 *              twice as often as another pair, at most a tenth of those lead back, and at most
 *              3 of 10 pairs differ.
 *   key        With at least 50 visitors: a path of which nine tenths of them have a value of
 *              their own says who the visitor is, not what the device is.
 *   name       A last name that at least 3 paths have, four tenths of which are volatile or
 *              held still only by the step data-url, is volatile everywhere.
 *   siblings   If a third of the other members of an object below the root are so, its still
 *              ones are of tier exact.
 *   constant   A path that is the same in all records tells nothing, unless all paths are.
 *   clone      Of the paths that divide the records alike, one is enough: of the type of which
 *              the least part is volatile, then the one in the most records, then the shortest,
 *              then the first.
 *   tier       With times that are at least 14 days apart, and at least 20 pairs in which the
 *              browser's version differs: a path that differs in these no more than twice as
 *              often as in the others survives updates.
 */
#ifndef WHORL_SURVEY_VERDICTS_H
#define WHORL_SURVEY_VERDICTS_H

#include "base/arena.h"
#include "survey/rows.h"

enum verdict {
    VERDICT_KEEP,
    VERDICT_VOLATILE, /* it differs */
    VERDICT_NAME,     /* its last name does elsewhere */
    VERDICT_SIBLINGS, /* its siblings do: tier exact */
    VERDICT_KEY,
    VERDICT_CONSTANT,
    VERDICT_CLONE,
    VERDICT_OUTSIDE,
};

struct verdicts_item {
    enum verdict verdict;
    bool form;     /* it is still only in its other form */
    bool install;  /* it survives updates of the browser */
    uint32_t same; /* of a clone: the row that is kept */
};

struct verdicts {
    struct verdicts_item *items; /* for each row */
    uint32_t root;               /* the path */
    struct arena arena;
};

/* Judge ROWS of SURVEY. BY and TIME are the pointers of --by and --time, or no bytes. False
 * when memory is out. verdicts_free() must follow in either case. */
bool verdicts_find(struct verdicts *verdicts, const struct survey *survey,
                   const struct rows *rows, struct span by, struct span time)
    __attribute__((warn_unused_result));
void verdicts_free(struct verdicts *verdicts);

/* How many of COUNT rows have a row in the catalog that is no comment. */
uint32_t verdicts_rows(const struct verdicts *verdicts, uint32_t count);

#endif
