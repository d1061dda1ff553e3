#include "config.h"

#include "survey/report.h"

#include "format/text_table.h"
#include "survey/decimal.h"
#include "text/jcs.h"

static const char *const type_names[OBSERVE_TYPES] = {"null",  "boolean", "number", "string",
                                                      "array", "object",  "error"};

/* A row, with what its cells are made of. */
struct report_row {
    const struct survey *survey;
    const struct rows *rows;
    const struct rows_item *item;
    const struct field *field;
};

static uint64_t row_count(const struct report_row *row, enum visitors_count count)
{
    return visitors_count(&row->survey->visitors, count, row->field->slot);
}

/* How often the other form of the values flips. */
static uint64_t row_form_flips(const struct report_row *row)
{
    return visitors_count(&row->survey->visitors, VISITORS_FLIPS, row->field->form);
}

static void cell_pointer(struct buf *out, const struct report_row *row)
{
    buf_put(out, row->item->pointer);
}

static void cell_records(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, field_records(row->field));
}

static void cell_share(struct buf *out, const struct report_row *row)
{
    decimal_put_percent(out, field_records(row->field), row->survey->records);
}

/* The types, with how many records have each if there are several. */
static void cell_types(struct buf *out, const struct report_row *row)
{
    bool several = false, first = true;

    for (unsigned i = 0; i < OBSERVE_TYPES; i++)
        several |= row->field->types[i] && row->field->types[i] < field_records(row->field);
    for (unsigned i = 0; i < OBSERVE_TYPES; i++) {
        if (!row->field->types[i])
            continue;
        if (!first)
            buf_putc(out, ',');
        first = false;
        buf_puts(out, type_names[i]);
        if (several) {
            buf_putc(out, ':');
            buf_put_uint(out, row->field->types[i]);
        }
    }
}

static void cell_distinct(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, rows_distinct(row->field));
}

static void cell_bits(struct buf *out, const struct report_row *row)
{
    decimal_put_thousandths(out, frequent_entropy(&row->field->frequent));
}

static void cell_commonest(struct buf *out, const struct report_row *row)
{
    decimal_put_percent(out, frequent_commonest(&row->field->frequent).least,
                        field_records(row->field));
}

static void cell_shortest(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, row->field->shortest);
}

static void cell_longest(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, row->field->longest);
}

static void cell_errors(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, row->field->types[OBSERVE_ERROR]);
}

static void cell_pairs(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, row_count(row, VISITORS_PAIRS));
}

static void cell_flips(struct buf *out, const struct report_row *row)
{
    buf_put_uint(out, row_count(row, VISITORS_FLIPS));
}

static void cell_rate(struct buf *out, const struct report_row *row)
{
    decimal_put_percent(out, row_count(row, VISITORS_FLIPS), row_count(row, VISITORS_PAIRS));
}

static void cell_same(struct buf *out, const struct report_row *row)
{
    if (&row->rows->items[row->item->same] == row->item)
        buf_putc(out, '-');
    else
        buf_put(out, row->rows->items[row->item->same].pointer);
}

/* Append NOTE to the list that began at START. */
static void add_note(struct buf *out, size_t start, const char *note)
{
    if (out->n > start)
        buf_putc(out, ',');
    buf_puts(out, note);
}

static void add_number(struct buf *out, size_t start, const char *note, uint64_t number)
{
    add_note(out, start, note);
    buf_put_uint(out, number);
}

static void cell_notes(struct buf *out, const struct report_row *row)
{
    const struct field *field = row->field;
    size_t start = out->n;

    if (row->item->secret && !row->item->unique)
        add_note(out, start, "private");
    if (row->item->unique)
        add_note(out, start, "unique");
    if (rows_constant(row->survey, field))
        add_note(out, start, "constant");
    if (!frequent_exact(&field->frequent))
        add_note(out, start, "estimated");
    if (row->item->map)
        add_number(out, start, "map:", fields_names(field));
    if (field->merged)
        add_number(out, start, "merged:", field->merged);
    if (field->form != FIELD_NONE && row_form_flips(row) < row_count(row, VISITORS_FLIPS))
        add_number(out, start, field->types[OBSERVE_ARRAY] ? "unordered:" : "data-url:",
                   row_form_flips(row));
    if (out->n == start)
        buf_putc(out, '-');
}

static void cell_example(struct buf *out, const struct report_row *row)
{
    bool cut;
    struct span example = rows_example(row->survey, row->item, &cut);

    buf_put(out, example);
    if (!example.n)
        buf_putc(out, '-');
    else if (cut)
        buf_puts(out, "...");
}

/* The columns. Those of a pair of records are there only with --by. */
static const struct report_column {
    const char *name;
    void (*put)(struct buf *out, const struct report_row *row);
    bool right; /* a number */
    bool wide;  /* left out on a terminal */
    bool by;    /* only with --by */
} columns_table[] = {
    {"path", cell_pointer, false, false, false},
    {"records", cell_records, true, true, false},
    {"share", cell_share, true, false, false},
    {"types", cell_types, false, false, false},
    {"distinct", cell_distinct, true, false, false},
    {"bits", cell_bits, true, false, false},
    {"commonest", cell_commonest, true, false, false},
    {"shortest", cell_shortest, true, true, false},
    {"longest", cell_longest, true, true, false},
    {"errors", cell_errors, true, true, false},
    {"pairs", cell_pairs, true, false, true},
    {"flips", cell_flips, true, false, true},
    {"rate", cell_rate, true, false, true},
    {"same", cell_same, false, true, false},
    {"notes", cell_notes, false, false, false},
    {"example", cell_example, false, true, false},
};
#define COLUMNS (sizeof columns_table / sizeof *columns_table)

static bool has_column(const struct report_column *column, const struct survey *survey,
                       bool terminal)
{
    return !(terminal && column->wide) && (survey->by || !column->by);
}

/* Put the row of names, or the cells of ROW, for SURVEY. */
static void put_cells(struct text_table *table, const struct survey *survey,
                      const struct report_row *row, struct buf *scratch)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const struct report_column *column = &columns_table[i];
        if (!has_column(column, survey, table->columns))
            continue;
        buf_clear(scratch);
        if (row)
            column->put(scratch, row);
        else
            buf_puts(scratch, column->name);
        table->out.buf->failed |= scratch->failed;
        if (column->right)
            text_table_right(table, buf_span(scratch));
        else
            text_table_put(table, buf_span(scratch));
    }
}

static void put_survey_rows(struct text_table *table, const struct survey *survey,
                            const struct rows *rows)
{
    struct buf scratch = BUF_EMPTY;

    text_table_row(table, table->columns ? TEXT_HEAD : TEXT_PLAIN);
    put_cells(table, survey, NULL, &scratch);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct report_row row = {survey, rows, &rows->items[i],
                                       &survey->fields.items[rows->items[i].path]};
        text_table_row(table, TEXT_PLAIN);
        put_cells(table, survey, &row, &scratch);
    }
    text_table_end(table);
    buf_free(&scratch);
}

/* The figures that hold for the whole. */
struct report_whole {
    uint64_t records, keyed, keys, kept, share, paths, merged;
};

static struct report_whole whole_of(const struct survey *survey, const struct rows *rows)
{
    const struct visitors *visitors = &survey->visitors;

    return (struct report_whole){
        .records = survey->records,
        .keyed = survey->keyed,
        .keys = visitors_known(visitors),
        .kept = visitors->keys.count,
        .share = (uint64_t)1 << visitors->halvings,
        .paths = rows->count,
        .merged = survey->fields.gone,
    };
}

/* Put what holds for the whole, as lines that begin with #. */
static void put_whole(struct buf *out, const struct survey *survey, const struct rows *rows)
{
    struct report_whole whole = whole_of(survey, rows);

    buf_puts(out, "# ");
    buf_put_uint(out, whole.records);
    buf_puts(out, " records, ");
    buf_put_uint(out, whole.paths);
    buf_puts(out, " paths");
    if (whole.merged) {
        buf_puts(out, ", ");
        buf_put_uint(out, whole.merged);
        buf_puts(out, " merged into their parents for lack of memory");
    }
    buf_putc(out, '\n');
    if (!survey->by)
        return;
    buf_puts(out, "# ");
    buf_put_uint(out, whole.keyed);
    buf_puts(out, " records with a key, of ");
    buf_put_uint(out, whole.keys);
    buf_puts(out, whole.share > 1 ? " keys (estimated)" : " keys");
    if (whole.share > 1) {
        buf_puts(out, ", of which 1 in ");
        buf_put_uint(out, whole.share);
        buf_puts(out, " was compared: ");
        buf_put_uint(out, whole.kept);
    }
    buf_putc(out, '\n');
}

void report_put_text(const struct report_out *out, const struct survey *survey,
                     const struct rows *rows, bool columns, bool colour)
{
    struct text_table table;

    put_whole(out->buf, survey, rows);
    text_table_init(&table, out, columns, colour);
    if (columns) {
        text_table_measure(&table);
        put_survey_rows(&table, survey, rows);
        text_table_write(&table);
    }
    put_survey_rows(&table, survey, rows);
    text_table_free(&table);
}

/* Append a member NAME whose value is the text that PUT writes for ROW. */
static void put_member(struct buf *out, const char *name, const struct report_row *row,
                       void (*put)(struct buf *out, const struct report_row *row))
{
    jcs_put_name(out, name);
    put(out, row);
}

static void put_json_types(struct buf *out, const struct report_row *row)
{
    jcs_put_name(out, "types");
    buf_putc(out, '{');
    for (unsigned i = 0; i < OBSERVE_TYPES; i++)
        if (row->field->types[i])
            jcs_put_named_uint(out, type_names[i], row->field->types[i]);
    buf_putc(out, '}');
}

static void put_json_row(struct buf *out, const struct report_row *row)
{
    const struct field *field = row->field;
    bool exact = frequent_exact(&field->frequent), cut;
    struct span example = rows_example(row->survey, row->item, &cut);

    buf_putc(out, '{');
    jcs_put_named_text(out, "path", row->item->pointer);
    jcs_put_named_uint(out, "records", field_records(field));
    put_json_types(out, row);
    jcs_put_named_uint(out, "distinct", rows_distinct(field));
    jcs_put_name(out, "exact");
    buf_puts(out, exact ? "true" : "false");
    put_member(out, "bits", row, cell_bits);
    jcs_put_named_uint(out, "commonest", frequent_commonest(&field->frequent).least);
    put_member(out, "shortest", row, cell_shortest);
    put_member(out, "longest", row, cell_longest);
    if (row->survey->by) {
        jcs_put_named_uint(out, "pairs", row_count(row, VISITORS_PAIRS));
        jcs_put_named_uint(out, "flips", row_count(row, VISITORS_FLIPS));
        if (field->form != FIELD_NONE)
            jcs_put_named_uint(
                out, field->types[OBSERVE_ARRAY] ? "unordered_flips" : "data_url_flips",
                row_form_flips(row));
    }
    if (&row->rows->items[row->item->same] != row->item)
        jcs_put_named_text(out, "same", row->rows->items[row->item->same].pointer);
    if (row->item->map)
        jcs_put_named_uint(out, "members", fields_names(field));
    if (row->item->secret) {
        jcs_put_name(out, row->item->unique ? "unique" : "private");
        buf_puts(out, "true");
    }
    if (example.n)
        jcs_put_named_text(out, "example", example);
    if (example.n && cut) {
        jcs_put_name(out, "cut");
        buf_puts(out, "true");
    }
    buf_puts(out, "}\n");
}

void report_put_json(const struct report_out *out, const struct survey *survey,
                     const struct rows *rows)
{
    struct report_whole whole = whole_of(survey, rows);

    buf_putc(out->buf, '{');
    jcs_put_named_uint(out->buf, "survey", 1);
    jcs_put_named_uint(out->buf, "records", whole.records);
    jcs_put_named_uint(out->buf, "paths", whole.paths);
    jcs_put_named_uint(out->buf, "merged", whole.merged);
    if (survey->by) {
        jcs_put_named_uint(out->buf, "keyed", whole.keyed);
        jcs_put_named_uint(out->buf, "keys", whole.keys);
        jcs_put_named_uint(out->buf, "compared", whole.kept);
        jcs_put_named_uint(out->buf, "one_in", whole.share);
    }
    buf_puts(out->buf, "}\n");
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct report_row row = {survey, rows, &rows->items[i],
                                       &survey->fields.items[rows->items[i].path]};
        put_json_row(out->buf, &row);
        report_out_relieve(out);
    }
}
