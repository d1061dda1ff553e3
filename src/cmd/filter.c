#include "config.h"

#include "cmd/filter.h"

#include <stdio.h>
#include <string.h>

#include "stream/source.h"
#include "stream/split.h"
#include "stream/unzstd.h"

struct filter {
    const struct plan *plan;
    struct diag *diag;
    struct pipeline pipeline;
    struct decompress *decompress;
    struct split split;
    struct outputs *outputs;
};

/* What is wrong with a record; where a catalogue found no signal, where it looked. */
static void reject(struct filter *f, const char *file, const struct split_line *line,
                   struct fault fault)
{
    const struct catalog *first = f->plan->targets[0].catalog;
    char what[200];

    snprintf(what, sizeof what, "%s", status_text(fault.status));
    if (fault.status == STATUS_SIGNALS)
        snprintf(what, sizeof what,
                 "no signals at %.*s: expected a record with signals of the catalogue %.*s",
                 (int)(first->roots[0].text.n < 80 ? first->roots[0].text.n : 80),
                 (const char *)first->roots[0].text.p,
                 (int)(first->name.n < 40 ? first->name.n : 40), (const char *)first->name.p);
    diag_reject(f->diag, file, line->number, line->skipped + fault.offset + 1, what);
}

/* One line to its vectors. False when the run must end. */
static bool run_line(struct filter *f, const char *file, const struct split_line *line)
{
    struct fault fault = pipeline_run(&f->pipeline, line->text, f->outputs->bufs);

    if (fault.status == STATUS_NO_MEMORY) {
        diag_trouble_at(f->diag, file, line->number, 0, status_text(fault.status));
        return false;
    }
    if (fault.status != STATUS_OK)
        reject(f, file, line, fault);
    return outputs_relieve(f->outputs, f->diag);
}

/* All lines of the open SOURCE. False when the run must end. */
static bool run_source(struct filter *f, const char *file, struct source *source)
{
    struct split_line line;
    const char *what;

    decompress_reset(f->decompress);
    split_reset(&f->split);
    for (;;) {
        switch (split_next(&f->split, &line)) {
        case SPLIT_LINE:
            if (!run_line(f, file, &line))
                return false;
            break;
        case SPLIT_LONG:
            reject(f, file, &line, (struct fault){STATUS_LENGTH, f->split.limit});
            break;
        case SPLIT_REST:
            break;
        case SPLIT_HUNGRY:
            /* Nothing is held back while reading may have to wait. */
            if (!outputs_flush(f->outputs, f->diag))
                return false;
            if ((what = split_fill(&f->split, f->decompress, source)) != NULL) {
                diag_trouble(f->diag, file, "%s", what);
                return true;
            }
            break;
        case SPLIT_END:
            return true;
        }
    }
}

static bool run_file(struct filter *f, const char *file)
{
    struct source source;
    int error = source_open(&source, file);

    if (error) {
        diag_trouble(f->diag, file, "%s", strerror(error));
        return true;
    }
    if (outputs_feed(f->outputs, source.fd)) {
        diag_trouble(f->diag, file, "the input is an output too, and would never end");
        source_close(&source);
        return true;
    }
    bool go_on = run_source(f, file, &source);
    source_close(&source);
    return go_on;
}

void filter_run(const struct plan *plan, struct outputs *outputs, char *const *files,
                size_t count, struct diag *diag)
{
    struct filter f = {.plan = plan, .diag = diag, .outputs = outputs};

    pipeline_init(&f.pipeline, plan);
    f.decompress = decompress_new(UNZSTD_WINDOW);
    if (!split_init(&f.split, plan->limits.length) || !f.decompress)
        diag_trouble(diag, NULL, "%s", status_text(STATUS_NO_MEMORY));
    else
        for (size_t i = 0; i < count && run_file(&f, files[i]); i++)
            ;
    split_free(&f.split);
    decompress_free(f.decompress);
    pipeline_free(&f.pipeline);
}
