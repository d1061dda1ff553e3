#include "config.h"

#include "diff/text.h"

#include "diff/catalogs.h"
#include "diff/report.h"
#include "diff/table.h"
#include "text/hex.h"

#define BAR        10
#define SHOWN_MOST 60 /* bytes of a value on a terminal */

void diff_text_rate(struct buf *out, uint64_t count, uint64_t all)
{
    uint64_t millionths = all ? (uint64_t)((double)count * 1e6 / (double)all + 0.5) : 0;

    if (count && !millionths)
        millionths = 1;
    if (count < all && millionths >= 1000000)
        millionths = 999999;
    buf_put_uint(out, millionths / 10000);
    uint64_t rest = millionths % 10000;
    if (rest) {
        buf_putc(out, '.');
        for (uint64_t digit = 1000; rest; digit /= 10) {
            buf_putc(out, (unsigned char)('0' + rest / digit));
            rest %= digit;
        }
    }
    buf_putc(out, '%');
}

/* A report being written. */
struct text_report {
    const struct diff_report *report;
    struct diff_table table;
    bool terminal;
};

static void put_head(struct text_report *r, const char *const *names)
{
    diff_table_row(&r->table, DIFF_HEAD);
    for (; *names; names++)
        diff_table_puts(&r->table, *names);
}

static void text_put_catalogs(struct text_report *r)
{
    static const char *const names[] = {"", "side", "catalog", "records", NULL};

    put_head(r, names);
    for (unsigned side = 0; side < 2; side++) {
        const struct diff_catalog *catalog = NULL;
        while ((catalog = diff_catalogs_next(r->report->catalogs, side, catalog))) {
            diff_table_row(&r->table, DIFF_PLAIN);
            diff_table_puts(&r->table, "catalog");
            diff_table_puts(&r->table, diff_report_side(r->report, catalog));
            diff_table_put(&r->table, catalog->label);
            diff_table_number(&r->table, catalog->rows);
        }
    }
}

/* A cell of ids, one space between them; on a terminal the first one only. */
static void text_put_ids(struct text_report *r, const struct diff_ids *ids)
{
    diff_table_puts(&r->table, "");
    for (uint32_t i = 0; ids && i < ids->count && !(r->terminal && i); i++) {
        if (i)
            diff_table_more(&r->table, span_text(" "));
        diff_table_more(&r->table, diff_ids_span(ids->items[i].text));
    }
}

static void text_put_counts(struct text_report *r)
{
    static const char *const names[] = {"", "what", "count", "examples", NULL};

    put_head(r, names);
    for (const struct diff_count *c = r->report->counts; c->what; c++) {
        diff_table_row(&r->table, DIFF_PLAIN);
        diff_table_puts(&r->table, "records");
        diff_table_puts(&r->table, c->what);
        diff_table_number(&r->table, c->count);
        text_put_ids(r, c->ids);
    }
}

static const char *expected_mark(const struct text_report *r, bool expected)
{
    return !r->report->expect ? "-" : expected ? "expected" : "unexpected";
}

static enum diff_style expected_style(const struct text_report *r, bool expected)
{
    return !r->report->expect ? DIFF_PLAIN : expected ? DIFF_GOOD : DIFF_BAD;
}

static void text_put_only(struct text_report *r)
{
    static const char *const names[] = {"", "side", "kind", "mark", "name", NULL};
    const struct diff_clusters *only = &r->report->only;

    if (only->count)
        put_head(r, names);
    for (uint32_t i = 0; i < only->count; i++) {
        const struct diff_feature *feature = only->items[i].feature;
        diff_table_row(&r->table, expected_style(r, only->items[i].expected));
        diff_table_puts(&r->table, "only");
        diff_table_puts(&r->table, feature->has[0] ? "old" : "new");
        diff_table_puts(&r->table, diff_kind_name(feature->kind));
        diff_table_puts(&r->table, expected_mark(r, only->items[i].expected));
        diff_table_put(&r->table, feature->name);
    }
}

/* More text for the last cell: the 8 bytes at HASH in hexadecimal. */
static void text_put_digits(struct text_report *r, const unsigned char *hash)
{
    unsigned char digits[16];
    uint64_t v = 0;

    for (int i = 0; i < 8; i++)
        v = v << 8 | hash[i];
    hex_put(digits, v);
    diff_table_more(&r->table, span_of(digits, sizeof digits));
}

static void text_put_identity(struct text_report *r, const unsigned char *id)
{
    text_put_digits(r, id);
    text_put_digits(r, id + 8);
}

static void text_put_moved(struct text_report *r)
{
    static const char *const names[] = {"",    "identity", "how",      "old",
                                        "new", "records",  "examples", NULL};
    const struct diff_clusters *identities = &r->report->moving;

    if (identities->count)
        put_head(r, names);
    for (uint32_t i = 0; i < identities->count; i++) {
        const struct diff_feature *feature = identities->items[i].feature;
        const struct diff_moved *m = &r->report->moved[feature->number];
        for (enum diff_moved_class class = 0; class < DIFF_CLASSES; class ++) {
            diff_table_row(&r->table, DIFF_PLAIN);
            diff_table_puts(&r->table, "moved");
            diff_table_put(&r->table, feature->name);
            diff_table_puts(&r->table, diff_report_class(class));
            diff_table_number(&r->table, m->classes[class].old);
            diff_table_number(&r->table, m->classes[class].new);
            diff_table_number(&r->table, m->classes[class].records);
            diff_table_puts(&r->table, "");
            for (uint32_t k = 0; k < m->classes[class].example_count && !(r->terminal && k);
                 k++) {
                if (k)
                    diff_table_more(&r->table, span_text(" "));
                text_put_identity(r, m->classes[class].examples[k].old);
                diff_table_more(&r->table, span_text(">"));
                text_put_identity(r, m->classes[class].examples[k].new);
            }
        }
    }
}

/* A cell of what EXAMPLE has on SIDE. */
static void text_put_value(struct text_report *r, const struct diff_example *example, int side)
{
    static const unsigned char none[16];
    struct span text = example->texts[side];

    diff_table_puts(&r->table, "");
    if (text.n) {
        text = span_cut(text, text.p[0] == '=', text.n);
        bool cut = r->terminal && text.n > SHOWN_MOST;
        size_t n = cut ? SHOWN_MOST : text.n;
        while (cut && n && (text.p[n] & 0xC0) == 0x80)
            n--;
        diff_table_more(&r->table, span_cut(text, 0, n));
        diff_table_more(&r->table, span_text(cut ? "..." : ""));
    } else if (memcmp(example->hashes[side], none, sizeof none) == 0) {
        diff_table_more(&r->table, span_text("-"));
    } else {
        diff_table_more(&r->table, span_text("#"));
        text_put_digits(r, example->hashes[side]);
    }
}

/* A line with the values of FEATURE in its first example, before and after, if known. */
static void text_put_values(struct text_report *r, const struct diff_feature *feature)
{
    const struct diff_example *example = &feature->examples[0];

    if (!feature->example_count || (!example->texts[0].n && !example->texts[1].n))
        return;
    diff_table_row(&r->table, DIFF_PLAIN);
    diff_table_puts(&r->table, "value");
    diff_table_put(&r->table, feature->name);
    text_put_value(r, example, 0);
    text_put_value(r, example, 1);
    diff_table_put(&r->table, diff_ids_span(example->id));
}

static void text_put_rate(struct text_report *r, const struct diff_feature *feature)
{
    struct buf rate = BUF_EMPTY;
    uint64_t differing = diff_features_differing(feature), pairs = r->report->pairs;

    diff_text_rate(&rate, differing, pairs);
    diff_table_right(&r->table, rate.failed ? span_of(NULL, 0) : buf_span(&rate));
    r->table.out.buf->failed |= rate.failed;
    buf_free(&rate);
    if (!r->terminal)
        return;
    diff_table_puts(&r->table, "");
    for (double i = 0; i < (double)differing * BAR / (double)pairs; i++)
        diff_table_more(&r->table, span_text("#"));
}

/* The names of a cluster: all in cells of their own, or on a terminal the first in one. */
static void text_put_names(struct text_report *r, const struct diff_clusters *clusters,
                           uint32_t from, uint32_t end)
{
    struct buf more = BUF_EMPTY;

    if (!r->terminal) {
        for (uint32_t i = from; i < end; i++)
            diff_table_put(&r->table, clusters->items[i].feature->name);
        return;
    }
    diff_table_put(&r->table, clusters->items[from].feature->name);
    if (end - from > 1) {
        buf_puts(&more, " and ");
        buf_put_uint(&more, end - from - 1);
        buf_puts(&more, " more");
    }
    if (!more.failed)
        diff_table_more(&r->table, buf_span(&more));
    r->table.out.buf->failed |= more.failed;
    buf_free(&more);
}

static void text_put_cluster(struct text_report *r, const struct diff_clusters *clusters,
                           uint32_t from, uint32_t end)
{
    const struct diff_feature *feature = clusters->items[from].feature;
    bool expected = clusters->items[from].expected;

    diff_table_row(&r->table, expected_style(r, expected));
    diff_table_puts(&r->table, diff_kind_name(feature->kind));
    diff_table_puts(&r->table, expected_mark(r, expected));
    diff_table_number(&r->table, feature->changed);
    diff_table_number(&r->table, feature->appeared);
    diff_table_number(&r->table, feature->vanished);
    text_put_rate(r, feature);
    if (r->terminal)
        text_put_names(r, clusters, from, end);
    diff_table_puts(&r->table, "");
    for (uint32_t i = 0; i < feature->example_count && !(r->terminal && i); i++) {
        if (i)
            diff_table_more(&r->table, span_text(" "));
        diff_table_more(&r->table, diff_ids_span(feature->examples[i].id));
    }
    if (!r->terminal)
        text_put_names(r, clusters, from, end);
}

static void text_put_features(struct text_report *r)
{
    static const char *const names[] = {"",     "mark", "changed", "appeared", "vanished",
                                        "rate", "",     "name",    "example",  NULL};
    const struct diff_clusters *clusters = &r->report->differing;

    if (clusters->count)
        put_head(r, names);
    for (uint32_t from = 0, end; from < clusters->count; from = end) {
        end = diff_clusters_end(clusters, from);
        text_put_cluster(r, clusters, from, end);
    }
}

static void text_put_all_values(struct text_report *r)
{
    static const char *const names[] = {"", "name", "before", "after", "id", NULL};
    const struct diff_clusters *clusters = &r->report->differing;
    bool known = false;

    for (uint32_t i = 0; i < clusters->count && !known; i++) {
        const struct diff_example *example = &clusters->items[i].feature->examples[0];
        known = example->texts[0].n || example->texts[1].n;
    }
    if (known)
        put_head(r, names);
    for (uint32_t i = 0; i < clusters->count; i++)
        text_put_values(r, clusters->items[i].feature);
}

static void text_put_unused(struct text_report *r, const char *option,
                            const struct diff_rules *rules)
{
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        if (rules->items[i].used)
            continue;
        diff_table_row(&r->table, DIFF_PLAIN);
        diff_table_puts(&r->table, "unused");
        diff_table_puts(&r->table, option);
        diff_table_put(&r->table, rules->items[i].text);
    }
}

static void text_put_unused_ignore(struct text_report *r)
{
    text_put_unused(r, "ignore", r->report->ignore);
}

static void text_put_unused_expect(struct text_report *r)
{
    text_put_unused(r, "expect", r->report->expect);
}

void diff_text_put(const struct diff_out *out, const struct diff_report *report,
                   bool terminal, bool colour)
{
    static void (*const sections[])(struct text_report * r) = {
        text_put_catalogs, text_put_counts,     text_put_only,          text_put_moved,
        text_put_features, text_put_all_values, text_put_unused_ignore, text_put_unused_expect,
    };
    struct text_report r = {.report = report, .terminal = terminal};

    diff_table_init(&r.table, out, terminal, colour);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (terminal) {
            diff_table_measure(&r.table);
            sections[i](&r);
            diff_table_end(&r.table);
        }
        diff_table_write(&r.table);
        sections[i](&r);
        diff_table_end(&r.table);
    }
    diff_table_free(&r.table);
}
