#include "config.h"

#include "diff/text.h"

#include "diff/catalogs.h"
#include "diff/cells.h"
#include "diff/report.h"
#include "diff/sketches.h"
#include "diff/text_clusters.h"
#include "format/share.h"

static void text_put_catalogs(struct diff_cells *r)
{
    static const char *const names[] = {"", "side", "catalog", "records", NULL};

    text_table_head(&r->table, names);
    for (unsigned side = 0; side < 2; side++) {
        const struct diff_catalog *catalog = NULL;
        while ((catalog = diff_catalogs_next(r->report->catalogs, side, catalog))) {
            text_table_row(&r->table, TEXT_PLAIN);
            text_table_puts(&r->table, "catalog");
            text_table_puts(&r->table, diff_report_side(r->report, catalog));
            text_table_put(&r->table, catalog->label);
            text_table_number(&r->table, catalog->rows);
        }
    }
}

static void text_put_counts(struct diff_cells *r)
{
    static const char *const names[] = {"", "what", "count", "examples", NULL};

    text_table_head(&r->table, names);
    for (const struct diff_count *c = r->report->counts; c->what; c++) {
        text_table_row(&r->table, TEXT_PLAIN);
        text_table_puts(&r->table, "records");
        text_table_puts(&r->table, c->what);
        text_table_number(&r->table, c->count);
        diff_cells_ids(r, c->ids);
    }
}

static void text_put_advice(struct diff_cells *r)
{
    if (!r->report->advice)
        return;
    text_table_row(&r->table, TEXT_PLAIN);
    text_table_puts(&r->table, "advice");
    text_table_puts(&r->table, "no-pairs");
    text_table_puts(&r->table, r->report->advice);
}

static void text_put_only(struct diff_cells *r)
{
    static const char *const names[] = {"", "side", "kind", "mark", "name", NULL};
    const struct diff_clusters *only = &r->report->only;

    if (only->count)
        text_table_head(&r->table, names);
    for (uint32_t i = 0; i < only->count; i++) {
        const struct diff_feature *feature = only->items[i].feature;
        text_table_row(&r->table, diff_cells_style(r, only->items[i].expected));
        text_table_puts(&r->table, "only");
        text_table_puts(&r->table, feature->has[0] ? "old" : "new");
        text_table_puts(&r->table, diff_kind_name(feature->kind));
        text_table_puts(&r->table, diff_cells_mark(r, only->items[i].expected));
        text_table_put(&r->table, feature->name);
    }
}

static void text_put_identity(struct diff_cells *r, const unsigned char *id)
{
    diff_cells_digits(r, id);
    diff_cells_digits(r, id + 8);
}

static void text_put_moved(struct diff_cells *r)
{
    static const char *const names[] = {"",    "identity", "how",      "old",
                                        "new", "records",  "examples", NULL};
    const struct diff_clusters *identities = &r->report->moving;

    if (identities->count)
        text_table_head(&r->table, names);
    for (uint32_t i = 0; i < identities->count; i++) {
        const struct diff_feature *feature = identities->items[i].feature;
        const struct diff_moved *m = &r->report->moved[feature->number];
        for (enum diff_moved_class class = 0; class < DIFF_CLASSES; class ++) {
            text_table_row(&r->table, TEXT_PLAIN);
            text_table_puts(&r->table, "moved");
            text_table_put(&r->table, feature->name);
            text_table_puts(&r->table, diff_report_class(class));
            text_table_number(&r->table, m->classes[class].old);
            text_table_number(&r->table, m->classes[class].new);
            text_table_number(&r->table, m->classes[class].records);
            text_table_puts(&r->table, "");
            for (uint32_t k = 0; k < m->classes[class].example_count && !(r->terminal && k);
                 k++) {
                if (k)
                    text_table_more(&r->table, span_text(" "));
                text_put_identity(r, m->classes[class].examples[k].old);
                text_table_more(&r->table, span_text(">"));
                text_put_identity(r, m->classes[class].examples[k].new);
            }
        }
    }
}

static void text_put_distance(struct diff_cells *r, const char *range,
                              struct diff_distance distance)
{
    struct buf mean = BUF_EMPTY;

    share_put_mean(&mean, distance.bits, distance.pairs);
    text_table_row(&r->table, TEXT_PLAIN);
    text_table_puts(&r->table, "sketch");
    text_table_puts(&r->table, range);
    text_table_number(&r->table, distance.pairs);
    text_table_right(&r->table, mean.failed ? span_of(NULL, 0) : buf_span(&mean));
    r->table.out.buf->failed |= mean.failed;
    buf_free(&mean);
}

static void text_put_sketches(struct diff_cells *r)
{
    static const char *const names[] = {"", "distance", "pairs", "mean", NULL};
    const struct diff_sketches *sketches = r->report->sketches;
    struct diff_distance all = diff_sketches_all(sketches);

    if (!all.pairs)
        return;
    text_table_head(&r->table, names);
    text_put_distance(r, "all", all);
    for (int i = 0; i < DIFF_DISTANCES; i++)
        text_put_distance(r, diff_sketches_range(i), sketches->ranges[i]);
}

static void text_put_unused_ignore(struct diff_cells *r)
{
    diff_cells_unused(&r->table, "ignore", r->report->ignore);
}

static void text_put_unused_expect(struct diff_cells *r)
{
    diff_cells_unused(&r->table, "expect", r->report->expect);
}

void diff_text_put(const struct report_out *out, const struct diff_report *report,
                   bool terminal, bool colour)
{
    static void (*const sections[])(struct diff_cells * r) = {
        text_put_catalogs,      text_put_counts,
        text_put_advice,        text_put_only,
        text_put_moved,         text_put_sketches,
        diff_text_clusters_put, diff_text_clusters_put_values,
        text_put_unused_ignore, text_put_unused_expect,
    };
    struct diff_cells r = {.report = report, .terminal = terminal};

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
}
