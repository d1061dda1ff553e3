#include "config.h"

#include "cmd/rejects.h"

#include <string.h>

#include "cmd/outputs.h"
#include "record/locate.h"

#define POINTER_SHOWN 80 /* bytes */

/* Tell of ERROR, if there is one; whether all is well. */
static bool told(struct rejects *rejects, int error)
{
    if (error)
        diag_trouble(rejects->diag, outputs_label(rejects->path), "%s", strerror(error));
    return !error;
}

bool rejects_open(struct rejects *rejects, const struct options *options,
                  const struct inputs *inputs, const struct plan *plan, struct stats *stats,
                  struct diag *diag)
{
    *rejects =
        (struct rejects){.plan = plan, .path = options->rejects, .stats = stats, .diag = diag};
    if (!rejects->path)
        return true;
    if (inputs_clash(inputs, rejects->path, "rejects", diag))
        return false;
    rejects->open = told(rejects, output_open_emptied(&rejects->output, rejects->path));
    return rejects->open;
}

/* Append where in the record FAULT is, if it is anywhere: a line is too long as a whole. */
static void put_pointer(struct buf *what, struct span text, struct fault fault)
{
    size_t before = what->n;

    if (fault.status == STATUS_LENGTH)
        return;
    buf_puts(what, ", at ");
    size_t start = what->n;
    locate_put(what, text, fault.offset, POINTER_SHOWN);
    if (what->n == start)
        what->n = before;
}

/* What is wrong with LINE: the status's text, where that is in the record, and for want of
 * signals where they were looked for. */
static void tell(const struct rejects *rejects, const char *file, const struct split_line *line,
                 struct fault fault)
{
    const struct catalog *first = rejects->plan->targets[0].catalog;
    struct buf what = BUF_EMPTY;

    if (fault.status == STATUS_SIGNALS) {
        buf_puts(&what, first->roots[0].text.n ? "no signals at " : "no signals");
        buf_put(&what, first->roots[0].text);
        buf_puts(&what, ": expected a record with signals of the catalogue ");
        buf_put(&what, first->name);
    } else {
        buf_puts(&what, status_text(fault.status));
        put_pointer(&what, line->text, fault);
    }
    buf_putc(&what, '\0');
    diag_reject(rejects->diag, file, line->number, line->skipped + fault.offset + 1,
                what.failed ? status_text(fault.status) : (const char *)what.p);
    buf_free(&what);
}

/* Keep the bytes RAW of a line. */
static bool keep(struct rejects *rejects, struct span raw)
{
    if (!rejects->open)
        return true;
    buf_put(&rejects->output.sink.buf, raw);
    rejects->unfinished = raw.n && raw.p[raw.n - 1] != '\n';
    return told(rejects, sink_relieve(&rejects->output.sink));
}

/* The last line of a file may have no LF, and what follows must not become part of it. */
static void finish_line(struct rejects *rejects)
{
    if (rejects->open && rejects->unfinished)
        buf_putc(&rejects->output.sink.buf, '\n');
    rejects->unfinished = false;
}

bool rejects_add(struct rejects *rejects, const char *file, const struct split_line *line,
                 struct fault fault)
{
    tell(rejects, file, line, fault);
    rejects->stats->rejects[fault.status]++;
    finish_line(rejects);
    return keep(rejects, line->raw);
}

bool rejects_add_rest(struct rejects *rejects, struct span raw)
{
    return !raw.n || keep(rejects, raw);
}

bool rejects_flush(struct rejects *rejects)
{
    return !rejects->open || told(rejects, sink_flush(&rejects->output.sink));
}

void rejects_close(struct rejects *rejects, const struct options_budget *budget)
{
    uint64_t count = stats_rejects(rejects->stats);
    bool many = budget->share ? (double)count * 1e6 >
                                    (double)budget->millionths * (double)rejects->stats->lines
                              : count > budget->count;

    if (many && rejects->diag->status < DIAG_REJECTS)
        rejects->diag->status = DIAG_REJECTS;
    if (!rejects->open)
        return;
    finish_line(rejects);
    bool known = rejects->output.sink.error;
    int error = output_finish(&rejects->output);
    if (!known)
        told(rejects, error);
    output_free(&rejects->output);
    rejects->open = false;
}
