#include "config.h"

#include "match/match.h"

#include "format/report_out.h"
#include "match/matching.h"

static bool write_lines(struct matching *m, const struct report_out *out)
{
    const struct match_task *task = m->task;

    if (!match_lines_finish(&m->lines))
        return matching_no_memory(m);
    if (m->lines.without_id)
        task->warn(task->context, task->new, m->lines.without_id,
                   "without an id: they are not decided");
    if (m->lines.repeated)
        task->warn(task->context, task->new, m->lines.repeated,
                   "whose id occurs more than once: they are not decided");
    return matching_check(m, NULL, fault_system(match_lines_write(&m->lines, out)), matching_full);
}

bool match_run(const struct match_task *task, const struct report_out *out)
{
    struct matching m = {.task = task, .label = BUF_EMPTY};
    int error = match_lines_open(&m.lines, task->ndjson, task->directory);
    bool fine = matching_check(&m, task->directory, fault_system(error), matching_full) &&
                matching_read_known(&m) && matching_read_new(&m);

    if (task->judge)
        fine = fine && !m.faults; /* counts without the damaged records would mislead */
    if (fine && task->judge)
        fine = match_truth_write(&m.truth, task->ndjson, out) || matching_no_memory(&m);
    else if (fine)
        fine = write_lines(&m, out);
    match_lines_free(&m.lines);
    match_truth_free(&m.truth);
    match_candidates_free(&m.candidates);
    match_common_free(&m.common);
    if (m.begun) {
        match_signature_free(&m.known_reader);
        match_known_free(&m.known);
        match_components_free(&m.components);
    }
    buf_free(&m.label);
    return fine;
}
