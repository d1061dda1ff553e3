/*
 * pipe: makes pipes larger.
 */
#ifndef WHORL_STREAM_PIPE_H
#define WHORL_STREAM_PIPE_H

#include <fcntl.h>

#define PIPE_SIZE (1 << 20) /* Linux's limit by default; twice as fast after zcat */

/* If FD is a pipe, make it larger if the system allows it. It never becomes smaller. */
static inline void pipe_enlarge(int fd)
{
#ifdef F_SETPIPE_SZ
    int size = fcntl(fd, F_GETPIPE_SZ);

    if (size >= 0 && size < PIPE_SIZE)
        fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#else
    (void)fd;
#endif
}

#endif
