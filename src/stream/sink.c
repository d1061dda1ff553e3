#include "config.h"

#include "stream/sink.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#define MUCH ((size_t)1 << 18)

void sink_init(struct sink *sink, int fd)
{
    *sink = (struct sink){fd, BUF_EMPTY};
}

int sink_relieve(struct sink *sink)
{
    return sink->buf.n >= MUCH || sink->buf.failed ? sink_flush(sink) : 0;
}

int sink_flush(struct sink *sink)
{
    size_t done = 0;

    if (sink->buf.failed)
        return ENOMEM;
    while (done < sink->buf.n) {
        ssize_t n = write(sink->fd, sink->buf.p + done, sink->buf.n - done);
        if (n >= 0) {
            done += (size_t)n;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd ready = {.fd = sink->fd, .events = POLLOUT};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    buf_clear(&sink->buf);
    return 0;
}

int sink_close(struct sink *sink)
{
    int error = sink_flush(sink);

    buf_free(&sink->buf);
    if (close(sink->fd) != 0 && !error && errno != EINTR)
        error = errno;
    return error;
}
