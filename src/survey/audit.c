#include "config.h"

#include "survey/audit.h"

#include "catalog/catalog.h"
#include "format/text_table.h"
#include "json/pointer.h"
#include "survey/decimal.h"
#include "survey/signals.h"
#include "text/jcs.h"

#define STILL_PAIRS 20 /* in which a volatile signal never differs, to be worth a finding */

/* A row of the report. */
struct audit_row {
    const char *kind;
    struct span name;
    const char *tier; /* null for none */
    const struct survey *survey;
    uint32_t field;
    const char *finding; /* null for none */
    uint64_t split;      /* of an identity: visitors that it splits */
};

static uint64_t audit_count(const struct audit_row *row, enum visitors_count count)
{
    return visitors_count(&row->survey->visitors, count,
                          row->survey->fields.items[row->field].slot);
}

/* What is to be said of a signal. */
static const char *find_fault(const struct audit_row *row, enum tier tier)
{
    const struct field *field = &row->survey->fields.items[row->field];
    uint64_t flips = audit_count(row, VISITORS_FLIPS), records = field_records(field);

    if (!records)
        return "absent";
    if (tier != TIER_VOLATILE && flips && !visitors_stays(&row->survey->visitors, field->slot))
        return "flips";
    if (tier != TIER_VOLATILE && tier < TIER_BUILD &&
        audit_count(row, VISITORS_UPDATED) * 2 > audit_count(row, VISITORS_UPDATES))
        return "updates";
    if (tier == TIER_VOLATILE && !flips && audit_count(row, VISITORS_PAIRS) >= STILL_PAIRS)
        return "still";
    if (rows_constant(row->survey, field))
        return "constant";
    return NULL;
}

static struct audit_row identity_row(const struct audit *audit, unsigned i)
{
    struct audit_row row = {.kind = "identity",
                            .name = span_text(identity_name(i)),
                            .survey = audit->signals,
                            .field = signals_identity(i)};

    row.split =
        visitors_split(&audit->signals->visitors, audit->signals->fields.items[row.field].slot);
    row.finding = row.split ? "splits" : NULL;
    return row;
}

static struct audit_row signal_row(const struct audit *audit, uint32_t i)
{
    enum tier tier = audit->catalog->rows[i].tier;
    struct audit_row row = {.kind = "signal",
                            .name = catalog_row_name(audit->catalog, i),
                            .tier = identity_tier_name(tier),
                            .survey = audit->signals,
                            .field = signals_row(i)};

    row.finding = find_fault(&row, tier);
    return row;
}

/* Does a pointer of the catalog, from the root number ROOT, lead to the path FIELD, to a value above
 * it, or into its value? */
static bool is_led_to(const struct audit *audit, uint32_t field, size_t root)
{
    const struct trie *trie = &audit->catalog->trie;
    const struct pointer *pointer = &audit->catalog->roots[root];
    const struct field *items = audit->records->fields.items;
    uint32_t chain[VALUE_DEPTH], node = TRIE_ROOT;
    unsigned depth = 0;
    size_t token = 0;

    for (; field != FIELD_ROOT; field = items[field].parent)
        chain[depth++] = field;
    for (; depth && token < pointer->count; token++)
        if (!span_equal(items[chain[--depth]].name, pointer->tokens[token]))
            return false;
    if (token < pointer->count)
        return false;
    while (depth) {
        node = trie_child(trie, node, items[chain[--depth]].name);
        if (node == TRIE_NONE)
            return false;
        if (trie->nodes[node].ends < trie->nodes[node].below)
            return true;
    }
    return trie->nodes[node].ends < trie->nodes[node].done;
}

/* Is POINTER one of POINTERS? */
static bool is_among(struct span pointer, struct pointers pointers)
{
    for (size_t i = 0; i < pointers.count; i++)
        if (span_equal(pointers.items[i].text, pointer))
            return true;
    return false;
}

/* Does the catalog read the path of row I of the records? */
static bool reads_path(const struct audit *audit, uint32_t i)
{
    const struct catalog *catalog = audit->catalog;
    struct span pointer = audit->rows->items[i].pointer;

    if (is_among(pointer, catalog->ids))
        return true;
    for (uint32_t c = 0; c < catalog->carry_count; c++)
        if (is_among(pointer, catalog->carries[c].pointers))
            return true;
    for (size_t root = 0; root < catalog->root_count; root++)
        if (is_led_to(audit, audit->rows->items[i].path, root))
            return true;
    return false;
}

static struct audit_row path_row(const struct audit *audit, uint32_t i)
{
    return (struct audit_row){.kind = "path",
                              .name = audit->rows->items[i].pointer,
                              .survey = audit->records,
                              .field = audit->rows->items[i].path,
                              .finding = "unread"};
}

/* Call PUT with each row. */
static void each_row(const struct audit *audit, void *context,
                     void (*put)(void *context, const struct audit_row *row))
{
    for (unsigned i = 0; i < IDENTITIES; i++) {
        struct audit_row row = identity_row(audit, i);
        put(context, &row);
    }
    for (uint32_t i = 0; i < audit->catalog->row_count; i++) {
        struct audit_row row = signal_row(audit, i);
        put(context, &row);
    }
    for (uint32_t i = 0; i < audit->rows->count; i++) {
        struct audit_row row = path_row(audit, i);
        if (!reads_path(audit, i))
            put(context, &row);
    }
}

/* Put a cell of the text that PUT writes. */
struct audit_text {
    struct text_table *table;
    struct buf scratch;
    bool by;
};

static void put_text_cell(struct audit_text *text, bool right)
{
    text->table->out.buf->failed |= text->scratch.failed;
    if (right)
        text_table_right(text->table, buf_span(&text->scratch));
    else
        text_table_put(text->table, buf_span(&text->scratch));
    buf_clear(&text->scratch);
}

static void put_text_row(void *context, const struct audit_row *row)
{
    struct audit_text *text = context;
    struct text_table *table = text->table;
    const struct field *field = &row->survey->fields.items[row->field];
    uint64_t pairs = audit_count(row, VISITORS_PAIRS), flips = audit_count(row, VISITORS_FLIPS);

    text_table_row(table, TEXT_PLAIN);
    text_table_puts(table, row->kind);
    text_table_put(table, row->name);
    text_table_puts(table, row->tier ? row->tier : "-");
    text_table_number(table, field_records(field));
    text_table_number(table, rows_distinct(field));
    decimal_put_thousandths(&text->scratch, frequent_entropy(&field->frequent));
    put_text_cell(text, true);
    if (text->by) {
        text_table_number(table, pairs);
        text_table_number(table, flips);
        decimal_put_percent(&text->scratch, flips, pairs);
        put_text_cell(text, true);
        text_table_number(table, audit_count(row, VISITORS_UPDATES));
        text_table_number(table, audit_count(row, VISITORS_UPDATED));
    }
    text_table_puts(table, row->finding ? row->finding : "-");
    if (row->split) {
        buf_putc(&text->scratch, ':');
        buf_put_uint(&text->scratch, row->split);
        text_table_more(table, buf_span(&text->scratch));
        buf_clear(&text->scratch);
    }
}

static void put_text_rows(struct audit_text *text, const struct audit *audit)
{
    static const char *const names[] = {"kind",     "name",    "tier",    "records",
                                        "distinct", "bits",    "pairs",   "flips",
                                        "rate",     "updates", "updated", "finding"};
    struct text_table *table = text->table;

    text_table_row(table, table->columns ? TEXT_HEAD : TEXT_PLAIN);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text->by || i < 6 || i == 11)
            (i >= 3 && i < 11 ? text_table_right : text_table_put)(table, span_text(names[i]));
    each_row(audit, text, put_text_row);
    text_table_end(table);
}

bool audit_put_text(const struct report_out *out, const struct audit *audit, bool columns,
                    bool colour)
{
    struct text_table table;
    struct audit_text text = {.table = &table, .scratch = BUF_EMPTY, .by = audit->records->by};

    text_table_init(&table, out, columns, colour);
    if (columns) {
        text_table_measure(&table);
        put_text_rows(&text, audit);
        text_table_write(&table);
    }
    put_text_rows(&text, audit);
    text_table_free(&table);
    buf_free(&text.scratch);
    return !out->buf->failed;
}

static void put_json_audit(void *context, const struct audit_row *row)
{
    const struct report_out *out = context;
    const struct field *field = &row->survey->fields.items[row->field];
    struct buf *buf = out->buf;

    buf_putc(buf, '{');
    jcs_put_named_text(buf, "kind", span_text(row->kind));
    jcs_put_named_text(buf, "name", row->name);
    if (row->tier)
        jcs_put_named_text(buf, "tier", span_text(row->tier));
    jcs_put_named_uint(buf, "records", field_records(field));
    jcs_put_named_uint(buf, "distinct", rows_distinct(field));
    jcs_put_name(buf, "exact");
    buf_puts(buf, frequent_exact(&field->frequent) ? "true" : "false");
    jcs_put_name(buf, "bits");
    decimal_put_thousandths(buf, frequent_entropy(&field->frequent));
    if (row->survey->by) {
        jcs_put_named_uint(buf, "pairs", audit_count(row, VISITORS_PAIRS));
        jcs_put_named_uint(buf, "flips", audit_count(row, VISITORS_FLIPS));
        jcs_put_named_uint(buf, "updates", audit_count(row, VISITORS_UPDATES));
        jcs_put_named_uint(buf, "updated", audit_count(row, VISITORS_UPDATED));
    }
    if (row->split)
        jcs_put_named_uint(buf, "split", row->split);
    if (row->finding)
        jcs_put_named_text(buf, "finding", span_text(row->finding));
    buf_puts(buf, "}\n");
    report_out_relieve(out);
}

bool audit_put_json(const struct report_out *out, const struct audit *audit)
{
    struct report_out copy = *out;

    each_row(audit, &copy, put_json_audit);
    return !out->buf->failed;
}
