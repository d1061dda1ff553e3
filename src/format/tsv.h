/*
 * tsv: a vector as one line of cells, with a tab between two of them, whorl-vector(5).
 *
 * The columns are those of the selected members, in the order of NDJSON. A member that is an object
 * there has a column for each of its names, of any record: so a catalog and the options decide
 * which columns there are, and each line has all of them. The first line has their names.
 */
#ifndef WHORL_FORMAT_TSV_H
#define WHORL_FORMAT_TSV_H

#include "format/writer.h"

extern const struct writer tsv_writer;

#endif
