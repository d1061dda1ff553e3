/*
 * reading: what one record comes to under one catalogue.
 */
#ifndef WHORL_RECORD_READING_H
#define WHORL_RECORD_READING_H

#include "record/carried.h"
#include "record/vector.h"

struct reading {
    struct vector vector;
    struct carried carried;
};

#endif
