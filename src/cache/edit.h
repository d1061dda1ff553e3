/*
 * edit: a part of a record that no template has, read by the grammar.
 */
#ifndef WHORL_CACHE_EDIT_H
#define WHORL_CACHE_EDIT_H

#include "cache/cursor.h"

enum edit_end {
    EDIT_HAND_OVER, /* it is not JSON, or cannot be decided here */
    EDIT_MET,       /* a leaf that the base has comes next: the cursor is at its start */
    EDIT_DONE,      /* the record has ended */
};

/* Read from offset AT of the record, directly after the value of leaf number AFTER of the
 * base, or at the record's start for TRACE_NONE. It ends at the next leaf that the base has,
 * or at the record's end. Members that the base does not have are read on the way, and noted
 * in the trace. */
enum edit_end edit_read(struct cursor *cursor, uint32_t at, uint32_t after)
    __attribute__((warn_unused_result));

#endif
