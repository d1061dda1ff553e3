#include "config.h"

#include "diff/text_clusters.h"

#include "diff/cells.h"
#include "diff/report.h"
#include "format/share.h"

#define BAR        10
#define SHOWN_MOST 60 /* bytes of a value on a terminal */

/* A cell of what EXAMPLE has on SIDE. */
static void text_put_value(struct diff_cells *r, const struct diff_example *example, int side)
{
    static const unsigned char none[16];
    struct span text = example->texts[side];

    text_table_puts(&r->table, "");
    if (text.n) {
        text = span_cut(text, text.p[0] == '=', text.n);
        bool cut = r->terminal && text.n > SHOWN_MOST;
        size_t n = cut ? SHOWN_MOST : text.n;
        while (cut && n && (text.p[n] & 0xC0) == 0x80)
            n--;
        text_table_more(&r->table, span_cut(text, 0, n));
        text_table_more(&r->table, span_text(cut ? "..." : ""));
    } else if (memcmp(example->hashes[side], none, sizeof none) == 0) {
        text_table_more(&r->table, span_text("-"));
    } else {
        text_table_more(&r->table, span_text("#"));
        diff_cells_digits(r, example->hashes[side]);
    }
}

/* A line with the values of FEATURE in its first example, before and after, if known. */
static void text_put_values(struct diff_cells *r, const struct diff_feature *feature)
{
    const struct diff_example *example = &feature->examples[0];

    if (!feature->example_count || (!example->texts[0].n && !example->texts[1].n))
        return;
    text_table_row(&r->table, TEXT_PLAIN);
    text_table_puts(&r->table, "value");
    text_table_put(&r->table, feature->name);
    text_put_value(r, example, 0);
    text_put_value(r, example, 1);
    text_table_put(&r->table, diff_ids_span(example->id));
}

static void text_put_rate(struct diff_cells *r, const struct diff_feature *feature)
{
    struct buf rate = BUF_EMPTY;
    uint64_t differing = diff_features_differing(feature), pairs = r->report->pairs;

    share_put_percent(&rate, differing, pairs);
    text_table_right(&r->table, rate.failed ? span_of(NULL, 0) : buf_span(&rate));
    r->table.out.buf->failed |= rate.failed;
    buf_free(&rate);
    if (!r->terminal)
        return;
    text_table_puts(&r->table, "");
    for (double i = 0; i < (double)differing * BAR / (double)pairs; i++)
        text_table_more(&r->table, span_text("#"));
}

/* The names of a cluster: all in cells of their own, or on a terminal the first in one. */
static void text_put_names(struct diff_cells *r, const struct diff_clusters *clusters,
                           uint32_t from, uint32_t end)
{
    struct buf more = BUF_EMPTY;

    if (!r->terminal) {
        for (uint32_t i = from; i < end; i++)
            text_table_put(&r->table, clusters->items[i].feature->name);
        return;
    }
    text_table_put(&r->table, clusters->items[from].feature->name);
    if (end - from > 1) {
        buf_puts(&more, " and ");
        buf_put_uint(&more, end - from - 1);
        buf_puts(&more, " more");
    }
    if (!more.failed)
        text_table_more(&r->table, buf_span(&more));
    r->table.out.buf->failed |= more.failed;
    buf_free(&more);
}

static void text_put_cluster(struct diff_cells *r, const struct diff_clusters *clusters,
                             uint32_t from, uint32_t end)
{
    const struct diff_feature *feature = clusters->items[from].feature;
    bool expected = clusters->items[from].expected;

    text_table_row(&r->table, diff_cells_style(r, expected));
    text_table_puts(&r->table, diff_kind_name(feature->kind));
    text_table_puts(&r->table, diff_cells_mark(r, expected));
    text_table_number(&r->table, feature->changed);
    text_table_number(&r->table, feature->appeared);
    text_table_number(&r->table, feature->vanished);
    text_put_rate(r, feature);
    if (r->terminal)
        text_put_names(r, clusters, from, end);
    text_table_puts(&r->table, "");
    for (uint32_t i = 0; i < feature->example_count && !(r->terminal && i); i++) {
        if (i)
            text_table_more(&r->table, span_text(" "));
        text_table_more(&r->table, diff_ids_span(feature->examples[i].id));
    }
    if (!r->terminal)
        text_put_names(r, clusters, from, end);
}

void diff_text_clusters_put(struct diff_cells *r)
{
    static const char *const names[] = {"",     "mark", "changed", "appeared", "vanished",
                                        "rate", "",     "name",    "example",  NULL};
    const struct diff_clusters *clusters = &r->report->differing;

    if (clusters->count)
        text_table_head(&r->table, names);
    for (uint32_t from = 0, end; from < clusters->count; from = end) {
        end = diff_clusters_end(clusters, from);
        text_put_cluster(r, clusters, from, end);
    }
}

void diff_text_clusters_put_values(struct diff_cells *r)
{
    static const char *const names[] = {"", "name", "before", "after", "id", NULL};
    const struct diff_clusters *clusters = &r->report->differing;
    bool known = false;

    for (uint32_t i = 0; i < clusters->count && !known; i++) {
        const struct diff_example *example = &clusters->items[i].feature->examples[0];
        known = example->texts[0].n || example->texts[1].n;
    }
    if (known)
        text_table_head(&r->table, names);
    for (uint32_t i = 0; i < clusters->count; i++)
        text_put_values(r, clusters->items[i].feature);
}
