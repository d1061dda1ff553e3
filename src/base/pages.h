/*
 * pages: memory for what is large and stays, in large pages where the system has them.
 */
#ifndef WHORL_BASE_PAGES_H
#define WHORL_BASE_PAGES_H

#include <stddef.h>

/* SIZE bytes, not cleared and not touched yet; to be given back by free(). Null when memory is
 * out. */
void *pages_take(size_t size) __attribute__((malloc, warn_unused_result));

#endif
