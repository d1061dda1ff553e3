#include "config.h"

#include <errno.h>
#include <sys/stat.h>

#include "format/row.h"
#include "match/index.h"
#include "match/matching.h"
#include "stream/atomic_file.h"

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
    if (!matching_fits(m, input, row->schema, false))
        return false;
    if (!row->has_id) {
        ++*without_id;
        return true;
    }
    if (!match_signature_read(&m->known_reader, row))
        return matching_no_memory(m);
    return matching_check(m, input->path,
                          match_known_add(&m->known, &m->known_reader.signature,
                                          row_device(m->task, row),
                                          row->member_hash[MATCH_TRUTH]),
                          matching_full);
}

static bool read_known_rows(struct matching *m)
{
    const char *path = m->task->known;
    struct row_input input;
    struct row row;
    uint64_t without_id = 0;
    bool fine = matching_open(m, &input, path, m->task->names);

    while (fine && row_input_next(&input, &row))
        fine = add_known(m, &input, &row, &without_id);
    fine = fine && !input.now.what; /* nor did a fault end it early */
    row_input_close(&input);
    if (fine && without_id)
        m->task->warn(m->task->context, path, without_id,
                      "without an id: they are not known, since nothing could name them");
    return fine;
}

/* Read the index, if it exists. */
static bool read_index(struct matching *m)
{
    const char *path = m->task->index;
    struct match_index index;
    struct match_index_head head = {.records = 0};
    struct stat status;

    if (stat(path, &status) && errno == ENOENT)
        return m->task->known || matching_trouble(m, path, strerror(ENOENT));
    struct fault fault = match_index_open(&index, path, m->task->window, &head);
    bool fine = matching_check(m, path, fault, matching_full);
    if (fine && !span_equal(head.by, m->task->by_text))
        fine = matching_trouble(m, path, "the index was made with another --by: expected the same");
    fine = fine && matching_begin(m, path, head.label, head.source) &&
           matching_check(m, path, match_index_read(&index, &head, &m->known), matching_full);
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
        fine = matching_no_memory(m);
    if (!error && fine)
        error = atomic_file_finish(&file);
    if (!error && fine)
        error = atomic_file_commit(&file);
    atomic_file_free(&file);
    return fine && matching_check(m, path, fault_system(error), matching_full);
}

bool matching_read_known(struct matching *m)
{
    const struct match_task *task = m->task;

    if (task->index && !read_index(m))
        return false;
    if (task->known && !read_known_rows(m))
        return false;
    if (!m->begun)
        return true; /* nothing is known */
    if (!matching_check(m, task->known, match_known_finish(&m->known), matching_full))
        return false;
    if (m->known.unused)
        task->warn(task->context, task->known, m->known.unused,
                   "that have the id of another record and differ from it: none of these is used");
    /* An index of what could be read would be taken for complete. */
    return !task->index || !task->known || m->faults || write_index(m);
}
