/*
 * numpy: the layout of binary rows as a module of Python, with a dtype of NumPy.
 */
#ifndef WHORL_DESCRIBE_NUMPY_H
#define WHORL_DESCRIBE_NUMPY_H

struct buf;
struct describe_source;

void describe_numpy_rows(struct buf *out, const struct describe_source *source);

#endif
