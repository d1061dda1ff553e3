#include "config.h"

#include "cmd/rejects.h"

#include <string.h>

#include "catalog/catalog.h"
#include "cmd/outputs.h"
#include "json/pointer_at.h"
#include "json/symptom.h"
#include "vector/inventory.h"

#define POINTER_SHOWN 80   /* bytes */
#define WHAT          1024 /* bytes of a message: any text, pointer and command have room */
#define CUT           "..."

/* Report ERROR of the file, unless it is 0. True if it is 0. */
static bool check_file(struct rejects *rejects, int error)
{
    return diag_check(rejects->diag, outputs_label(rejects->path), error);
}

bool rejects_open(struct rejects *rejects, const struct options *options, struct guard *guard,
                  const struct plan *plan, struct stats *stats, struct diag *diag)
{
    const char *path = options->rejects;

    *rejects = (struct rejects){.plan = plan,
                                .guard = guard,
                                .path = path,
                                .stats = stats,
                                .diag = diag,
                                .runs.diag = diag};
    if (!path)
        return true;
    if (!guard_add(guard, path, "rejects", &rejects->output, diag))
        return false;
    rejects->open =
        check_file(rejects, options->files0_from ? atomic_file_open(&rejects->output, path)
                                           : atomic_file_open_in_place(&rejects->output, path));
    if (!rejects->open)
        atomic_file_free(&rejects->output);
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
    pointer_at_put(what, text, fault.offset, POINTER_SHOWN);
    if (what->n == start)
        what->n = before;
}

/* Append that there are no signals: the status's text with the name of CATALOG and, unless it is
 * the whole record, the place where it looked; then what is there instead. */
static void put_no_signals(struct buf *what, const struct catalog *catalog, struct span record)
{
    struct span text = span_text(status_text(STATUS_SIGNALS)), root = catalog->roots[0].text;
    size_t colon = (size_t)((const unsigned char *)memchr(text.p, ':', text.n) - text.p);

    buf_put(what, span_cut(text, 0, colon));
    if (root.n)
        buf_puts(what, " at ");
    buf_put(what, root);
    buf_put(what, span_cut(text, colon, text.n));
    buf_putc(what, ' ');
    buf_put(what, catalog->name);
    inventory_put(what, record, catalog);
}

/* What is wrong with LINE, and where, and what to do. */
static void put_fault(struct buf *what, const struct rejects *rejects,
                      const struct split_line *line, struct fault fault, enum symptom symptom)
{
    bool first = line->number == 1, placed = true;

    if (fault.status == STATUS_SIGNALS) {
        put_no_signals(what, rejects->plan->targets[0].catalog, line->text);
        return;
    }
    if (symptom == SYMPTOM_NONE)
        buf_puts(what, status_text(fault.status));
    else
        placed = symptom_put(what, symptom, line->text, fault, first);
    if (placed)
        put_pointer(what, line->text, fault);
    const char *command = symptom_command(symptom, line->text, first);
    if (command) {
        buf_puts(what, "; try ");
        buf_puts(what, command);
    }
}

/* Report LINE, unless it continues a run whose first line was reported. */
static void report_line(struct rejects *rejects, const char *file, const struct split_line *line,
                        struct fault fault)
{
    enum symptom symptom = symptom_find(line->text, fault);
    unsigned char text[WHAT + sizeof CUT];
    struct buf what = buf_within(text, WHAT); /* the fault may be lack of memory */

    if (reject_messages_go_on(&rejects->runs, line, fault.status, symptom))
        return;
    put_fault(&what, rejects, line, fault, symptom);
    strcpy((char *)text + what.n, what.failed ? CUT : "");
    reject_messages_begin(&rejects->runs, file, line, fault, symptom, (const char *)text);
}

/* Keep the bytes RAW of a line. */
static bool write_bytes(struct rejects *rejects, struct span raw)
{
    if (!rejects->open)
        return true;
    buf_put(&rejects->output.sink.buf, raw);
    rejects->unfinished = raw.n && raw.p[raw.n - 1] != '\n';
    return check_file(rejects, sink_relieve(&rejects->output.sink));
}

/* The last line of a file may have no LF, and what follows must not become part of it. */
static void end_reject_line(struct rejects *rejects)
{
    if (rejects->open && rejects->unfinished)
        buf_putc(&rejects->output.sink.buf, '\n');
    rejects->unfinished = false;
}

bool rejects_add(struct rejects *rejects, const char *file, const struct split_line *line,
                 struct fault fault)
{
    report_line(rejects, file, line, fault);
    rejects->stats->rejects[fault.status]++;
    end_reject_line(rejects);
    return write_bytes(rejects, line->raw);
}

void rejects_end_run(struct rejects *rejects)
{
    reject_messages_end(&rejects->runs);
}

bool rejects_add_rest(struct rejects *rejects, struct span raw)
{
    return !raw.n || write_bytes(rejects, raw);
}

bool rejects_flush(struct rejects *rejects)
{
    return !rejects->open || check_file(rejects, sink_flush(&rejects->output.sink));
}

void rejects_close(struct rejects *rejects, const struct diff_tolerance *most)
{
    rejects_end_run(rejects);
    bool allowed =
        diff_expect_allows(most, stats_rejects(rejects->stats), rejects->stats->lines);

    if (!allowed && rejects->diag->status < DIAG_REJECTS)
        rejects->diag->status = DIAG_REJECTS;
    if (!rejects->open)
        return;
    end_reject_line(rejects);
    bool known = rejects->output.sink.error;
    int error = atomic_file_finish(&rejects->output);
    if (!known && check_file(rejects, error) && !guard_met(rejects->guard, &rejects->output))
        check_file(rejects, atomic_file_commit(&rejects->output));
    atomic_file_free(&rejects->output);
    rejects->open = false;
}
