/*
 * nameless: a file that no other process sees and that goes with this one.
 */
#ifndef WHORL_STREAM_NAMELESS_H
#define WHORL_STREAM_NAMELESS_H

/* A new file in DIRECTORY, open for reading and writing. -1 with errno. */
int nameless_open(const char *directory) __attribute__((warn_unused_result));

#endif
