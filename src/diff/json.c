#include "config.h"

#include "diff/json.h"

#include "diff/catalogs.h"
#include "diff/report.h"
#include "diff/sketches.h"
#include "text/hash.h"
#include "text/jcs.h"

/* Begin a line, of KIND. */
static void begin_object(struct buf *out, const char *kind)
{
    buf_putc(out, '{');
    jcs_put_name(out, "kind");
    jcs_put_string(out, span_text(kind));
}

static void json_put_expected(struct buf *out, const struct diff_report *report, bool expected)
{
    if (!report->expect)
        return;
    jcs_put_name(out, "expected");
    buf_puts(out, expected ? "true" : "false");
}

static void end_object(const struct report_out *to)
{
    buf_puts(to->buf, "}\n");
    report_out_relieve(to);
}

static void json_put_catalogs(const struct report_out *to, const struct diff_report *report)
{
    struct buf *out = to->buf;

    for (unsigned side = 0; side < 2; side++) {
        const struct diff_catalog *catalog = NULL;
        while ((catalog = diff_catalogs_next(report->catalogs, side, catalog))) {
            begin_object(out, "catalog");
            jcs_put_named_text(out, "side", span_text(diff_report_side(report, catalog)));
            jcs_put_named_text(out, "catalog", catalog->label);
            jcs_put_named_uint(out, "records", catalog->rows);
            end_object(to);
        }
    }
}

static void json_put_counts(const struct report_out *to, const struct diff_report *report)
{
    struct buf *out = to->buf;

    for (const struct diff_count *c = report->counts; c->what; c++) {
        begin_object(out, "records");
        jcs_put_named_text(out, "what", span_text(c->what));
        jcs_put_named_uint(out, "count", c->count);
        if (c->ids) {
            jcs_put_name(out, "ids");
            buf_putc(out, '[');
            for (uint32_t i = 0; i < c->ids->count; i++) {
                if (i)
                    buf_putc(out, ',');
                buf_put(out, diff_ids_span(c->ids->items[i].text));
            }
            buf_putc(out, ']');
        }
        end_object(to);
    }
}

static void json_put_advice(const struct report_out *to, const struct diff_report *report)
{
    struct buf *out = to->buf;

    if (!report->advice)
        return;
    begin_object(out, "advice");
    jcs_put_named_text(out, "what", span_text("no-pairs"));
    jcs_put_named_text(out, "text", span_text(report->advice));
    end_object(to);
}

static void json_put_only(const struct report_out *to, const struct diff_report *report)
{
    struct buf *out = to->buf;
    const struct diff_clusters *only = &report->only;

    for (uint32_t i = 0; i < only->count; i++) {
        const struct diff_feature *feature = only->items[i].feature;
        begin_object(out, "only");
        jcs_put_named_text(out, "side", span_text(feature->has[0] ? "old" : "new"));
        jcs_put_named_text(out, "of", span_text(diff_kind_name(feature->kind)));
        jcs_put_named_text(out, "name", feature->name);
        json_put_expected(out, report, only->items[i].expected);
        end_object(to);
    }
}

/* The first SIZE bytes, 8 or 16, at HASH as a string of hex digits. */
static void json_put_digits(struct buf *out, const unsigned char *hash, size_t size)
{
    buf_putc(out, '"');
    for (size_t at = 0; at < size; at += 8)
        hash_put64(out, hash_from_big_endian(hash + at));
    buf_putc(out, '"');
}

static void json_put_moved(const struct report_out *to, const struct diff_report *report)
{
    struct buf *out = to->buf;
    const struct diff_clusters *identities = &report->moving;

    for (uint32_t i = 0; i < identities->count; i++) {
        const struct diff_feature *feature = identities->items[i].feature;
        const struct diff_moved *m = &report->moved[feature->number];
        for (enum diff_moved_class class = 0; class < DIFF_CLASSES; class ++) {
            begin_object(out, "moved");
            jcs_put_named_text(out, "name", feature->name);
            jcs_put_named_text(out, "how", span_text(diff_report_class(class)));
            jcs_put_named_uint(out, "old", m->classes[class].old);
            jcs_put_named_uint(out, "new", m->classes[class].new);
            jcs_put_named_uint(out, "records", m->classes[class].records);
            jcs_put_name(out, "examples");
            buf_putc(out, '[');
            for (uint32_t k = 0; k < m->classes[class].example_count; k++) {
                buf_puts(out, k ? ",[" : "[");
                json_put_digits(out, m->classes[class].examples[k].old, DIFF_IDENTITY);
                buf_putc(out, ',');
                json_put_digits(out, m->classes[class].examples[k].new, DIFF_IDENTITY);
                buf_putc(out, ']');
            }
            buf_putc(out, ']');
            end_object(to);
        }
    }
}

static void json_put_distance(const struct report_out *to, const char *range,
                              struct diff_distance distance)
{
    struct buf *out = to->buf;

    begin_object(out, "sketch");
    jcs_put_named_text(out, "distance", span_text(range));
    jcs_put_named_uint(out, "pairs", distance.pairs);
    jcs_put_name(out, "mean");
    if (distance.pairs)
        jcs_put_number(out, (double)distance.bits / (double)distance.pairs);
    else
        buf_puts(out, "null");
    end_object(to);
}

static void json_put_sketches(const struct report_out *to, const struct diff_report *report)
{
    struct diff_distance all = diff_sketches_all(report->sketches);

    if (!all.pairs)
        return;
    json_put_distance(to, "all", all);
    for (int i = 0; i < DIFF_DISTANCES; i++)
        json_put_distance(to, diff_sketches_range(i), report->sketches->ranges[i]);
}

/* FEATURE on SIDE of EXAMPLE: {"value":...}, {"state":"..."}, {"hash":"..."}, or null. */
static void json_put_side(struct buf *out, const struct diff_feature *feature,
                          const struct diff_example *example, int side)
{
    static const unsigned char none[16];
    struct span text = example->texts[side];

    if (text.n && text.p[0] == '=') {
        buf_puts(out, "{\"value\":");
        buf_put(out, span_cut(text, 1, text.n));
    } else if (text.n) {
        buf_puts(out, "{\"state\":");
        jcs_put_string(out, text);
    } else if (memcmp(example->hashes[side], none, sizeof none) == 0) {
        buf_puts(out, "null");
        return;
    } else {
        buf_puts(out, "{\"hash\":");
        json_put_digits(out, example->hashes[side], feature->kind == DIFF_ID ? 16 : 8);
    }
    buf_putc(out, '}');
}

/* Example number K of the cluster FROM to END: the same record for all its features. */
static void json_put_example(const struct report_out *to, const struct diff_clusters *clusters,
                             uint32_t from, uint32_t end, uint32_t k)
{
    struct buf *out = to->buf;

    buf_putc(out, '{');
    jcs_put_name(out, "id");
    buf_put(out, diff_ids_span(clusters->items[from].feature->examples[k].id));
    for (int side = 0; side < 2; side++) {
        jcs_put_name(out, side ? "after" : "before");
        for (uint32_t i = from; i < end; i++) {
            buf_putc(out, i == from ? '[' : ',');
            const struct diff_feature *feature = clusters->items[i].feature;
            json_put_side(out, feature, &feature->examples[k], side);
            report_out_relieve(to);
        }
        buf_putc(out, ']');
    }
    buf_putc(out, '}');
}

static void json_put_cluster(const struct report_out *to, const struct diff_report *report,
                             uint32_t from, uint32_t end)
{
    struct buf *out = to->buf;
    const struct diff_clusters *clusters = &report->differing;
    const struct diff_feature *feature = clusters->items[from].feature;

    begin_object(out, diff_kind_name(feature->kind));
    jcs_put_name(out, "names");
    for (uint32_t i = from; i < end; i++) {
        buf_putc(out, i == from ? '[' : ',');
        jcs_put_string(out, clusters->items[i].feature->name);
        report_out_relieve(to);
    }
    buf_putc(out, ']');
    jcs_put_named_uint(out, "changed", feature->changed);
    jcs_put_named_uint(out, "appeared", feature->appeared);
    jcs_put_named_uint(out, "vanished", feature->vanished);
    jcs_put_name(out, "rate");
    jcs_put_number(out, (double)diff_features_differing(feature) / (double)report->pairs);
    json_put_expected(out, report, clusters->items[from].expected);
    jcs_put_name(out, "examples");
    buf_putc(out, '[');
    for (uint32_t k = 0; k < feature->example_count; k++) {
        if (k)
            buf_putc(out, ',');
        json_put_example(to, clusters, from, end, k);
    }
    buf_putc(out, ']');
    end_object(to);
}

static void json_put_unused(const struct report_out *to, const char *option,
                            const struct diff_rules *rules)
{
    struct buf *out = to->buf;

    for (uint32_t i = 0; rules && i < rules->count; i++) {
        if (rules->items[i].used)
            continue;
        begin_object(out, "unused");
        jcs_put_named_text(out, "option", span_text(option));
        jcs_put_named_text(out, "rule", rules->items[i].text);
        end_object(to);
    }
}

void diff_json_put(const struct report_out *out, const struct diff_report *report)
{
    const struct diff_clusters *clusters = &report->differing;

    json_put_catalogs(out, report);
    json_put_counts(out, report);
    json_put_advice(out, report);
    json_put_only(out, report);
    json_put_moved(out, report);
    json_put_sketches(out, report);
    for (uint32_t from = 0, end; from < clusters->count; from = end) {
        end = diff_clusters_end(clusters, from);
        json_put_cluster(out, report, from, end);
    }
    json_put_unused(out, "ignore", report->ignore);
    json_put_unused(out, "expect", report->expect);
}
