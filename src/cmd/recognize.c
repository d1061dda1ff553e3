#include "config.h"

#include "cmd/recognize.h"

#include "cmd/option_pointer.h"
#include "cmd/outputs.h"
#include "cmd/row_inputs.h"
#include "cmd/run.h"
#include "diff/memory.h"
#include "format/ndjson.h"
#include "format/report_out.h"
#include "json/pointer.h"
#include "match/match.h"
#include "stream/atomic_file.h"

struct recognize {
    const struct options *options;
    struct diag *diag;
    struct arena arena;
    struct pointer pointers[ROW_MEMBERS];
    struct quota kept; /* of schemas: the names of signals */
    struct ndjson_read_plan plan;
    struct row_names names;
    struct match_task task;
    struct atomic_file output;
};

/* RECORDS of PATH are not used or not decided. */
static void report_records(void *context, const char *path, uint64_t records, const char *what)
{
    struct diag *diag = context;
    struct buf text = BUF_EMPTY;

    buf_put_uint(&text, records);
    buf_puts(&text, records == 1 ? " record " : " records ");
    buf_puts(&text, what);
    buf_putc(&text, 0);
    if (text.failed)
        diag_no_memory(diag);
    else
        diag_mismatch(diag, path, 0, (const char *)text.p);
    buf_free(&text);
}

/* Read the pointer TEXT of --NAME, if there is one: member I of the rows. False after a message. */
static bool read_member_option(struct recognize *r, size_t i, const char *name, const char *text)
{
    struct pointer *pointer = &r->pointers[i];

    if (!text)
        return true;
    if (!option_pointer_read(pointer, name, text, "/carry/account", &r->arena, r->diag))
        return false;
    r->plan.members[i] = pointer;
    r->names.members[i] = row_inputs_carried(pointer);
    return true;
}

/* Prepare all that is needed. False after a message. */
static bool prepare_match(struct recognize *r, const struct catalogs *catalogs, uint64_t seed)
{
    const struct options *options = r->options;
    const struct options_match *match = &options->match;
    char *const *files = options->files;

    /* What readers keep of rows is only names, mostly few. */
    r->kept = (struct quota){.most = options->memory / 8, .full = diff_memory_full};
    r->plan = row_inputs_plan(catalogs, seed, &r->kept);
    r->task = (struct match_task){.known = options->file_count > 1 ? files[0] : NULL,
                                  .new = files[options->file_count - 1],
                                  .plan = &r->plan,
                                  .names = &r->names,
                                  .by = options->by,
                                  .judge = match->truth,
                                  .by_text = span_text(options->by ? options->by : ""),
                                  .index = match->index,
                                  .thresholds = {match->thresholds[0], match->thresholds[1]},
                                  .ndjson = options->format && options->writer == &ndjson_writer,
                                  .memory = options->memory - r->kept.most,
                                  .jobs = run_thread_count(options),
                                  .window = row_inputs_window(options),
                                  .directory = row_inputs_directory(),
                                  .tell = row_inputs_fault,
                                  .warn = report_records,
                                  .context = r->diag};
    return row_inputs_pairs(&r->task.pairs, &r->task.pair_count, options, &r->arena, r->diag) &&
           read_member_option(r, MATCH_BY, "by", options->by) &&
           read_member_option(r, MATCH_TRUTH, "truth", match->truth);
}

/* Report ERROR of the output, unless it is 0. True if it is 0. */
static bool check_decisions(struct recognize *r, int error)
{
    const char *path = r->options->output ? r->options->output : "-";

    return diag_check(r->diag, outputs_label(path), error);
}

/* Is the index where the decisions go? Then there is a message. */
static bool index_clashes(struct recognize *r)
{
    const char *index = r->options->match.index;

    if (!index || !atomic_file_clash_path(&r->output, index))
        return false;
    outputs_trouble_clash(index, r->diag);
    return true;
}

static void decide_records(struct recognize *r)
{
    const char *path = r->options->output ? r->options->output : "-";
    const struct report_out out = {&r->output.sink.buf, &r->output.sink};

    if (!check_decisions(r, atomic_file_open(&r->output, path)) || index_clashes(r))
        return;
    if (!match_run(&r->task, &out)) {
        r->diag->status = DIAG_TROUBLE;
        return;
    }
    if (check_decisions(r, atomic_file_finish(&r->output)) && r->diag->status != DIAG_TROUBLE)
        check_decisions(r, atomic_file_commit(&r->output));
}

void recognize_run(const struct options *options, const struct catalogs *catalogs, uint64_t seed,
                   struct diag *diag)
{
    struct recognize r = {
        .options = options, .diag = diag, .arena = ARENA_EMPTY, .output.sink.fd = -1};

    if (prepare_match(&r, catalogs, seed))
        decide_records(&r);
    atomic_file_free(&r.output);
    arena_free(&r.arena);
}
