#include "config.h"

#include "population/text.h"

#include "diff/cells.h"
#include "diff/diff.h"
#include "format/share.h"
#include "format/text_table.h"
#include "population/population.h"
#include "text/hash.h"

static const char *const input_names[POPULATION_INPUTS] = {"old", "new", "control"};

/* A report that is being written. */
struct population_cells {
    const struct population *population;
    struct text_table table;
    struct buf cell; /* room for one */
    bool terminal;
};

/* The text in the room for a cell is a cell, aligned to the right. */
static void put_cell(struct population_cells *r)
{
    text_table_right(&r->table, r->cell.failed ? span_of(NULL, 0) : buf_span(&r->cell));
    r->table.out.buf->failed |= r->cell.failed;
    buf_clear(&r->cell);
}

/* A cell of COUNT of ALL; "-" if it is not KNOWN. */
static void put_share(struct population_cells *r, bool known, uint64_t count, uint64_t all)
{
    if (known)
        share_put_percent(&r->cell, count, all);
    else
        buf_putc(&r->cell, '-');
    put_cell(r);
}

static void put_score(struct population_cells *r, bool known, uint64_t score)
{
    if (known)
        share_put_decimal(&r->cell, score, 3);
    else
        buf_putc(&r->cell, '-');
    put_cell(r);
}

static unsigned input_count(const struct population_cells *r)
{
    return r->population->task->diff->path_count;
}

static const char *mark_of(const struct population_cells *r, bool differs, bool expected)
{
    bool expects = r->population->task->diff->expect;

    return !differs ? "-" : !expects ? "differs" : expected ? "expected" : "unexpected";
}

static enum text_style style_of(const struct population_cells *r, bool expected)
{
    return !r->population->task->diff->expect ? TEXT_PLAIN : expected ? TEXT_GOOD : TEXT_BAD;
}

static void put_catalogs(struct population_cells *r)
{
    static const char *const names[] = {"", "side", "catalog", "records", NULL};

    text_table_head(&r->table, names);
    for (unsigned i = 0; i < input_count(r); i++) {
        const struct diff_catalog *catalog = NULL;
        while ((catalog = population_next_catalog(r->population, i, catalog))) {
            text_table_row(&r->table, TEXT_PLAIN);
            text_table_puts(&r->table, "catalog");
            text_table_puts(&r->table,
                            population_compares(r->population, catalog) ? input_names[i] : "-");
            text_table_put(&r->table, catalog->label);
            text_table_number(&r->table, catalog->rows);
        }
    }
}

static void put_counts(struct population_cells *r)
{
    static const char *const names[] = {"", "what", "count", NULL};

    text_table_head(&r->table, names);
    for (unsigned i = 0; i < input_count(r); i++) {
        text_table_row(&r->table, TEXT_PLAIN);
        text_table_puts(&r->table, "records");
        text_table_puts(&r->table, input_names[i]);
        text_table_number(&r->table, r->population->samples[i].records);
    }
}

static void put_compared(struct population_cells *r)
{
    static const char *const names[] = {"", "kind", "count", "differ", NULL};
    const struct population_results *results = &r->population->results;

    text_table_head(&r->table, names);
    for (enum diff_kind kind = DIFF_GROUP; kind <= DIFF_SIGNAL; kind++) {
        struct population_compared compared = population_results_compared(results, kind);
        text_table_row(&r->table, TEXT_PLAIN);
        text_table_puts(&r->table, "compared");
        text_table_puts(&r->table, diff_kind_name(kind));
        text_table_number(&r->table, compared.count);
        text_table_number(&r->table, compared.differ);
    }
}

static void put_only(struct population_cells *r)
{
    static const char *const names[] = {"", "side", "kind", "mark", "name", NULL};
    const struct population_results *results = &r->population->results;

    if (results->only_count)
        text_table_head(&r->table, names);
    for (uint32_t i = 0; i < results->only_count; i++) {
        const struct population_only *only = &results->only[i];
        text_table_row(&r->table, style_of(r, only->expected));
        text_table_puts(&r->table, "only");
        text_table_puts(&r->table, input_names[only->side]);
        text_table_puts(&r->table, diff_kind_name(only->feature->kind));
        text_table_puts(&r->table, mark_of(r, true, only->expected));
        text_table_put(&r->table, only->feature->name);
    }
}

/* The value whose share differs most, and its shares. */
static void put_most(struct population_cells *r, const struct population_distance *d)
{
    bool known = d->most[0] || d->most[1];

    if (known && d->most_hash)
        hash_put64(&r->cell, d->most_hash);
    else
        buf_putc(&r->cell, '-');
    put_cell(r);
    for (unsigned side = 0; side < 2; side++)
        put_share(r, known, d->most[side], d->records[side]);
}

static void put_result(struct population_cells *r, const struct population_result *result)
{
    const struct population_distance *d = &result->distance, *ordinary = &result->ordinary;
    bool churn = ordinary->records[0] > 0;

    text_table_row(&r->table,
                   result->differs ? style_of(r, result->expected) : TEXT_PLAIN);
    text_table_puts(&r->table, diff_kind_name(result->feature->kind));
    text_table_puts(&r->table, mark_of(r, result->differs, result->expected));
    put_score(r, true, result->score);
    put_score(r, churn, result->churn);
    put_share(r, true, d->moved, population_distance_all(d));
    put_share(r, churn, ordinary->moved, population_distance_all(ordinary));
    for (unsigned side = 0; side < 2; side++)
        put_share(r, true, result->present[side], d->records[side]);
    for (unsigned side = 0; side < 2; side++)
        text_table_number(&r->table, result->distinct[side]);
    for (unsigned side = 0; side < 2; side++)
        put_share(r, result->errors[side], result->errors[side], d->records[side]);
    put_most(r, d);
    text_table_put(&r->table, result->feature->name);
}

static void put_results(struct population_cells *r)
{
    static const char *const names[] = {"",         "mark",     "z",        "churn",    "distance",
                                        "churn",    "present",  "new",      "distinct", "new",
                                        "errors",   "new",      "value",    "old",      "new",
                                        "name",     NULL};
    const struct population_results *results = &r->population->results;
    bool any = false;

    for (uint32_t i = 0; i < results->count; i++) {
        if (r->terminal && !results->items[i].differs)
            continue;
        if (!any)
            text_table_head(&r->table, names);
        any = true;
        put_result(r, &results->items[i]);
    }
}

static void put_unused(struct population_cells *r)
{
    const struct diff_task *task = r->population->task->diff;

    diff_cells_unused(&r->table, "ignore", task->ignore);
    diff_cells_unused(&r->table, "expect", task->expect);
}

void population_text_put(const struct report_out *out, const struct population *population,
                         bool terminal, bool colour)
{
    static void (*const sections[])(struct population_cells * r) = {
        put_catalogs, put_counts, put_compared, put_only, put_results, put_unused,
    };
    struct population_cells r = {
        .population = population, .cell = BUF_EMPTY, .terminal = terminal};

    text_table_init(&r.table, out, terminal, colour);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (terminal) {
            text_table_measure(&r.table);
            sections[i](&r);
            text_table_end(&r.table);
        }
        text_table_write(&r.table);
        sections[i](&r);
        text_table_end(&r.table);
    }
    text_table_free(&r.table);
    buf_free(&r.cell);
}
