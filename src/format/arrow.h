/*
 * arrow: vectors as an Arrow IPC stream, whorl-vector(5).
 *
 * The threads make rows (arrow_row.h). Whoever delivers them, in their order, gathers them in a batch,
 * which becomes a message as soon as it is full (arrow_batch.h). So the bytes do not depend on how
 * the work was shared.
 */
#ifndef WHORL_FORMAT_ARROW_H
#define WHORL_FORMAT_ARROW_H

#include "format/writer.h"

extern const struct writer arrow_writer;

#endif
