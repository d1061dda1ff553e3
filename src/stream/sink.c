#include "config.h"

#include "stream/sink.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "stream/pipe.h"

#define MUCH ((size_t)1 << 18)

void sink_init(struct sink *sink, int fd)
{
    *sink = (struct sink){fd, BUF_EMPTY, 0, NULL};
    pipe_enlarge(fd);
}

int sink_relieve(struct sink *sink)
{
    return sink->buf.n >= MUCH || sink->buf.failed ? sink_flush(sink) : 0;
}

/* sink_write() with WAIT, which may be null. */
static int write_all(int fd, struct span bytes, const struct signal_wait *wait)
{
    while (bytes.n) {
        ssize_t got = signal_wait_write(wait, fd, bytes);
        if (got >= 0)
            bytes = span_cut(bytes, (size_t)got, bytes.n);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            signal_wait_poll(wait, fd, POLLOUT);
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

int sink_write(int fd, struct span bytes)
{
    return write_all(fd, bytes, NULL);
}

int sink_flush(struct sink *sink)
{
    if (sink->buf.failed)
        sink->error = ENOMEM;
    /* After an error it is unknown what was written: more output would leave a gap or repeat
     * bytes. */
    if (!sink->error)
        sink->error = write_all(sink->fd, buf_span(&sink->buf), sink->signal_wait);
    buf_clear(&sink->buf);
    return sink->error;
}

int sink_send(struct sink *sink, struct span bytes)
{
    if (sink->buf.n || sink->buf.failed || sink->error)
        (void)!sink_flush(sink);
    if (!sink->error)
        sink->error = write_all(sink->fd, bytes, sink->signal_wait);
    return sink->error;
}

int sink_close(struct sink *sink)
{
    int error = sink_flush(sink);

    if (close(sink->fd) != 0 && !error && errno != EINTR)
        error = errno;
    sink->fd = -1;
    sink_free(sink);
    return error;
}

void sink_free(struct sink *sink)
{
    if (sink->fd >= 0)
        close(sink->fd);
    sink->fd = -1;
    buf_free(&sink->buf);
}
