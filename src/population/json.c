#include "config.h"

#include "population/json.h"

#include "diff/diff.h"
#include "format/share.h"
#include "population/population.h"
#include "text/hash.h"
#include "text/jcs.h"

static const char *const json_sides[POPULATION_INPUTS] = {"old", "new", "control"};

/* Begin a line, of KIND. */
static struct buf *begin_line(const struct report_out *to, const char *kind)
{
    buf_putc(to->buf, '{');
    jcs_put_name(to->buf, "kind");
    jcs_put_string(to->buf, span_text(kind));
    return to->buf;
}

static void end_line(const struct report_out *to)
{
    buf_puts(to->buf, "}\n");
    report_out_relieve(to);
}

static void put_catalog_lines(const struct report_out *to, const struct population *p)
{
    for (unsigned i = 0; i < p->task->diff->path_count; i++) {
        const struct diff_catalog *catalog = NULL;
        while ((catalog = population_next_catalog(p, i, catalog))) {
            struct buf *out = begin_line(to, "catalog");
            const char *side = population_compares(p, catalog) ? json_sides[i] : "-";
            jcs_put_named_text(out, "side", span_text(side));
            jcs_put_named_text(out, "catalog", catalog->label);
            jcs_put_named_uint(out, "records", catalog->rows);
            end_line(to);
        }
    }
}

static void put_count_lines(const struct report_out *to, const struct population *p)
{
    for (unsigned i = 0; i < p->task->diff->path_count; i++) {
        struct buf *out = begin_line(to, "records");
        jcs_put_named_text(out, "what", span_text(json_sides[i]));
        jcs_put_named_uint(out, "count", p->samples[i].records);
        end_line(to);
    }
    for (enum diff_kind kind = DIFF_GROUP; kind <= DIFF_SIGNAL; kind++) {
        struct population_compared compared = population_results_compared(&p->results, kind);
        struct buf *out = begin_line(to, "compared");
        jcs_put_named_text(out, "of", span_text(diff_kind_name(kind)));
        jcs_put_named_uint(out, "count", compared.count);
        jcs_put_named_uint(out, "differ", compared.differ);
        end_line(to);
    }
}

static void put_bool(struct buf *out, const char *name, bool value)
{
    jcs_put_name(out, name);
    buf_puts(out, value ? "true" : "false");
}

static void put_expectation(struct buf *out, const struct population *p, bool expected)
{
    if (p->task->diff->expect)
        put_bool(out, "expected", expected);
}

static void put_only_lines(const struct report_out *to, const struct population *p)
{
    for (uint32_t i = 0; i < p->results.only_count; i++) {
        const struct population_only *only = &p->results.only[i];
        struct buf *out = begin_line(to, "only");
        jcs_put_named_text(out, "side", span_text(json_sides[only->side]));
        jcs_put_named_text(out, "of", span_text(diff_kind_name(only->feature->kind)));
        jcs_put_named_text(out, "name", only->feature->name);
        put_expectation(out, p, only->expected);
        end_line(to);
    }
}

/* A member NUMBER / 10^DIGITS; null if it is not KNOWN. */
static void put_decimal(struct buf *out, const char *name, bool known, uint64_t number,
                        unsigned digits)
{
    jcs_put_name(out, name);
    if (known)
        share_put_decimal(out, number, digits);
    else
        buf_puts(out, "null");
}

static void put_pair(struct buf *out, const char *name, const uint64_t numbers[2])
{
    jcs_put_name(out, name);
    buf_putc(out, '[');
    buf_put_uint(out, numbers[0]);
    buf_putc(out, ',');
    buf_put_uint(out, numbers[1]);
    buf_putc(out, ']');
}

/* The total variation of DISTANCE in millionths. */
static uint64_t variation(const struct population_distance *distance)
{
    return share_millionths(distance->moved, population_distance_all(distance));
}

static void put_most_moved(struct buf *out, const struct population_distance *d)
{
    jcs_put_name(out, "value");
    if (!d->most[0] && !d->most[1]) {
        buf_puts(out, "null");
        return;
    }
    buf_putc(out, '{');
    jcs_put_name(out, "hash");
    if (d->most_hash) {
        buf_putc(out, '"');
        hash_put64(out, d->most_hash);
        buf_putc(out, '"');
    } else {
        buf_puts(out, "null");
    }
    put_pair(out, "records", d->most);
    buf_putc(out, '}');
}

static void put_result_line(const struct report_out *to, const struct population *p,
                            const struct population_result *result)
{
    const struct population_distance *ordinary = &result->ordinary;
    bool churn = ordinary->records[0] > 0;
    struct buf *out = begin_line(to, diff_kind_name(result->feature->kind));

    jcs_put_named_text(out, "name", result->feature->name);
    put_bool(out, "differs", result->differs);
    put_expectation(out, p, result->expected);
    put_decimal(out, "z", true, result->score, 3);
    put_decimal(out, "churn", churn, result->churn, 3);
    put_decimal(out, "distance", true, variation(&result->distance), 6);
    put_decimal(out, "churnDistance", churn, churn ? variation(ordinary) : 0, 6);
    put_pair(out, "records", result->distance.records);
    put_pair(out, "present", result->present);
    put_pair(out, "distinct", result->distinct);
    put_pair(out, "errors", result->errors);
    put_most_moved(out, &result->distance);
    end_line(to);
}

static void put_unused_lines(const struct report_out *to, const char *option,
                             const struct diff_rules *rules)
{
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        if (rules->items[i].used)
            continue;
        struct buf *out = begin_line(to, "unused");
        jcs_put_named_text(out, "option", span_text(option));
        jcs_put_named_text(out, "rule", rules->items[i].text);
        end_line(to);
    }
}

void population_json_put(const struct report_out *out, const struct population *population)
{
    put_catalog_lines(out, population);
    put_count_lines(out, population);
    put_only_lines(out, population);
    for (uint32_t i = 0; i < population->results.count; i++)
        put_result_line(out, population, &population->results.items[i]);
    put_unused_lines(out, "ignore", population->task->diff->ignore);
    put_unused_lines(out, "expect", population->task->diff->expect);
}
