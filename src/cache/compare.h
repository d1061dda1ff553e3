/*
 * compare: reads a record by comparison with a template. cache.h has an example.
 *
 * The bytes of both are compared in long runs. If they differ inside a leaf, the value there
 * is validated. If they differ in a gap, the comparison changes to another template that has
 * had the same gaps so far, and has this one too. If there is none, the gap is read by the
 * grammar (an edit), and the comparison goes on at the leaf that the edit leads to.
 *
 * Why the record is valid. Cut an accepted record at its leaves: g0 v1 g1 ... vn gn, with gaps
 * g and values v. After a leaf the state of the grammar follows from the path of the leaf
 * alone: all its parents are open, they are all objects, and a value has just ended.
 *   - Each g is equal, byte for byte, to a gap of an accepted record between the same two
 *     paths, or was read by the grammar from that state.
 *   - Each v is equal, byte for byte, to a value accepted before at the same path, so at the
 *     same depth, or the validator has just accepted it at that depth. Equal bytes end a
 *     number only where a gap begins.
 * So the record is JSON. It has no name twice: names inside values were checked with the
 * value; outside of values, a record with all gaps of one accepted record, in order, has the
 * same members, each once; and in any other record each member that an edit has read is
 * checked (trace_check). Gaps and values meet at ASCII bytes, so it is UTF-8. Length is
 * checked first, depth at each value and each object that an edit opens, and the number of
 * values by the most that there can be.
 *
 * Why its results are right. The results of a leaf depend on its bytes and its path alone
 * (leaf.h). What depends on whether other members are there is guarded: an edit in such an
 * object hands the record over, see PATH_GUARD. Which pointer of a row counts, and what an
 * @exclude leaves out, is decided for each record anew (cells.h, fold.h).
 *
 * Why it may become a template. Its leaves are those of the base that it has, those that were
 * noted, and those that edits have read, in its own order (cut.h). Its gaps are those above,
 * and its results are its own. So the template is the same as if the record had been read in
 * full.
 *
 * The comparison accepts a record or hands it over; it never rejects one. All that it leaves
 * is numbers of paths, which say nothing about a record.
 */
#ifndef WHORL_CACHE_COMPARE_H
#define WHORL_CACHE_COMPARE_H

#include <stdbool.h>

struct trace;

/* Read the record with which TRACE begins. It must not be longer than the limit for records,
 * and the longest that may be a template. True with *TRACE filled; false if the record must
 * be read in full. */
bool compare_record(struct trace *trace) __attribute__((warn_unused_result));

#endif
