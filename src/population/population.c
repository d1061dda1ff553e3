#include "config.h"

#include "population/population.h"

#include "base/fault.h"
#include "diff/diff.h"
#include "format/ndjson_read.h"
#include "format/row.h"

#define INPUT_RECORDS_MOST (POPULATION_RECORDS_MOST / 2)

static void tell_fault(void *context, const struct row_input *input, uint64_t line,
                       uint64_t column, const char *what)
{
    const struct diff_task *task = ((struct population *)context)->task->diff;

    task->tell(task->context, input->path, input->is_binary, line, column, what);
}

/* Report FAULT. True if it is FAULT_NONE: then nothing is reported. */
static bool check_population(const struct population *p, struct fault fault)
{
    const struct diff_task *task = p->task->diff;
    const char *path = fault.status == STATUS_SYSTEM ? task->directory : NULL;

    if (fault.status != STATUS_OK)
        task->tell(task->context, path, false, 0, 0, fault_text(fault));
    return fault.status == STATUS_OK;
}

/* Report WHAT is wrong with input number I. */
static bool refuse_input(const struct population *p, unsigned i, const char *what)
{
    const struct diff_task *task = p->task->diff;

    task->tell(task->context, task->paths[i], false, 0, 0, what);
    return false;
}

bool population_compares(const struct population *population,
                         const struct diff_catalog *catalog)
{
    return !population->catalogs.map_count ||
           diff_catalogs_mapped(&population->catalogs, catalog);
}

static struct fault add_row(struct population *p, unsigned i, const struct row *row)
{
    const struct diff_catalog *catalog = diff_catalogs_of(&p->catalogs, i, row);

    if (!catalog)
        return quota_fault(&p->task->diff->memory->kept);
    if (!population_compares(p, catalog))
        return FAULT_NONE;
    if (p->samples[i].records == INPUT_RECORDS_MOST)
        return fault_invalid(0, "more than 2147483647 records on one side: expected fewer");
    return population_sample_add(&p->samples[i], &p->features, p->counts, i, row);
}

/* Read input number I to its end. */
static bool read_population(struct population *p, unsigned i)
{
    const struct diff_task *task = p->task->diff;
    const struct row_names names = {.by = {NULL, 0}};
    struct fault fault = FAULT_NONE;
    struct row_input *input = &p->inputs[i];
    struct row row;

    *input = (struct row_input){.tell = tell_fault, .context = p};
    if (!row_input_open(input, task->paths[i], task->plan, &names, task->window, NULL))
        return false;
    while (fault.status == STATUS_OK && row_input_next(input, &row))
        fault = add_row(p, i, &row);
    if (task->memory->kept.reached && fault.status == STATUS_OK)
        return false; /* The input has reported it. */
    /* With less than there is in the file, a report would depend on the memory. */
    return check_population(p, fault) && !input->useless && !input->no_memory;
}

/* Is there something to compare? False after a message. */
static bool check_catalogs(const struct population *p)
{
    const struct diff_catalog *first = NULL;

    for (unsigned i = 0; i < p->task->diff->path_count; i++) {
        const struct diff_catalog *catalog = NULL;
        bool skipped = false;
        while ((catalog = population_next_catalog(p, i, catalog))) {
            if (!population_compares(p, catalog)) {
                skipped = true;
                continue;
            }
            if (first && first->number != catalog->number)
                return refuse_input(p, i, "the records compared are by catalogs of different names, or of "
                                          "different pairs of --map: expected one --map=OLD=NEW that "
                                          "says which to compare");
            first = catalog;
        }
        if (!p->samples[i].records && skipped)
            return refuse_input(p, i, "no vectors by a catalog of --map, so there is nothing to compare");
        if (!p->samples[i].records && i == 2)
            return refuse_input(p, i, "no records: expected another day of the old population as CONTROL");
    }
    return true;
}

/* Do both sides have records, but no group or signal that both can have? */
static bool compares_nothing(const struct population *p)
{
    return p->samples[0].records && p->samples[1].records && !p->results.count &&
           !p->results.only_count;
}

/* Note which rules name something that is there. */
static void use_rules(const struct population *p)
{
    struct diff_rules *sets[] = {p->task->diff->ignore, p->task->diff->expect};

    for (int set = 0; set < 2; set++)
        for (uint32_t i = 0; sets[set] && i < p->features.names.count; i++)
            diff_rules_use(sets[set], p->features.items[i].kind, p->features.items[i].name);
}

static bool find_difference(const struct population *p)
{
    const struct population_results *results = &p->results;

    if (!p->samples[0].records != !p->samples[1].records)
        return true;
    for (uint32_t i = 0; i < results->count; i++)
        if (!results->items[i].expected)
            return true;
    for (uint32_t i = 0; i < results->only_count; i++)
        if (!results->only[i].expected)
            return true;
    return false;
}

static bool start_populations(struct population *p, const struct population_task *task)
{
    const struct diff_task *diff = task->diff;
    struct quota *quota = &diff->memory->kept;

    *p = (struct population){.task = task};
    diff_features_init(&p->features, diff->ignore, diff->plan->seed, quota);
    for (unsigned i = 0; i < POPULATION_INPUTS; i++)
        p->samples[i].quota = quota;
    p->results.quota = quota;
    bool made = diff_catalogs_init(&p->catalogs, diff->maps, diff->map_count, false, false,
                                   diff->plan->seed, quota);
    p->counts =
        population_counts_new(diff->memory->join, diff->directory, diff->plan->seed);
    return check_population(p, made && p->counts ? FAULT_NONE : quota_fault(quota));
}

bool population_run(struct population *population, const struct population_task *task)
{
    struct population *p = population;
    struct population_source source = {.features = &p->features,
                                       .samples = p->samples,
                                       .expect = task->diff->expect,
                                       .threshold = task->threshold};

    if (!start_populations(p, task))
        return false;
    for (unsigned i = 0; i < task->diff->path_count; i++)
        if (!read_population(p, i))
            return false;
    if (!check_catalogs(p) ||
        !check_population(p, fault_system(population_counts_finish(p->counts))))
        return false;
    source.counts = p->counts;
    if (!check_population(
            p, population_results_make(&p->results, &source, &task->diff->memory->kept)))
        return false;
    if (compares_nothing(p))
        return refuse_input(p, 0, "the populations have nothing in common to compare: expected groups "
                                  "or signals in --select of both");
    use_rules(p);
    p->differs = find_difference(p);
    return true;
}

void population_free(struct population *population)
{
    population_results_free(&population->results);
    population_counts_free(population->counts);
    for (unsigned i = 0; i < POPULATION_INPUTS; i++)
        population_sample_free(&population->samples[i]);
    diff_features_free(&population->features);
    diff_catalogs_free(&population->catalogs);
    for (unsigned i = 0; i < POPULATION_INPUTS; i++)
        row_input_close(&population->inputs[i]);
}

const struct diff_catalog *population_next_catalog(const struct population *population,
                                                   unsigned input,
                                                   const struct diff_catalog *last)
{
    const struct diff_catalog *next = NULL;

    for (uint32_t i = 0; i < population->catalogs.known.count; i++) {
        const struct diff_catalog *catalog = &population->catalogs.items[i];
        if (catalog->input == input &&
            (!last || span_compare(catalog->label, last->label) > 0) &&
            (!next || span_compare(catalog->label, next->label) < 0))
            next = catalog;
    }
    return next;
}
