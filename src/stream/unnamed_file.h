/*
 * unnamed_file: a temporary file without a name. No other process sees it, and it ends with the
 * process.
 */
#ifndef WHORL_STREAM_UNNAMED_FILE_H
#define WHORL_STREAM_UNNAMED_FILE_H

/* Create one in DIRECTORY, open for reading and writing. Returns its descriptor, or -1 with
 * errno. */
int unnamed_file_open(const char *directory) __attribute__((warn_unused_result));

#endif
