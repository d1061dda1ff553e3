#include "config.h"

#include "stream/signal_wait.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

void signal_wait_poll(const struct signal_wait *wait, int fd, short events)
{
    struct pollfd ready = {.fd = fd, .events = events};
    sigset_t held;

    if (wait) {
        pthread_sigmask(SIG_BLOCK, NULL, &held);
        sigdelset(&held, wait->signal);
    }
    while (ppoll(&ready, 1, NULL, wait ? &held : NULL) < 0 && errno == EINTR)
        if (wait)
            wait->arrived(wait->context);
}

ssize_t signal_wait_write(const struct signal_wait *wait, int fd, struct span bytes)
{
    sigset_t one, held;

    if (!wait)
        return write(fd, bytes.p, bytes.n);
    sigemptyset(&one);
    sigaddset(&one, wait->signal);
    /* A signal between the two calls is seen only after the write: write() has no variant like
     * ppoll(). */
    pthread_sigmask(SIG_UNBLOCK, &one, &held);
    ssize_t got = write(fd, bytes.p, bytes.n);
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &held, NULL);
    wait->arrived(wait->context);
    errno = error;
    return got;
}
