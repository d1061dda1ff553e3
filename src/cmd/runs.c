#include "config.h"

#include "cmd/runs.h"

#include <poll.h>
#include <unistd.h>

#include "stream/fatal_signal.h"
#include "stream/sink.h"
#include "text/escape.h"

#define NAME_MOST 1024 /* bytes of a file's name, escaped */
#define LINE_MOST (NAME_MOST + 256)

/* What a run that is shown is yet to say. Global, for a signal handler sees nothing else; two in
 * turn, so that it sees none that is being made. */
static struct debt {
    char name[NAME_MOST]; /* of the file */
    size_t n;
    uint64_t first; /* line of the run */
    volatile uint64_t more, last;
} debts[2], *volatile owed;

static void put_count(struct buf *out, const struct debt *debt)
{
    if (debt->more == 1) {
        buf_puts(out, "line ");
        buf_put_uint(out, debt->last);
        buf_puts(out, " is like line ");
        buf_put_uint(out, debt->first);
    } else {
        buf_put_uint(out, debt->more);
        buf_puts(out, " more lines like line ");
        buf_put_uint(out, debt->first);
        buf_puts(out, ", up to line ");
        buf_put_uint(out, debt->last);
    }
    buf_puts(out, ": see --verbose");
}

/* The process dies: say it now, if standard error takes it at once. */
static void pay(int number)
{
    unsigned char text[LINE_MOST];
    struct buf out = buf_within(text, sizeof text);
    const struct debt *debt = owed;
    struct pollfd ready = {.fd = STDERR_FILENO, .events = POLLOUT};

    if (number == SIGPIPE || !debt || !debt->more || poll(&ready, 1, 0) <= 0)
        return;
    buf_puts(&out, "whorl: ");
    buf_put(&out, span_of(debt->name, debt->n));
    buf_puts(&out, ": ");
    put_count(&out, debt);
    buf_putc(&out, '\n');
    ssize_t untold = write(STDERR_FILENO, out.p, out.n);
    (void)untold;
}

/* A run of FILE that is shown begins at line FIRST. */
static void owe(const char *file, uint64_t first)
{
    static unsigned turn;
    struct debt *debt = &debts[turn ^= 1];
    struct buf name = buf_within(debt->name, NAME_MOST);

    escape_put(&name, span_text(*file ? file : "''"));
    debt->n = name.n;
    debt->first = first;
    debt->more = debt->last = 0;
    owed = debt;
    fatal_signal_call(pay);
}

bool runs_go_on(struct runs *runs, const struct split_line *line, enum status status,
                enum symptom symptom)
{
    bool alike = runs->open && (symptom == SYMPTOM_NONE && runs->symptom == SYMPTOM_NONE
                                    ? status == runs->status
                                    : symptom_goes_on(runs->symptom, symptom, line->text));

    if (!alike || runs->diag->verbose) {
        runs_end(runs);
        return false;
    }
    diag_count(runs->diag, runs->shown);
    if (runs->shown) {
        owed->last = line->number;
        owed->more++;
    }
    return true;
}

void runs_begin(struct runs *runs, const char *file, const struct split_line *line,
                struct fault fault, enum symptom symptom, const char *what)
{
    runs->shown =
        diag_reject(runs->diag, file, line->number, line->skipped + fault.offset + 1, what);
    runs->open = true;
    runs->file = file;
    runs->symptom = symptom;
    runs->status = fault.status;
    if (runs->shown && !runs->diag->verbose)
        owe(file, line->number);
}

void runs_end(struct runs *runs)
{
    unsigned char text[LINE_MOST];
    struct buf out = buf_within(text, sizeof text);
    const struct debt *debt = owed;

    owed = NULL;
    runs->open = false;
    if (!debt || !debt->more)
        return;
    put_count(&out, debt);
    buf_putc(&out, '\0');
    diag_note(runs->diag, runs->file, (const char *)text);
}
