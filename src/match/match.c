#include "config.h"

#include "match/match.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/quota.h"
#include "catalog/catalog.h"
#include "format/ndjson_read.h"
#include "format/report_out.h"
#include "format/row.h"
#include "format/row_input.h"
#include "match/common.h"
#include "match/index.h"
#include "match/lines.h"
#include "match/truth.h"
#include "stream/atomic_file.h"

struct matching {
    const struct match_task *task;
    struct match_components components;
    struct match_known known;
    struct match_candidates candidates;
    struct match_common common;
    struct match_judge judge;
    struct match_lines lines;
    struct match_truth truth;
    struct match_signature_reader known_reader, new_reader;
    struct buf label;           /* of the known records' catalog */
    const struct schema *fitting; /* a schema of the input that was found to fit */
    bool begun;      /* the catalog is known */
    uint64_t faults; /* of inputs */
};

static const char full[] = "the known records do not fit in --memory: expected a higher limit";
static const char too_many[] = "the new records do not fit in --memory: expected a higher limit, or "
                               "fewer records at once";
static const char strange[] = "the catalog of these records is not known: give it with --catalog";
static const char unequal[] = "these records are by another catalog than the known ones: expected "
                              "the same, or --map=KNOWN=NEW";
static const char mixed[] = "some records have signals and others have groups alone: expected the "
                            "same --select for all";
static const char bare[] =
    "the records have neither signals nor groups: expected vector, signals or groups in --select";

/* Report what is wrong with PATH as a whole. */
static bool match_trouble(const struct matching *m, const char *path, const char *what)
{
    m->task->tell(m->task->context, path, false, 0, 0, what);
    return false;
}

/* The same of FAULT; FULL_TEXT is for a reached limit on memory. */
static bool match_fault(const struct matching *m, const char *path, struct fault fault,
                        const char *full_text)
{
    if (fault.status == STATUS_OK)
        return true;
    return match_trouble(m, path, fault.status == STATUS_QUOTA ? full_text : fault_text(fault));
}

static bool no_match_memory(const struct matching *m)
{
    return match_fault(m, NULL, fault_memory(), full);
}

/* Report a fault of an input. */
static void tell_input(void *context, const struct row_input *input, uint64_t line, uint64_t column,
                       const char *what)
{
    struct matching *m = context;

    m->faults++;
    m->task->tell(m->task->context, input->path, input->is_binary, line, column, what);
}

/* Report what is wrong with the last row of INPUT. */
static bool row_trouble(struct matching *m, const struct row_input *input, const char *what)
{
    tell_input(m, input, input->is_binary ? input->now.rows : input->now.lines, 0, what);
    return false;
}

/* What the components of rows of SCHEMA are made of. False if there is nothing. */
static bool find_source(const struct schema *schema, enum match_source *source)
{
    bool signals = schema->source == SCHEMA_HASHES || schema->source == SCHEMA_VALUES;

    *source = signals ? MATCH_SIGNALS : MATCH_GROUPS;
    return signals || schema->groups.count;
}

/* Begin with known records by CATALOG, whose label is LABEL, from PATH. */
static bool begin_known(struct matching *m, const char *path, struct span label,
                        enum match_source source)
{
    const struct catalog *catalog = match_catalog_find(m->task->plan, label);

    if (!catalog)
        return match_trouble(m, path, strange);
    buf_put(&m->label, label);
    m->begun = true;
    if (!match_components_init(&m->components, catalog, source) ||
        !match_known_init(&m->known, &m->components, m->task->plan->seed, m->task->memory) ||
        !match_signature_init(&m->known_reader, &m->components) || m->label.failed)
        return no_match_memory(m);
    return true;
}

/* Do rows of SCHEMA fit the known records? */
static bool check_schema(struct matching *m, const struct row_input *input,
                         const struct schema *schema, bool new)
{
    enum match_source source;
    struct span label = buf_span(&m->label);

    if (schema == m->fitting)
        return true;
    if (!find_source(schema, &source))
        return row_trouble(m, input, bare);
    if (new ? !match_catalogs_pair(m->task->pairs, m->task->pair_count, label, schema->label)
            : !span_equal(label, schema->label))
        return row_trouble(m, input, unequal);
    if (source != m->components.source)
        return row_trouble(m, input, mixed);
    m->fitting = schema;
    return true;
}

/* Which device ROW is of: what --by says, or one of its own. */
static uint64_t row_device(const struct match_task *task, const struct row *row)
{
    if (task->by && row->has_member[MATCH_BY])
        return row->member_hash[MATCH_BY];
    return hash64(span_of(row->key, sizeof row->key));
}

/* Add the row of INPUT, or count it if it has no id. */
static bool add_known(struct matching *m, const struct row_input *input, const struct row *row,
                      uint64_t *without_id)
{
    enum match_source source;

    if (!m->begun) {
        if (!find_source(row->schema, &source))
            return row_trouble(m, input, bare);
        if (!begin_known(m, input->path, row->schema->label, source))
            return false;
    }
    if (!check_schema(m, input, row->schema, false))
        return false;
    if (!row->has_id) {
        ++*without_id;
        return true;
    }
    if (!match_signature_read(&m->known_reader, row))
        return no_match_memory(m);
    return match_fault(m, input->path,
                       match_known_add(&m->known, &m->known_reader.signature,
                                       row_device(m->task, row), row->member_hash[MATCH_TRUTH]),
                       full);
}

/* Open the output PATH, whose binary rows have NAMES. */
static bool open_rows(struct matching *m, struct row_input *input, const char *path,
                      const struct row_names *names)
{
    const struct match_task *task = m->task;

    *input = (struct row_input){.tell = tell_input, .context = m};
    return row_input_open(input, path, task->plan, names, task->window, NULL);
}

static bool read_known(struct matching *m)
{
    const char *path = m->task->known;
    struct row_input input;
    struct row row;
    uint64_t without_id = 0;
    bool fine = open_rows(m, &input, path, m->task->names);

    while (fine && row_input_next(&input, &row))
        fine = add_known(m, &input, &row, &without_id);
    fine = fine && !input.useless;
    m->fitting = NULL;
    row_input_close(&input);
    if (fine && without_id)
        m->task->warn(m->task->context, path, without_id,
                      "without an id: they are not known, since nothing could name them");
    return fine;
}

/* Read the index, if there is one. */
static bool read_index(struct matching *m)
{
    const char *path = m->task->index;
    struct match_index index;
    struct match_index_head head = {.records = 0};
    struct stat status;

    if (stat(path, &status) && errno == ENOENT)
        return m->task->known || match_trouble(m, path, strerror(ENOENT));
    struct fault fault = match_index_open(&index, path, m->task->window, &head);
    bool fine = match_fault(m, path, fault, full);
    if (fine && !span_equal(head.by, m->task->by_text))
        fine = match_trouble(m, path, "the index was made with another --by: expected the same");
    fine = fine && begin_known(m, path, head.label, head.source) &&
           match_fault(m, path, match_index_read(&index, &head, &m->known), full);
    match_index_close(&index);
    return fine;
}

static bool write_index(struct matching *m)
{
    const char *path = m->task->index;
    struct atomic_file file = {.sink.fd = -1};
    int error = atomic_file_open(&file, path);
    bool fine = true;

    if (!error && !match_index_write(&file, &m->known, m->task->by_text))
        fine = no_match_memory(m);
    if (!error && fine)
        error = atomic_file_finish(&file);
    if (!error && fine)
        error = atomic_file_commit(&file);
    atomic_file_free(&file);
    return fine && match_fault(m, path, fault_system(error), full);
}

/* Gather what is known. */
static bool prepare_known(struct matching *m)
{
    const struct match_task *task = m->task;

    if (task->index && !read_index(m))
        return false;
    if (task->known && !read_known(m))
        return false;
    if (!m->begun)
        return true; /* nothing is known */
    if (!match_fault(m, task->known, match_known_finish(&m->known), full))
        return false;
    if (m->known.unused)
        task->warn(task->context, task->known, m->known.unused,
                   "that have the id of another record and differ from it: none of these is used");
    /* An index of what could be read would be taken for complete. */
    return !task->index || !task->known || m->faults || write_index(m);
}

/* All is known: get ready to decide about records of SCHEMA. */
static bool begin_new(struct matching *m, const struct row_input *input,
                      const struct schema *schema)
{
    enum match_source source;
    const struct catalog *catalog = match_catalog_find(m->task->plan, schema->label);

    if (!find_source(schema, &source))
        return row_trouble(m, input, bare);
    if (!m->begun && (!begin_known(m, input->path, schema->label, source) ||
                      !match_fault(m, NULL, match_known_finish(&m->known), full)))
        return false;
    if (!catalog)
        return match_trouble(m, input->path, strange);
    if (!check_schema(m, input, schema, true))
        return false;
    m->lines.memory = match_known_room(&m->known);
    m->judge.known = &m->known;
    m->judge.candidates = &m->candidates;
    memcpy(m->judge.thresholds, m->task->thresholds, sizeof m->judge.thresholds);
    if (catalog != m->components.catalog) {
        if (!match_common_make(&m->common, &m->components, catalog))
            return no_match_memory(m);
        m->judge.common = &m->common;
    }
    if (!match_candidates_init(&m->candidates, &m->known) || !match_judge_init(&m->judge) ||
        !match_signature_init(&m->new_reader, &m->components) ||
        (m->task->judge && !match_truth_init(&m->truth, &m->known, m->task->plan->seed)))
        return no_match_memory(m);
    if (m->judge.common)
        m->new_reader.counted = m->common.cells;
    return true;
}

/* Decide about ROW. */
static bool decide_row(struct matching *m, const struct row_input *input, const struct row *row)
{
    if (!m->judge.known && !begin_new(m, input, row->schema))
        return false;
    if (!check_schema(m, input, row->schema, true))
        return false;
    if (!match_signature_read(&m->new_reader, row))
        return no_match_memory(m);
    const struct match_signature *signature = &m->new_reader.signature;
    if (m->task->judge) {
        struct match_decision decision = match_decide(&m->judge, signature);
        return match_truth_add(&m->truth, &decision, row->member_hash[MATCH_TRUTH]) ||
               no_match_memory(m);
    }
    if (!row->has_id)
        return match_fault(m, input->path, match_lines_add(&m->lines, signature, NULL), too_many);
    struct match_decision decision = match_decide(&m->judge, signature);
    return match_fault(m, input->path, match_lines_add(&m->lines, signature, &decision), too_many);
}

static bool read_new(struct matching *m)
{
    struct row_names names = *m->task->names;
    struct row_input input;
    struct row row;

    names.members[MATCH_BY] = span_of(NULL, 0); /* only known records need it */
    bool fine = open_rows(m, &input, m->task->new, &names);

    while (fine && row_input_next(&input, &row))
        fine = decide_row(m, &input, &row);
    fine = fine && !input.useless;
    row_input_close(&input);
    return fine;
}

static bool write_lines(struct matching *m, const struct report_out *out)
{
    const struct match_task *task = m->task;

    if (!match_lines_finish(&m->lines))
        return no_match_memory(m);
    if (m->lines.without_id)
        task->warn(task->context, task->new, m->lines.without_id,
                   "without an id: they are not decided");
    if (m->lines.repeated)
        task->warn(task->context, task->new, m->lines.repeated,
                   "whose id occurs more than once: they are not decided");
    return match_fault(m, NULL, fault_system(match_lines_write(&m->lines, out)), full);
}

bool match_run(const struct match_task *task, const struct report_out *out)
{
    struct matching m = {.task = task, .label = BUF_EMPTY};
    int error = match_lines_open(&m.lines, &m.judge, task->ndjson, task->directory, task->memory);
    bool fine = match_fault(&m, task->directory, fault_system(error), full) && prepare_known(&m) &&
                read_new(&m);

    if (fine && task->judge)
        fine = match_truth_write(&m.truth, task->ndjson, out) || no_match_memory(&m);
    else if (fine)
        fine = write_lines(&m, out);
    match_lines_free(&m.lines);
    match_truth_free(&m.truth);
    if (m.judge.known) {
        match_judge_free(&m.judge);
        match_candidates_free(&m.candidates);
        match_common_free(&m.common);
        match_signature_free(&m.new_reader);
    }
    if (m.begun) {
        match_signature_free(&m.known_reader);
        match_known_free(&m.known);
        match_components_free(&m.components);
    }
    buf_free(&m.label);
    return fine;
}
