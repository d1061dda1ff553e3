#include "config.h"

#include "match/matching.h"

#include "base/quota.h"
#include "format/ndjson_read.h"
#include "format/row.h"

const char matching_full[] =
    "the known records do not fit in --memory: expected a higher limit";
static const char strange[] = "the catalog of these records is not known: give it with --catalog";
static const char unequal[] = "these records are by another catalog than the known ones: expected "
                              "the same, or --map=KNOWN=NEW";
static const char mixed[] = "some records have signals and others have groups alone: expected the "
                            "same --select for all";
static const char bare[] =
    "the records have neither signals nor groups: expected vector, signals or groups in --select";

bool matching_trouble(const struct matching *m, const char *path, const char *what)
{
    m->task->tell(m->task->context, path, false, 0, 0, what);
    return false;
}

bool matching_check(const struct matching *m, const char *path, struct fault fault,
                    const char *full)
{
    if (fault.status == STATUS_OK)
        return true;
    return matching_trouble(m, path, fault.status == STATUS_QUOTA ? full : fault_text(fault));
}

bool matching_no_memory(const struct matching *m)
{
    return matching_check(m, NULL, fault_memory(), matching_full);
}

/* Report a fault of an input. */
static void tell_input(void *context, const struct row_input *input, uint64_t line, uint64_t column,
                       const char *what)
{
    struct matching *m = context;

    m->faults++;
    m->task->tell(m->task->context, input->path, input->is_binary, line, column, what);
}

bool matching_row_trouble(struct matching *m, const struct row_input *input, const char *what)
{
    tell_input(m, input, input->is_binary ? input->now.rows : input->now.lines, 0, what);
    return false;
}

bool matching_open(struct matching *m, struct row_input *input, const char *path,
                   const struct row_names *names)
{
    const struct match_task *task = m->task;

    *input = (struct row_input){.tell = tell_input, .context = m};
    m->fitting = NULL;
    return row_input_open(input, path, task->plan, names, task->window, NULL);
}

bool matching_begin(struct matching *m, const char *path, struct span label,
                    enum match_source source)
{
    const struct catalog *catalog;

    if (!match_catalog_find(m->task->plan, label, &catalog))
        return matching_no_memory(m);
    if (!catalog)
        return matching_trouble(m, path, strange);
    buf_put(&m->label, label);
    m->begun = true;
    if (!match_components_init(&m->components, catalog, source) ||
        !match_known_init(&m->known, &m->components, m->task->plan->seed, m->task->memory) ||
        !match_signature_init(&m->known_reader, &m->components) || m->label.failed)
        return matching_no_memory(m);
    return true;
}

/* What the components of rows of SCHEMA are made of. False if there is nothing. */
static bool find_source(const struct schema *schema, enum match_source *source)
{
    bool signals = schema->source == SCHEMA_HASHES || schema->source == SCHEMA_VALUES;

    *source = signals ? MATCH_SIGNALS : MATCH_GROUPS;
    return signals || schema->groups.count;
}

bool matching_fits(struct matching *m, const struct row_input *input, const struct schema *schema,
                   bool new)
{
    enum match_source source;
    const struct catalog *catalog;

    if (schema == m->fitting)
        return true;
    if (!find_source(schema, &source))
        return matching_row_trouble(m, input, bare);
    if (!m->begun && !matching_begin(m, input->path, schema->label, source))
        return false;
    struct span label = buf_span(&m->label);
    if (new ? !match_catalogs_pair(m->task->pairs, m->task->pair_count, label, schema->label)
            : !span_equal(label, schema->label))
        return matching_row_trouble(m, input, unequal);
    if (!match_catalog_find(m->task->plan, schema->label, &catalog))
        return matching_no_memory(m);
    if (!catalog)
        return matching_row_trouble(m, input, strange);
    if (source != m->components.source)
        return matching_row_trouble(m, input, mixed);
    m->fitting = schema;
    return true;
}
