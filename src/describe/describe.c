#include "config.h"

#include "describe/describe.h"

#include <string.h>

#include "describe/clickhouse.h"
#include "describe/duckdb.h"
#include "describe/json.h"
#include "describe/numpy.h"
#include "describe/sqlite.h"
#include "format/binary.h"
#include "format/binary_layout.h"
#include "format/line_layout.h"
#include "format/writer.h"

const struct describe_form describe_forms[] = {
    {"json", "ndjson", describe_json_lines},
    {"json", "tsv", describe_json_lines},
    {"json", "binary", describe_json_rows},
    {"clickhouse", "tsv", describe_clickhouse_lines},
    {"clickhouse", "binary", describe_clickhouse_rows},
    {"duckdb", "ndjson", describe_duckdb_members},
    {"duckdb", "tsv", describe_duckdb_cells},
    {"sqlite", "tsv", describe_sqlite_lines},
    {"numpy", "binary", describe_numpy_rows},
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

bool describe_put(struct buf *out, const struct describe_form *form,
                  const struct writer_options *options, const struct catalog *catalog)
{
    struct binary_layout rows = {.columns = NULL};
    struct line_layout lines = {.columns = NULL};
    const struct describe_source source = {.writer = writer_find(form->format),
                                           .options = options,
                                           .catalog = catalog,
                                           .rows = &rows,
                                           .lines = &lines};

    bool made = source.writer == &binary_writer
                    ? binary_make_layout(&rows, options, catalog)
                    : line_layout_make(&lines, options, catalog);
    if (made)
        form->put(out, &source);
    binary_layout_free(&rows);
    line_layout_free(&lines);
    return made && !out->failed;
}
