#include "config.h"

#include "describe/describe.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "describe/clickhouse.h"
#include "describe/duckdb.h"
#include "describe/json.h"
#include "describe/numpy.h"
#include "describe/sqlite.h"
#include "format/arrow.h"
#include "format/arrow_layout.h"
#include "format/binary.h"
#include "format/binary_layout.h"
#include "format/line_layout.h"
#include "format/writer.h"
#include "text/names.h"
#include "text/utf8.h"

const struct describe_form describe_forms[] = {
    {"json", "ndjson", false, false, describe_json_lines},
    {"json", "tsv", false, false, describe_json_lines},
    {"json", "binary", false, false, describe_json_rows},
    {"json", "arrow", false, false, describe_json_arrow},
    {"clickhouse", "tsv", true, false, describe_clickhouse_lines},
    {"clickhouse", "binary", true, false, describe_clickhouse_rows},
    {"duckdb", "ndjson", true, true, describe_duckdb_members},
    {"duckdb", "tsv", true, true, describe_duckdb_cells},
    {"sqlite", "tsv", true, true, describe_sqlite_lines},
    {"numpy", "binary", true, false, describe_numpy_rows},
};
const size_t describe_form_count = sizeof describe_forms / sizeof *describe_forms;

const struct describe_form *describe_find(const char *name, const char *format)
{
    for (size_t i = 0; i < describe_form_count; i++)
        if (strcmp(describe_forms[i].name, name) == 0 &&
            strcmp(describe_forms[i].format, format) == 0)
            return &describe_forms[i];
    return NULL;
}

/* Make NAME that of COLUMN, in lower case. */
static void fold_line_name(struct buf *name, const struct line_layout *lines,
                           const struct line_column *column)
{
    buf_clear(name);
    line_column_put_name(name, lines, column);
    for (size_t i = 0; i < name->n; i++)
        name->p[i] = ascii_lower(name->p[i]);
}

/* Have two columns names that differ only in case? */
static struct fault check_case(const struct line_layout *lines, struct arena *arena)
{
    struct fault fault = FAULT_NONE;
    struct buf name = BUF_EMPTY;
    struct names names;

    names_init(&names, 0, NULL); /* the catalog is the user's own: no seed need be secret */
    for (size_t i = 0; i < lines->count && fault.status == STATUS_OK; i++) {
        fold_line_name(&name, lines, &lines->columns[i]);
        uint32_t before = names.count;
        if (name.failed || names_add(&names, buf_span(&name)) == NAMES_NONE)
            fault = fault_memory();
        else if (names.count == before)
            fault = fault_format(arena, 0,
                                 "a second column '%.*s' in any case: expected --select without "
                                 "one of them",
                                 (int)utf8_fit(buf_span(&name), 60), (const char *)name.p);
    }
    names_free(&names);
    buf_free(&name);
    return fault;
}

/* Can the columns of LINES be those of FORM? */
static struct fault check_lines(const struct describe_form *form,
                                const struct line_layout *lines, struct arena *arena)
{
    if (form->is_table && !lines->count)
        return fault_invalid(0, "no columns: expected --select with members that the catalog has");
    return form->folds_case ? check_case(lines, arena) : FAULT_NONE;
}

/* Make the layout of the source's format, one of the three. False when memory is out. */
static bool make_layout(const struct describe_source *source, struct binary_layout *rows,
                        struct line_layout *lines, struct arrow_layout *arrow)
{
    if (source->writer == &binary_writer)
        return binary_make_layout(rows, source->options, source->catalog);
    if (source->writer == &arrow_writer)
        return arrow_layout_make(arrow, source->options, source->catalog);
    return line_layout_make(lines, source->options, source->catalog);
}

struct fault describe_put(struct buf *out, const struct describe_form *form,
                          const struct writer_options *options, const struct catalog *catalog,
                          struct arena *arena)
{
    struct binary_layout rows = {.columns = NULL};
    struct line_layout lines = {.columns = NULL};
    struct arrow_layout arrow = {.columns = NULL};
    const struct describe_source source = {.writer = writer_find(form->format),
                                           .options = options,
                                           .catalog = catalog,
                                           .rows = &rows,
                                           .lines = &lines,
                                           .arrow = &arrow};
    struct fault fault = FAULT_NONE;

    if (!make_layout(&source, &rows, &lines, &arrow))
        fault = fault_memory();
    else if (lines.columns)
        fault = check_lines(form, &lines, arena);
    if (fault.status == STATUS_OK) {
        form->put(out, &source);
        if (out->failed)
            fault = fault_memory();
    }
    binary_layout_free(&rows);
    line_layout_free(&lines);
    arrow_layout_free(&arrow);
    return fault;
}
