#include "config.h"

#include "survey/survey.h"

#include <stdlib.h>

#include "json/value.h"

bool survey_init(struct survey *survey, size_t memory, bool by, bool time, uint64_t seed)
{
    *survey = (struct survey){.by = by, .time = time, .first = INT64_MAX, .last = INT64_MIN};
    survey->field_quota =
        (struct quota){.most = by ? memory / 8 * 3 : memory / 8 * 6,
                       .full = "the paths take more memory than --memory allows: allow more"};
    survey->visitor_quota =
        (struct quota){.most = memory / 8 * 3,
                       .full = "one record takes more memory than --memory allows: allow more"};
    visitors_init(&survey->visitors, &survey->visitor_quota, seed);
    return fields_init(&survey->fields, &survey->field_quota);
}

void survey_free(struct survey *survey)
{
    fields_free(&survey->fields);
    visitors_free(&survey->visitors);
    buf_free(&survey->found);
}

/* Merge the rarest paths into their parents, for there is no memory for a further one. */
static bool merge_rarest(struct survey *survey)
{
    uint32_t slots = survey->fields.slots;
    uint32_t *renumbered = malloc(slots * sizeof *renumbered);
    bool merged = renumbered && fields_merge_rarest(&survey->fields, renumbered);

    if (merged && survey->by)
        merged = visitors_renumber(&survey->visitors, renumbered, slots);
    free(renumbered);
    /* Where no path is left to merge, the quota is too small; else memory is out. */
    survey->field_quota.reached = !merged && survey->fields.count == 1;
    return merged;
}

/* Observation number I of the record that is read is of PATH. If one before it is, too, as of
 * names that read alike (U+FFFD in place of an unpaired surrogate), only this one counts. */
static void meet_field(struct survey *survey, uint32_t path, uint32_t i)
{
    struct field *field = &survey->fields.items[path];
    const uint32_t none = FIELD_NONE;

    if (field->met_in == survey->records + 1 && field->met_at < i)
        memcpy(survey->found.p + field->met_at * sizeof none, &none, sizeof none);
    field->met_in = survey->records + 1;
    field->met_at = i;
}

/* Find the path of each of OBSERVATIONS, in survey->found. False if memory is out or the quota
 * reached. */
static bool find_fields(struct survey *survey, struct observation_reader observations)
{
    struct fields *fields = &survey->fields;
    uint32_t at[VALUE_DEPTH + 1] = {FIELD_ROOT}, before = FIELD_ROOT;
    struct observation observation;
    bool full = false;

    buf_clear(&survey->found);
    for (uint32_t i = 0; !full && observation_next(&observations, &observation); i++) {
        uint32_t parent = at[observation.depth - 1], path = FIELD_NONE;
        if (parent != FIELD_NONE)
            path = fields_find(fields, parent, before, &observation, &full);
        at[observation.depth] = path;
        before = path == FIELD_NONE ? before : path;
        if (path != FIELD_NONE && !survey->found.failed)
            meet_field(survey, path, i);
        buf_put(&survey->found, span_of(&path, sizeof path));
    }
    return !full && !survey->found.failed;
}

/* The path of observation number I. */
static uint32_t found_field(const struct survey *survey, size_t i)
{
    uint32_t path;

    memcpy(&path, survey->found.p + i * sizeof path, sizeof path);
    return path;
}

/* Add OBSERVATION to PATH. Where that begins a slot for other forms, no value before had one: so
 * that slot is as that of the values. False if memory is out or the quota reached. */
static bool add_observation(struct survey *survey, uint32_t path,
                            const struct observation *observation)
{
    const struct field *field = &survey->fields.items[path];
    bool begun = field->form != FIELD_NONE;

    if (!fields_add(&survey->fields, path, observation, survey->records))
        return false;
    return !survey->by || begun || field->form == FIELD_NONE ||
           visitors_copy(&survey->visitors, field->form, field->slot);
}

/* Add OBSERVATIONS from number *NEXT on to their paths. False if memory is out or the quota
 * reached: then *NEXT is the first that is not added. */
static bool add_observations(struct survey *survey, struct observation_reader observations,
                             size_t *next)
{
    struct observation observation;

    for (size_t i = 0; observation_next(&observations, &observation); i++) {
        uint32_t path = found_field(survey, i);
        if (i < *next)
            continue;
        if (path != FIELD_NONE && !add_observation(survey, path, &observation))
            return false;
        *next = i + 1;
    }
    return true;
}

/* Collect the values of the record, and compare them with the last ones of its visitor. False when
 * memory is out. */
static bool turn_visitor(struct survey *survey, const struct observe_record *record,
                         struct observation_reader observations)
{
    struct visitors *visitors = &survey->visitors;
    uint32_t slots = survey->fields.slots;
    struct observation observation;

    if (!visitors_grow(visitors, slots))
        return false;
    uint32_t *now = visitors->now;
    memset(now, 0, slots * sizeof *now);
    for (size_t i = 0; observation_next(&observations, &observation); i++) {
        uint32_t number = found_field(survey, i);
        if (number == FIELD_NONE)
            continue;
        const struct field *field = &survey->fields.items[number];
        now[field->slot] = visitors_value(observation.value);
        if (field->form != FIELD_NONE)
            now[field->form] = visitors_value(observation.form);
    }
    return visitors_turn(visitors, record, slots);
}

static void count_time(struct survey *survey, int64_t time)
{
    survey->timed++;
    survey->first = time < survey->first ? time : survey->first;
    survey->last = time > survey->last ? time : survey->last;
}

/* Add a record, whose observations are OBSERVATIONS. */
static struct fault add_record(struct survey *survey, const struct observe_record *record,
                               struct observation_reader observations)
{
    size_t next = 0;

    while (!find_fields(survey, observations) || !add_observations(survey, observations, &next))
        if (survey->found.failed || !survey->field_quota.reached || !merge_rarest(survey))
            return quota_fault(&survey->field_quota);
    survey->records++;
    if (record->timed)
        count_time(survey, record->time);
    if (!survey->by || !record->keyed)
        return FAULT_NONE;
    survey->keyed++;
    if (!turn_visitor(survey, record, observations))
        return quota_fault(&survey->visitor_quota);
    return FAULT_NONE;
}

struct fault survey_add(struct survey *survey, struct span bytes)
{
    struct observe_record record;
    struct observation_reader observations;
    struct fault fault = FAULT_NONE;

    while (fault.status == STATUS_OK && observation_next_record(&bytes, &record, &observations))
        fault = add_record(survey, &record, observations);
    return fault;
}
