/*
 * binary_layout: where a row of binary output has what.
 */
#ifndef WHORL_FORMAT_BINARY_LAYOUT_H
#define WHORL_FORMAT_BINARY_LAYOUT_H

#include "catalog/catalog.h"

/* Where the fields of a row begin, in bytes; before `bitmap` all rows are alike. */
struct binary_layout {
    uint32_t plain_count;  /* facts in the catalog's order, then carried members */
    uint32_t group_count;  /* u64 each, 0 for none */
    uint32_t signal_count; /* u64 each, 0 where missing or excluded */
    size_t bitmap;         /* bit i: the i-th plain value is present; u64 words */
    size_t plain;          /* 8 bytes each, 0 where absent */
    size_t groups;
    size_t vector;
    size_t stride; /* of a row, and of any block */
};

enum binary_offset {
    BINARY_TAG = 0,
    BINARY_KEY = 8,
    BINARY_PRESENT = 24,
    BINARY_ERRORS = 28,
    BINARY_IDS = 32,
    BINARY_COVERAGE = 112,
    BINARY_PLAIN = 128,
};

/* The layout of CATALOG's rows. */
void binary_layout_make(struct binary_layout *layout, const struct catalog *catalog);

#endif
