/*
 * edit: text of a record that no template has, read by the grammar.
 */
#ifndef WHORL_CACHE_EDIT_H
#define WHORL_CACHE_EDIT_H

#include "cache/trace.h"

enum edit_end {
    EDIT_HAND_OVER, /* it is not JSON, or nothing that can be decided here */
    EDIT_MET,       /* a leaf that the base has comes next: number trace->leaf, at trace->r */
    EDIT_DONE,      /* the record has ended */
};

/* Read from offset AT of the record, right behind the value of leaf number BEHIND of the base,
 * or at the record's start for TRACE_NONE, to the next leaf that the base has or to the
 * record's end. Members that the base does not have are read on the way, and noted in the
 * trace. */
enum edit_end edit_read(struct trace *trace, uint32_t at, uint32_t behind)
    __attribute__((warn_unused_result));

#endif
