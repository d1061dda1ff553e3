#include "config.h"

#include "population/sample.h"

#include "base/fault.h"
#include "format/row_hashes.h"

void population_sample_free(struct population_sample *sample)
{
    for (uint32_t i = 0; i < sample->count; i++)
        diff_columns_free(&sample->schemas[i].columns, sample->quota);
    quota_free(sample->quota, sample->schemas, sample->room * sizeof *sample->schemas);
    quota_free(sample->quota, sample->errors, sample->error_room * sizeof *sample->errors);
    *sample = (struct population_sample){.quota = sample->quota};
}

/* What belongs to SCHEMA, new or not. Null when memory is out. */
static struct population_schema *schema_of(struct population_sample *sample,
                                           struct schema *schema)
{
    if (schema->columns[0])
        return &sample->schemas[schema->columns[0] - 1];
    if (sample->count == sample->room) {
        uint32_t want = sample->room ? 2 * sample->room : 4;
        struct population_schema *schemas =
            quota_realloc(sample->quota, sample->schemas, sample->room * sizeof *schemas,
                          want * sizeof *schemas);
        if (!schemas)
            return NULL;
        sample->schemas = schemas;
        sample->room = want;
    }
    struct population_schema *made = &sample->schemas[sample->count++];
    *made = (struct population_schema){.records = 0};
    diff_columns_init(&made->columns, schema);
    schema->columns[0] = sample->count;
    return made;
}

static struct fault count_hashes(const struct diff_features *features,
                                 struct population_counts *counts, unsigned input,
                                 const uint32_t *numbers, struct row_hashes hashes)
{
    for (uint32_t i = 0; i < hashes.count; i++) {
        uint64_t hash = row_hash(&hashes, i);
        uint32_t feature = numbers[row_hash_slot(&hashes, i)];
        if (!hash || features->items[feature].ignored)
            continue;
        int error = population_counts_add(counts, feature, hash, input);
        if (error)
            return fault_system(error);
    }
    return FAULT_NONE;
}

/* Make room for the errors of all FEATURES. */
static bool grow_errors(struct population_sample *sample, const struct diff_features *features)
{
    uint32_t want = features->room;

    if (sample->error_room >= want)
        return true;
    uint64_t *errors = quota_calloc(sample->quota, want, sizeof *errors);
    if (!errors)
        return false;
    if (sample->error_room)
        memcpy(errors, sample->errors, sample->error_room * sizeof *errors);
    quota_free(sample->quota, sample->errors, sample->error_room * sizeof *errors);
    sample->errors = errors;
    sample->error_room = want;
    return true;
}

/* Count the signals of ROW whose text is that of an error. */
static void count_errors(struct population_sample *sample, const uint32_t *numbers,
                         const struct row *row)
{
    struct row_text head;

    for (size_t at = 0; at + sizeof head <= row->heads.n; at += sizeof head) {
        memcpy(&head, row->heads.p + at, sizeof head);
        if (head.n && row->texts.p[head.at] == '!')
            sample->errors[numbers[head.slot]]++;
    }
}

struct fault population_sample_add(struct population_sample *sample,
                                   struct diff_features *features,
                                   struct population_counts *counts, unsigned input,
                                   const struct row *row)
{
    struct population_schema *schema = schema_of(sample, row->schema);

    if (!schema || !diff_columns_update(&schema->columns, features, sample->quota) ||
        !grow_errors(sample, features))
        return quota_fault(sample->quota);
    schema->records++;
    sample->records++;
    struct fault fault =
        count_hashes(features, counts, input, schema->columns.features[DIFF_GROUP],
                     row_hashes_of_groups(row));
    if (fault.status == STATUS_OK)
        fault = count_hashes(features, counts, input, schema->columns.features[DIFF_SIGNAL],
                             row_hashes_of_signals(row));
    count_errors(sample, schema->columns.features[DIFF_SIGNAL], row);
    return fault;
}

uint64_t population_sample_records(const struct population_sample *sample, uint32_t feature,
                                   enum diff_kind kind)
{
    uint64_t records = 0;

    for (uint32_t i = 0; i < sample->count; i++) {
        const struct diff_columns *columns = &sample->schemas[i].columns;
        bool facts = kind == DIFF_SIGNAL && columns->schema->source == SCHEMA_FACTS;
        if (facts || diff_columns_have(columns, feature) || diff_columns_open(columns, kind))
            records += sample->schemas[i].records;
    }
    return records;
}
