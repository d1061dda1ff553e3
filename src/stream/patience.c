#include "config.h"

#include "stream/patience.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

void patience_poll(const struct patience *patience, int fd, short events)
{
    struct pollfd ready = {.fd = fd, .events = events};
    sigset_t held;

    if (patience) {
        pthread_sigmask(SIG_BLOCK, NULL, &held);
        sigdelset(&held, patience->signal);
    }
    while (ppoll(&ready, 1, NULL, patience ? &held : NULL) < 0 && errno == EINTR)
        if (patience)
            patience->arrived(patience->context);
}

ssize_t patience_write(const struct patience *patience, int fd, struct span bytes)
{
    sigset_t one, held;

    if (!patience)
        return write(fd, bytes.p, bytes.n);
    sigemptyset(&one);
    sigaddset(&one, patience->signal);
    /* A signal right between the two calls is seen only once this has written; nothing like
     * ppoll() is there for write(). */
    pthread_sigmask(SIG_UNBLOCK, &one, &held);
    ssize_t got = write(fd, bytes.p, bytes.n);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &held, NULL);
    patience->arrived(patience->context);
    errno = error;
    return got;
}
