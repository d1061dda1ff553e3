#include "config.h"

#include "cmd/reject_messages.h"

#include <poll.h>
#include <unistd.h>

#include "stream/fatal_signal.h"
#include "stream/sink.h"
#include "text/escape.h"

#define NAME_MOST 1024 /* bytes of a file's name, escaped */
#define LINE_MOST (NAME_MOST + 256)

/* The count that a run, whose first reject was shown, must still report. Global, because a signal
 * handler sees nothing else. Two are used in turn, so that it never sees one while it is filled. */
static struct pending_count {
    char name[NAME_MOST]; /* of the file */
    size_t n;
    uint64_t first; /* line of the run */
    volatile uint64_t more, last;
} pending_counts[2], *volatile pending;

static void put_count(struct buf *out, const struct pending_count *count)
{
    if (count->more == 1) {
        buf_puts(out, "line ");
        buf_put_uint(out, count->last);
        buf_puts(out, " is like line ");
        buf_put_uint(out, count->first);
    } else {
        buf_put_uint(out, count->more);
        buf_puts(out, " more lines like line ");
        buf_put_uint(out, count->first);
        buf_puts(out, ", up to line ");
        buf_put_uint(out, count->last);
    }
    buf_puts(out, ": see --verbose");
}

/* The process dies of signal NUMBER: report it now, if standard error takes it at once. */
static void report_pending(int number)
{
    unsigned char text[LINE_MOST];
    struct buf out = buf_within(text, sizeof text);
    const struct pending_count *count = pending;
    struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};

    if (number == SIGPIPE || !count || !count->more || poll(&ready, 1, 0) <= 0)
        return;
    buf_puts(&out, "whorl: ");
    buf_put(&out, span_of(count->name, count->n));
    buf_puts(&out, ": ");
    put_count(&out, count);
    buf_putc(&out, '\n');
    ssize_t ignored = write(STDERR_FILENO, out.p, out.n);
    (void)ignored;
}

/* A run of FILE begins at line FIRST, and its first reject was shown. */
static void begin_pending(const char *file, uint64_t first)
{
    static unsigned turn;
    struct pending_count *count = &pending_counts[turn ^= 1];
    struct buf name = buf_within(count->name, NAME_MOST);

    escape_put(&name, span_text(*file ? file : "''"));
    count->n = name.n;
    count->first = first;
    count->more = count->last = 0;
    pending = count;
    fatal_signal_call(report_pending);
}

bool reject_messages_go_on(struct reject_messages *runs, const struct split_line *line,
                           enum status status, enum symptom symptom)
{
    bool alike = runs->open && (symptom == SYMPTOM_NONE && runs->symptom == SYMPTOM_NONE
                                    ? status == runs->status
                                    : symptom_goes_on(runs->symptom, symptom, line->text));

    if (!alike || runs->diag->verbose) {
        reject_messages_end(runs);
        return false;
    }
    diag_count(runs->diag, runs->shown);
    if (runs->shown) {
        pending->last = line->number;
        pending->more++;
    }
    return true;
}

void reject_messages_begin(struct reject_messages *runs, const char *file,
                           const struct split_line *line, struct fault fault,
                           enum symptom symptom, const char *what)
{
    runs->shown =
        diag_reject(runs->diag, file, line->number, line->skipped + fault.offset + 1, what);
    runs->open = true;
    runs->file = file;
    runs->symptom = symptom;
    runs->status = fault.status;
    if (runs->shown && !runs->diag->verbose)
        begin_pending(file, line->number);
}

void reject_messages_end(struct reject_messages *runs)
{
    unsigned char text[LINE_MOST];
    struct buf out = buf_within(text, sizeof text);
    const struct pending_count *count = pending;

    pending = NULL;
    runs->open = false;
    if (!count || !count->more)
        return;
    put_count(&out, count);
    buf_putc(&out, '\0');
    diag_note(runs->diag, runs->file, (const char *)text);
}
