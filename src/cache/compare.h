/*
 * compare: a record read by comparison with templates.
 *
 * A record is compared with a template in long runs. A difference inside a leaf: the value
 * there is validated. A difference in a text: another template that has had the same texts so
 * far is tried, or else the text is read by the grammar (an edit) and the comparison goes on
 * where the member it leads to lies in the template.
 *
 * Why what is read so is valid, and means what the full path would say. Cut an accepted record
 * at its leaves: t0 v1 t1 ... vn tn. After a leaf the grammar's state follows from the leaf's
 * path alone: its parents are open, all objects, and a value has just ended. Each t is byte
 * for byte a text of an accepted record between the same two paths, or was read by the grammar
 * from that state. Each v is byte for byte a value accepted before at the same path, hence at
 * the same depth, or was accepted just now by the validator at that depth. A run of equal bytes
 * ends a number only where a text begins. So the record is JSON. Names inside values were
 * checked for doubles with the value; outside of them, a record with all the texts of one
 * accepted record, in order, has its members, each once, and any other is checked member by
 * member (trace_check). Texts and values meet at ASCII bytes, so UTF-8 holds. Length is checked
 * first, depth at each value and each object opened, the number of values against what the
 * record can have at most.
 *
 * What a leaf's bytes give depends on nothing but its path (path.h). What depends on other
 * members being there is guarded: an edit at such an object hands over, see PATH_GUARD. Which
 * of a row's pointers counts, and what an @exclude takes out, is decided anew for each record
 * (cells.h, fold.h).
 *
 * A record that was accepted so may become a template itself (cut.h): its leaves are those of
 * the base that it has, those that were noted, and those that edits have read, in its own
 * order; what lies between them are the texts above, and its results are its own. So it is what
 * the full path would have made of it, and the next record may be compared with it.
 *
 * The comparison accepts a record or hands it over; it never rejects one. What it leaves behind
 * are paths, which are names for paths and nothing else.
 */
#ifndef WHORL_CACHE_COMPARE_H
#define WHORL_CACHE_COMPARE_H

#include <stdbool.h>

struct trace;

/* Read the record with which TRACE begins, which is within the limits' length and not longer
 * than the longest that is kept. True with *TRACE filled; false if the record must be read
 * in full. */
bool compare_record(struct trace *trace) __attribute__((warn_unused_result));

#endif
